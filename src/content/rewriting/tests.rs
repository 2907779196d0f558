//! Files of people, changed in every way that a command can.

use proptest::prelude::*;

use super::*;
use crate::content::yaml_text::{map, node, text};

fn front(file: &str) -> Node {
    read(file).expect("the front matter can be read")
}

/// The node of a field, by names and numbers of items: `turns.0.about`.
fn at<'a>(tree: &'a mut Node, path: &str) -> &'a mut Node {
    path.split('.').fold(tree, |node, name| match &mut node.value {
        Value::List(items) => &mut items[name.parse::<usize>().expect("a number")],
        Value::Map(fields) => {
            let found = fields.iter_mut().find(|(key, _)| key.name == name);
            &mut found.expect("the field is there").1
        }
        _ => panic!("nothing is below {name}"),
    })
}

/// What becomes of a file when one of its fields is changed.
fn changed(file: &str, field: &str, change: impl Fn(&mut Node)) -> Rewritten {
    let before = front(file);
    let mut tree = before.clone();
    change(at(&mut tree, field));
    with_fields(file, &before, &[(field, at(&mut tree, field).value.clone())], &[])
        .unwrap_or_else(|| panic!("it can be changed:\n{file}"))
}

#[track_caller]
fn check(fields: &str, field: &str, change: impl Fn(&mut Node), expected: &str, lost: &[&str]) {
    for (fields, expected) in [
        (fields.to_owned(), expected.to_owned()),
        (fields.replace('\n', "\r\n"), expected.replace('\n', "\r\n")),
    ] {
        let end = if fields.contains('\r') { "\r\n" } else { "\n" };
        let file = |fields: &str| format!("\u{feff}---{end}{fields}---{end}Body\n # x");
        let done = changed(&file(&fields), field, &change);
        assert_eq!(done.text, file(&expected));
        assert_eq!(done.lost, lost);
    }
}

fn items(node: &mut Node) -> &mut Vec<Node> {
    match &mut node.value {
        Value::List(items) => items,
        _ => panic!("a list"),
    }
}

fn fields(node: &mut Node) -> &mut Vec<(Key, Node)> {
    match &mut node.value {
        Value::Map(fields) => fields,
        _ => panic!("a mapping"),
    }
}

fn set(value: &str) -> impl Fn(&mut Node) + '_ {
    move |node| node.value = text(value)
}

fn add_field(node: &mut Node, name: &str, value: Value) {
    let Value::Map(new) = map([(name, value)]) else { return };
    fields(node).extend(new);
}

const LONG: &str = "word word word word word word word word word word word word word word word word word word word word word";

#[test]
fn a_value_that_changes_leaves_the_comment_in_its_line() {
    let rest = "# Above.\nz: 1 # last\n";
    for (before, after) in [
        ("a: b   # by hand", "a: held   # by hand"),
        ("a:  'b'\t# by hand", "a:  'held'\t# by hand"),
        ("a: \"b\"", "a: \"held\""),
        ("a:       # which?", "a: held       # which?"),
        ("a: ~ # none", "a: held # none"),
        ("\"a\" : b", "\"a\" : held"),
        ("a: b\n  c # by hand", "a: held # by hand"),
        ("a:\n  # in between\n  b # by hand", "a:\n  # in between\n  held # by hand"),
        ("a: >-  # by hand\n  b\n  c\n\n", "a: held  # by hand\n\n"),
        ("a: |+\n  b\n   # no comment", "a: held"),
        ("a: [b, c] # by hand", "a: held # by hand"),
        ("a: []", "a: held"),
    ] {
        check(&format!("{before}\n{rest}"), "a", set("held"), &format!("{after}\n{rest}"), &[]);
    }
    let words = |count: usize| vec!["word"; count].join(" ");
    let folded = format!("  {}\n  {}", words(19), words(2));
    for (before, after) in [
        ("a: b   # by hand\n", format!("a: >-   # by hand\n{folded}\n")),
        ("a:   # by hand\n", format!("a: >-   # by hand\n{folded}\n")),
        ("a: 'b'\n", format!("a: >-\n{folded}\n")),
        ("a: |  # by hand\n  b\n\n", format!("a: >-  # by hand\n{folded}\n\n")),
    ] {
        check(&format!("{before}{rest}"), "a", set(LONG), &format!("{after}{rest}"), &[]);
    }
}

