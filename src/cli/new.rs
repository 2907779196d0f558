//! `ayni new`: writes a new entry with the fields that it will want.

use anyhow::{Context as _, Error, Result, anyhow, bail};
use clap::{Args, ValueEnum};

use super::context::{Context, Outcome};
use super::new_file::front;
use super::terminal::{data, say};
use super::{named, new_call};
use crate::characters::harmless;
use crate::content::gap::GAP;
use crate::content::record::{self, EntryKind};
use crate::content::second_look::{OF_A_COOP, OF_A_PROPOSAL};
use crate::content::values::{self, MatchStatus, slugify};
use crate::content::{SITE_FILE, file_names};
use crate::directory::decision;
use crate::directory::edition::{Drafts, Edition};
use crate::directory::ids::{CallId, NeedId, OfferId};
use crate::directory::site_language::SiteLanguage;
use crate::edge::disk;
use crate::edge::together::{self, Before, Change};
use crate::{Prepared, addresses, exchange};

#[derive(Args)]
pub(super) struct Arguments {
    /// What to write
    #[arg(value_name = "WHAT", ignore_case = true)]
    kind: Kind,
    /// Its title; of a match NEED OFFER or NEED--OFFER; a call needs none
    #[arg(value_name = "TITLE", num_args = 0..)]
    words: Vec<String>,
    /// Whose need or offer it is; may be said several times for a call
    #[arg(long, value_name = "ID")]
    coop: Vec<String>,
    /// Of a need or an offer: financial, human, technical or knowledge
    #[arg(long = "kind", id = "kind-of-help", value_name = "KIND", value_parser = help)]
    kind_of_help: Option<values::Kind>,
    /// Of a match: introduced, agreed, fulfilled, declined or lapsed
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: Option<MatchStatus>,
}

fn help(text: &str) -> Result<values::Kind, String> {
    values::Kind::parse(text).map_err(|complaint| complaint.hint.unwrap_or(complaint.what))
}

fn status(text: &str) -> Result<MatchStatus, String> {
    MatchStatus::parse(text).map_err(|complaint| complaint.hint.unwrap_or(complaint.what))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// An organisation
    #[value(aliases = ["coops", "cooperative", "organisation", "organization"])]
    Coop,
    /// What a coop looks for
    #[value(aliases = ["needs"])]
    Need,
    /// What a coop can give
    #[value(aliases = ["offers"])]
    Offer,
    /// The next call of a series
    #[value(aliases = ["calls", "meeting"])]
    Call,
    /// A decision about a need and an offer
    #[value(aliases = ["matches"])]
    Match,
    /// A wiki page
    #[value(aliases = ["pages"])]
    Page,
}

/// Writes the file of a new entry, and says where it is.
pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let mut options = context.options()?;
    options.edition = Edition::Network;
    options.drafts = Drafts::Shown;
    let prepared = context.prepare(&options)?;
    is_in_a_site(context, &prepared)?;
    fits(arguments)?;
    let (path, text) = draft(arguments, &prepared)?;
    let is_unfilled = text.contains(&format!(": {GAP}"));
    let mut files = vec![(path, text)];
    if arguments.kind == Kind::Call {
        let (path, text) = &files[0];
        let mut sources = prepared.sources.clone();
        sources.texts.insert(path.as_str().into(), text.as_str().into());
        let with_call = crate::prepare(sources, &options, Some(&prepared));
        files.extend(pad_of(context, &with_call, path)?);
    }
    // The pad first: with the call alone, the same command would go on to the call after it.
    let new = |(path, text)| Change { path, text, before: Before::Nothing };
    let changes: Vec<Change> = files.iter().rev().map(|(path, text)| new((path, text))).collect();
    together::write(&context.site, &changes)?;
    files.iter().for_each(|(path, _)| data!("{}", path));
    if is_unfilled {
        let field = if arguments.kind == Kind::Match { "status" } else { "kind" };
        say!("write its `{}` in place of `{}` before you build the site", field, GAP);
    }
    Ok(Outcome::Fine)
}

