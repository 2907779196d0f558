//! `ayni schema`: what can be written into a file, as JSON Schema for editors and other programs.

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::context::{Context, Outcome};
use super::terminal;
use crate::Prepared;
use crate::content::record::EntryKind;
use crate::content::schema::{self, Shape, json};

#[derive(Args)]
pub(super) struct Arguments {
    /// Of which file: the front matter of an entry, site.yaml or topics.yaml
    #[arg(value_name = "ENTRY", ignore_case = true)]
    of: Of,
    /// Name the ids and topics of this site, where a field has at most 200
    #[arg(long)]
    ids: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    Coop,
    Need,
    Offer,
    Match,
    Call,
    Page,
    Site,
    Topics,
}

/// So many ids are named for a field.
const MOST: usize = 200;

/// Prints the schema.
pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let prepared = match arguments.ids {
        true => match context.prepare_for_the_network()? {
            Some(prepared) => Some(prepared),
            None => return Ok(Outcome::ContentErrors),
        },
        false => None,
    };
    let known = |shape: &Shape| ids(prepared.as_ref()?, shape).filter(|ids| ids.len() <= MOST);
    let of_entry = |kind: EntryKind| {
        let title = format!("The front matter of a {} of Ayni", kind.as_str());
        json::of_table(&title, schema::of_kind(kind), &known)
    };
    let found = match arguments.of {
        Of::Coop => of_entry(EntryKind::Coop),
        Of::Need => of_entry(EntryKind::Need),
        Of::Offer => of_entry(EntryKind::Offer),
        Of::Match => of_entry(EntryKind::Match),
        Of::Call => of_entry(EntryKind::Call),
        Of::Page => of_entry(EntryKind::Page),
        Of::Site => json::of_table("site.yaml of Ayni", &schema::SITE, &known),
        Of::Topics => json::by_id("content/topics.yaml of Ayni", &schema::TOPIC, &known),
    };
    terminal::json(&found)?;
    Ok(Outcome::Fine)
}

/// The ids that can stand in a field of this shape, former ones too.
fn ids(prepared: &Prepared, shape: &Shape) -> Option<Vec<String>> {
    let directory = &*prepared.plan.derived.directory;
    let of_kind = |kind: EntryKind| {
        let all = directory.of_kind(kind).flat_map(|id| directory[id].ids());
        all.map(ToString::to_string).collect()
    };
    match shape {
        Shape::Entry(kind) => Some(of_kind(*kind)),
        Shape::Person(_) => Some(of_kind(EntryKind::Coop)),
        Shape::Topic if directory.site.topics_closed => {
            let topics = directory.topics.list.iter();
            let all = topics.flat_map(|topic| [&topic.slug].into_iter().chain(&topic.aliases));
            Some(all.map(ToString::to_string).collect())
        }
        Shape::Series => {
            let series = directory.site.series.iter();
            let all = series.flat_map(|series| [&series.id].into_iter().chain(&series.aliases));
            Some(all.map(ToString::to_string).chain(["none".to_owned()]).collect())
        }
        _ => None,
    }
}
