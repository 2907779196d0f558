//! What is withheld and said all the same: finds it in what people have written, and in what is about to
//! be published.

mod normal;
mod phone;
mod secret;

mod matcher;

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::content::attachment;
use crate::content::record::{self, Record};
use crate::content::shown::{LinkShows, ShownText};
use crate::content::yaml::{Node, Value};
use crate::content::{Records, SITE_FILE, TOPICS_FILE};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::directory::Directory;
use crate::directory::edition::Edition;
use crate::directory::entry::{Reference, Text};
use crate::directory::ids::EntryId;
use crate::directory::texts::{self, Shown, Sort};
use crate::directory::withheld::{Secret, Why, Withheld};
use matcher::Matcher;
use secret::Form;

pub use matcher::Mention;

/// What nobody may say in an edition.
pub struct Secrets {
    secrets: Vec<Secret>,
    matcher: Arc<Matcher>,
}

impl Secrets {
    /// What is withheld and shown nowhere by right. By right something is shown where a field of the same
    /// sort holds exactly it: a title where it is a title, an address where it is one. Else whoever withholds
    /// the words of others could have them taken out. Where this is as it was `earlier`, nothing is prepared
    /// anew.
    pub fn new(withheld: &Withheld, published: &Directory, earlier: Option<&Secrets>) -> Secrets {
        let forms = |secret: &Secret| secret::forms(secret.sort, &secret.text);
        let mut wanted: Vec<(&Secret, Vec<Form>)> =
            withheld.secrets.iter().map(|secret| (secret, forms(secret))).collect();
        wanted.retain(|(_, forms)| !forms.is_empty());
        let free = free(&wanted, published);
        let is_free =
            |secret: &Secret, form: &Form| free.contains(&(Class::of(secret.sort), form.clone()));
        wanted.retain(|(secret, forms)| !forms.iter().any(|form| is_free(secret, form)));
        let same = earlier
            .filter(|earlier| earlier.secrets.iter().eq(wanted.iter().map(|(secret, _)| *secret)));
        let secrets = wanted.iter().map(|(secret, _)| (*secret).clone()).collect();
        let matcher = match same {
            Some(earlier) => earlier.matcher.clone(),
            None => {
                let each = wanted.into_iter().enumerate();
                let forms =
                    each.flat_map(|(at, (_, forms))| forms.into_iter().map(move |it| (at, it)));
                Arc::new(Matcher::new(forms))
            }
        };
        Secrets { secrets, matcher }
    }

    /// Every secret, by its number.
    pub fn list(&self) -> &[Secret] {
        &self.secrets
    }

    /// Every mention of one of them in a text.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.matcher.find(text)
    }
}

/// Texts of one sort, as far as the right to show them goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Class {
    Title,
    Summary,
    Address,
    Words,
}

impl Class {
    fn of(sort: Sort) -> Class {
        match sort {
            Sort::Title => Class::Title,
            Sort::Summary => Class::Summary,
            Sort::Contact(_) | Sort::Url => Class::Address,
            Sort::Words => Class::Words,
        }
    }
}

/// Which of these an edition shows by right, or its admin allows.
fn free(wanted: &[(&Secret, Vec<Form>)], published: &Directory) -> FxHashSet<(Class, Form)> {
    let of_secret = |(secret, forms): &(&Secret, Vec<Form>)| {
        let class = Class::of(secret.sort);
        forms.iter().map(|form| (class, form.clone())).collect::<Vec<_>>()
    };
    let wanted: FxHashSet<(Class, Form)> = wanted.iter().flat_map(of_secret).collect();
    let has = |class: Class| wanted.iter().any(|(wanted, _)| *wanted == class);
    let (words, addresses) = (has(Class::Title) || has(Class::Summary), has(Class::Address));
    let mut free = FxHashSet::default();
    let mut show = |sort: Sort, text: &str| {
        let class = Class::of(sort);
        let is_words = matches!(class, Class::Title | Class::Summary);
        if (is_words && words) || (class == Class::Address && addresses) {
            let shown = secret::forms(sort, text).into_iter().map(|form| (class, form));
            free.extend(shown.filter(|it| wanted.contains(it)));
        }
    };
    texts::of_settings(&published.site).into_iter().for_each(|(sort, text)| show(sort, text));
    if words || addresses {
        for id in published.ids() {
            texts::of_entry(published, id).iter().for_each(|it| show(it.sort, &it.text));
        }
    }
    for topic in &published.topics.list {
        for label in topic.labels.values() {
            show(Sort::Title, label);
            show(Sort::Summary, label);
        }
    }
    for value in &published.site.allowed {
        let every = [Class::Title, Class::Summary, Class::Address];
        let forms = secret::any_form(value).into_iter();
        free.extend(forms.flat_map(|form| every.map(|class| (class, form.clone()))));
    }
    free
}

