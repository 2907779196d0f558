//! Warnings about how entries stand to each other: each is there, but can hardly be meant.

use std::collections::BTreeMap;

use super::ids::{CoopId, EntryId, NeedId, OfferId};
use super::listing::{Claim, Listing};
use super::names::Reader;
use super::whole::Directory;
use crate::content::SITE_FILE;
use crate::content::fields::{Fields, Placed};
use crate::content::record::{self, EntryKind, Record};
use crate::content::schema;
use crate::content::values::{CallStatus, Form, Role, Slug};
use crate::diagnostic::{Code, Diagnostic, Span};

/// Says what stands oddly to something else, also of an entry that cannot be read as a whole, so that all that is
/// wrong is said in one run. So the fields are read once more; what is wrong with them alone has been reported before.
pub(super) fn check(
    listing: &Listing,
    reader: &Reader<'_>,
    directory: &Directory,
    problems: &mut Vec<Diagnostic>,
) {
    let mut relations = Relations { reader, directory, problems };
    for claim in listing.of(EntryKind::Coop) {
        relations.networks(claim);
    }
    for claim in listing.of(EntryKind::Call) {
        relations.turns(claim);
        relations.repeated(claim);
        relations.closed(claim);
        let joined = reread(&claim.record, |call| call.each("matches", |it| joined(it, reader)));
        relations.matches(&claim.record, &format!("`matches` of call `{}`", claim.slug), joined);
    }
    for claim in listing.of(EntryKind::Match) {
        let joined = reread(&claim.record, |fields| joined(fields, reader));
        relations.matches(&claim.record, &format!("match `{}`", claim.slug), joined);
    }
    // Settings that cannot be read may well list the language.
    if !relations.problems.iter().any(|problem| *problem.place.file == *SITE_FILE) {
        for (id, record) in listing.translations() {
            relations.language(record);
            relations.own_language(id, record);
        }
    }
}

struct Relations<'a> {
    reader: &'a Reader<'a>,
    directory: &'a Directory,
    problems: &'a mut Vec<Diagnostic>,
}

