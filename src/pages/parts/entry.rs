//! Parts that several pages share: the common part of an entry, contacts, amounts of help.

use serde::Serialize;

use crate::addresses;
use crate::content::markdown;
use crate::content::values::Language;
use crate::directory::Entry;
use crate::directory::contact::{Contact, Person};
use crate::directory::entry::{Reference, Text};
use crate::directory::ids::{EntryId, TopicId};
use crate::pages::body::{self, BodyContext, alert_name};
use crate::pages::footnotes::Way;
use crate::pages::viewer::{Link, Viewer, direction};
use crate::wording::{Day, Label};

/// The common part of an entry's page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EntryPart {
    /// Its kind: `coop`.
    pub kind: &'static str,
    pub title: String,
    /// One sentence, or empty.
    pub summary: String,
    /// The language of its words, where that is not the page's.
    pub lang: Option<String>,
    /// The direction of that language.
    pub dir: Option<&'static str>,
    /// The name of the language of its words, where nobody has translated them.
    pub untranslated: Option<String>,
    /// The translation is older than the original.
    pub is_stale: bool,
    /// Its body, as HTML.
    pub html: String,
    /// The headings of its body, when there are three or more.
    pub contents: Vec<Heading>,
    pub topics: Vec<Link>,
    /// Where to read more.
    pub links: Vec<OutLink>,
    /// Where people talk about it.
    pub discussion: Option<String>,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// The same thing elsewhere.
    pub same_as: Vec<String>,
    pub image: Option<Image>,
    /// When it was first published.
    pub created: Option<Day>,
    /// When it was last changed.
    pub updated: Option<Day>,
    /// When somebody last checked it.
    pub reviewed: Option<Day>,
    /// What links to it.
    pub backlinks: Vec<Link>,
    /// Where its file can be edited.
    pub edit: Option<String>,
}

/// A heading of a body.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its address on the page.
    pub href: String,
    pub text: String,
}

/// A link to somewhere else.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OutLink {
    pub href: String,
    pub label: String,
    pub link_type: Label,
    /// On what terms, or empty.
    pub licence: String,
}

/// Where facts come from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Source {
    pub title: String,
    pub href: Option<String>,
    /// On what terms, or empty.
    pub licence: String,
    /// When it was read.
    pub retrieved: Option<Day>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Image {
    pub src: String,
    pub alt: String,
    /// Its width in pixels.
    pub width: Option<u32>,
    /// Its height in pixels.
    pub height: Option<u32>,
    /// The line below it, as HTML.
    pub caption_html: String,
    /// On what terms, or empty.
    pub licence: String,
}

/// A way to reach somebody.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ContactView {
    /// What kind of address it is.
    pub contact_type: Label,
    pub value: String,
    /// Whom one reaches there, or empty.
    pub name: String,
    /// Where a click leads.
    pub href: Option<String>,
    /// Only the network sees it.
    pub only_network: bool,
}

/// Somebody with a role.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PersonView {
    pub coop: Option<Link>,
    /// A name, given with consent.
    pub name: Option<String>,
}

