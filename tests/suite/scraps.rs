//! Pads made of scraps: whatever stands in them, nothing is lost, nothing gets an owner that it does not name or
//! stand below, and nothing is published that nobody confirmed.

use std::collections::{BTreeMap, BTreeSet};

use ayni::Prepared;
use ayni::content::source::Sources;
use ayni::directory::ids::CallId;
use ayni::pad::coops::Coops;
use ayni::pad::{self, Answers, CallFile, Recording, Subject};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::pads::folder;
use super::site::{Site, options};

/// The recording of a pad where every question gets the answer that guesses nothing; what is written into the
/// content, by path; what is kept beside the pad.
fn recorded(
    prepared: &Prepared,
    pad: &str,
) -> (Recording, BTreeMap<String, String>, Option<String>) {
    let (directory, words) = (
        prepared.plan.derived.directory.clone(),
        ayni::exchange::words(prepared.plan.interfaces()),
    );
    let taken: BTreeSet<String> = prepared.sources.texts.keys().map(ToString::to_string).collect();
    let subject = Subject {
        directory: &directory,
        coops: &Coops::new(&directory),
        call: CallId(0),
        title: "November call",
        has_begun: true,
        words: &words,
        taken: &taken,
    };
    let mut answers = Answers::default();
    let recording = loop {
        let (recording, questions) = pad::understand(pad, &subject, &answers);
        let Some(question) = questions.first() else { break recording };
        let old = answers.typed.insert(question.asked.clone(), question.safe.to_owned());
        assert_eq!(old, None, "{} was answered already", question.text);
    };
    let path = "content/calls/2026-11.md";
    let record = prepared.records.entries.iter().find(|record| &*record.path == path);
    let call = CallFile {
        record: record.expect("the call is there"),
        text: prepared.sources.text(path).expect("the call is there"),
        id: "2026-11",
        has_begun: true,
        settled: directory[CallId(0)].settled(),
        former: BTreeMap::new(),
        recorded: BTreeSet::new(),
        carried: BTreeSet::new(),
        doubled: pad::Doubled::default(),
        writes_again: false,
    };
    let today = super::site::TODAY;
    let files = pad::merge(&call, &recording, today).expect("it can be changed").files;
    let left = pad::left_over(None, &recording, &[], "To sort");
    (recording, files, left)
}

/// How lines begin, and whose they are by that.
const NAMES: &[(&str, Option<&str>)] = &[
    ("", Some("")),
    ("", Some("")),
    ("", Some("")),
    ("Needs: ", Some("")),
    ("Ofertas: ", Some("")),
    ("Agaric Bakery: ", Some("agaric-bakery")),
    ("Bolete – ", Some("bolete")),
    ("**Chanterelle:** ", Some("chanterelle")),
    ("Cep: Credit Union: ", Some("cep-credit")),
    ("[20:03] The mill: ", Some("bolete")),
    ("chanterelle\t", Some("chanterelle")),
    // Known names, but not as one says whose a line is.
    ("BOLETE needs ", None),
    ("Agaric Bakery ", None),
    // Nearly known ones.
    ("Bollete: ", None),
    ("Agarik Bakery needs ", None),
    ("agaric: ", None),
    ("Agaric wants ", None),
    ("Credit Union: ", None),
    ("Credit union busca ", None),
    ("chanterele offers ", None),
    // Names of nobody.
    ("Zeppelin: ", None),
    ("Panadería La Miga: ", None),
    ("New Coop: ", None),
    ("面包坊：", None),
    ("[20:03] Ana: ", None),
    ("Zeppelin\t", None),
];

#[derive(Clone, Debug)]
struct Scrap {
    mark: &'static str,
    name: &'static str,
    /// The coop that the beginning names plainly; empty where it names none; `None` where it may name one.
    owner: Option<&'static str>,
    text: &'static str,
}

