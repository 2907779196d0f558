//! Sites to test with: in memory, or in a folder of their own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use ayni::addresses::LinkStyle;
use ayni::content::source::{Asset, Sources};
use ayni::diagnostic::Code;
use ayni::directory::edition::{Drafts, Edition};
use ayni::publish::{self, Content};
use ayni::publishing::Publisher;
use ayni::{Options, Prepared};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use tempfile::TempDir;

/// The day of all tests.
pub(crate) const TODAY: Date = date(2026, 11, 22);

/// A site in memory.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub sources: Sources,
    pub options: Options,
}

/// Options of a public build.
pub(crate) fn options() -> Options {
    Options {
        base_url: None,
        style: LinkStyle::Folder,
        edition: Edition::Public,
        drafts: Drafts::Withheld,
        today: TODAY,
    }
}

impl Site {
    /// A site with a title and an address, and these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Site {
        let site = Site { sources: Sources::default(), options: options() };
        let settings = "title: Test\nbase_url: https://test.example/dir/\n";
        let site = site.file("site.yaml", settings);
        files.iter().fold(site, |site, (path, text)| site.file(path, text))
    }

    /// The same with a text file, instead of the one at its path if there is one.
    pub(crate) fn file(mut self, path: &str, text: &str) -> Site {
        self.sources.texts.insert(path.into(), text.into());
        self
    }

    /// The same with an image of three by two pixels.
    pub(crate) fn image(mut self, path: &str) -> Site {
        let image = Asset { size: Some((3, 2)), ..Asset::named(path) };
        self.sources.assets.insert(path.into(), image);
        self
    }

    /// The same with a text that is published as it is.
    pub(crate) fn copied(mut self, path: &str, text: &str) -> Site {
        let asset = Asset::named(path).with_text(text.into());
        self.sources.assets.insert(path.into(), asset);
        self
    }

    /// The same for the network.
    pub(crate) fn for_the_network(mut self) -> Site {
        self.options.edition = Edition::Network;
        self
    }

    /// The site with everything but its last stage done; the templates of the built-in theme are
    /// read once for all tests.
    pub(crate) fn prepare(&self) -> Prepared {
        static EARLIER: LazyLock<Prepared> =
            LazyLock::new(|| ayni::prepare(Site::new(&[]).sources, &options(), None));
        ayni::prepare(self.sources.clone(), &self.options, Some(&EARLIER))
    }

    /// Every problem as people read it.
    pub(crate) fn problems(&self) -> String {
        problems(&self.prepare())
    }

    /// Every file of the site as text; a site with errors is a failure.
    pub(crate) fn built(&self) -> BTreeMap<String, String> {
        let prepared = self.prepare();
        assert!(!prepared.has_errors(), "{}", problems(&prepared));
        rendered(&prepared)
    }
}

/// The code of every problem, in the order of their places.
pub(crate) fn codes(site: &Site) -> Vec<Code> {
    site.prepare().problems().iter().map(|problem| problem.code).collect()
}

/// Every problem as people read it, in the order of their places.
pub(crate) fn problems(prepared: &Prepared) -> String {
    let render = |file: &str| prepared.sources.text(file);
    let each = prepared.problems().iter().map(|problem| problem.render(render, false) + "\n");
    each.collect::<Vec<_>>().join("\n")
}

/// Every file of a site as text; of files that are copied, their source.
pub(crate) fn rendered(prepared: &Prepared) -> BTreeMap<String, String> {
    let publisher = Publisher::new(prepared).expect("what is withheld fits into memory");
    let render = |planned: &publish::Planned| {
        let (path, content) = publisher.render(planned).expect("the page can be rendered");
        let text = match content {
            Content::Bytes(bytes) => {
                String::from_utf8(bytes).expect("all files that Ayni makes are UTF-8")
            }
            Content::File(source) | Content::Attachment(source) => format!("a copy of {source}\n"),
        };
        (path, text)
    };
    prepared.plan.all().iter().map(render).collect()
}

/// A folder with a site in it, removed when the test ends.
pub(crate) struct Folder {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    pub(crate) fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder { folder: TempDir::new().expect("a temporary folder can be made") };
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.path(path);
        let parent = file.parent().expect("every file has a folder");
        fs::create_dir_all(parent).expect("a folder can be made");
        fs::write(&file, bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Every file below a folder, by its path below that.
    pub(crate) fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(below))
    }

    /// The site as the program reads it.
    pub(crate) fn prepare(&self) -> Prepared {
        let sources = ayni::edge::disk::read(self.folder.path(), None).expect("it can be read");
        ayni::prepare(sources, &options(), None)
    }

    /// Runs the program in the folder, on the day of all tests.
    pub(crate) fn ayni(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().expect("the program can be started");
        let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The program in the folder, not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let today = TODAY.to_zoned(TimeZone::UTC).expect("an instant").timestamp().as_second();
        let mut command = Command::new(env!("CARGO_BIN_EXE_ayni"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("SOURCE_DATE_EPOCH", today.to_string());
        command
    }
}

/// The smallest PNG: one pixel.
pub(crate) fn pixel() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU".to_vec();
    png.extend(b"\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82");
    png
}

/// A directory with two coops, and a need and an offer that fit.
pub(crate) fn directory() -> Folder {
    Folder::new(&[
        ("site.yaml", "title: Test\n"),
        ("content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
        ("content/coops/bolete.md", "---\ntitle: Bolete\n---\n"),
        (
            "content/needs/wheat.md",
            "---\ntitle: Hands for wheat\ncoop: agaric\nkind: human\ntopics: [agriculture]\n---\nHarvest.\n",
        ),
        (
            "content/offers/tractor.md",
            "---\ntitle: A tractor\ncoop: bolete\nkind: human\ntopics: [agriculture]\nuntil: 2026-12-24\n---\nWheat, harvest.\n",
        ),
    ])
}

/// Compares all that a command says with what it should say.
#[track_caller]
pub(crate) fn check(run: &Run, code: i32, stdout: &str, stderr: &str) {
    let found = (run.code, run.stdout.as_str(), run.stderr.as_str());
    assert_eq!(found, (Some(code), stdout, stderr));
}

/// Every file below a folder, by its path with forward slashes.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = walk.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(folder).expect("it is below");
        let path = path.to_str().expect("a name in UTF-8").to_owned();
        (path, fs::read(entry.path()).expect("a file can be read"))
    });
    files.collect()
}