#[test]
fn what_stands_in_an_item_that_is_taken_out_goes_with_it() {
    let list = "l:  # all\n  # Who comes:\n  - one   # remark\n    # on one\n  - 'two' # other\n\n  # below\n# Next.\nz: 1\n";
    let without = |at: usize| move |node: &mut Node| drop(items(node).remove(at));
    check(
        list,
        "l",
        without(0),
        "l:  # all\n  # Who comes:\n  - 'two' # other\n\n  # below\n# Next.\nz: 1\n",
        &["# remark", "# on one"],
    );
    check(
        list,
        "l",
        without(1),
        "l:  # all\n  # Who comes:\n  - one   # remark\n    # on one\n\n  # below\n# Next.\nz: 1\n",
        &["# other"],
    );
    check(
        list,
        "l",
        |node| items(node).clear(),
        "l: []  # all\n  # Who comes:\n\n  # below\n# Next.\nz: 1\n",
        &["# remark", "# on one", "# other"],
    );
    check("l: [a, # one\n  'b', c] # all\n", "l", without(2), "l: [a, # one\n  'b'] # all\n", &[]);
    check("l: [a, # one\n  'b', c] # all\n", "l", without(0), "l: ['b', c] # all\n", &["# one"]);
}

#[test]
fn items_and_fields_are_added_as_those_beside_them_are_written() {
    let add =
        |value: &'static str| move |node: &mut Node| items(node).push(self::node(text(value)));
    for (before, after) in [
        ("l: [a, 'b']  # all\n", "l: [a, 'b', c]  # all\n"),
        ("l: [a, # one\n  b,\n  ]\n", "l: [a, # one\n  b, c,\n  ]\n"),
        ("l: [] # none\n# Next.\n", "l: [c] # none\n# Next.\n"),
        ("l:\n# Above.\n- a # one\n# Next.\n", "l:\n# Above.\n- a # one\n- c\n# Next.\n"),
        (
            "l:\n    - a # one\n      # on one\n    # all\n",
            "l:\n    - a # one\n      # on one\n    - c\n    # all\n",
        ),
        ("l:\n  - |\n    a\n\n\nz: 1\n", "l:\n  - |\n    a\n  - c\n\n\nz: 1\n"),
    ] {
        check(before, "l", add("c"), after, &[]);
    }
    let with = |name: &'static str, value: &'static str| {
        move |list: &mut Node| add_field(&mut items(list)[0], name, text(value))
    };
    for (before, after) in [
        (
            "l:\n  - a: b # one\n    # two\n  - c: d\n",
            "l:\n  - a: b # one\n    # two\n    e: f\n  - c: d\n",
        ),
        ("l:\n-   a:\n    - b\n  # three\n", "l:\n-   a:\n    - b\n    e: f\n  # three\n"),
        ("l: [{a: b}, {c: d}] # all\n", "l: [{a: b, e: f}, {c: d}] # all\n"),
        ("l:\n  - {a: b} # one\n", "l:\n  - {a: b, e: f} # one\n"),
    ] {
        check(before, "l", with("e", "f"), after, &[]);
    }
    let words = |count: usize| vec!["word"; count].join(" ");
    let folded = format!("    e: >-\n      {}\n      {}\n", words(19), words(2));
    for before in ["l: [{a: b}] # all\n", "l:   # all\n  - {a: b}\n"] {
        let done = changed(&format!("---\n{before}---\n"), "l", with("e", LONG));
        let (head, _) = before.split_once('\n').expect("a line");
        let head = head.replace(" [{a: b}]", "");
        assert!(done.text.starts_with(&format!("---\n{head}\n  - a: b\n")), "{}", done.text);
        assert!(done.text.ends_with(&format!("{folded}---\n")), "{}", done.text);
        assert_eq!(done.lost, [""; 0]);
    }
}

