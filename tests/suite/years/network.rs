//! A network that lives month by month: calls are begun, held and recorded by the program's own commands,
//! with pads as people fill them in: some do not come, some promises wait, and introductions are answered
//! late or never. The same seed gives the same years.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::random::Random;

/// The first month.
const BEGIN: Date = date(2024, 1, 1);

/// So many coops say that they come to a call.
const DELEGATES: usize = 8;

/// What coops need, what others offer, and what kind of help it is.
const THEMES: [(&str, &str, &str); 12] = [
    ("Solar panels for our roof", "We install solar panels", "technical"),
    ("Somebody who keeps our books", "Bookkeeping for small cooperatives", "human"),
    ("A website that we can change ourselves", "Simple websites that last", "technical"),
    ("Help with our first bylaws", "We write bylaws for cooperatives", "knowledge"),
    ("Translation into Spanish", "Translation from and into Spanish", "human"),
    ("A loan for a delivery bicycle", "Small loans without collateral", "financial"),
    ("A course about bread", "We teach how to bake bread", "knowledge"),
    ("Laptops for learners", "Laptops that still work", "technical"),
    ("Mediation for our team", "Mediation in conflicts of a team", "human"),
    ("Seeds for a garden", "Seeds of old vegetables", "technical"),
    ("Somebody who films our assembly", "Films of assemblies and feasts", "human"),
    ("Advice about insurance", "Advice about insurance for members", "knowledge"),
];

/// A network in a folder.
pub(crate) struct Network {
    folder: PathBuf,
    program: PathBuf,
    /// How many coops it will have in the end.
    coops: usize,
    months: usize,
    begun: usize,
    entries: usize,
}

impl Network {
    /// An empty network of so many coops, who join over so many months.
    pub(crate) fn new(folder: PathBuf, program: PathBuf, coops: usize, months: usize) -> Network {
        let network = Network { folder, program, coops, months, begun: 0, entries: 0 };
        network.write(
            "site.yaml",
            "title: A network of examples\nbase_url: https://network.example/\n\
             calls: {id: monthly, title: Monthly call, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: \"16:00\", time_zone: Europe/London}\n\
             facilitator: {type: form, value: https://network.example/write}\n",
        );
        network
    }

    /// Lives one month, from 0: coops join, a call is begun, held and recorded. Returns the id of the call.
    pub(crate) fn live(&mut self, month: usize) -> String {
        let first = BEGIN.saturating_add((month as i64).months());
        let mut random = Random::of(7, "month", month);
        self.join(month, first);
        for _ in 0..=self.coops / 60 {
            self.propose(&mut random, first);
        }
        let call = self.begin_call(&mut random, first);
        let day = self.day_of(&call);
        self.record(&call, day, &mut random);
        self.answer(&call, &mut random, day);
        call
    }

    /// The day on which a month ends, when a site is built.
    pub(crate) fn end_of(month: usize) -> Date {
        BEGIN.saturating_add((month as i64 + 1).months()).saturating_sub(1.day())
    }

