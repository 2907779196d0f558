//! Bodies of entries with their links resolved, and what is wrong in them.

use std::sync::Arc;

use super::entry::{Reference, Text};
use super::ids::EntryId;
use super::link_hints;
use super::names::{BadLink, Reader, bad, join, wiki_name};
use super::spots::{NoHeading, OwnSpots, Spot, percent_decode};
use crate::characters::composed;
use crate::content::fields::Fields;
use crate::content::file_names::{CONTENT, folder, in_static};
use crate::content::markdown::unshown::Unshown;
use crate::content::markdown::{LinkForm, WrittenLink};
use crate::content::record::{self, EntryKind, Record};
use crate::content::values::{self, Url};
use crate::diagnostic::{Code, Diagnostic, nearest};

impl Reader<'_> {
    /// The body of a record with its links resolved; reports links that lead nowhere, raw HTML, and signs
    /// of other programs.
    pub fn text(&self, record: &Arc<Record>, fields: &mut Fields<'_>) -> Text {
        report_html(record, fields);
        report_signs(record, fields);
        report_notes(record, fields);
        report_unshown(record, fields);
        let own = OwnSpots::of(record);
        let mut references = Vec::with_capacity(record.body.links.len());
        for link in &record.body.links {
            let mut report = |problem: BadLink| {
                let (code, message, hint) = problem;
                let place = record::place(&record.path, link.span);
                let is_text = code == Code::SpaceInAddress || link.target.is_empty();
                let verb = if is_text { "has" } else { "links to" };
                let written = match link.target.as_str() {
                    "" => record.body.file().get(link.span.start..link.span.end),
                    target => Some(target),
                };
                let written = written.unwrap_or_default();
                let message = format!("{} {verb} `{written}`, {message}", fields.owner());
                fields.add(Diagnostic::new(code, place, message).hint(hint));
            };
            let (reference, problem) = match self.reference(record, link) {
                Ok((reference, fragment)) => self.with_spot(reference, fragment, &own, link.form),
                Err(problem) if link.form.is_if_there() => (Reference::Words, Some(problem)),
                Err(problem) => (Reference::Missing(link.target.clone()), Some(problem)),
            };
            problem.into_iter().chain(no_address(link)).for_each(|problem| report(*problem));
            references.push(reference);
        }
        Text { record: record.clone(), references }
    }

    /// What a link leads to, and the place there.
    fn reference<'l>(
        &self,
        record: &Record,
        link: &'l WrittenLink,
    ) -> Result<(Reference, Option<&'l str>), Box<BadLink>> {
        let (target, fragment) = match link.target.split_once('#') {
            Some((target, fragment)) => (target, Some(fragment)),
            None => (link.target.as_str(), None),
        };
        if target.is_empty() {
            let here = Reference::Fragment(Spot::Written(String::new()));
            return Ok((here, fragment));
        }
        if link.form == LinkForm::Wiki {
            return match self.wiki(target) {
                Ok(id) => Ok((Reference::Entry(id, None), fragment)),
                Err(_) if self.names.is_left_out(wiki_name(target)) => {
                    Ok((Reference::Withheld, None))
                }
                Err(problem) => Err(problem),
            };
        }
        if is_url(&link.target) {
            return match Url::parse(&link.target, values::LINK_SCHEMES) {
                Ok(_) if link.form == LinkForm::Image => {
                    let what = "which is on another site, so only its words are shown";
                    let hint = "put a copy of the picture beside the entry";
                    Err(bad(Code::RemoteImage, what, hint.to_owned()))
                }
                Ok(url) => Ok((Reference::Web(url), None)),
                Err(complaint) => {
                    Err(bad(complaint.code, &complaint.what, complaint.hint.unwrap_or_default()))
                }
            };
        }
        match self.file(record, target, fragment) {
            Err(problem) if link.form.is_if_there() && problem.0 == Code::MissingLink => {
                Err(with_a_space(target))
            }
            found => found.map(|found| (found, fragment)),
        }
    }

    /// The same with the place on the page that it leads to, or what is wrong with that.
    fn with_spot(
        &self,
        reference: Reference,
        fragment: Option<&str>,
        own: &OwnSpots<'_>,
        form: LinkForm,
    ) -> (Reference, Option<Box<BadLink>>) {
        let fragment = fragment.map(|fragment| match form {
            LinkForm::Wiki => fragment.trim_end_matches('\\').trim(),
            _ => fragment,
        });
        let written = |fragment: &str| Spot::Written(percent_decode(fragment));
        match (reference, fragment) {
            (Reference::Fragment(_), Some(fragment)) => match own.on(fragment) {
                Ok(spot) => (Reference::Fragment(spot), None),
                Err(instead) => {
                    let problem = no_heading(fragment, "this text", instead);
                    (Reference::Fragment(written(fragment)), Some(problem))
                }
            },
            (Reference::Entry(id, _), Some(fragment)) => match self.names.spots.on(id, fragment) {
                Ok(spot) => (Reference::Entry(id, spot), None),
                Err(instead) => {
                    let problem = no_heading(fragment, &self.owner(id), instead);
                    (Reference::Entry(id, Some(written(fragment))), Some(problem))
                }
            },
            (reference, _) => (reference, None),
        }
    }

    fn owner(&self, id: EntryId) -> String {
        let (_, slug) = self.names.full_name(id).split_once('/').unwrap_or_default();
        format!("{} `{slug}`", id.kind().as_str())
    }

    fn file(
        &self,
        record: &Record,
        target: &str,
        fragment: Option<&str>,
    ) -> Result<Reference, Box<BadLink>> {
        let decoded = percent_decode(target);
        let decoded = composed(&decoded);
        if let Some(asset) = self.asset(&record.path, &decoded) {
            return match self.assets.get(&asset).and_then(|file| file.fault(&asset)) {
                Some(fault) => Err(bad(fault.code, &fault.what, fault.hint)),
                None => Ok(Reference::Asset(asset)),
            };
        }
        if let Some(rooted) = decoded.strip_prefix('/') {
            if self.names.left_out.paths.contains(format!("content/static/{rooted}").as_str()) {
                return Ok(Reference::Withheld);
            }
            if is_of_the_repository(rooted) {
                let hint = link_hints::of_file(self, record, &decoded);
                return Err(bad(Code::MissingLink, "which the site does not have", hint));
            }
            let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            return Ok(Reference::Site(format!("{rooted}{fragment}")));
        }
        let path = join(&record.path, &decoded).unwrap_or_default();
        for path in files_of(&path, decoded.ends_with('/')) {
            if let Some(id) = self.names.by_path.get(path.as_str()) {
                return Ok(Reference::Entry(*id, None));
            }
            if self.names.left_out.paths.contains(path.as_str()) {
                return Ok(Reference::Withheld);
            }
        }
        let kind = path.strip_prefix(CONTENT).and_then(EntryKind::from_folder);
        if let Some(kind) = kind.filter(|kind| *kind != EntryKind::Match) {
            return Ok(Reference::Site(folder(kind.folder())));
        }
        let hint = link_hints::of_file(self, record, &decoded);
        Err(bad(Code::MissingLink, "which does not exist", hint))
    }
}