/// The mentions in a directory, with what they were found in, so that a later look passes over what is
/// the same.
#[derive(Default)]
pub struct Findings {
    edition: Option<Edition>,
    entries: FxHashMap<Arc<str>, Found>,
    others: Vec<Diagnostic>,
}

struct Found {
    /// What the entry shows, as a number.
    mark: u64,
    problems: Vec<Diagnostic>,
}

impl Findings {
    /// All of them as problems, by place.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let of_entries = self.entries.values().flat_map(|found| &found.problems);
        let mut problems: Vec<Diagnostic> = of_entries.chain(&self.others).cloned().collect();
        problems.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
        problems
    }
}

/// Every mention in what the authors of a directory wrote and its edition shows. What the findings of an
/// `earlier` look with the same secrets know of an entry that shows the same is true of it still.
pub fn find(
    secrets: &Secrets,
    published: &Directory,
    records: &Records,
    edition: Edition,
    earlier: Option<(&Secrets, &Findings)>,
) -> Findings {
    if secrets.matcher.is_empty() {
        return Findings::default();
    }
    let known = earlier.filter(|(earlier, findings)| {
        Arc::ptr_eq(&earlier.matcher, &secrets.matcher) && findings.edition == Some(edition)
    });
    let finding = Finding { secrets, edition };
    let ids: Vec<EntryId> = published.ids().collect();
    let entries = ids.into_par_iter().map(|id| {
        let (path, mark) = (published[id].text.record.path.clone(), mark(published, id));
        let known = known.and_then(|(_, findings)| findings.entries.get(&path));
        let problems = match known.filter(|found| found.mark == mark) {
            Some(found) => found.problems.clone(),
            None => finding.entry(published, id),
        };
        (path, Found { mark, problems })
    });
    let entries = entries.collect::<Vec<_>>().into_iter().collect();
    let titles = records.site.field("calls").into_iter().flat_map(Node::items);
    let titles = titles.filter_map(|series| series.field("title"));
    let words = ["title", "summary", "licence"].into_iter().filter_map(|it| records.site.field(it));
    let texts = words.chain(titles).flat_map(Node::scalars);
    let mut others = finding.nodes("the site", SITE_FILE, texts);
    others.extend(finding.nodes("the vocabulary", TOPICS_FILE, records.topics.scalars()));
    let copied: Vec<(&Arc<str>, &str)> = copied_texts(published).collect();
    others
        .par_extend(copied.into_par_iter().flat_map_iter(|(path, text)| finding.file(path, text)));
    Findings { edition: Some(edition), entries, others }
}