/// Refuses to begin a second directory within another one, or where none is.
fn is_in_a_site(context: &Context, prepared: &Prepared) -> Result<()> {
    if prepared.sources.texts.contains_key(SITE_FILE) {
        return Ok(());
    }
    let here = context.site.display();
    match disk::site_above(&context.site) {
        Some(above) => bail!(
            "{here} is no directory: there is no `{SITE_FILE}`; go to {}, or name it with `--site`",
            above.display()
        ),
        None => bail!(
            "{here} is no directory: there is no `{SITE_FILE}`; go to its folder, name it with `--site`, or begin \
             one: `ayni init DIR`"
        ),
    }
}

/// Refuses what says nothing of this kind of entry, so that it is not lost.
fn fits(arguments: &Arguments) -> Result<()> {
    let is = |kinds: &[Kind]| kinds.contains(&arguments.kind);
    if !arguments.coop.is_empty() && !is(&[Kind::Need, Kind::Offer, Kind::Call]) {
        bail!("`--coop` goes with a need, an offer or a call");
    }
    if arguments.kind_of_help.is_some() && !is(&[Kind::Need, Kind::Offer]) {
        bail!("`--kind` goes with a need or an offer");
    }
    if arguments.status.is_some() && !is(&[Kind::Match]) {
        bail!("`--status` goes with a match");
    }
    let most = if is(&[Kind::Match]) { 2 } else { 1 };
    match arguments.words.get(most..) {
        None | Some([]) => Ok(()),
        Some([first, ..]) => Err(too_many(arguments, first)),
    }
}

/// What a shell has cut into several arguments, since it stood without quotes.
fn too_many(arguments: &Arguments, first: &str) -> Error {
    let words = arguments.words.join(" ");
    let title = if is_plain(&words) { words.as_str() } else { GAP };
    let hint = match arguments.kind {
        Kind::Match => "write its need and its offer only: `ayni new match NEED OFFER`".to_owned(),
        Kind::Call => "write one series only: `ayni new call ID`".to_owned(),
        Kind::Coop => in_quotes("coop", title),
        Kind::Need => in_quotes("need", title),
        Kind::Offer => in_quotes("offer", title),
        Kind::Page => in_quotes("page", title),
    };
    anyhow!("`{first}` is one word too many; {hint}")
}

fn in_quotes(kind: &str, title: &str) -> String {
    format!("put a title of several words in quotes: `ayni new {kind} \"{title}\"`")
}

/// Whether a text is the same between the quotes of a shell.
fn is_plain(text: &str) -> bool {
    !text.contains(['"', '`', '\\', '$', '!'])
}

/// The note-taker's pad of a new call, unless there is one.
fn pad_of(context: &Context, prepared: &Prepared, path: &str) -> Result<Option<(String, String)>> {
    let mut calls = CallId::each(&prepared.plan.derived.directory.calls);
    let found = calls.find(|(_, call)| &*call.entry.text.record.path == path);
    let Some((id, call)) = found else { return Ok(None) };
    let path = addresses::pad(call.entry.slug.as_str());
    match disk::is_there(&context.site, &path)? {
        true => Ok(None),
        false => Ok(Some((path, exchange::pad(&prepared.plan.wording(SiteLanguage::FIRST), id)))),
    }
}