/// `[words]()` is a link to the page on which it stands, and hardly meant so.
fn no_address(link: &WrittenLink) -> Option<Box<BadLink>> {
    let hint = "write where it leads, `[words](address)`, or leave the brackets out";
    let problem = || bad(Code::MissingLink, "which has no address", hint.to_owned());
    link.target.is_empty().then(problem)
}

/// Which files a link to a path may mean: the path itself, or the index page of the folder that it is.
fn files_of(path: &str, is_folder: bool) -> Vec<String> {
    let mut files = vec![path.to_owned(), format!("{path}/index.md")];
    if is_folder {
        files.push(format!("{path}.md"));
    }
    files
}

/// Whether a path from the root is one of the repository, and of no page.
fn is_of_the_repository(rooted: &str) -> bool {
    in_static(rooted).is_some() || rooted.starts_with(CONTENT) || rooted.ends_with(".md")
}

fn with_a_space(target: &str) -> Box<BadLink> {
    let what = "which is no link, since there is a space in it and no such file";
    let hint = format!("correct the name; or write `<{target}>` for a file that will be there");
    bad(Code::SpaceInAddress, what, hint)
}

fn no_heading(fragment: &str, owner: &str, instead: NoHeading<'_>) -> Box<BadLink> {
    let what = format!("but {owner} has no heading `{}`", percent_decode(fragment));
    let hint = match instead {
        NoHeading::Nearly(nearest) => format!("did you mean `#{nearest}`?"),
        NoHeading::Others([], _) => {
            format!("it has no headings at all: leave `#{fragment}` out, or write one there")
        }
        NoHeading::Others(some, more) => {
            let some: Vec<String> = some.iter().map(|id| format!("`#{id}`")).collect();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("its headings are {}{more}", some.join(", "))
        }
    };
    bad(Code::MissingHeading, &what, hint)
}

