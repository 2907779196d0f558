//! The source of the program as Rust reads it: what is code, what only tests see, and which paths it names.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A file of the program.
pub(crate) struct Source {
    /// Below the checkout, with forward slashes.
    pub path: String,
    /// As written.
    pub text: String,
    /// Without comments and without what is in quotes; each byte is where it was.
    pub code: String,
    /// The same without tests; empty in files that are tests as a whole.
    pub shipped: String,
    /// All paths that are named outside tests, with those in braces written out.
    pub paths: Vec<Named>,
    /// The texts in quotes outside tests and attributes, each with its line.
    pub texts: Vec<(usize, String)>,
    /// The name of each function, and its lines of code without its head and its end.
    pub functions: Vec<(String, usize)>,
    /// The files of its modules that are compiled for tests only.
    modules_of_tests: Vec<String>,
}

/// A path that is named somewhere: `crate::a::B`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    /// Its words; of a glob, the last is `*`.
    pub words: Vec<String>,
    /// Where a `use` gives it another name in its module, or the same: that name.
    pub brought_in_as: Option<String>,
    /// It is passed on to others: a `pub use`.
    pub is_passed_on: bool,
}

impl Named {
    /// What stands after `start::`, if it begins so.
    pub(crate) fn below(&self, start: &str) -> Option<String> {
        let (first, rest) = self.words.split_first()?;
        (first == start && !rest.is_empty()).then(|| rest.join("::"))
    }
}

impl Source {
    pub(crate) fn new(path: String, text: String) -> Source {
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let code = code(&text, tokens);
        let mut seen = Seen { path: &path, code: &code, ..Seen::default() };
        seen.visit_file(&file);
        let Seen { tests, paths, texts, functions, modules_of_tests, .. } = seen;
        let mut shipped = code.clone();
        tests.into_iter().for_each(|range| blank(&mut shipped, range));
        Source { path, text, code, shipped, paths, texts, functions, modules_of_tests }
    }

    /// The part of the program that it belongs to: `content` of `src/content/values.rs`.
    pub(crate) fn part(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        below.split(['/', '.']).next().unwrap_or_default()
    }
}

/// The checkout.
pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Everything in a folder but what others have written, by its path below the checkout.
pub(super) fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let ours = walk.filter_entry(|entry| entry.file_name() != "node_modules");
    let files = ours.map(|entry| entry.expect("the checkout can be read"));
    let files = files.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(root()).expect("it is below");
        let path = path.to_str().expect("a name in UTF-8").replace('\\', "/");
        (path, fs::read(entry.path()).expect("a file can be read"))
    });
    files.collect()
}

/// All files with this ending in a folder.
pub(crate) fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    let files = files(folder).into_iter().filter(|(path, _)| path.ends_with(ending));
    let read = |(path, bytes)| {
        let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8"));
        (path, text)
    };
    files.map(read).collect()
}

/// The source of the program, read once.
pub(crate) fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let mut sources = parsed(texts("src", ".rs"));
        let of_tests: BTreeSet<String> =
            sources.iter().flat_map(|source| source.modules_of_tests.clone()).collect();
        for source in sources.iter_mut().filter(|source| of_tests.contains(&source.path)) {
            source.shipped = String::new();
            source.paths = Vec::new();
            source.texts = Vec::new();
        }
        assert!(sources.len() > 50, "the source is not where it is looked for");
        sources
    });
    &SOURCES
}

/// The source of the program, its tests and its benchmarks.
pub(super) fn all_rust() -> impl Iterator<Item = &'static Source> {
    static OTHERS: LazyLock<Vec<Source>> = LazyLock::new(|| {
        ["tests", "benches"].iter().flat_map(|it| parsed(texts(it, ".rs"))).collect()
    });
    sources().iter().chain(OTHERS.iter())
}

fn parsed(texts: Vec<(String, String)>) -> Vec<Source> {
    texts.into_iter().map(|(path, text)| Source::new(path, text)).collect()
}

/// Source with comments and the insides of quotes blanked.
fn code(text: &str, tokens: TokenStream) -> String {
    let mut code = text.to_owned();
    blank(&mut code, 0..text.len());
    let mut code = code.into_bytes();
    keep(text, tokens, &mut code);
    String::from_utf8(code).expect("tokens begin and end between letters")
}