impl Relations<'_> {
    fn networks(&mut self, claim: &Claim) {
        let Claim { record, slug, .. } = claim;
        let part_of =
            reread(record, |fields| fields.all_placed("part_of", |text| self.reader.coop(text)));
        for Placed { value, span } in part_of {
            let network = &self.directory[value];
            if matches!(network.form, Some(Form::Network | Form::Hub)) {
                continue;
            }
            let name = &network.entry.slug;
            let message = format!("coop `{slug}` is part of `{name}`, whose form is not `network`");
            let hint = format!("write `form: network` into the entry of `{name}`");
            self.warn(Code::NotANetwork, record, span, message, hint);
        }
    }

    fn turns(&mut self, claim: &Claim) {
        let turns = reread(&claim.record, |call| {
            call.each("turns", |turn| {
                let coop = turn.value("coop", |text| self.reader.coop(text))?;
                let needs = turn.all_placed("needs", |text| self.reader.need(text));
                let offers = turn.all_placed("offers", |text| self.reader.offer(text));
                Some((coop, needs, offers))
            })
        });
        for (coop, needs, offers) in turns {
            for Placed { value, span } in needs {
                let need = &self.directory[value];
                self.turn(claim, coop, ("need", &need.entry.slug, need.terms.coop), span);
            }
            for Placed { value, span } in offers {
                let offer = &self.directory[value];
                self.turn(claim, coop, ("offer", &offer.entry.slug, offer.terms.coop), span);
            }
        }
    }

    /// What a call says twice where once is enough.
    fn repeated(&mut self, claim: &Claim) {
        let (call, reader) = (&claim.slug, self.reader);
        let coops = reread(&claim.record, |call| {
            call.each("turns", |turn| turn.placed("coop", |text| reader.coop(text)))
        });
        for (first, again) in twice(coops.into_iter().map(|it| (it.value, it.span))) {
            let coop = self.slug(first.0);
            let message = format!("`turns` of call `{call}` have the coop `{coop}` twice");
            self.twice(claim, (first.1, again), message, "put what both say into one turn");
        }
        let pairs = reread(&claim.record, |call| call.each("matches", |it| joined(it, reader)));
        for (first, again) in twice(pairs.into_iter().map(|it| ((it.0, it.1.value), it.1.span))) {
            let (need, offer) = first.0;
            let (need, offer) =
                (&self.directory[need].entry.slug, &self.directory[offer].entry.slug);
            let message = format!(
                "`matches` of call `{call}` have the need `{need}` with the offer `{offer}` twice"
            );
            self.twice(claim, (first.1, again), message, "leave what holds in the end");
        }
        let ids = reread(&claim.record, |call| {
            call.each("actions", |action| action.placed("id", Slug::parse))
        });
        for (first, again) in twice(ids.into_iter().map(|it| (it.value, it.span))) {
            let message = format!("`actions` of call `{call}` have the id `{}` twice", first.0);
            self.twice(claim, (first.1, again), message, "one action has one line in a call");
        }
    }

    fn twice(&mut self, claim: &Claim, (first, again): (Span, Span), message: String, hint: &str) {
        let place = |span| record::place(&claim.record.path, span);
        let problem = Diagnostic::new(Code::SaidTwice, place(again), message).hint(hint);
        self.problems.push(problem.also(place(first), "it stands here first"));
    }

    fn turn(&mut self, claim: &Claim, coop: CoopId, named: (&str, &Slug, CoopId), span: Span) {
        let (kind, name, owner) = named;
        if owner == coop {
            return;
        }
        let (coop, owner) = (self.slug(coop), self.slug(owner));
        let message = format!(
            "`turns` of call `{}`: `{coop}` names the {kind} `{name}`, which is of the coop `{owner}`",
            claim.slug
        );
        let hint = format!("move it to a turn of `{owner}`, or correct the `coop` of the {kind}");
        self.warn(Code::OtherCoop, &claim.record, span, message, hint);
    }

    /// A call to come gives no turn to a coop that is not at work any more.
    fn closed(&mut self, claim: &Claim) {
        let (status, turns) = reread(&claim.record, |call| {
            let turns = call.each("turns", |turn| {
                let role = turn.value("role", Role::parse).unwrap_or(Role::Delegate);
                (role != Role::Apology).then_some(())?;
                turn.placed("coop", |text| self.reader.coop(text))
            });
            (call.value("status", CallStatus::parse), turns)
        });
        if status.is_some_and(|status| status != CallStatus::Planned) {
            return;
        }
        for Placed { value, span } in
            turns.into_iter().filter(|it| self.directory.is_closed(it.value))
        {
            let message = format!(
                "`turns` of call `{}` names the coop `{}`, which is closed",
                claim.slug,
                self.slug(value)
            );
            let hint = "take its turn out, or correct the `status` of the coop".to_owned();
            self.warn(Code::ClosedCoop, &claim.record, span, message, hint);
        }
    }

    fn matches(&mut self, record: &Record, who: &str, joined: impl IntoIterator<Item = Joined>) {
        for (need, offer) in joined {
            let (need, span) = (&self.directory[need], offer.span);
            let offer = &self.directory[offer.value];
            if need.terms.coop != offer.terms.coop {
                continue;
            }
            let message = format!(
                "{who} joins the need `{}` and the offer `{}`, which are both of the coop `{}`",
                need.entry.slug,
                offer.entry.slug,
                self.slug(need.terms.coop)
            );
            let hint = "a match is between two coops: correct one of the two, or remove the match";
            self.warn(Code::SameCoop, record, span, message, hint.to_owned());
        }
    }

    /// Languages are compared as they are written: no page of `pt` shows a translation for `pt-BR`.
    fn language(&mut self, record: &Record) {
        let Some(language) = &record.translation else { return };
        let listed = &self.reader.site.languages;
        if listed.contains(language) {
            return;
        }
        let message = format!(
            "`{}` is in `{language}`, which is not a language of the site, so no page shows it",
            record.path
        );
        let near = listed.iter().find(|listed| listed.primary() == language.primary());
        let rename = near.map(|near| format!("name the file by `{near}`, or ")).unwrap_or_default();
        let hint = format!("{rename}add `{language}` to `languages` in site.yaml");
        self.warn(Code::UnlistedLanguage, record, Span::default(), message, hint);
    }

    /// A translation into the language of its original stands on no page.
    fn own_language(&mut self, id: EntryId, record: &Record) {
        let Some(language) = &record.translation else { return };
        let original = &self.directory[id];
        if original.language != *language {
            return;
        }
        let message = format!(
            "`{}` translates {} `{}` into `{language}`, the language of the original, so no page shows it",
            record.path,
            id.kind().as_str(),
            original.slug
        );
        let hint = "if the original is in another language, write that there, such as `lang: es`; \
                    else leave one of the two out";
        self.warn(Code::OwnLanguage, record, Span::default(), message, hint.to_owned());
    }

    fn slug(&self, coop: CoopId) -> &Slug {
        &self.directory[coop].entry.slug
    }

    fn warn(&mut self, code: Code, record: &Record, span: Span, message: String, hint: String) {
        let place = record::place(&record.path, span);
        self.problems.push(Diagnostic::new(code, place, message).hint(hint));
    }
}

/// What comes again among these, each with the place where it came first and where it does again.
fn twice<T: Ord + Clone>(
    all: impl Iterator<Item = (T, Span)>,
) -> impl Iterator<Item = ((T, Span), Span)> {
    let mut seen: BTreeMap<T, Span> = BTreeMap::new();
    let again = all.filter_map(|(value, span)| match seen.get(&value) {
        Some(first) => Some(((value, *first), span)),
        None => {
            seen.insert(value, span);
            None
        }
    });
    again.collect::<Vec<_>>().into_iter()
}

/// Reads fields of a record whose problems are known already.
fn reread<T>(record: &Record, read: impl FnOnce(&mut Fields<'_>) -> T) -> T {
    let mut known = Vec::new();
    read(&mut Fields::new(
        "",
        &record.path,
        schema::of_kind(record.kind),
        &record.front,
        &mut known,
    ))
}

/// A need and an offer, and where the offer is named.
type Joined = (NeedId, Placed<OfferId>);

fn joined(fields: &mut Fields<'_>, reader: &Reader<'_>) -> Option<Joined> {
    let need = fields.value("need", |text| reader.need(text))?;
    Some((need, fields.placed("offer", |text| reader.offer(text))?))
}
