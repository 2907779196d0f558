//! The scripts of the built-in theme, as pages load them.

#[path = "../../build/scripts.rs"]
mod made;

use crate::site::Site;
use std::sync::Arc;

const SEARCH: &str = "assets/search-index.js";

#[test]
fn a_script_in_parts_is_published_as_one() {
    let built = Site::new(&[]).built();
    let all = built.keys().filter(|path| path.ends_with("js") && path.starts_with("assets/"));
    let all: Vec<&str> = all.map(|path| path.trim_start_matches("assets/")).collect();
    let expected =
        ["ended.js", "search-index.js", "search.js", "site.js", "suggest.js", "timer.js"];
    assert_eq!(all, expected);
    assert!(built[SEARCH].starts_with("(() => {\n'use strict';\n"), "{}", &built[SEARCH][..80]);
    assert!(built[SEARCH].ends_with("};\n})();\n"));
    let is_plain = |line: &str| !line.is_empty() && !line.starts_with([' ', '*', '/']);
    for path in all {
        let script = &built[&format!("assets/{path}")];
        assert!(script.lines().all(is_plain), "{path}:\n{script}");
    }
}

#[test]
fn a_theme_can_have_its_own_script_for_one_in_parts() {
    let mut site = Site::new(&[("site.yaml", "title: Test\ntheme: own\n")]);
    let own = "  // Mine.\n";
    site.sources.themes.insert(format!("own/{SEARCH}").into(), Arc::from(own.as_bytes()));
    assert_eq!(site.built()[SEARCH], own);
}