#[test]
fn a_field_is_taken_out_with_its_lines() {
    let without = |at: usize| move |list: &mut Node| drop(fields(&mut items(list)[0]).remove(at));
    for (at, before, after) in [
        (1, "l:\n  - a: b\n    c: d\n    # e\n    f: g\n", "l:\n  - a: b\n    # e\n    f: g\n"),
        (0, "l:\n  - a: b\n    c: d\n", "l:\n  - c: d\n"),
        (0, "l:\n  - a: b\n    # c\n    c: d\n", "l:\n  - # c\n    c: d\n"),
        (1, "l: [{a: b, c: d, e: f}]\n", "l: [{a: b, e: f}]\n"),
    ] {
        check(before, "l", without(at), after, &[]);
    }
}

#[test]
fn new_fields_come_last() {
    for (before, after) in [
        ("---\na: 1\n# end\n---\nx", "---\na: 1\n# end\nn: v\n---\nx"),
        ("---\r\n---\r\nx", "---\r\nn: v\r\n---\r\nx"),
        ("---\n# only\n---", "---\n# only\nn: v\n---"),
        ("\u{feff}Text\r\n", "\u{feff}---\r\nn: v\r\n---\r\nText\r\n"),
        ("---\n{a: 1, b: [x]} # all\n---\n", "---\n{a: 1, b: [x], n: v} # all\n---\n"),
    ] {
        let done = with_fields(before, &front(before), &[("n", text("v"))], &[]);
        assert_eq!(done.map(|it| it.text).as_deref(), Some(after), "{before:?}");
    }
}

/// Makes files and changes of a row of numbers.
struct Choices {
    numbers: Vec<u8>,
    at: usize,
    comments: usize,
    /// How many signs of texts of several lines there are.
    signs: usize,
}

impl Choices {
    fn of(numbers: Vec<u8>, signs: usize) -> Choices {
        Choices { numbers, at: 0, comments: 0, signs }
    }

    fn pick(&mut self, below: usize) -> usize {
        self.at += 1;
        self.numbers.get(self.at - 1).map_or(0, |it| usize::from(*it)) % below
    }

