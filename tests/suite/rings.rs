//! Rings: their list, their pages, what leads there, and `ayni match --rings`.

use serde_json::{Value, json};

use super::html::{attributes, facts};
use super::site::{Folder, Site};

/// Three coops of which each can help the next, and one that is alone.
fn files() -> Vec<(String, String)> {
    let mut files = vec![("site.yaml".to_owned(), "title: Test\nlanguages: [en, es]\n".to_owned())];
    for name in ["agaric", "bolete", "cep", "dapperling"] {
        let coop = format!("---\ntitle: {}{}\n---\n", name[..1].to_uppercase(), &name[1..]);
        files.push((format!("content/coops/{name}.md"), coop));
    }
    for (about, giver, taker) in [
        ("harvest wheat", "agaric", "bolete"),
        ("mend bicycles", "bolete", "cep"),
        ("print posters", "cep", "agaric"),
    ] {
        let id = about.replace(' ', "-");
        let text =
            |what, coop| format!("---\ntitle: {what} {about}\ncoop: {coop}\nkind: human\n---\n");
        files.push((format!("content/offers/can-{id}.md"), text("We", giver)));
        files.push((format!("content/needs/want-{id}.md"), text("Who can", taker)));
    }
    files
}

fn site() -> Site {
    files().iter().fold(Site::new(&[]), |site, (path, text)| site.file(path, text))
}

#[test]
fn a_ring_has_a_page_with_each_step_in_words() {
    let built = site().built();
    let page = facts(&built["rings/agaric--bolete--cep/index.html"]);
    for words in [
        "Ring of 3 coops",
        "Agaric, Bolete and Cep",
        "[From Agaric to Bolete](../../matches/want-harvest-wheat--can-harvest-wheat/)",
        "[Agaric](../../coops/agaric/) offers \
         [We harvest wheat](../../offers/can-harvest-wheat/) to \
         [Bolete](../../coops/bolete/), who needs \
         [Who can harvest wheat](../../needs/want-harvest-wheat/).",
        "[Cep](../../coops/cep/) offers [We print posters](../../offers/can-print-posters/) to \
         [Agaric](../../coops/agaric/), who needs",
        "Both use the same words:",
        " of 100",
        "A ring is as strong as its weakest step",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!built.contains_key("rings/agaric--cep--bolete/index.html"), "only as they give");
    let spanish = facts(&built["es/rings/agaric--bolete--cep/index.html"]);
    assert!(spanish.contains(") ofrece [(en ltr) We harvest wheat]("), "{spanish}");
}

#[test]
fn rings_are_linked_from_their_list_their_coops_and_the_matches() {
    let built = site().built();
    let list = facts(&built["rings/index.html"]);
    assert!(list.contains("1 ring.") && list.contains("(../rings/agaric--bolete--cep/)"), "{list}");
    for coop in ["agaric", "bolete", "cep"] {
        let page = facts(&built[&format!("coops/{coop}/index.html")]);
        let (_, after) = page.split_once("Rings it could close").expect("the heading");
        let link = "[Agaric, Bolete and Cep](../../rings/agaric--bolete--cep/)";
        assert!(after.contains(link), "{page}");
    }
    assert!(!built["coops/dapperling/index.html"].contains("Rings it could close"));
    for path in ["matches/index.html", "index.html"] {
        let links = attributes(&built[path], "href");
        assert!(links.iter().any(|href| href.ends_with("/rings/")), "{path}: {links:?}");
    }
}

#[test]
fn a_list_without_rings_says_what_a_ring_is() {
    let built = Site::new(&[]).built();
    let page = facts(&built["rings/index.html"]);
    assert!(page.contains("No ring closes yet. Three coops make a ring when"), "{page}");
}

#[test]
fn a_declined_step_opens_the_ring() {
    let file = "---\nneed: want-mend-bicycles\noffer: can-mend-bicycles\nstatus: declined\n---\n";
    let path = "content/matches/want-mend-bicycles--can-mend-bicycles.md";
    for site in [site(), site().for_the_network()] {
        let built = site.file(path, file).built();
        assert!(!built.keys().any(|path| path.starts_with("rings/agaric")));
    }
}

#[test]
fn the_command_prints_rings() {
    let files = files();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::new(&files);
    folder.write("content/calls/2026-11.md", "---\nturns: [{coop: agaric}, {coop: bolete}]\n---\n");
    let run = folder.ayni(&["match", "--rings"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), "1 ring\n"));
    let lines: Vec<&str> = run.stdout.lines().map(str::trim).collect();
    let [first, steps @ ..] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(first.ends_with("agaric → bolete → cep"), "{first}");
    assert_eq!(
        steps,
        [
            "agaric offers can-harvest-wheat to bolete, who needs want-harvest-wheat",
            "bolete offers can-mend-bicycles to cep, who needs want-mend-bicycles",
            "cep offers can-print-posters to agaric, who needs want-print-posters",
        ]
    );
    let rings = |arguments: &[&str]| -> Vec<Value> {
        let run = folder.ayni(&[&["match", "--rings", "--json"], arguments].concat());
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        serde_json::from_str(&run.stdout).expect("it is a JSON array")
    };
    let all = rings(&[]);
    assert_eq!(all.len(), 1);
    let keys: Vec<&String> = all[0].as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["coops", "mean", "score", "steps"]);
    assert_eq!(all[0]["coops"], json!(["agaric", "bolete", "cep"]));
    assert_eq!(all[0]["steps"][1]["need"], "want-mend-bicycles");
    assert_eq!(rings(&["cep"]), all);
    assert_eq!(rings(&["can-mend-bicycles"]), all);
    assert_eq!(rings(&["dapperling"]), [Value::Null; 0]);
    assert_eq!(rings(&["--call", "2026-11"]), [Value::Null; 0], "cep is not there");
    assert_eq!(rings(&["--limit", "0"]), [Value::Null; 0]);
}
