//! Bodies of entries with their links resolved, and what is wrong in them.

use std::sync::Arc;

use super::entry::{Reference, Spot, Text};
use super::ids::EntryId;
use super::link_hints;
use super::names::{BadLink, Reader, bad, join, percent_decode, wiki_name};
use super::spots::OwnSpots;
use crate::characters::composed;
use crate::content::fields::Fields;
use crate::content::markdown::{LinkForm, WrittenLink};
use crate::content::record::{self, EntryKind, Record};
use crate::content::values::{self, Url};
use crate::diagnostic::{Code, Diagnostic};

impl Reader<'_> {
    /// The body of a record with its links resolved; reports links that lead nowhere, raw HTML, and signs
    /// of other programs.
    pub fn text(&self, record: &Arc<Record>, fields: &mut Fields<'_>) -> Text {
        report_html(record, fields);
        report_signs(record, fields);
        let own = OwnSpots::of(record);
        let mut references = Vec::with_capacity(record.body.links.len());
        for link in &record.body.links {
            let mut report = |problem: BadLink| {
                let (code, message, hint) = problem;
                let place = record::place(&record.path, link.span);
                let verb = if code == Code::SpaceInAddress { "has" } else { "links to" };
                let message = format!("{} {verb} `{}`, {message}", fields.owner(), link.target);
                fields.add(Diagnostic::new(code, place, message).hint(hint));
            };
            let (reference, problem) = match self.reference(record, link) {
                Ok((reference, fragment)) => self.with_spot(reference, fragment, &own, link.form),
                Err(problem) if link.form.is_if_there() => (Reference::Words, Some(problem)),
                Err(problem) => (Reference::Missing(link.target.clone()), Some(problem)),
            };
            problem.into_iter().for_each(|problem| report(*problem));
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
                Err(nearest) => {
                    let problem = no_heading(fragment, "this text", nearest);
                    (Reference::Fragment(written(fragment)), Some(problem))
                }
            },
            (Reference::Entry(id, _), Some(fragment)) => match self.names.spots.on(id, fragment) {
                Ok(spot) => (Reference::Entry(id, spot), None),
                Err(nearest) => {
                    let problem = no_heading(fragment, &self.owner(id), nearest);
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
        let folder = path.strip_prefix("content/").and_then(EntryKind::from_folder);
        if let Some(kind) = folder.filter(|kind| *kind != EntryKind::Match) {
            return Ok(Reference::Site(format!("{}/", kind.folder())));
        }
        let hint = link_hints::of_file(self, record, &decoded);
        Err(bad(Code::MissingLink, "which does not exist", hint))
    }
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
    rooted.starts_with("static/") || rooted.starts_with("content/") || rooted.ends_with(".md")
}

fn with_a_space(target: &str) -> Box<BadLink> {
    let what = "which is no link, since there is a space in it and no such file";
    let hint = format!("correct the name; or write `<{target}>` for a file that will be there");
    bad(Code::SpaceInAddress, what, hint)
}

fn no_heading(fragment: &str, owner: &str, nearest: Option<&str>) -> Box<BadLink> {
    let what = format!("but {owner} has no heading `{}`", percent_decode(fragment));
    let hint = match nearest {
        Some(nearest) => format!("did you mean `#{nearest}`?"),
        None => "write the words of a heading that is there".to_owned(),
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