/// Copies what is code to its place.
fn keep(text: &str, tokens: TokenStream, code: &mut [u8]) {
    let mut copy = |span: Span, written: &str| {
        let range = span.byte_range();
        // A comment for readers of the documentation is tokens, too: those of an attribute.
        if text[range.clone()] == *written {
            code[range.clone()].copy_from_slice(&text.as_bytes()[range]);
        }
    };
    let mut groups = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                copy(group.span_open(), open);
                copy(group.span_close(), close);
                groups.push(group.stream());
            }
            TokenTree::Ident(ident) => copy(ident.span(), &ident.to_string()),
            TokenTree::Punct(punct) => copy(punct.span(), &punct.as_char().to_string()),
            TokenTree::Literal(literal) => {
                let written = literal.to_string();
                if !written.contains(['"', '\'']) {
                    copy(literal.span(), &written);
                }
            }
        }
    }
    for group in groups {
        keep(text, group, code);
    }
}

/// Puts a space in the place of every byte but the ends of lines.
fn blank(text: &mut String, range: Range<usize>) {
    let spaces: String =
        text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &spaces);
}

/// What is found on the way through a file.
#[derive(Default)]
struct Seen<'a> {
    path: &'a str,
    code: &'a str,
    /// The places of items that only tests have.
    tests: Vec<Range<usize>>,
    paths: Vec<Named>,
    texts: Vec<(usize, String)>,
    functions: Vec<(String, usize)>,
    modules_of_tests: Vec<String>,
    /// How many items of tests it stands in.
    depth: usize,
    /// It stands in a `pub use`.
    passes_on: bool,
}

/// Whether an item is there for tests only.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        syn::Meta::NameValue(_) => false,
    })
}

impl Seen<'_> {
    /// Goes through an item, and notes it if it is for tests only.
    fn item(&mut self, attributes: &[syn::Attribute], span: Span, inside: impl FnOnce(&mut Self)) {
        let is_for_tests = is_for_tests(attributes);
        if is_for_tests {
            self.tests.push(span.byte_range());
        }
        self.depth += usize::from(is_for_tests);
        inside(self);
        self.depth -= usize::from(is_for_tests);
    }

    fn function(&mut self, name: &syn::Ident, block: &syn::Block) {
        let (open, close) = (block.brace_token.span.open(), block.brace_token.span.close());
        let body = &self.code[open.byte_range().end..close.byte_range().start];
        let lines = body.lines().filter(|line| !line.trim().is_empty()).count();
        self.functions.push((name.to_string(), lines));
    }

    fn name(&mut self, words: Vec<String>, brought_in_as: Option<String>) {
        if self.depth == 0 {
            self.paths.push(Named { words, brought_in_as, is_passed_on: self.passes_on });
        }
    }

    /// Writes out a tree of `use`.
    fn tree(&mut self, tree: &syn::UseTree, above: &[String]) {
        let with = |word: String| above.iter().cloned().chain([word]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(path) => self.tree(&path.tree, &with(path.ident.to_string())),
            syn::UseTree::Name(name) if name.ident == "self" => {
                self.name(above.to_vec(), above.last().cloned());
            }
            syn::UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.name(with(name.clone()), Some(name));
            }
            syn::UseTree::Rename(it) => {
                self.name(with(it.ident.to_string()), Some(it.rename.to_string()));
            }
            syn::UseTree::Glob(_) => self.name(with("*".to_owned()), None),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.tree(tree, above));
            }
        }
    }

    /// What is given to a macro is not read by the parser: its paths are words with `::` between them.
    fn paths_of_macro(&mut self, tokens: TokenStream) {
        let mut words: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match &token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) if colons == 2 && !words.is_empty() => {
                    words.push(ident.to_string());
                    colons = 0;
                }
                _ => {
                    self.end_of_path(&mut words);
                    colons = 0;
                    match token {
                        TokenTree::Ident(ident) => words.push(ident.to_string()),
                        TokenTree::Group(group) => self.paths_of_macro(group.stream()),
                        TokenTree::Literal(literal) => self.literal(&syn::Lit::new(literal)),
                        TokenTree::Punct(_) => {}
                    }
                }
            }
        }
        self.end_of_path(&mut words);
    }

    fn literal(&mut self, literal: &syn::Lit) {
        let text = match literal {
            syn::Lit::Str(text) => text.value(),
            syn::Lit::ByteStr(bytes) => String::from_utf8_lossy(&bytes.value()).into_owned(),
            _ => return,
        };
        if self.depth == 0 {
            self.texts.push((literal.span().start().line, text));
        }
    }

    fn end_of_path(&mut self, words: &mut Vec<String>) {
        let words = std::mem::take(words);
        if words.len() > 1 {
            self.name(words, None);
        }
    }
}

