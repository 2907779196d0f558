//! What a reader of an index finds, against a look at every document.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::decoded::Decoded;
use super::*;
use crate::language::Tokenizer;

fn document(kind: &'static str, id: &str, title: &str, text: &str) -> Document<'static> {
    Document {
        language: "en",
        kind,
        // Tests are short, and so are their texts.
        id: id.to_owned().leak(),
        path: format!("{kind}s/{id}/"),
        created: None,
        title: title.to_owned(),
        summary: "",
        text: text.to_owned().into(),
        also: String::new(),
        besides: String::new(),
        facets: vec![(Facet::Type, kind.to_owned())],
        expired: false,
        place: None,
    }
}

/// Many entries whose words are as unevenly spread as people's.
fn many(count: usize) -> Vec<Document<'static>> {
    let text = |number: usize| -> String {
        let words = (1..60usize)
            .map(|word| (number * 7919 + word * word * 104_729) % (word * word))
            .map(|word| format!("w{word}"));
        words.collect::<Vec<_>>().join(" ")
    };
    (0..count)
        .map(|number| {
            document("need", &format!("n{number:05}"), &format!("Need {number}"), &text(number))
        })
        .collect()
}

fn words(texts: &[&str]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        Tokenizer::default().each(text, |word| words.extend([word.to_owned()]));
    }
    words
}

fn names(files: &[File]) -> BTreeSet<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

