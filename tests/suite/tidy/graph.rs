//! Which files of the program need which others, and where they need each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

use super::source::{Named, Source};

/// A module by its words: `["content", "values"]` of `src/content/values.rs`.
type Module = Vec<String>;

/// The modules of the program, each with its file.
pub(super) struct Modules<'a> {
    by_name: BTreeMap<Module, &'a Source>,
}

impl<'a> Modules<'a> {
    pub(super) fn new(sources: &'a [Source]) -> Modules<'a> {
        let by_name = sources.iter().map(|source| (module_of(&source.path), source));
        Modules { by_name: by_name.collect() }
    }

    /// Each file with those that it needs: where what it names is made, not the door through which it comes.
    pub(super) fn needs(&self) -> BTreeSet<(&'a str, &'a str)> {
        let mut needs = BTreeSet::new();
        for (module, source) in &self.by_name {
            let used = source.paths.iter().filter(|named| !named.is_passed_on);
            for named in used {
                let file = self.file_of(module, &named.words, 0);
                needs.extend(
                    file.filter(|file| *file != source.path)
                        .map(|file| (source.path.as_str(), file)),
                );
            }
        }
        needs
    }

    /// The file in which it is made what a module calls by some words.
    fn file_of(&self, module: &[String], words: &[String], depth: usize) -> Option<&'a str> {
        let (first, rest) = words.split_first()?;
        let (mut at, rest) = match first.as_str() {
            _ if depth > 9 => return None,
            "crate" | "ayni" => (Vec::new(), rest),
            "self" => (module.to_vec(), rest),
            "super" => {
                let count = words.iter().take_while(|word| *word == "super").count();
                (module[..module.len().checked_sub(count)?].to_vec(), &words[count..])
            }
            _ => {
                let below = [module, slice::from_ref(first)].concat();
                match self.by_name.contains_key(&below) {
                    true => (module.to_vec(), words),
                    // A name that was brought in counts where that is said.
                    false => return self.passed_on(module, first, depth),
                }
            }
        };
        for word in rest {
            let below = [at.as_slice(), slice::from_ref(word)].concat();
            if !self.by_name.contains_key(&below) {
                return self.passed_on(&at, word, depth).or(Some(&self.by_name.get(&at)?.path));
            }
            at = below;
        }
        Some(&self.by_name.get(&at)?.path)
    }

    /// The file of a name that a module has from elsewhere.
    fn passed_on(&self, module: &[String], name: &str, depth: usize) -> Option<&'a str> {
        let mut names = self.by_name.get(module)?.paths.iter();
        let is_it = |named: &&Named| named.brought_in_as.as_deref() == Some(name);
        let named = names.find(is_it)?;
        self.file_of(module, &named.words, depth + 1)
    }
}

/// The words of a module by its file.
fn module_of(path: &str) -> Module {
    let path = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').filter(|word| *word != "lib").map(str::to_owned).collect()
}

/// Those that need each other, the largest circles first.
pub(super) fn circles<'a>(needs: &BTreeSet<(&'a str, &'a str)>) -> Vec<Vec<&'a str>> {
    let graph: DiGraphMap<&str, ()> = needs.iter().map(|(from, to)| (*from, *to, ())).collect();
    let mut circles: Vec<Vec<&str>> =
        tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1).collect();
    circles.iter_mut().for_each(|circle| circle.sort_unstable());
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

/// Folders that need each other, or a file beside them, in a circle. The door of a folder (`mod.rs`, or a file of its name
/// beside it) names and passes on what is in it, and counts for nothing here.
pub(super) fn circles_of_folders(needs: &BTreeSet<(&str, &str)>) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut beside: BTreeMap<String, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for (from, to) in needs {
        let common = from.split('/').zip(to.split('/')).take_while(|(one, other)| one == other);
        let common: Vec<&str> = common.map(|(word, _)| word).collect();
        let part = |path: &'_ str| path.split('/').nth(common.len()).map(str::len);
        let (Some(one), Some(other)) = (part(from), part(to)) else { continue };
        let above = if common.is_empty() { 0 } else { common.join("/").len() + 1 };
        let pair = (&from[..above + one], &to[..above + other]);
        beside.entry(common.join("/")).or_default().insert(pair);
    }
    for pairs in beside.values() {
        let is_door = |path: &str| path.ends_with("/mod.rs") || path == "src/lib.rs";
        let is_of_folder = |one: &str, other: &str| one.strip_suffix(".rs") == Some(other);
        let pairs = pairs.iter().filter(|(from, to)| {
            let is_door_of_other = is_of_folder(from, to) || is_of_folder(to, from);
            !is_door(from) && !is_door(to) && !is_door_of_other
        });
        let pairs: BTreeSet<(&str, &str)> = pairs.copied().collect();
        let has_folder = |circle: &&Vec<&str>| circle.iter().any(|it| !it.ends_with(".rs"));
        let circles = circles(&pairs);
        let circles = circles.iter().filter(has_folder);
        found.extend(circles.map(|circle| circle.iter().map(|it| (*it).to_owned()).collect()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_of_folders_is_one_of_rooms_beside_each_other() {
        let needs = [
            ("src/a/b/c.rs", "src/a/d.rs"),
            ("src/a/d.rs", "src/a/b/e.rs"),
            ("src/f/g.rs", "src/a/d.rs"),
            ("src/f/mod.rs", "src/f/h/i.rs"),
            ("src/f/h/i.rs", "src/f/mod.rs"),
            ("src/j.rs", "src/j/k.rs"),
            ("src/j/k.rs", "src/j.rs"),
        ];
        let found = circles_of_folders(&BTreeSet::from(needs));
        assert_eq!(found, [["src/a/b", "src/a/d.rs"]]);
        let more = BTreeSet::from([("src/a/d.rs", "src/f/g.rs"), ("src/f/g.rs", "src/a/d.rs")]);
        assert_eq!(circles_of_folders(&more), [["src/a", "src/f"]]);
    }

    #[test]
    fn a_circle_is_found_through_a_door() {
        let file = |path: &str, text: &str| Source::new(path.to_owned(), text.to_owned());
        let sources = [
            file("src/lib.rs", "mod a; mod b;"),
            file("src/a/mod.rs", "mod c; pub use c::C; pub struct A;"),
            file("src/a/c.rs", "use super::A; pub struct C; fn f() { crate::b::g(); }"),
            file("src/b.rs", "use crate::a::C; use std::fmt;"),
        ];
        let needs = Modules::new(&sources).needs();
        let expected = [
            ("src/a/c.rs", "src/a/mod.rs"),
            ("src/a/c.rs", "src/b.rs"),
            ("src/b.rs", "src/a/c.rs"),
        ];
        assert_eq!(needs, BTreeSet::from(expected));
        assert_eq!(circles(&needs), [["src/a/c.rs", "src/b.rs"]]);
    }
}
