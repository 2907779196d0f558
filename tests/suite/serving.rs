//! `ayni serve`, as the person hears it who has started it: a folder that vanishes is said, and that it is back.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::site::Folder;

/// A server that is stopped at the end of a test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Waits until this is said.
#[track_caller]
fn hear(said: &Receiver<String>, words: &str) {
    let mut before = Vec::new();
    loop {
        match said.recv_timeout(Duration::from_secs(30)) {
            Ok(line) if line.contains(words) => return,
            Ok(line) => before.push(line),
            Err(_) => panic!("“{words}” was never said, but {before:?}"),
        }
    }
}

#[test]
fn a_folder_that_vanishes_is_said() {
    let folder = Folder::new(&[
        ("site/site.yaml", "title: Test\ntopics: {starter: false}\n"),
        ("site/content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
    ]);
    let mut command = folder.command(&["serve", "--port", "0", "--site", "site"]);
    command.stderr(Stdio::piped()).stdin(Stdio::null());
    let mut server = Served(command.spawn().expect("it can be started"));
    let stderr = BufReader::new(server.0.stderr.take().expect("it is piped"));
    let (say, said) = channel();
    std::thread::spawn(move || {
        stderr.lines().map_while(Result::ok).all(|line| say.send(line).is_ok())
    });
    hear(&said, "is at http://127.0.0.1:");
    let away = |from: &str, to: &str| {
        fs::rename(folder.path(from), folder.path(to)).expect("it can be moved")
    };
    for (what, words) in [
        ("site/content", "the folder content/ is not there; no entry is shown until it is back"),
        ("site/site.yaml", "there is no `site.yaml`"),
        ("site", "error: site is not a folder"),
    ] {
        away(what, "elsewhere");
        hear(&said, words);
        away("elsewhere", what);
        hear(&said, "read again: no problems");
    }
}
