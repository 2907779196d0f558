//! Finds mentions in the fields, bodies and files of a directory, and says where they are.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::decoded::{decoded, without_tags};
use super::matcher::{MOST, Mention};
use super::secrets::Secrets;
use crate::content::fields;
use crate::content::record::{self, Record};
use crate::content::shown::{LinkShows, ShownText};
use crate::content::yaml::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::directory::Directory;
use crate::directory::edition::Edition;
use crate::directory::entry::{Reference, Text};
use crate::directory::ids::EntryId;
use crate::directory::texts::{self, Shown};
use crate::directory::withheld::{Secret, Why};

/// What is looked for, and for whom.
pub(super) struct Finding<'a> {
    pub secrets: &'a Secrets,
    pub edition: Edition,
}

/// The texts of one field as they are written.
#[derive(Default)]
struct Written {
    /// Where the field begins.
    whole: Span,
    /// Where each text stands, and what it mentions.
    by_text: FxHashMap<String, (Vec<Span>, BTreeSet<usize>)>,
    /// The first text that mentions each secret.
    first_with: FxHashMap<usize, Span>,
}

impl Finding<'_> {
    /// The mentions in an entry.
    pub(super) fn entry(&self, directory: &Directory, id: EntryId) -> Vec<Diagnostic> {
        let entry = &directory[id];
        let owner = format!("{} `{}`", id.kind().as_str(), entry.slug);
        let own = &*entry.text.record.path;
        let mut found = Vec::new();
        let mut written: FxHashMap<(&str, &str), Written> = FxHashMap::default();
        let mut seen: FxHashSet<(&str, &str, Cow<'_, str>)> = FxHashSet::default();
        for shown in texts::of_entry(directory, id) {
            let field = (&*shown.record.path, shown.field);
            // Equal texts are found together, each at its place.
            if !seen.insert((field.0, field.1, shown.text.clone())) {
                continue;
            }
            for secret in self.in_field(&shown.text) {
                let written =
                    written.entry(field).or_insert_with(|| self.written(shown.record, shown.field));
                for span in self.places(&shown, secret, written) {
                    found.push((shown.record, secret, span));
                }
            }
        }
        for text in entry.texts() {
            let in_body = self.in_body(text).into_iter();
            found.extend(in_body.map(|mention| (&text.record, mention.secret, mention.place)));
        }
        let problem = |(record, secret, span): (&Arc<Record>, usize, Span)| {
            self.problem(&owner, own, record::place(&record.path, span), secret)
        };
        found.into_iter().map(problem).collect()
    }

    /// The secrets that the text of a field mentions, as written or as it is shown.
    fn in_field(&self, text: &str) -> BTreeSet<usize> {
        let mut found: BTreeSet<usize> =
            self.secrets.mentions(text).into_iter().map(|it| it.secret).collect();
        if text.contains(['*', '_', '`', '[', '\\', '&', '<', '~']) {
            let shown = ShownText::of(text, |_| LinkShows::ALL);
            found.extend(self.secrets.mentions(&shown.text).into_iter().map(|it| it.secret));
        }
        found
    }

    /// The texts of a field of the front matter, with the secrets that each mentions. It is read again for their
    /// places, which are asked for only where there is a mention.
    fn written(&self, record: &Record, field: &str) -> Written {
        let Some(node) = record.front.field(field) else { return Written::default() };
        let mut written = Written { whole: node.beginning(), ..Written::default() };
        for node in node.scalars() {
            let Value::Text(text) = &node.value else { continue };
            let secrets = self.in_field(text);
            for secret in &secrets {
                written.first_with.entry(*secret).or_insert(node.span);
            }
            for text in BTreeSet::from([text.clone(), fields::one_line(text)]) {
                let known = written.by_text.entry(text);
                known.or_insert_with(|| (Vec::new(), secrets.clone())).0.push(node.span);
            }
        }
        written
    }

    /// Where a text of the front matter mentions a secret.
    fn places(&self, shown: &Shown<'_>, secret: usize, written: &Written) -> Vec<Span> {
        let itself = written.by_text.get(&*shown.text).filter(|(_, all)| all.contains(&secret));
        let elsewhere = || written.first_with.get(&secret).copied().unwrap_or(written.whole);
        let nodes = itself.map_or_else(|| vec![elsewhere()], |(spans, _)| spans.clone());
        nodes.into_iter().flat_map(|node| self.places_in(shown.record, node, secret)).collect()
    }

    /// Where a secret stands in a value of the front matter.
    fn places_in(&self, record: &Record, whole: Span, secret: usize) -> Vec<Span> {
        let file = record.body.file();
        let inside = self.secrets.mentions(file.get(whole.start..whole.end).unwrap_or_default());
        let inside = inside.into_iter().filter(|it| it.secret == secret).map(|it| Span {
            start: whole.start + it.place.start,
            end: whole.start + it.place.end,
        });
        let inside: Vec<Span> = inside.collect();
        if inside.is_empty() || inside.len() >= MOST { vec![whole] } else { inside }
    }

    /// The mentions in a body, by their places in the file.
    fn in_body(&self, text: &Text) -> Vec<Mention> {
        let body = text.body();
        // What entities hide is seen only by a reader of Markdown.
        let could_be = body.markdown().contains('&')
            || self.secrets.could_be_in(body.markdown())
            || self.secrets.could_be_in(&body.text);
        if !could_be {
            return Vec::new();
        }
        let shown = ShownText::of(body.markdown(), |number| link_shows(text, number));
        let mut found = Vec::new();
        for Mention { place, secret } in self.secrets.mentions(&shown.text) {
            let place = body.span_of(shown.origin(place.start..place.end));
            found.push(Mention { place, secret });
        }
        found.sort_unstable();
        let in_words = found.clone();
        for (address, place) in &shown.links {
            let place = body.span_of(place.clone());
            let said = in_words.partition_point(|it| it.place.start < place.start);
            let said = in_words[said..].iter().take_while(|it| it.place.start < place.end);
            let said: BTreeSet<usize> = said.map(|it| it.secret).collect();
            let in_address = self.secrets.mentions(address).into_iter().map(|it| it.secret);
            let in_address = in_address.filter(|secret| !said.contains(secret));
            found.extend(in_address.map(|secret| Mention { place, secret }));
        }
        found.sort_unstable();
        found.dedup();
        if found.len() > MOST {
            let end = found.iter().map(|it| it.place.end).max().unwrap_or_default();
            found.truncate(MOST);
            found[MOST - 1].place.end = end;
        }
        found
    }

    /// The mentions in a file that is copied: in its text, or in that of the page which it is.
    pub(super) fn file(&self, path: &Arc<str>, text: &str) -> Vec<Diagnostic> {
        let mut found = self.secrets.mentions(text);
        let decoded = decoded(text);
        for form in [without_tags(&decoded, ""), without_tags(&decoded, " "), decoded] {
            let known: BTreeSet<usize> = found.iter().map(|it| it.secret).collect();
            let more = self.secrets.mentions(&form).into_iter();
            let more = more.filter(|it| !known.contains(&it.secret));
            found.extend(more.map(|it| Mention { place: Span::default(), ..it }));
        }
        let owner = format!("the file `{path}`");
        let in_text =
            |it: Mention| self.problem(&owner, path, record::place(path, it.place), it.secret);
        let owner = format!("the name of the file `{path}`");
        let in_name = |secret| {
            let mut problem =
                self.problem(&owner, path, record::place(path, Span::default()), secret);
            problem.hint = Some("give the file or its folder another name".to_owned());
            problem
        };
        let names = self.in_name(path).into_iter().map(in_name);
        found.into_iter().map(in_text).chain(names).collect()
    }

    /// The secrets that a path mentions: as a whole, or one of its parts with or without its ending.
    fn in_name(&self, path: &str) -> BTreeSet<usize> {
        let parts = path.split('/').flat_map(|part| {
            let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
            [part, stem]
        });
        let found = parts.chain([path]).flat_map(|part| self.secrets.mentions(part));
        found.map(|it| it.secret).collect()
    }

    /// The mentions in texts of a YAML file.
    pub(super) fn nodes<'n>(
        &self,
        owner: &str,
        file: &str,
        nodes: impl Iterator<Item = &'n Node>,
    ) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for node in nodes {
            let Value::Text(text) = &node.value else { continue };
            for secret in self.in_field(text) {
                let place = record::place(&file.into(), node.span);
                problems.push(self.problem(owner, file, place, secret));
            }
        }
        problems
    }

    /// `own` is the file of the entry that mentions: who writes a contact twice into one entry and never
    /// says who may see it has hardly meant to hide it.
    fn problem(&self, owner: &str, own: &str, place: Place, secret: usize) -> Diagnostic {
        let Secret { place: source, what, why, .. } = &self.secrets.list()[secret];
        let edition = self.edition.as_str();
        let is_own = *source.file == *own;
        let own_words = what.split(" of ").next().map(|what| format!("{what} of its own"));
        let what = own_words.filter(|_| is_own).unwrap_or_else(|| what.clone());
        let (code, why, hint) = match why {
            Why::Unsaid if is_own => (
                Code::OwnContact,
                format!(
                    "which the {edition} edition leaves out of the contacts, since it has no `visibility`"
                ),
                "everybody can read it here: write `visibility: public` at the contact if that is right; else take the words out here",
            ),
            Why::Unsaid => (
                Code::WithheldMention,
                format!("which the {edition} edition withholds, since it has no `visibility`"),
                "take the words out here, or write `visibility: public` at the contact if everybody may know it",
            ),
            Why::Visibility => (
                Code::WithheldMention,
                format!("which the {edition} edition withholds"),
                "take the words out here, or make public what is withheld; an admin can allow one value by `guard` in site.yaml",
            ),
            Why::Draft => (
                Code::WithheldMention,
                "which is a draft".to_owned(),
                "take the words out here until the draft is finished; an admin can allow one value by `guard` in site.yaml",
            ),
        };
        Diagnostic::new(code, place, format!("{owner} mentions {what}, {why}"))
            .also(source.clone(), "it is withheld here")
            .hint(hint)
    }
}

/// What is shown of a link: of one to what is withheld, nothing but its own words.
pub(super) fn link_shows(text: &Text, number: usize) -> LinkShows {
    let links = &text.body().links;
    let is_bare = links.get(number).is_some_and(|link| link.bare.is_some());
    match text.references.get(number) {
        Some(Reference::Withheld) => LinkShows { words: !is_bare, address: false },
        // The index of search holds its words as they are written.
        Some(
            Reference::Entry(..)
            | Reference::Asset(_)
            | Reference::Site(_)
            | Reference::Fragment(_)
            | Reference::Web(_)
            | Reference::Missing(_)
            | Reference::Words,
        )
        | None => LinkShows::ALL,
    }
}
