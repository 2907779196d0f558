//! `ayni init`: starts a new directory.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::context::Outcome;
use super::terminal::say;
use crate::edge::together;

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder to make
    dir: PathBuf,
}

const SITE: &str = "\
title: Our network
summary: What our coops need and what they offer each other.

# Where the site will be published; needed for feeds and for search engines.
# base_url: https://directory.example/

# The first language is at the root of the site.
languages: [en]

# Whom to ask where a coop shows no contact of its own.
# facilitator:
#   - {type: email, value: hello@directory.example, visibility: public}

# A call that comes again: the last Wednesday of each month at 16:00 in London.
# calls:
#   - id: monthly
#     title: Monthly call
#     rrule: FREQ=MONTHLY;BYDAY=-1WE
#     start: \"16:00\"
#     time_zone: Europe/London
";

const COOP: &str = "\
---
title: \"Example: First Coop\"
summary: An invented coop that shows how an entry looks. Change it or remove it.
country: IE
city: Cork
form: worker
sectors: [software]
languages: [en]
contact:
  - {type: email, value: hello@first-coop.example}
  - {type: url, value: \"https://first-coop.example/\"}
---
Say in a few sentences what your coop does, and for whom.

Link to other entries by their names in double square brackets: [[offer-websites|our offer]].
";

const OFFER: &str = "\
---
title: \"Example: We build simple websites\"
summary: An invented offer that shows how an entry looks. Change it or remove it.
coop: first-coop
kind: technical
topics: [web-development]
mode: remote
basis: [exchange, paid]
---
Say what you can give, how much of it, and what you would like in return, if anything.
";

/// The editor Helix finds it in the folder of the site, and so starts `ayni lsp` for its files.
const HELIX: &str = "\
[language-server.ayni]
command = \"ayni\"
args = [\"lsp\"]

[[language]]
name = \"markdown\"
language-servers = [\"ayni\"]

[[language]]
name = \"yaml\"
language-servers = [\"ayni\"]
";

/// Pads may name people who did not agree to be named; the network's own edition is not for everybody who may clone.
const GITIGNORE: &str = "/.ayni\n/pads/\n/network-public/\n/public/*\n!/public/.gitignore\n";

/// Writes the files of a new directory; an existing folder must be empty.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let files = [
        ("content/coops/first-coop.md", COOP),
        ("content/offers/offer-websites.md", OFFER),
        ("public/.gitignore", "*\n!.gitignore\n"),
        (".gitignore", GITIGNORE),
        (".helix/languages.toml", HELIX),
        ("site.yaml", SITE),
    ];
    together::write_site(&arguments.dir, &files)?;
    let folder = arguments.dir.display();
    say!("{} is ready. Next:", folder);
    say!("  ayni serve --site {}", folder);
    say!("  ayni new coop \"Our name\" --site {}", folder);
    Ok(Outcome::Fine)
}
