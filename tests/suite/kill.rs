//! Builds that are cut off: by a signal in the middle, or by a full disk.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::site::Folder;

type Files = BTreeMap<String, Vec<u8>>;

/// How many builds are killed; `AYNI_KILL_ROUNDS` asks for more.
fn rounds() -> u32 {
    let said = std::env::var("AYNI_KILL_ROUNDS");
    said.map_or(12, |rounds| rounds.parse().expect("AYNI_KILL_ROUNDS is a number"))
}

/// How many coops, needs and pages a site has of which the builds are killed.
const COUNT: u32 = 100;

/// Writes one of two contents: some entries are in both and say something else, some in one only.
fn write_content(folder: &Folder, count: u32, version: usize) {
    let other = if version == 0 { "b" } else { "a" };
    let own = if version == 0 { "a" } else { "b" };
    for number in 0..count {
        let title = format!("Version {version} of number {number}");
        let coop =
            format!("---\ntitle: {title}\ncountry: BR\n---\nSee [[c{}]].\n", (number + 1) % count);
        folder.write(&format!("content/coops/c{number}.md"), coop);
        let words = "Harvest of wheat and rye.";
        let need = format!("---\ntitle: {title}\ncoop: c{number}\nkind: human\n---\n{words}\n");
        folder.write(&format!("content/needs/n{number}.md"), need);
        let page = format!("---\ntitle: {title}\n---\nOf version {version} alone.\n");
        folder.write(&format!("content/pages/{own}{number}.md"), page);
        drop(std::fs::remove_file(folder.path(&format!("content/pages/{other}{number}.md"))));
    }
}

const BUILD: &[&str] = &["build", "--base-url", "https://test.example/"];

/// A site of three times so many entries, what each of its two contents should become, and how long
/// that takes.
fn two_versions(count: u32) -> (Folder, [Files; 2], Duration) {
    let folder = Folder::new(&[("site.yaml", "title: Test\ntopics: {starter: false}\n")]);
    let mut took = Duration::ZERO;
    let fresh = [0, 1].map(|version| {
        write_content(&folder, count, version);
        let out = format!("fresh-{version}");
        let start = Instant::now();
        let run = folder.ayni(&[BUILD, &["--out", &out]].concat());
        took = start.elapsed();
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        folder.files(&out)
    });
    let [first, second] = &fresh;
    let same = first.iter().filter(|(path, bytes)| second.get(*path) == Some(*bytes)).count();
    assert!(same < first.len() / 2, "{same} of {} files are the same", first.len());
    (folder, fresh, took)
}

/// Files of the output folder, without those that Ayni keeps for itself.
fn public(folder: &Folder) -> Files {
    let mut files = folder.files("public");
    files.retain(|path, _| !path.starts_with(".ayni/"));
    files
}

/// Numbers that look like chance, the same in every run.
struct Chance(u64);

impl Chance {
    /// A number below one.
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / (1_u64 << 24) as f64
    }
}

/// Starts a build and kills it: after a part of the time that one takes, or a moment after the first
/// file has been replaced. Says whether it was killed before it had ended.
fn killed_build(folder: &Folder, took: Duration, chance: &mut Chance, is_late: bool) -> bool {
    let first = folder.path("public/coops/c0/index.html");
    let look = || std::fs::read(&first).ok();
    let before = look();
    let mut command = folder.command(BUILD);
    let build = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut build = build.expect("the program can be started");
    let wait = |duration: Duration| {
        let end = Instant::now() + duration;
        while Instant::now() < end {
            std::thread::yield_now();
        }
    };
    if is_late {
        while look() == before && build.try_wait().expect("it can be asked").is_none() {
            std::thread::yield_now();
        }
        wait(Duration::from_millis(15).mul_f64(chance.next()));
    } else {
        wait(took.mul_f64(chance.next()));
    }
    build.kill().expect("it can be killed");
    !build.wait().expect("it has ended").success()
}

#[test]
fn a_killed_build_leaves_every_file_whole_and_the_next_one_completes_it() {
    let (folder, fresh, mut took) = two_versions(COUNT);
    let mut chance = Chance(1);
    let (mut killed, mut mixed) = (0, 0);
    for round in 0..rounds() {
        let mut version = usize::from(round % 2 == 0);
        write_content(&folder, COUNT, version);
        let was_killed = killed_build(&folder, took, &mut chance, round % 3 > 0);
        killed += u32::from(was_killed);
        let mut found = [0, 0];
        for (path, bytes) in &public(&folder) {
            let is = [0, 1].map(|version: usize| fresh[version].get(path) == Some(bytes));
            assert!(is[0] || is[1], "round {round}: {path} is neither old nor new, but torn");
            found[0] += usize::from(is[0] && !is[1]);
            found[1] += usize::from(is[1] && !is[0]);
        }
        mixed += u32::from(found[0] > 0 && found[1] > 0);
        // Every other time somebody writes on before the next build.
        if round % 4 >= 2 {
            version = 1 - version;
            write_content(&folder, COUNT, version);
        }
        let start = Instant::now();
        let run = folder.ayni(BUILD);
        took = start.elapsed();
        assert_eq!(run.code, Some(0), "round {round}: {}", run.stderr);
        assert!(!run.stderr.contains("does not know"), "round {round}: {}", run.stderr);
        let built = public(&folder);
        let paths = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(paths(&built), paths(&fresh[version]), "round {round}");
        let differs =
            |(path, bytes): &(&String, &Vec<u8>)| fresh[version].get(*path) != Some(*bytes);
        let differing = built.iter().find(differs).map(|(path, _)| path);
        assert_eq!(differing, None, "round {round}: this is not as built anew");
    }
    let again = folder.ayni(BUILD);
    assert!(again.stderr.contains("nothing had changed"), "{}", again.stderr);
    println!("{killed} builds were killed, {mixed} of them while files were moved");
    assert!(killed > 0, "no build was slow enough to be killed");
}

#[test]
fn a_full_disk_is_said_so_and_changes_nothing() {
    let (folder, fresh, _) = two_versions(20);
    write_content(&folder, 20, 0);
    assert_eq!(folder.ayni(BUILD).code, Some(0));
    let before = public(&folder);
    assert!(before == fresh[0], "the first build is right");
    write_content(&folder, 20, 1);
    // No file may be larger than so many blocks of 512 octets (of 1024 in some shells), and a program
    // that tries gets an error instead of a signal.
    let program = env!("CARGO_BIN_EXE_ayni");
    let mut failed = 0;
    for blocks in [0, 4, 16] {
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec '{program}' build --base-url https://test.example/"
        );
        let mut command = folder.command(&[]);
        let seconds = command.get_envs().find(|(name, _)| *name == "SOURCE_DATE_EPOCH");
        let seconds = seconds.and_then(|(_, value)| value).expect("the day is set").to_owned();
        command = std::process::Command::new("sh");
        command.args(["-c", &script]).env("SOURCE_DATE_EPOCH", seconds);
        // Errors go through a pipe, which the limit leaves alone.
        let output = command.current_dir(folder.path("")).output().expect("a shell can be started");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{blocks} blocks: {stderr}");
        let is_clear = stderr.starts_with("error: ") && stderr.contains("File too large");
        assert!(is_clear && stderr.contains("public"), "{blocks} blocks: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(public(&folder) == before, "{blocks} blocks: the site has changed");
        failed += 1;
    }
    assert_eq!(failed, 3);
    let run = folder.ayni(BUILD);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(public(&folder) == fresh[1], "with room again, the build is right");
}