fn draft(arguments: &Arguments, prepared: &Prepared) -> Result<(String, String)> {
    let derived = &*prepared.plan.derived;
    let today = derived.today;
    let first = arguments.words.first().map(String::as_str);
    let title = || first.with_context(|| needs_a_title(arguments.kind));
    let (day, written) = (today.to_string(), || title().map(quoted));
    let proposal = |entry: EntryKind| -> Result<(EntryKind, String)> {
        let kind = arguments.kind_of_help.map_or(GAP, values::Kind::as_str);
        let coop = one_coop(arguments, prepared)?;
        Ok((entry, proposal(entry, &written()?, &coop, kind, &day)))
    };
    let (kind, text) = match arguments.kind {
        Kind::Coop => (EntryKind::Coop, coop(&written()?, &day)),
        Kind::Need => proposal(EntryKind::Need)?,
        Kind::Offer => proposal(EntryKind::Offer)?,
        Kind::Page => (EntryKind::Page, page(&written()?, &day)),
        Kind::Match => {
            let sides = match arguments.words.as_slice() {
                [need, offer] => pair(need, offer, prepared),
                _ => sides(title()?, prepared),
            };
            return new_match(sides?, arguments.status, prepared);
        }
        Kind::Call => {
            let mut coops: Vec<String> = Vec::new();
            for coop in &arguments.coop {
                let coop = known_coop(coop, prepared)?;
                if !coops.contains(&coop) {
                    coops.push(coop);
                }
            }
            return new_call::draft(first, &coops, derived);
        }
    };
    let id = new_id(kind, title()?, prepared)?;
    if let Some(known) = prepared.plan.derived.directory.of_one_name(kind, title()?, &id) {
        say!("warning: there is the {} `{}` of this name already", kind.as_str(), known);
    }
    Ok((format!("content/{}/{id}.md", kind.folder()), text))
}

fn needs_a_title(kind: Kind) -> String {
    let example = match kind {
        Kind::Coop => "coop \"Bread House\"",
        Kind::Need => "need \"Help with the accounts\" --coop ID",
        Kind::Offer => "offer \"Two looms to lend\" --coop ID",
        Kind::Call => "call",
        Kind::Match => {
            return "this needs its need and offer: `ayni new match NEED OFFER`".to_owned();
        }
        Kind::Page => "page \"How we decide\"",
    };
    format!("this needs a title: `ayni new {example}`")
}

/// The id of a title. Where a long one is cut, or Windows keeps the name for itself, a number tells it
/// from others; the same short title twice is a slip, and refused when the file is made.
fn new_id(kind: EntryKind, title: &str, prepared: &Prepared) -> Result<String> {
    let id = record::made_id(title);
    if id.is_empty() {
        bail!("`{title}` has no letter and no digit, of which an id could be made; add a word");
    }
    if let Err(complaint) = record::check_id(kind, &id) {
        let hint = complaint.hint.unwrap_or_default();
        bail!("`{title}` gives the id `{id}`, {}; {hint}", complaint.what);
    }
    let is_free =
        |id: &String| record::is_free(kind, id, |path| prepared.sources.texts.contains_key(path));
    let is_made = slugify(title).len() > id.len() || file_names::is_kept_by_windows(&id);
    if is_free(&id) || !is_made {
        return Ok(id);
    }
    let mut numbered = (2..).map(|number| record::numbered_id(&id, number));
    numbered.find(is_free).context("every number is taken")
}

/// A title as YAML that stays itself whatever is in it.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(&*harmless(text)).expect("a text is always JSON, and JSON is YAML")
}

fn coop(title: &str, today: &str) -> String {
    let fields = [
        ("title", Some(title)),
        ("summary", None),
        ("country", None),
        ("city", None),
        ("form", None),
        ("sectors", None),
        ("languages", None),
        ("website", None),
        ("contact", None),
        ("created", Some(today)),
    ];
    format!("{}\n{OF_A_COOP}\n", front(EntryKind::Coop, &fields))
}

fn proposal(entry: EntryKind, title: &str, coop: &str, kind: &str, today: &str) -> String {
    let mut fields = vec![
        ("title", Some(title)),
        ("summary", None),
        ("coop", Some(coop)),
        ("kind", Some(kind)),
        ("topics", None),
        ("mode", None),
        ("basis", None),
        ("until", None),
        ("created", Some(today)),
    ];
    if entry == EntryKind::Offer {
        fields.insert(7, ("capacity", None));
    }
    format!("{}\n{OF_A_PROPOSAL}\n", front(entry, &fields))
}