/// A number of all that can be found in an entry: the texts of its fields, its files, and what is shown of
/// their links. Files are told apart by where they are in memory, and `earlier` keeps its own there.
fn mark(published: &Directory, id: EntryId) -> u64 {
    let mut hasher = FxHasher::default();
    for shown in texts::of_entry(published, id) {
        (shown.field, &shown.text).hash(&mut hasher);
    }
    for text in published[id].texts() {
        Arc::as_ptr(&text.record).hash(&mut hasher);
        for number in 0..text.references.len() {
            let LinkShows { words, address } = link_shows(text, number);
            (words, address).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The texts among the files that are published as they are.
fn copied_texts(published: &Directory) -> impl Iterator<Item = (&Arc<str>, &str)> {
    let texts = published.ids().flat_map(|id| published[id].texts());
    let references = texts.flat_map(|text| &text.references);
    let beside: BTreeSet<&Arc<str>> = references
        .filter_map(|reference| match reference {
            Reference::Asset(path) => Some(path),
            _ => None,
        })
        .collect();
    let is_copied =
        move |path: &Arc<str>| !attachment::is_beside_entries(path) || beside.contains(path);
    let assets = published.assets.iter().filter(move |(path, _)| is_copied(path));
    assets.map(|(path, asset)| (path, asset.text.as_deref().unwrap_or_default()))
}

struct Finding<'a> {
    secrets: &'a Secrets,
    edition: Edition,
}

impl Finding<'_> {
    fn entry(&self, directory: &Directory, id: EntryId) -> Vec<Diagnostic> {
        let entry = &directory[id];
        let owner = format!("{} `{}`", id.kind().as_str(), entry.slug);
        let own = &*entry.text.record.path;
        let mut found = Vec::new();
        for shown in texts::of_entry(directory, id) {
            for secret in self.in_field(&shown.text) {
                for span in self.places(&shown, secret) {
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

    /// Where a field of the front matter mentions a secret.
    fn places(&self, shown: &Shown<'_>, secret: usize) -> Vec<Span> {
        let Some(node) = shown.record.front.field(shown.field) else {
            return vec![Span::default()];
        };
        let mentions = |node: &&Node| match &node.value {
            Value::Text(text) => self.in_field(text).contains(&secret),
            Value::Null | Value::List(_) | Value::Map(_) => false,
        };
        let whole = texts::place_in(&shown.record.front, shown.field, &shown.text);
        let written = node.scalars().find(|node| node.span == whole && mentions(node));
        let written = written.or_else(|| node.scalars().find(mentions));
        let whole = written.map_or(whole, |node| node.span);
        let file = shown.record.body.file();
        let inside = self.secrets.mentions(file.get(whole.start..whole.end).unwrap_or_default());
        let inside = inside.into_iter().filter(|it| it.secret == secret).map(|it| Span {
            start: whole.start + it.place.start,
            end: whole.start + it.place.end,
        });
        let inside: Vec<Span> = inside.collect();
        if inside.is_empty() { vec![whole] } else { inside }
    }

    /// The mentions in a body, by their places in the file.
    fn in_body(&self, text: &Text) -> Vec<Mention> {
        let body = text.body();
        let matcher = &self.secrets.matcher;
        // What entities hide is seen only by a reader of Markdown.
        let could_be = body.markdown().contains('&')
            || matcher.could_be_in(body.markdown())
            || matcher.could_be_in(&body.text);
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
        found
    }

    /// The mentions in a file that is copied: in its text, or in that of the page which it is.
    fn file(&self, path: &Arc<str>, text: &str) -> Vec<Diagnostic> {
        let mut found = self.secrets.mentions(text);
        let decoded = decoded(text);
        for form in [path.to_string(), without_tags(&decoded), decoded] {
            let known: BTreeSet<usize> = found.iter().map(|it| it.secret).collect();
            let more = self.secrets.mentions(&form).into_iter();
            let more = more.filter(|it| !known.contains(&it.secret));
            found.extend(more.map(|it| Mention { place: Span::default(), ..it }));
        }
        let owner = format!("the file `{path}`");
        let problem =
            |it: Mention| self.problem(&owner, path, record::place(path, it.place), it.secret);
        found.into_iter().map(problem).collect()
    }

    fn nodes<'n>(
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
        let Secret { place: source, what, why, .. } = &self.secrets.secrets[secret];
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

/// The words of a page, as far as mentions go.
fn without_tags(page: &str) -> String {
    let mut words = String::with_capacity(page.len());
    for part in page.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, words)| words));
    }
    words
}

/// A text of a file in which letters may be written by their numbers (`&#64;` in pages, `\u0040` in JSON), and
/// lines be folded, as in calendars.
pub fn decoded(text: &str) -> String {
    let text = text.replace("\r\n ", "").replace("<![CDATA[", "").replace("]]>", "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['&', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letter, length) = letter_by_number(rest).unwrap_or((rest.chars().next(), 1));
        out.extend(letter);
        rest = &rest[length..];
    }
    out.push_str(rest);
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&commat;", "@"), ("&amp;", "&")];
    named.iter().fold(out, |text, (name, letter)| text.replace(name, letter))
}

/// The letter whose number stands at the beginning, and how long that is.
fn letter_by_number(text: &str) -> Option<(Option<char>, usize)> {
    if let Some(digits) = text.strip_prefix("\\u") {
        let number = u32::from_str_radix(digits.get(..4)?, 16).ok()?;
        return Some((char::from_u32(number), 6));
    }
    let (number, _) = text.strip_prefix("&#")?.split_once(';').filter(|(it, _)| it.len() < 9)?;
    let number_of = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    Some((char::from_u32(number_of.ok()?), number.len() + 3))
}

/// What is shown of a link: of one to what is withheld, nothing but its own words.
fn link_shows(text: &Text, number: usize) -> LinkShows {
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