    fn word(&mut self) -> &'static str {
        ["bread", "a mill", "Ana's: oven", "x # y", "- dash", "[", "äöü", "no", "1"][self.pick(9)]
    }

    fn comment(&mut self) -> String {
        if self.pick(3) > 0 {
            return String::new();
        }
        self.comments += 1;
        format!("  # c{}", self.comments)
    }

    fn own_line(&mut self, indent: usize) -> String {
        match self.pick(5) {
            0 => "\n".to_owned(),
            1 => {
                self.comments += 1;
                format!("{}# c{}\n", " ".repeat(indent), self.comments)
            }
            _ => String::new(),
        }
    }

    /// What follows a colon or a hyphen, with the end of its last line.
    fn value(&mut self, indent: usize, depth: usize, is_item: bool) -> String {
        let margin = " ".repeat(indent);
        match self.pick(if depth > 2 { 6 } else { 10 }) {
            0 => format!("{}\n", self.comment()),
            1 => format!(" plain{}\n", self.comment()),
            2 => format!(" '{}'{}\n", self.word().replace('\'', "''"), self.comment()),
            3 => format!("  \"{}\"{}\n", self.word(), self.comment()),
            4 => {
                let sign = ["|", ">-", "|+"][self.pick(self.signs)];
                let (comment, word) = (self.comment(), self.word());
                format!(
                    " {sign}{comment}\n{margin}{word}\n{margin}# words\n{}",
                    ["", "\n"][self.pick(2)]
                )
            }
            5 => {
                let inner =
                    ["[]", "[a, 'b']", "{k: v, l: [m]}", "[{a: b}, c]", "[a,   b, ]"][self.pick(5)];
                format!(" {inner}{}\n", self.comment())
            }
            6 | 7 => {
                let lines: String = (0..=self.pick(3)).map(|_| self.item(indent, depth)).collect();
                format!("{}\n{lines}", self.comment())
            }
            8 if is_item => {
                let fields = self.fields(indent, depth);
                format!(" {}", fields.trim_start())
            }
            _ => format!("{}\n{}", self.comment(), self.fields(indent, depth)),
        }
    }

    fn item(&mut self, indent: usize, depth: usize) -> String {
        let (above, margin) = (self.own_line(indent), " ".repeat(indent));
        format!("{above}{margin}-{}", self.value(indent + 2, depth + 1, true))
    }

    fn fields(&mut self, indent: usize, depth: usize) -> String {
        let margin = " ".repeat(indent);
        let field = |at: usize| {
            // The first one may stand behind a hyphen.
            let above = if at == 0 { String::new() } else { self.own_line(indent) };
            format!("{above}{margin}k{at}:{}", self.value(indent + 2, depth + 1, false))
        };
        (0..3).map(field).collect()
    }

    fn file(&mut self) -> String {
        let fields = format!("{}{}", self.fields(0, 0), self.own_line(0));
        let file = format!("---\n{fields}---\nBody # c0\n");
        if self.pick(2) == 0 { file } else { file.replace('\n', "\r\n") }
    }

    /// Changes one leaf, and gives the places where its lines may begin and end.
    fn change_leaf(&mut self, node: &mut Node, from: usize) -> (usize, usize) {
        match &mut node.value {
            Value::List(items) if !items.is_empty() => {
                let at = self.pick(items.len());
                let from = if at == 0 { from } else { items[at - 1].span.start };
                self.change_leaf(&mut items[at], from)
            }
            Value::Map(fields) if !fields.is_empty() => {
                let at = self.pick(fields.len());
                let (key, value) = &mut fields[at];
                self.change_leaf(value, key.span.start)
            }
            _ => {
                let word = [self.word(), LONG][self.pick(2)];
                node.value = text(word);
                (from, node.span.end.max(from))
            }
        }
    }

    /// Changes a tree in any way that recording a pad can.
    fn change(&mut self, node: &mut Node, depth: usize) {
        if self.pick(3) == 0 && depth > 0 {
            node.value = match self.pick(4) {
                0 => text(self.word()),
                1 => text(LONG),
                2 => Value::List(vec![
                    self::node(text(self.word())),
                    self::node(map([("n", text(LONG))])),
                ]),
                _ => Value::List(Vec::new()),
            };
            return;
        }
        match &mut node.value {
            Value::List(items) => {
                items.retain(|_| self.pick(4) > 0);
                items.iter_mut().for_each(|item| self.change(item, depth + 1));
                if self.pick(2) == 0 {
                    items.push(self::node(map([("new", text(self.word()))])));
                }
            }
            Value::Map(fields) => {
                if depth > 0 && self.pick(4) == 0 && fields.len() > 1 {
                    fields.remove(self.pick(fields.len()));
                }
                fields.iter_mut().for_each(|(_, value)| self.change(value, depth + 1));
                if self.pick(2) == 0 && !fields.is_empty() {
                    let Value::Map(new) = map([("new", text(self.word()))]) else { return };
                    fields.extend(new);
                }
            }
            _ => {}
        }
    }
}

/// A tree as it would be written anew.
fn shown(tree: &Node) -> String {
    yaml_text::after_colon(&tree.value, 0)
}