    /// Runs a command of the program on a day; what fails is a failure here.
    pub(crate) fn ayni(&self, day: Date, arguments: &[&str]) -> String {
        let mut command = Command::new(&self.program);
        command.args(arguments).args(["--today", &day.to_string()]).current_dir(&self.folder);
        let output = command.output().expect("the program can be started");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "ayni {} on {day}:\n{told}", arguments.join(" "));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The text of a file of the site.
    pub(crate) fn read(&self, path: &str) -> String {
        let file = self.folder.join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.folder.join(path);
        fs::create_dir_all(file.parent().expect("it is below the folder"))
            .and_then(|()| fs::write(&file, text))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    fn coop(number: usize) -> String {
        format!("example-{number}")
    }

    /// More coops, evenly over the months, with a need and an offer each.
    fn join(&mut self, month: usize, day: Date) {
        let there = (DELEGATES * 2).max(self.coops * (month + 1) / self.months).min(self.coops);
        for number in self.begun..there {
            let id = Network::coop(number);
            let country = ["BR", "IE", "KE", "IN", "ES", "CA"][number % 6];
            let text = format!(
                "---\ntitle: Example Coop {number}\ncountry: {country}\nlanguages: [en]\ncreated: {day}\n\
                 contact: {{type: form, value: \"https://{id}.example/\", visibility: public}}\n---\nAn example.\n"
            );
            self.write(&format!("content/coops/{id}.md"), &text);
            let (need, offer) = (THEMES[number % 12], THEMES[(number * 5 + 1) % 12]);
            self.entry("needs", (need.0, need.2), number, day);
            self.entry("offers", (offer.1, offer.2), number, day);
        }
        self.begun = there;
    }

    fn propose(&mut self, random: &mut Random, day: Date) {
        let (coop, theme) = (random.below(self.begun), THEMES[random.below(12)]);
        match random.percent(60) {
            true => self.entry("needs", (theme.0, theme.2), coop, day),
            false => self.entry("offers", (theme.1, theme.2), coop, day),
        }
    }

    /// A need ends after half a year, an offer after a year.
    fn entry(&mut self, folder: &str, (title, kind): (&str, &str), coop: usize, day: Date) {
        self.entries += 1;
        let number = self.entries;
        let until = day.saturating_add(if folder == "needs" { 6.months() } else { 12.months() });
        let text = format!(
            "---\ntitle: {title}, {number}\ncoop: {}\nkind: {kind}\ncreated: {day}\nuntil: {until}\n---\nFor {number}.\n",
            Network::coop(coop)
        );
        self.write(&format!("content/{folder}/example-{number}.md"), &text);
    }

    /// The file and the pad of the next call, with those that say that they come.
    fn begin_call(&self, random: &mut Random, day: Date) -> String {
        let mut coming = BTreeSet::new();
        while coming.len() < DELEGATES.min(self.begun) {
            coming.insert(random.skewed(self.begun));
        }
        let coops: Vec<String> = coming.into_iter().map(Network::coop).collect();
        let mut arguments = vec!["new", "call"];
        coops.iter().for_each(|coop| arguments.extend(["--coop", coop]));
        let made = self.ayni(day, &arguments);
        let path = made.lines().find_map(|line| line.strip_prefix("content/calls/"));
        let file = path.unwrap_or_else(|| panic!("no call in {made}"));
        file.trim_end_matches(".md").to_owned()
    }

    fn day_of(&self, call: &str) -> Date {
        let text = self.read(&format!("content/calls/{call}.md"));
        let start = text.lines().find_map(|line| line.strip_prefix("start: "));
        start.expect("a call has a start")[..10].parse().expect("a start is a day and a time")
    }

    /// Fills in the pad as people do in a hurry, and records it.
    fn record(&self, call: &str, day: Date, random: &mut Random) {
        self.write(&format!("pads/{call}.md"), &self.ayni(day, &["call", "pad", call]));
        let pad = self.read(&format!("pads/{call}.md"));
        let mut filled = String::new();
        let mut section = "";
        for line in pad.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                section = heading;
            }
            let percent = match section {
                "Who took part" => 80,
                "Introductions" => 50,
                "Actions" => 40,
                _ => 60,
            };
            match line.strip_prefix("- [ ] ") {
                Some(rest) if random.percent(percent) => filled += &format!("- [x] {rest}\n"),
                _ => filled += &format!("{line}\n"),
            }
            if line.starts_with("## ") {
                filled += &self.said(section, day, random);
            }
        }
        self.write(&format!("pads/{call}.md"), &filled);
        self.ayni(day, &["call", "record", call, "--yes"]);
    }

    /// What is written below a heading of the pad.
    fn said(&self, section: &str, day: Date, random: &mut Random) -> String {
        match section {
            "Decisions" if random.percent(70) => {
                format!(
                    "\n- From {day} on, the call begins with what number {} says.\n",
                    random.below(99)
                )
            }
            "Actions" => {
                let (coop, due) = (random.below(self.begun), day.saturating_add(5.weeks()));
                // Some promise the same words as others.
                let what =
                    ["Send photos", "Write the minutes", "Ask two other networks"][random.below(3)];
                format!("\n- {what} (Example Coop {coop}, {due})\n")
            }
            _ => String::new(),
        }
    }

    /// Somebody says what came of an introduction of this call; of most nobody does.
    fn answer(&self, call: &str, random: &mut Random, day: Date) {
        let text = self.read(&format!("content/calls/{call}.md"));
        let pairs: Vec<(&str, &str)> = introductions(&text);
        if pairs.is_empty() {
            return;
        }
        let (need, offer) = pairs[random.below(pairs.len())];
        let path = format!("content/matches/{need}--{offer}.md");
        let status = ["agreed", "fulfilled", "declined", "lapsed"][random.below(4)];
        let fields = format!("need: {need}\noffer: {offer}\nstatus: {status}\nupdated: {day}");
        self.write(&path, &format!("---\n{fields}\n---\n"));
    }
}

/// The ids of needs and offers that the file of a call brings together.
fn introductions(call: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let mut lines = call.lines();
    while let Some(line) = lines.next() {
        if let Some(need) = line.strip_prefix("  - need: ") {
            pairs.extend(lines.next().and_then(|it| Some((need, it.strip_prefix("    offer: ")?))));
        }
    }
    pairs
}
