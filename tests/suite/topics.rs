//! Topics of an open vocabulary: every word is one.

use super::site::Site;

fn open(topics: &str) -> Site {
    Site::new(&[
        ("site.yaml", "title: T\ntopics: {closed: false}\nlanguages: [en, es]\n"),
        ("content/coops/a.md", &format!("---\ntitle: A\nsectors: {topics}\n---\n")),
    ])
}

#[test]
fn every_word_is_a_topic_with_an_address_of_its_own() {
    for (word, id, label) in [
        ("R&D", "r-and-d", "R&amp;D"),
        ("C++", "c-plus-plus", "C++"),
        ("C#", "c-sharp", "C#"),
        ("C", "c", "C"),
        (".NET", "dot-net", ".NET"),
        ("Food & drink", "food-and-drink", "Food &amp; drink"),
        ("Node.js", "node-js", "Node.js"),
        ("Papel picado", "papel-picado", "Papel picado"),
        ("合作社", "合作社", "合作社"),
        ("İstanbul", "istanbul", "İstanbul"),
    ] {
        let built = open(&format!("[\"{word}\"]")).built();
        let page = built.get(&format!("topics/{id}/index.html"));
        let page = page.unwrap_or_else(|| panic!("{word}: {:?}", built.keys().collect::<Vec<_>>()));
        assert!(page.contains(&format!(">{label}<")), "{word}: {page}");
    }
}

#[test]
fn words_that_differ_in_signs_alone_stay_apart() {
    let built = open("[C, C++, \"C#\"]").built();
    let topics = ["c", "c-plus-plus", "c-sharp"];
    assert!(topics.iter().all(|id| built.contains_key(&format!("topics/{id}/index.html"))));
}

#[test]
fn a_word_of_the_vocabulary_stays_its_topic() {
    for word in ["Software", "software", "Translation", "Traducción"] {
        let built = open(&format!("[{word}]")).built();
        let topic = if word.starts_with('T') { "translation" } else { "software" };
        let of_topic = &built[&format!("topics/{topic}/index.html")];
        assert!(of_topic.contains("coops/a/"), "{word}");
    }
}

#[test]
fn a_closed_vocabulary_guesses_nothing_from_one_letter() {
    let site = Site::new(&[("content/coops/a.md", "---\ntitle: A\nsectors: [C]\n---\n")]);
    assert!(
        site.problems().contains("hint: choose one from the site's page"),
        "{}",
        site.problems()
    );
    let site = site.file("content/topics.yaml", "C++: {label: {en: C++}}\n");
    let hint = "hint: call it `c-plus-plus`, with a `label` that people read";
    assert!(site.problems().contains(hint), "{}", site.problems());
}
