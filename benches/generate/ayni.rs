//! The network as a site of Ayni.

use crate::entries::Entry;
use crate::network::Network;
use crate::text::{LinkForm, Piece};
use crate::yaml::{self, quoted};

/// The settings.
pub(crate) fn settings(network: &Network) -> String {
    let mut settings = "title: Example network\n\
                        summary: An invented network of cooperatives, for measuring.\n\
                        base_url: https://network.example/\n\
                        languages: [en]\n\
                        calls:\n"
        .to_owned();
    for series in &network.series {
        let day = format!("{:?}", series.weekday)[..2].to_uppercase();
        settings.push_str(&format!(
            "  - id: {}\n    title: {}\n    rrule: FREQ=MONTHLY;BYDAY={}{day}\n    \
             start: \"{:02}:00\"\n    time_zone: Europe/London\n    duration: 90m\n",
            series.id,
            quoted(&series.title),
            series.nth,
            series.hour,
        ));
    }
    settings
}

/// The file of an entry below `content/`, and what it holds.
pub(crate) fn file(entry: &Entry) -> (String, String) {
    let mut out = String::from("---\n");
    yaml::write(&entry.fields, "", &mut out);
    out.push_str("---\n");
    for piece in &entry.body {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Link(link) => {
                let (folder, slug, title) = (link.kind.folder(), &link.slug, &link.title);
                out.push_str(&match link.form {
                    LinkForm::Id => format!("[[{slug}]]"),
                    LinkForm::FolderAndId => format!("[[{folder}/{slug}]]"),
                    LinkForm::Words => format!("[[{folder}/{slug}|{title}]]"),
                    LinkForm::Title => format!("[[{title}]]"),
                });
            }
        }
    }
    (format!("content/{}/{}.md", entry.kind.folder(), entry.slug), out)
}