impl Viewer<'_> {
    /// The common part of an entry.
    pub(crate) fn entry_part(&self, id: EntryId) -> EntryPart {
        let entry = &self.directory[id];
        let words = entry.words(self.language);
        let (lang, dir) = self.foreign(words.language);
        let untranslated =
            lang.is_some().then(|| self.words.language_name(words.language).to_owned());
        EntryPart {
            kind: id.kind().as_str(),
            title: self.wording.title(id),
            summary: words.summary.to_owned(),
            lang,
            dir,
            untranslated,
            is_stale: words.is_stale,
            html: self.body(words.text, words.language),
            contents: self.contents(words.text),
            topics: self.topic_links(&entry.topics),
            links: entry.links.iter().map(|link| self.out_link(link)).collect(),
            discussion: entry.discussion.as_ref().map(ToString::to_string),
            sources: entry.sources.iter().map(|source| self.source(source)).collect(),
            same_as: entry.same_as.iter().map(ToString::to_string).collect(),
            image: self.image(entry),
            created: entry.created.map(|date| self.wording.day(date)),
            updated: entry.updated.map(|date| self.wording.day(date)),
            reviewed: entry.reviewed.map(|date| self.wording.day(date)),
            backlinks: self.backlinks(id),
            edit: self.edit_link(words.text.record.path.as_ref(), entry),
        }
    }

    /// The headings of a body, if they are many.
    fn contents(&self, text: &Text) -> Vec<Heading> {
        let headings = text.headings();
        if headings.len() < 3 {
            return Vec::new();
        }
        let called = |reference: &Reference| match reference {
            Reference::Entry(id, _) => Some(self.wording.title(*id)),
            Reference::Withheld => Some(self.words.text("not-public").to_owned()),
            _ => None,
        };
        let shown = text.shown_headings(called).into_iter().zip(&*headings);
        let heading = |(text, heading): (String, &markdown::Heading)| Heading {
            level: heading.level,
            href: format!("#{}", addresses::encode(&heading.id)),
            text,
        };
        shown.map(heading).collect()
    }

    fn body(&self, text: &Text, language: &Language) -> String {
        let own = self.language;
        let page_language = match language == own {
            true => String::new(),
            false => format!(" lang=\"{own}\" dir=\"{}\"", direction(own)),
        };
        let context = BodyContext {
            directory: self.directory,
            links: &self.links,
            entry_path: &|id| self.local(&addresses::page_of(self.directory, id)),
            title: &|id| self.wording.title(id),
            page_language: &page_language,
            spot: &|id, spot| self.directory[id].address_of(spot, self.language),
            alert: &|kind| self.words.text(&format!("alert-{}", alert_name(kind))).to_owned(),
            way: &|way| self.way(&way),
            not_public: self.words.text("not-public"),
            missing: self.words.text("missing-page"),
            done: self.words.text("task-done"),
            to_do: self.words.text("task-open"),
        };
        body::body(text, &context)
    }

    /// What the way to a footnote, or back from it, is called.
    fn way(&self, way: &Way) -> String {
        let number = |number: usize| number.to_string().into();
        match *way {
            Way::There(note) => self.words.with("footnote", [("number", number(note))]),
            Way::Back(note) => self.words.with("footnote-back", [("number", number(note))]),
            Way::BackAgain(note, place) => {
                let places = [("number", number(note)), ("count", number(place))];
                self.words.with("footnote-back-again", places)
            }
        }
    }

    /// A link to somewhere else.
    pub(crate) fn out_link(&self, link: &crate::directory::entry::Link) -> OutLink {
        OutLink {
            href: link.url.to_string(),
            label: link.label.clone(),
            link_type: self.wording.label("link", link.link_type.as_str()),
            licence: link.licence.clone(),
        }
    }

    fn source(&self, source: &crate::directory::entry::SourceNote) -> Source {
        Source {
            title: source.title.clone(),
            href: source.url.as_ref().map(ToString::to_string),
            licence: source.licence.clone(),
            retrieved: source.retrieved.map(|date| self.wording.day(date)),
        }
    }

    fn image(&self, entry: &Entry) -> Option<Image> {
        let image = entry.image.as_ref()?;
        let size = self.directory.assets.get(&image.path).and_then(|asset| asset.size);
        Some(Image {
            src: self.links.to(&addresses::copy_of(&image.path)),
            alt: image.alt.clone(),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            caption_html: body::inline(&image.caption),
            licence: image.licence.clone(),
        })
    }

    fn backlinks(&self, id: EntryId) -> Vec<Link> {
        self.derived.links().to(id).iter().map(|from| self.entry_link(*from)).collect()
    }

    /// An entry that holds anything withheld is not linked to where it can be read whole.
    fn edit_link(&self, file: &str, entry: &Entry) -> Option<String> {
        let edit = self.directory.site.edit.as_ref()?;
        if self.directory.holds_secrets.contains(&*entry.text.record.path) {
            return None;
        }
        if let Some(url) = &edit.url {
            return Some(
                url.replace("{path}", &addresses::encode(file))
                    .replace("{branch}", &addresses::encode(&edit.branch)),
            );
        }
        let repository = edit.repository.as_ref()?.as_str().trim_end_matches('/');
        let branch = addresses::encode(&edit.branch);
        Some(format!("{repository}/edit/{branch}/{}", addresses::encode(file)))
    }

    pub(crate) fn topic_links(&self, topics: &[TopicId]) -> Vec<Link> {
        topics.iter().map(|topic| self.topic_link(*topic)).collect()
    }

    /// A link to a topic.
    pub(crate) fn topic_link(&self, topic: TopicId) -> Link {
        let topic = &self.directory[topic];
        self.link(&addresses::topic(&topic.slug), topic.label(self.language))
    }

    /// Contacts, as far as this edition has them.
    pub(crate) fn contacts(&self, contacts: &[Contact]) -> Vec<ContactView> {
        let view = |contact: &Contact| ContactView {
            contact_type: self.wording.label("contact", contact.contact_type.as_str()),
            value: contact.value.clone(),
            name: contact.name.clone(),
            href: contact.href(),
            only_network: contact.visibility == crate::content::values::Visibility::Network,
        };
        contacts.iter().map(view).collect()
    }

    /// Somebody with a role.
    pub(crate) fn person(&self, person: &Person) -> PersonView {
        match person {
            Person::Coop(coop) => PersonView { coop: Some(self.coop_link(*coop)), name: None },
            Person::Named(name) => PersonView { coop: None, name: Some(name.clone()) },
            Person::Unnamed => PersonView { coop: None, name: None },
        }
    }
}