fn page(title: &str, today: &str) -> String {
    let fields = [("title", Some(title)), ("summary", None), ("created", Some(today))];
    format!("{}\n", front(EntryKind::Page, &fields))
}

fn one_coop(arguments: &Arguments, prepared: &Prepared) -> Result<String> {
    let [id] = arguments.coop.as_slice() else {
        bail!("say whose it is: `--coop ID`, with the name of a file in content/coops/");
    };
    known_coop(id, prepared)
}

/// The id of a coop that is named. That it may be a new one is said last: most often it is there already.
fn known_coop(text: &str, prepared: &Prepared) -> Result<String> {
    let directory = &*prepared.plan.derived.directory;
    let kinds = [EntryKind::Coop];
    let why = match directory.find(&kinds, text) {
        Ok(id) => return Ok(directory[id].slug.to_string()),
        Err(why) => why,
    };
    if let Some(path) = named::unread(prepared, &kinds, text) {
        bail!("{path} has an error, so it cannot be used yet; `ayni check` says which");
    }
    let title = if is_plain(text) { text } else { GAP };
    let write = format!("write it first: `ayni new coop \"{title}\"`");
    match why.is_like_others() {
        true => bail!("{why} If it is a new one, {write}"),
        false => bail!("{why}; {write}"),
    }
}

fn new_match(
    (need, offer): (NeedId, OfferId),
    status: Option<MatchStatus>,
    prepared: &Prepared,
) -> Result<(String, String)> {
    let derived = &*prepared.plan.derived;
    let (directory, today) = (&*derived.directory, derived.today);
    let coop = directory[need].terms.coop;
    let (need_slug, offer_slug) = (&directory[need].entry.slug, &directory[offer].entry.slug);
    if coop == directory[offer].terms.coop {
        say!(
            "warning: `{}` and `{}` are both of the coop `{}`; a match is between two coops",
            need_slug,
            offer_slug,
            directory[coop].entry.slug
        );
    }
    let status = status.map_or(GAP, MatchStatus::as_str);
    let found = derived.matches().find(need, offer);
    let call = found.and_then(|found| found.introduced_in(today));
    let fields = [
        ("need", Some(need_slug.as_str())),
        ("offer", Some(offer_slug.as_str())),
        ("status", Some(status)),
        ("introduced_in", call.map(|call| directory[call].entry.slug.as_str())),
        ("outcome", None),
        ("created", Some(&*today.to_string())),
    ];
    let text = front(EntryKind::Match, &fields);
    Ok((EntryKind::Match.file(&format!("{}.md", directory.match_id(need, offer))), text))
}

/// The need and the offer of a match, by their ids or by the match's own name; in either order.
fn sides(title: &str, prepared: &Prepared) -> Result<(NeedId, OfferId)> {
    let directory = &*prepared.plan.derived.directory;
    if let Some(sides) = decision::sides(directory, title) {
        return Ok(sides);
    }
    let Some((first, second)) = title.split_once("--").filter(|_| !title.contains("---")) else {
        bail!("a match is between a need and an offer: `ayni new match NEED OFFER`");
    };
    pair(first, second, prepared)
}

/// The need and the offer that two names are.
fn pair(first: &str, second: &str, prepared: &Prepared) -> Result<(NeedId, OfferId)> {
    let found = named::pair(&prepared.plan.derived.directory, first, second);
    found.map_err(|why| unread(first, second, prepared).unwrap_or(why))
}

/// Says which of the two is written, and cannot be read yet.
fn unread(first: &str, second: &str, prepared: &Prepared) -> Option<Error> {
    let kinds = [EntryKind::Need, EntryKind::Offer];
    let mut unread =
        [first, second].into_iter().filter_map(|id| named::unread(prepared, &kinds, id));
    let path = unread.next()?;
    Some(anyhow!("{path} has an error, so it cannot be in a match yet; `ayni check` says which"))
}
