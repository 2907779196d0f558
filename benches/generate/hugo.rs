//! The same network as a site of Hugo: the same fields and texts, links as plain Markdown links,
//! and a taxonomy for each of the lists that Ayni makes of a facet.

use crate::entries::Entry;
use crate::network::Network;
use crate::text::Piece;
use crate::words::{COUNTRIES, LANGUAGES};
use crate::yaml::{self, Fields, Value, list, plain, quoted, text};

/// What topics, countries and languages are called: `data/labels.yaml`.
pub(crate) fn labels(network: &Network) -> String {
    let mut labels = "topics:\n".to_owned();
    for topic in &network.topics {
        labels.push_str(&format!("  {}: {}\n", topic.id, quoted(topic.label("en"))));
    }
    labels.push_str("countries:\n");
    for country in COUNTRIES {
        labels.push_str(&format!("  {}: {}\n", quoted(country.code), quoted(country.name)));
    }
    labels.push_str("languages:\n");
    for (code, name) in LANGUAGES {
        labels.push_str(&format!("  {}: {}\n", quoted(code), quoted(name)));
    }
    labels
}

/// The file of an entry below `content/`, and what it holds.
pub(crate) fn file(entry: Entry) -> (String, String) {
    let folder = entry.kind.folder();
    let (mut own, mut params): (Fields, Fields) = (Vec::new(), Vec::new());
    for (name, value) in entry.fields {
        match (name, value) {
            ("title", value) => own.push(("title", value)),
            ("created", value) => own.push(("date", value)),
            ("updated", value) => own.push(("lastmod", value)),
            ("aliases", Value::List(slugs)) => {
                let paths = slugs.iter().map(|slug| format!("/{folder}/{slug}/"));
                own.push(("aliases", list(paths)));
            }
            ("contact", Value::Items(contacts)) => {
                params.push(("contact", Value::Items(public(contacts))));
            }
            ("country", Value::Plain(code)) => params.push(("country", text(code))),
            ("start", Value::Plain(start)) => params.push(("start", plain(start + ":00"))),
            (name, value) => params.push((name, value)),
        }
    }
    let is_past = entry.lists.iter().any(|(list, _)| *list == "archive");
    params.push(("past", plain(is_past)));
    own.extend(entry.lists.into_iter().map(|(name, values)| (name, list(values))));
    let mut out = String::from("---\n");
    yaml::write(&own, "", &mut out);
    out.push_str("params:\n");
    yaml::write(&params, "  ", &mut out);
    out.push_str("---\n");
    for piece in &entry.body {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Link(link) => {
                let (folder, slug) = (link.kind.folder(), &link.slug);
                out.push_str(&format!("[{}](/{folder}/{slug}/)", link.title));
            }
        }
    }
    (format!("content/{folder}/{}.md", entry.slug), out)
}

/// Ayni shows no address of email that is not marked as public, so the other site has none.
fn public(contacts: Vec<Fields>) -> Vec<Fields> {
    let is_email = |contact: &Fields| {
        contact.iter().any(|(_, value)| matches!(value, Value::Plain(kind) if kind == "email"))
    };
    contacts.into_iter().filter(|contact| !is_email(contact)).collect()
}