impl Scrap {
    fn is_heading(&self) -> bool {
        self.mark.starts_with('#')
    }

    /// How far it is indented.
    fn indent(&self) -> usize {
        self.mark.len() - self.mark.trim_start().len()
    }

    fn is_item(&self) -> bool {
        !self.mark.trim().is_empty() && !self.is_heading()
    }
}

fn any_scrap() -> impl Strategy<Value = Scrap> {
    let one_of = |texts: &'static str| prop::sample::select(texts.split('_').collect::<Vec<_>>());
    let mark = one_of("__- _- _  - _* [x] _  - [ ] _1. _## _### _    ");
    let text = one_of(
        "_Needs_Offers_Actions_Decisions_Notes_Matches_Who took part_Lunch_Agaric Bakery_Chanterelle\
         _Hands for the wheat_hands for wheat_A second oven_wheat -> tractor: soon\
         _Hands for the wheat → zebra_payroll (knowledge)_payroll_Ana (may be named)_apology\
         _an oven (technical)_petrol (financial, until 31.03.2027)_a press (technical, soon)\
         _Count the loaves_sing (Bolete, 2026-12-01)_sing (Ana, 3/12/2026)_a: b: c_traductora para el árabe\
         _<!-- hidden -->_# x_---_..._| a | b |_\u{feff}_First round_who we are",
    );
    (mark, prop::sample::select(NAMES), text).prop_map(|(mark, (name, owner), text)| Scrap {
        mark,
        name,
        owner,
        text,
    })
}

/// A pad of scraps. A word of its own makes each second line one that there is not yet. Headings only sort.
fn pad_of(scraps: &[Scrap]) -> String {
    let line = |(at, scrap): (usize, &Scrap)| {
        let Scrap { mark, name, text, .. } = scrap;
        match at % 2 == 1 && !scrap.is_heading() {
            true => format!("{mark}{name}{text} own{at}\n"),
            false => format!("{mark}{name}{text}\n"),
        }
    };
    let lines: String = scraps.iter().enumerate().map(line).collect();
    format!("# Title\n{lines}\n")
}

fn check(cases: u32, holds: impl Fn(Vec<Scrap>) -> Result<(), TestCaseError>) {
    let scraps = prop::collection::vec(any_scrap(), 0..14);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let result = TestRunner::new(config).run(&scraps, holds);
    assert!(result.is_ok(), "{result:?}");
}

/// The words of a text, in lower case, but for those by which it is only sorted.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| !word.is_empty()).collect()
}

/// Every word of a pad is in a file afterwards, or is said to be left out, or only sorts or names what there
/// is already.
#[test]
fn nothing_is_lost() {
    let prepared = folder().prepare();
    let known = words(
        "1 title needs ofertas offers actions decisions notes matches who took part hidden x agaric bakery \
         bolete cep credit union chanterelle hands for the wheat a second oven tractor small loans knowledge \
         may be named apology count loaves 2026 12 01 ana technical financial until 31 03 2027 20 mill first \
         round we are about",
    );
    check(400, |scraps| {
        let pad = pad_of(&scraps);
        let (recording, files, left) = recorded(&prepared, &pad);
        let left_out = recording.left_out.iter().map(|(at, _)| at.text.clone());
        let kept: Vec<String> = files.into_values().chain(left).chain(left_out).collect();
        let kept = kept.join("\n");
        let mut missing: BTreeSet<String> =
            words(&pad).difference(&words(&kept)).cloned().collect();
        // A heading that names a coop and a section is understood, whatever else it says.
        let understood = scraps.iter().filter(|it| it.is_heading() && it.name == "BOLETE needs ");
        let understood: BTreeSet<String> = understood.flat_map(|it| words(it.text)).collect();
        missing.retain(|word| !known.contains(word) && !understood.contains(word));
        prop_assert!(missing.is_empty(), "{missing:?} of\n{pad}\n--- is not in ---\n{kept}");
        Ok(())
    });
}

