//! Pads made of scraps: whatever stands in them, nothing is lost.

use std::collections::{BTreeMap, BTreeSet};

use ayni::Prepared;
use ayni::directory::ids::CallId;
use ayni::pad::coops::Coops;
use ayni::pad::{self, Answers, CallFile, Recording, Subject};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::pads::folder;

/// The recording of a pad where every question gets the answer that guesses nothing.
fn recorded(prepared: &Prepared, pad: &str) -> (Recording, Vec<String>) {
    let (directory, words) =
        (prepared.plan.derived.directory.clone(), ayni::site::pad::words(&prepared.plan));
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
        former: BTreeMap::new(),
    };
    let today = super::site::TODAY;
    let files = pad::merge(&call, &recording, today).expect("it can be changed");
    let left = pad::left_over(None, &recording, &[], "To sort");
    (recording, files.into_values().chain(left).collect())
}

fn any_line() -> impl Strategy<Value = String> {
    let one_of = |texts: &'static str| prop::sample::select(texts.split('_').collect::<Vec<_>>());
    let mark = one_of("_- _  - _* [x] _  - [ ] _1. _## _### ");
    let name = one_of(
        "_Agaric Bakery: _Bolete – _Bollete: _Cep: Credit Union: _**Chanterelle:** _Needs: _Ofertas: \
         _Zeppelin: ",
    );
    let text = one_of(
        "_Needs_Offers_Actions_Decisions_Notes_Matches_Who took part_Lunch_Agaric Bakery_Chanterelle\
         _Hands for the wheat_hands for wheat_A second oven_wheat -> tractor: soon\
         _Hands for the wheat → zebra_payroll (knowledge)_payroll_Ana (may be named)_apology\
         _Count the loaves_sing (Bolete, 2026-12-01)_a: b: c_traductora para el árabe\
         _<!-- hidden -->_# x_---_..._| a | b |_\u{feff}",
    );
    (mark, name, text).prop_map(|(mark, name, text)| format!("{mark}{name}{text}"))
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
    let lines = prop::collection::vec(any_line(), 0..14);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) };
    let known = words(
        "1 title needs ofertas offers actions decisions notes matches who took part hidden x agaric bakery \
         bolete cep credit union chanterelle hands for the wheat a second oven tractor small loans knowledge \
         may be named apology count loaves 2026 12 01 ana",
    );
    let result = TestRunner::new(config).run(&lines, |mut lines| {
        // A word of its own makes each second line one that there is not yet. Headings only sort.
        for (at, line) in lines.iter_mut().enumerate().skip(1).step_by(2) {
            if !line.starts_with('#') {
                line.push_str(&format!(" own{at}"));
            }
        }
        let pad = format!("# Title\n{}\n", lines.join("\n"));
        let (recording, files) = recorded(&prepared, &pad);
        let left_out = recording.left_out.iter().map(|(at, _)| at.text.clone());
        let kept: String = files.into_iter().chain(left_out).collect::<Vec<_>>().join("\n");
        let mut missing: BTreeSet<String> =
            words(&pad).difference(&words(&kept)).cloned().collect();
        missing.retain(|word| !known.contains(word));
        prop_assert!(missing.is_empty(), "{missing:?} of\n{pad}\n--- is not in ---\n{kept}");
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
}