fn applied(file: &str, before: &Node, tree: &Node) -> (String, Vec<String>) {
    let Value::Map(fields) = &tree.value else { panic!("fields") };
    let changes: Vec<(&str, Value)> =
        fields.iter().map(|(key, it)| (key.name.as_str(), it.value.clone())).collect();
    let fine = rewritten(file, before, &goal(before, &changes, &[]), false);
    let done = with_fields(file, before, &changes, &[])
        .unwrap_or_else(|| panic!("it can be changed:\n{file}\n{}", shown(tree)));
    assert_eq!(fine.as_deref(), Some(&*done.text), "line by line:\n{file}\n{}", shown(tree));
    (done.text, done.lost)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn one_value_changes_only_its_lines(numbers in prop::collection::vec(any::<u8>(), 200)) {
        let mut choices = Choices::of(numbers, 3);
        let file = choices.file();
        let before = front(&file);
        let mut tree = before.clone();
        let (from, end) = choices.change_leaf(&mut tree, 0);
        let (text, lost) = applied(&file, &before, &tree);
        let first = file[..from].rfind('\n').map_or(0, |it| it + 1);
        let last = file[end..].find('\n').map_or(file.len(), |it| end + it + 1);
        prop_assert!(text.starts_with(&file[..first]), "{file}\n===\n{text}");
        prop_assert!(text.ends_with(&file[last..]), "{file}\n===\n{text}");
        prop_assert_eq!(lost, Vec::<String>::new(), "{}\n===\n{}", file, text);
        let ends = |text: &str| (text.matches('\n').count(), text.matches("\r\n").count());
        let (all, crlf) = ends(&text);
        let expected = if file.contains('\r') { all } else { 0 };
        prop_assert_eq!(crlf, expected);
    }

    #[test]
    fn many_changes_read_as_meant_and_no_comment_is_lost_untold(
        numbers in prop::collection::vec(any::<u8>(), 300)
    ) {
        // Empty lines that are a part of a text can be taken out only with what stands below them.
        let mut choices = Choices::of(numbers, 2);
        let file = choices.file();
        let before = front(&file);
        let mut tree = before.clone();
        choices.change(&mut tree, 0);
        let (text, lost) = applied(&file, &before, &tree);
        let after = front(&text);
        prop_assert!(reads_as(&after, &tree), "{file}\n===\n{text}");
        let mut all: Vec<String> = lost.clone();
        all.extend(comments(&text, &after).into_iter().map(str::to_owned));
        all.sort_unstable();
        let mut there: Vec<&str> = comments(&file, &before);
        there.sort_unstable();
        prop_assert_eq!(all, there, "{}\n===\n{}", file, text);
        // What is as it is to be is left as it is.
        prop_assert_eq!(applied(&text, &after, &after), (text.clone(), Vec::new()));
    }
}

#[test]
fn a_list_in_the_column_of_its_key_is_no_list_in_brackets_whatever_its_items_are() {
    for (first, added) in [
        ("{id: m, what: Write}", "- id: sing\n  what: Sing\n"),
        ("[a, b]", "- id: sing\n  what: Sing\n"),
    ] {
        let file = format!("---\ntitle: T\nactions:\n- {first}\n---\n");
        let parts = front_matter::split(&file).front;
        let (front, _) = yaml::parse(&file[parts.start..parts.end], parts.start);
        let old = front.field("actions").expect("it is there").value.clone();
        let Value::List(mut items) = old else { panic!("{old:?}") };
        items.push(node(map([("id", text("sing")), ("what", text("Sing"))])));
        let changes = [("actions", Value::List(items)), ("status", text("held"))];
        let now = with_fields(&file, &front, &changes, &[]).expect("it can be written");
        let expected = file.replace("\n---\n", &format!("\n{added}status: held\n---\n"));
        assert_eq!(now.text, expected);
    }
}

#[test]
fn a_field_of_the_first_level_is_taken_out_however_it_is_written() {
    for (before, after) in [
        ("---\na: 1\nuntil: 2027-01-01 # soon\nb: 2\n---\nx", "---\na: 1\nb: 2\n---\nx"),
        ("---\na: 1\nuntil: >-\n  soon\n\n# b\nb: 2\n---\n", "---\na: 1\n\n# b\nb: 2\n---\n"),
        ("---\r\nuntil: x\r\na: 1\r\n---\r\n", "---\r\na: 1\r\n---\r\n"),
        ("---\n{a: 1, until: x, b: 2}\n---\n", "---\n{a: 1, b: 2}\n---\n"),
    ] {
        let done = with_fields(before, &front(before), &[], &["until"]);
        assert_eq!(done.map(|it| it.text).as_deref(), Some(after), "{before:?}");
    }
}