impl<'ast> Visit<'ast> for Seen<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes: &[syn::Attribute] = match item {
            syn::Item::Const(it) => &it.attrs,
            syn::Item::Enum(it) => &it.attrs,
            syn::Item::Fn(it) => &it.attrs,
            syn::Item::Impl(it) => &it.attrs,
            syn::Item::Macro(it) => &it.attrs,
            syn::Item::Mod(it) => &it.attrs,
            syn::Item::Static(it) => &it.attrs,
            syn::Item::Struct(it) => &it.attrs,
            syn::Item::Trait(it) => &it.attrs,
            syn::Item::Type(it) => &it.attrs,
            syn::Item::Use(it) => &it.attrs,
            _ => &[],
        };
        self.item(attributes, item.span(), |seen| visit::visit_item(seen, item));
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.content.is_none() && is_for_tests(&module.attrs) {
            let folder = match self.path.strip_suffix("/mod.rs") {
                Some(folder) => folder,
                None => self.path.trim_end_matches(".rs"),
            };
            self.modules_of_tests.push(format!("{folder}/{}.rs", module.ident));
        }
        visit::visit_item_mod(self, module);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.function(&function.sig.ident, &function.block);
        let inside = |seen: &mut Self| visit::visit_impl_item_fn(seen, function);
        self.item(&function.attrs, function.span(), inside);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.function(&function.sig.ident, block);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.function(&function.sig.ident, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_item_use(&mut self, it: &'ast syn::ItemUse) {
        self.passes_on = !matches!(it.vis, syn::Visibility::Inherited);
        self.tree(&it.tree, &[]);
        self.passes_on = false;
    }

    fn visit_lit(&mut self, literal: &'ast syn::Lit) {
        self.literal(literal);
    }

    /// What stands in attributes is for readers of the source and for other programs.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    /// `pub(super)` needs nothing of the module above.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let words = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.name(words, None);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        self.paths_of_macro(it.tokens.clone());
        visit::visit_macro(self, it);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("src/a.rs".to_owned(), text.to_owned())
    }

    #[test]
    fn comments_and_quotes_are_no_code() {
        let text = "/// a\nfn b(/* i\n */) { \"c\\\"{\"; r#\"e\"\"#; 'f'; '\\''; b'q'; 7; } // x\n\
                    #[doc(hidden)]\nstruct D<'g>(&'g str);\n";
        let code = source(text).code;
        let words: Vec<&str> = code.split_whitespace().collect();
        let expected = "fn b( ) { ; ; ; ; ; 7; } #[doc(hidden)] struct D<'g>(&'g str);";
        assert_eq!(words.join(" "), expected);
        assert_eq!(code.lines().count(), text.lines().count());
        assert_eq!(code.find("struct"), text.find("struct"));
    }

    #[test]
    fn paths_are_written_out_also_in_macros_and_not_those_of_tests() {
        let text = "use crate::{a, b::{self, c as d}, e::*};\n\
                    fn f() { crate::g::h(); println!(\"{}\", [crate::i::J]); }\n\
                    #[cfg(test)] mod tests { use crate::k; }\n\
                    struct L; impl L { #[cfg(test)] fn m() { crate::n::o(); } }\n";
        let source = source(text);
        let of_crate: Vec<String> =
            source.paths.iter().filter_map(|path| path.below("crate")).collect();
        assert_eq!(of_crate, ["a", "b", "b::c", "e::*", "g::h", "i::J"]);
        assert!(!source.shipped.contains("k;") && !source.shipped.contains("n::o"));
        assert!(source.shipped.contains("impl L"));
        assert_eq!(source.paths[2].brought_in_as.as_deref(), Some("d"));
    }

    #[test]
    fn texts_are_those_that_the_program_has() {
        let text = "/// \"a\"\n#[b = \"c\"]\nconst D: &str = \"e\";\n\
                    fn f() { g!(\"h {}\", [b\"i\", 'j']); }\n#[test]\nfn k() { l(\"m\"); }\n";
        let found = source(text).texts;
        let expected = [(3, "e"), (4, "h {}"), (4, "i")];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_function_is_as_long_as_its_lines_of_code() {
        let text = "fn a() {\n    b();\n\n    // c\n    if c {\n    }\n}\nfn d(e: impl Fn(f) -> [g; 2]) {}\n";
        assert_eq!(source(text).functions, [("a".to_owned(), 3), ("d".to_owned(), 0)]);
    }
}