/// What a reader of the index finds, against a look at every document.
fn check_finds_all(documents: &[Document<'_>], labels: &Labels) {
    let index = Decoded::of(&build(documents, labels));
    let entries = numbered(documents);
    assert_eq!(index.entries() as usize, entries.len());
    let mut expected: BTreeMap<String, BTreeMap<u32, bool>> = BTreeMap::new();
    for (number, entry) in (0..).zip(&entries) {
        let of_title = words(&[&entry.title]);
        let labelled = entry.facets.iter().filter(|(facet, _)| *facet != Facet::Status);
        let labelled: Vec<&str> = labelled.map(|(facet, id)| labels.get(*facet, id)).collect();
        let all = words(
            &[&labelled[..], &[&entry.title, entry.summary, &entry.text, &entry.besides]].concat(),
        );
        for word in all {
            expected.entry(word.clone()).or_default().insert(number, of_title.contains(&word));
        }
    }
    let in_title = |levels: BTreeMap<u32, u32>| -> BTreeMap<u32, bool> {
        levels.into_iter().map(|(entry, level)| (entry, level >= 6)).collect()
    };
    let found: BTreeMap<String, BTreeMap<u32, bool>> = index
        .postings
        .iter()
        .map(|(term, levels)| (term.clone(), in_title(levels.clone())))
        .collect();
    assert_eq!(expected, found);
    check_columns(&index, &entries);
}

fn check_columns(index: &Decoded, entries: &[&Document<'_>]) {
    for facet in Facet::ALL {
        let of = |entry: &&Document<'_>| -> BTreeSet<String> {
            entry.facets.iter().filter(|(of, _)| *of == facet).map(|(_, id)| id.clone()).collect()
        };
        let expected: Vec<_> = entries.iter().map(of).collect();
        let found: Vec<BTreeSet<String>> =
            index.column(facet).into_iter().map(|ids| ids.into_iter().collect()).collect();
        let is_empty = expected.iter().all(BTreeSet::is_empty);
        assert_eq!(if is_empty { Vec::new() } else { expected }, found);
    }
    let expired = (0..).zip(entries).filter(|(_, entry)| entry.expired).map(|(number, _)| number);
    assert_eq!(index.expired(), expired.collect::<Vec<_>>());
    for (number, entry) in (0..).zip(entries) {
        let row = index.row(number);
        let text = |at: usize| row.get(at).and_then(|text| text.as_str()).unwrap_or_default();
        assert_eq!((text(1), text(2)), (entry.path.as_str(), entry.title.as_str()));
        assert_eq!((text(3), text(5) == "1"), (entry.summary, entry.expired));
    }
}

fn any_document() -> impl Strategy<Value = Document<'static>> {
    let text = || {
        let word = prop_oneof![
            "[a-e]{1,3}",
            "[a-c]{1,2}-[a-c]{1,3}",
            "[東京﨎𠮷]{1,3}",
            "[éßİΣ'·]{1,4}",
            "[\u{fb1}\u{e000}\u{10400}a]{1,2}",
            "</script>|\u{2028}|\\\\\"",
        ];
        proptest::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
    };
    let facet = proptest::sample::select(&Facet::ALL);
    let facets = proptest::collection::vec((facet, "[a-d]"), 0..5);
    let created = proptest::option::of("20[0-2][0-9]-0[1-9]-1[0-9]");
    let kind = proptest::sample::select(vec!["coop", "need"]);
    (kind, "[a-z]{6}", created, text(), text(), text(), facets, any::<bool>()).prop_map(
        |(kind, id, created, title, summary, text, facets, expired)| {
            let document = document(kind, &id, &title, &text);
            let summary = summary.leak();
            Document { created, summary, facets, expired, ..document }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_word_of_every_entry_is_found(documents in proptest::collection::vec(any_document(), 0..40)) {
        let mut labels = Labels::new("en");
        labels.insert(Facet::Country, "a", "Árbol <b>");
        check_finds_all(&documents, &labels);
    }

    #[test]
    fn order_and_threads_do_not_matter(documents in proptest::collection::vec(any_document(), 0..20).prop_shuffle()) {
        let mut others = documents.clone();
        others.reverse();
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread starts");
        let labels = Labels::new("en");
        prop_assert_eq!(build(&documents, &labels), one_thread.install(|| build(&others, &labels)));
    }
}

#[test]
fn long_lists_are_found_whole_and_no_shard_is_large() {
    let documents = many(4_000);
    check_finds_all(&documents, &Labels::new("en"));
    let files = build(&documents, &Labels::new("en"));
    assert!(files.iter().any(|file| file.name.starts_with("rest-")));
    for file in files
        .iter()
        .filter(|file| file.name.starts_with("terms-") || file.name.starts_with("rest-"))
    {
        assert!(file.bytes.len() <= terms::LARGEST, "{}: {}", file.name, file.bytes.len());
    }
}

/// How many files of the second index are not in the first, of 100.
fn changed_percent(before: &[File], after: &[File]) -> usize {
    let (before, after) = (names(before), names(after));
    // The directory has the same name, and always other hashes.
    (after.difference(&before).count() + 1) * 100 / after.len()
}

#[test]
fn of_ten_thousand_entries_one_edit_changes_few_files_and_one_new_entry_not_many() {
    let mut documents = many(10_000);
    let labels = Labels::new("en");
    let before = build(&documents, &labels);
    documents[6_000].also += "zymurgy";
    let edited = build(&documents, &labels);
    assert!(changed_percent(&before, &edited) <= 3, "{}", changed_percent(&before, &edited));
    // The newest entry has words that others have.
    let text = documents[4_000].text.clone();
    let new = document("need", "new", "A need that is new today", &text);
    documents.push(Document { created: Some("2026-11-22".to_owned()), ..new });
    let after = build(&documents, &labels);
    assert!(changed_percent(&edited, &after) <= 15, "{}", changed_percent(&edited, &after));
}

#[test]
fn undated_entries_come_first_then_by_day_kind_and_id() {
    let dated = |kind, id, created: Option<&str>| {
        let document = document(kind, id, id, "");
        Document { created: created.map(str::to_owned), ..document }
    };
    let documents = [
        dated("need", "d", Some("2026-01-02")),
        dated("need", "c", Some("2026-01-01")),
        dated("coop", "b", Some("2026-01-01")),
        dated("page", "a", None),
    ];
    let ids: Vec<_> = numbered(&documents).into_iter().map(|entry| entry.id).collect();
    assert_eq!(ids, ["a", "b", "c", "d"]);
}

#[test]
fn nothing_an_author_writes_ends_a_script() {
    let title = "</script><script>alert(1)</script> <!-- \u{2028} \" \\";
    let mut hostile = document("coop", "evil", title, title);
    hostile.facets = vec![(Facet::Topic, "<!--".to_owned())];
    let mut labels = Labels::new("en");
    labels.insert(Facet::Topic, "<!--", title);
    let files = build(&[hostile], &labels);
    for file in &files {
        let script = String::from_utf8_lossy(&file.bytes);
        assert!(!script.contains(['<', '\u{2028}']), "{}", file.name);
    }
    assert_eq!(Decoded::of(&files).row(0)[2], title);
}

#[test]
fn no_entries_make_an_empty_index() {
    let files = build(&[], &Labels::new("en"));
    assert_eq!(names(&files), BTreeSet::from(["directory.js"]));
    assert!(Decoded::of(&files).postings.is_empty());
}

#[test]
fn a_row_ends_with_what_it_has() {
    let mut other = document("coop", "a", "A", "");
    let row = |other: &Document| {
        Decoded::of(&build(std::slice::from_ref(other), &Labels::new("en"))).row(0).to_string()
    };
    assert_eq!(row(&other), r#"["coop","coops/a/","A"]"#);
    other.expired = true;
    assert_eq!(row(&other), r#"["coop","coops/a/","A","","","1"]"#);
    other.language = "pt";
    assert_eq!(row(&other), r#"["coop","coops/a/","A","","","1","pt"]"#);
    other.title = "]\",0".to_owned();
    (other.language, other.expired) = ("en", false);
    assert_eq!(row(&other), r#"["coop","coops/a/","]\",0"]"#);
}

#[test]
fn words_in_titles_come_before_all_others() {
    let title = "A very long title that has the word garden near the end of more than a dozen other words in it";
    let documents = [
        document("coop", "a", title, ""),
        document("coop", "b", "Garden", ""),
        document("coop", "c", "C", "garden garden garden"),
    ];
    let index = Decoded::of(&build(&documents, &Labels::new("en")));
    let levels = &index.postings["garden"];
    assert!(levels[&1] > levels[&0] && levels[&0] > levels[&2], "{levels:?}");
}

#[test]
fn each_term_knows_the_other_forms_of_its_word_also_in_other_shards() {
    let mut documents = many(300);
    // So many words stand between the forms that they lie in several shards.
    let between =
        (0..3_000).map(|number| format!("singb{number:04}x")).collect::<Vec<_>>().join(" ");
    documents.push(document("need", "a", "Singing and singers", "They sing and are singing."));
    documents.push(document("need", "b", "Cooperatives", "A cooperative that sings, cooperating."));
    documents.push(document("need", "c", "Between", &between));
    let spanish = document("need", "d", "Organizaciones", "La organización");
    documents.push(Document { language: "es", ..spanish });
    let index = Decoded::of(&build(&documents, &Labels::new("en")));
    let forms = |term: &str| index.forms[term].iter().cloned().collect::<Vec<_>>();
    assert_eq!(forms("cooperative"), ["cooperating", "cooperatives"]);
    assert_eq!(forms("sing"), ["singing", "sings"]);
    assert_eq!(forms("organizacion"), ["organizaciones"]);
    assert_eq!(forms("between"), [""; 0]);
    // What is in one shard and what is in another make the same groups for all.
    for (term, forms) in &index.forms {
        for form in forms {
            assert!(index.forms[form].contains(term), "{form} does not know {term}");
        }
    }
    let elsewhere = index.forms.values().flatten().count();
    assert!(elsewhere > 6, "{elsewhere}");
}

#[test]
fn each_term_knows_how_long_its_ending_is() {
    let mut documents = vec![
        document("need", "a", "Carpenters", "reforestation, responsibilities, policy, go"),
        document("need", "b", "Mapas", "reboiser"),
    ];
    documents[1].language = "es";
    let index = Decoded::of(&build(&documents, &Labels::new("en")));
    let endings = ["carpenters", "reforestation", "mapas", "reboiser", "policy", "go"]
        .map(|term| index.endings[term].as_str());
    assert_eq!(endings, ["ers", "ation", "as", "er", "y", ""]);
    assert_eq!(index.endings["responsibilities"], "ilities", "no more than seven letters");
}

#[test]
fn an_entry_is_found_by_what_its_topics_are_called_and_does_not_show_it() {
    let mut need = document("need", "books", "Our books", "They are in a mess.");
    need.besides = "accounting".to_owned();
    let files = build(&[need], &Labels::new("en"));
    let index = Decoded::of(&files);
    assert_eq!(index.postings["accounting"].keys().copied().collect::<Vec<_>>(), [0]);
    assert!(index.postings["accounting"][&0] < index.postings["books"][&0]);
    let rows = files.iter().find(|file| file.name.starts_with("entries-")).expect("one block");
    assert!(!String::from_utf8_lossy(&rows.bytes).contains("accounting"));
}

#[test]
fn small_words_are_those_of_the_languages_in_use_unless_others_say_something_with_them() {
    let mut french = document("page", "b", "Acheter", "comment acheter sans banque");
    french.language = "fr";
    let comments = ["a", "c", "d"].map(|id| document("page", id, "Comments", "a comment"));
    let index = Decoded::of(&build(&[&[french], &comments[..]].concat(), &Labels::new("en")));
    let small = index.directory["terms"]["small"].as_str().expect("a string").split(' ');
    let small: BTreeSet<&str> = small.collect();
    assert!(["the", "how", "sans", "pourquoi"].iter().all(|word| small.contains(word)));
    assert!(["comment", "banque", "quien"].iter().all(|word| !small.contains(word)));
}