/// The coops to which a word was put: what they said, and what is theirs.
fn owners(recording: &Recording, word: &str) -> BTreeSet<String> {
    let has = |text: &str| words(text).contains(word);
    let said = recording.turns.iter().filter(|said| has(&said.about)).map(|said| &said.coop);
    let new = recording.new.iter().filter(|new| has(&new.title) || has(&new.body));
    said.chain(new.map(|new| &new.coop)).cloned().collect()
}

/// The coops to which a scrap may belong.
fn may_own(scraps: &[Scrap], at: usize) -> BTreeSet<&str> {
    let named = |scrap: &Scrap| match (scrap.owner, scrap.text) {
        (Some(""), "Agaric Bakery") => Some("agaric-bakery"),
        (Some(""), "Chanterelle") => Some("chanterelle"),
        // In a heading, a name may stand anywhere.
        (None, _) if scrap.is_heading() && scrap.name == "Agaric Bakery " => Some("agaric-bakery"),
        (None, _) if scrap.is_heading() && scrap.name == "BOLETE needs " => Some("bolete"),
        (owner, _) => owner.filter(|owner| !owner.is_empty()),
    };
    let scrap = &scraps[at];
    let above = &scraps[..at];
    // Where the line right above names somebody, or may do so, a line that is indented further is of nobody else.
    let parent = above.last().filter(|it| it.is_item() && scrap.indent() > it.indent());
    match (named(scrap), scrap.owner) {
        (Some(owner), _) => BTreeSet::from([owner]),
        // It may repeat the name of the coop that it stands below.
        (None, None) if scrap.name.starts_with("BOLETE") => BTreeSet::from(["bolete"]),
        (None, None) if scrap.name.to_lowercase().starts_with("agaric") => {
            BTreeSet::from(["agaric-bakery"])
        }
        (None, None) if scrap.name.to_lowercase().starts_with("credit") => {
            BTreeSet::from(["cep-credit"])
        }
        (None, None) => BTreeSet::new(),
        (None, Some(_)) => match parent {
            Some(parent) if parent.owner != Some("") => named(parent).into_iter().collect(),
            _ => above.iter().filter_map(named).collect(),
        },
    }
}

#[test]
fn a_line_has_no_owner_that_it_does_not_name_or_stand_below() {
    let prepared = folder().prepare();
    check(400, |scraps| {
        let pad = pad_of(&scraps);
        let (recording, ..) = recorded(&prepared, &pad);
        for at in (1..scraps.len()).step_by(2) {
            let allowed = may_own(&scraps, at);
            for owner in owners(&recording, &format!("own{at}")) {
                prop_assert!(allowed.contains(&*owner), "own{at} is {owner}'s in\n{pad}");
            }
        }
        Ok(())
    });
}

#[test]
fn nothing_is_published_that_nobody_confirmed() {
    let folder = folder();
    let prepared = folder.prepare();
    let empty = Site { sources: Sources::default(), options: options() };
    let site = folder.files("").into_iter().fold(empty, |site, (path, bytes)| {
        site.file(&path, &String::from_utf8(bytes).expect("they are texts"))
    });
    check(48, |scraps| {
        let pad = pad_of(&scraps);
        let (recording, files, left) = recorded(&prepared, &pad);
        let left_out: String = recording.left_out.iter().map(|(at, _)| at.text.as_str()).collect();
        let site = files.iter().fold(site.clone(), |site, (path, text)| site.file(path, text));
        let unconfirmed: Vec<String> = words(&format!("{} {left_out}", left.unwrap_or_default()))
            .into_iter()
            .filter(|word| word.starts_with("own"))
            .collect();
        for (path, text) in site.built() {
            let found = unconfirmed.iter().find(|word| words(&text).contains(*word));
            prop_assert!(found.is_none(), "{found:?} is in {path}:\n{pad}");
        }
        Ok(())
    });
}