/// One problem a file, however much raw HTML is in it.
fn report_html(record: &Record, fields: &mut Fields<'_>) {
    let [first, others @ ..] = record.body.html.as_slice() else { return };
    let places = match others.len() {
        0 => String::new(),
        1 => " here and in one more place".to_owned(),
        count => format!(" here and in {count} more places"),
    };
    let message = format!("{} has HTML{places}, which is shown as text", fields.owner());
    let hint = "remove it or write it in Markdown; to show it on purpose, put it between backticks";
    fields.report(Code::HtmlAsText, *first, message, Some(hint.to_owned()));
}

/// One problem a file for each sign of other programs.
fn report_signs(record: &Record, fields: &mut Fields<'_>) {
    for (sign, place) in &record.body.signs {
        let written = record.body.file().get(place.start..place.end).unwrap_or_default();
        let message = format!("{} has `{written}`, which is shown as it stands", fields.owner());
        fields.report(Code::OtherSign, *place, message, Some(sign.hint().to_owned()));
    }
}

/// Footnotes that nobody can read, or that nothing leads to.
fn report_notes(record: &Record, fields: &mut Fields<'_>) {
    let notes = &record.body.notes;
    let names = || notes.uncalled.iter().chain(&notes.missing).map(|(name, _)| name.as_str());
    let meant = |name: &str| {
        let others = notes.order.iter().map(String::as_str).chain(names());
        let near = nearest(name, others.filter(|other| *other != name))?;
        Some(format!("did you mean `[^{near}]`?"))
    };
    for (name, place) in &notes.missing {
        let message =
            format!("{} calls the footnote `[^{name}]`, which has no text", fields.owner());
        let hint = meant(name).unwrap_or_else(|| {
            format!("add a line `[^{name}]: …` with its text, or put `[^{name}]` between backticks")
        });
        fields.report(Code::MissingNote, *place, message, Some(hint));
    }
    for (name, place) in &notes.uncalled {
        let message =
            format!("{} has the footnote `[^{name}]`, which nothing calls", fields.owner());
        let hint = format!("put `[^{name}]` where it belongs in the text, or remove the note");
        fields.report(Code::UncalledNote, *place, message, Some(hint));
    }
}

/// What an author has written and no reader sees.
fn report_unshown(record: &Record, fields: &mut Fields<'_>) {
    for (what, place) in &record.body.unshown {
        let written = record.body.file().get(place.start..place.end).unwrap_or_default();
        let (why, hint) = match what {
            Unshown::Cells => (
                "which is not shown, since its table has fewer columns".to_owned(),
                "add a column to the first two lines of the table; a `|` in a text is written `\\|`",
            ),
            Unshown::SecondAddress => (
                "which counts for nothing, since its name has an address above".to_owned(),
                "give it another name, or remove the line",
            ),
            Unshown::Word => (
                "which is not shown, since it reads as the address of links".to_owned(),
                "put a word before the bracket, or take the brackets out",
            ),
            Unshown::Number(shown) => (
                format!("which is shown as {shown}, since a list counts its items"),
                "let the numbers go up one by one, or begin a new list after a line of text",
            ),
        };
        let message = format!("{} has `{written}`, {why}", fields.owner());
        fields.report(Code::NotShown, *place, message, Some(hint.to_owned()));
    }
}

fn is_url(target: &str) -> bool {
    let scheme = target.split([':', '/', '?']).next().unwrap_or("");
    target[scheme.len()..].starts_with(':') || target.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_told_from_paths() {
        assert!(is_url("javascript:alert(1)"));
        assert!(is_url("//evil.example/x"));
        assert!(!is_url("../coops/a.md"));
        assert!(!is_url("a.md?x:y"));
    }
}
