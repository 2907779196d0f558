//! Signs that mean something to other programs and nothing here, such as `{{< figure >}}`.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::loose;
use crate::diagnostic::Span;

/// What other programs make something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// `$x$`
    Formula,
    /// `{#id}`
    Attributes,
    /// `{{< … >}}` or `{{ … }}`
    Shortcode,
    /// `{% … %}`
    Command,
    /// `:::note`
    Container,
    /// `==x==`
    Highlight,
    /// `> [!info]`
    Callout,
    /// ```` ```mermaid ````
    Diagram,
    /// `(words)[address]`
    TurnedLink,
    /// `[words] (address)`
    TornLink,
    /// `##Words`
    TightHeading,
    /// `-words` on lines that follow each other
    TightItems,
    /// `[words][name]` of which no line `[name]: address` says where it leads
    NoAddress,
    /// `[[name]`, `[name]]` or `[[ ]]`
    HalfLink,
    /// `| a | b |` on lines that follow each other and are no table
    NoTable,
}

impl Sign {
    const IN_LINES: [Sign; 12] = [
        Sign::Formula,
        Sign::Attributes,
        Sign::Shortcode,
        Sign::Command,
        Sign::Container,
        Sign::Highlight,
        Sign::Callout,
        Sign::TurnedLink,
        Sign::TornLink,
        Sign::TightHeading,
        Sign::NoAddress,
        Sign::HalfLink,
    ];

    /// What its author can do.
    pub fn hint(self) -> &'static str {
        match self {
            Sign::Formula => {
                "formulas are not drawn: write it in words, or put it between backticks"
            }
            Sign::Attributes => "take it out: a heading is found by its own words",
            Sign::Shortcode => {
                "take it out; a picture is written `![what it shows](file.jpg)`, a link `[words](address)`"
            }
            Sign::Command => "take it out, and write the words that it stood for",
            Sign::Container => "write `> [!NOTE]`, and `>` before each line that belongs to it",
            Sign::Highlight => "write `**` in place of each `==`",
            Sign::Callout => {
                "write NOTE, TIP, IMPORTANT, WARNING or CAUTION, and nothing else on that line"
            }
            Sign::Diagram => {
                "diagrams are not drawn: add a picture of it, `![what it shows](file.svg)`"
            }
            Sign::TurnedLink => "turn the brackets round: `[words](address)`",
            Sign::TornLink => "take out the space between the brackets: `[words](address)`",
            Sign::TightHeading => "put a space before the words, if it is a heading: `## Words`",
            Sign::TightItems => "put a space after each hyphen, if it is a list: `- words`",
            Sign::NoAddress => {
                "write the address itself, `[words](address)`, or add a line `[name]: address`"
            }
            Sign::HalfLink => {
                "a link to an entry is a name between two brackets on each side: `[[name]]`"
            }
            Sign::NoTable => {
                "below the first line of a table, write one with `---` for each of its cells: `| --- | --- |`"
            }
        }
    }

    /// Where it stands in a line, if it does.
    fn find(self, line: &str) -> Option<Range<usize>> {
        match self {
            Sign::Formula => formula(line),
            Sign::Attributes => attributes(line),
            Sign::Shortcode => pair(line, "{{", "}}"),
            Sign::Command => pair(line, "{%", "%}"),
            Sign::Container => {
                let text = line.trim_start_matches([' ', '>']);
                let name = text.strip_prefix(":::")?.trim_start_matches([':', ' ']);
                let is_name =
                    name.starts_with(|letter: char| letter.is_alphabetic() || letter == '{');
                is_name.then(|| line.len() - text.len()..line.trim_end().len())
            }
            Sign::Highlight => highlight(line),
            Sign::Callout => {
                let text = line.trim_start_matches([' ', '>']);
                let is_quoted = line.trim_start().starts_with('>') && text.starts_with("[!");
                let end = text.find(']').filter(|end| is_quoted && *end > 2)?;
                let is_word = text[2..end].chars().all(|it| it.is_alphanumeric() || it == '-');
                let start = line.len() - text.len();
                (is_word && !text[end + 1..].starts_with(['(', '[']))
                    .then(|| start..start + end + 1)
            }
            Sign::TurnedLink => around_address(line, '(', ")[", ']'),
            Sign::TornLink => around_address(line, '[', "] (", ')'),
            Sign::TightHeading => {
                let words = line.trim_start_matches('#');
                let is_heading = (2..=6).contains(&(line.len() - words.len()));
                let is_tight = words.starts_with(char::is_alphabetic);
                (is_heading && is_tight).then(|| 0..line.trim_end().len())
            }
            Sign::NoAddress => loose::no_address(line),
            Sign::HalfLink => loose::half_link(line),
            Sign::Diagram | Sign::TightItems | Sign::NoTable => None,
        }
    }
}

/// Looks for signs while a text is read.
pub(super) struct Finder<'a> {
    markdown: &'a str,
    /// What does not count: code, links, and alerts that were understood.
    passed_over: Vec<Range<usize>>,
    tables: Vec<Range<usize>>,
    diagram: Option<Range<usize>>,
}

/// What draws something of a block of code.
const DIAGRAMS: [&str; 6] = ["mermaid", "plantuml", "math", "katex", "geojson", "topojson"];

impl<'a> Finder<'a> {
    /// Begins to read a text.
    pub(super) fn new(markdown: &'a str) -> Finder<'a> {
        Finder { markdown, passed_over: Vec::new(), tables: Vec::new(), diagram: None }
    }

    /// Notes a piece of the text.
    pub(super) fn see(&mut self, event: &Event<'_>, place: &Range<usize>) {
        let place = place.clone();
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                if let CodeBlockKind::Fenced(info) = kind {
                    let name = info.split_whitespace().next().unwrap_or_default();
                    let name = name.trim_matches(['{', '}', '.']);
                    if self.diagram.is_none() && DIAGRAMS.contains(&name) {
                        let line = self.markdown[place.clone()].lines().next().unwrap_or_default();
                        self.diagram = Some(place.start..place.start + line.trim_end().len());
                    }
                }
                self.passed_over.push(place);
            }
            Event::Start(Tag::BlockQuote(Some(_))) => {
                let line = self.markdown[place.clone()].lines().next().unwrap_or_default();
                self.passed_over.push(place.start..place.start + line.len());
            }
            Event::Start(Tag::Table(_)) => self.tables.push(place),
            Event::Code(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                self.passed_over.push(place);
            }
            _ => {}
        }
    }

    /// What was found, each sign where it stands first; `offset` is where the text begins in its file.
    pub(super) fn found(self, offset: usize) -> Vec<(Sign, Span)> {
        let mut found: Vec<(Sign, Range<usize>)> =
            self.diagram.clone().into_iter().map(|place| (Sign::Diagram, place)).collect();
        let could_be =
            ["$", "{", ":::", "==", "[!", ")[", "] (", "##", "\n-", "][", "[[", "]]", "|"];
        let could_be = could_be.iter().any(|it| self.markdown.contains(it));
        if could_be {
            self.in_lines(&mut found);
        }
        found.sort_by_key(|(_, place)| place.start);
        let span =
            |place: Range<usize>| Span { start: offset + place.start, end: offset + place.end };
        found.into_iter().map(|(sign, place)| (sign, span(place))).collect()
    }

    fn in_lines(&self, found: &mut Vec<(Sign, Range<usize>)>) {
        let visible = self.visible();
        found.extend(loose::no_table(&visible, &self.tables).map(|place| (Sign::NoTable, place)));
        let mut wanted = Sign::IN_LINES.to_vec();
        let (mut at, mut item) = (0, None);
        for line in visible.split_inclusive('\n') {
            if let Some(first) = item.take().filter(|_| is_tight_item(line)) {
                found.push((Sign::TightItems, first));
            } else if !found.iter().any(|(sign, _)| *sign == Sign::TightItems) {
                item = is_tight_item(line).then(|| at..at + line.trim_end().len());
            }
            wanted.retain(|sign| {
                let place = sign.find(line);
                found.extend(place.iter().map(|it| (*sign, at + it.start..at + it.end)));
                place.is_none()
            });
            at += line.len();
        }
    }

    /// The text with letters that nobody writes in the place of what does not count.
    fn visible(&self) -> String {
        let mut visible = String::with_capacity(self.markdown.len());
        let mut at = 0;
        for place in self.passed_over.iter().filter(|place| !place.is_empty()) {
            if place.end <= at {
                continue;
            }
            let start = place.start.max(at);
            visible.push_str(&self.markdown[at..start]);
            let hidden = self.markdown[start..place.end].bytes();
            visible.extend(hidden.map(|byte| if byte == b'\n' { '\n' } else { HIDDEN }));
            at = place.end;
        }
        visible.push_str(&self.markdown[at..]);
        visible
    }
}

/// Stands in the visible text for what does not count, such as an address.
const HIDDEN: char = '\u{1}';

/// A link whose brackets are not as they should be: something in brackets, and an address after it.
fn around_address(line: &str, open: char, between: &str, close: char) -> Option<Range<usize>> {
    let mut middles = line.match_indices(between);
    middles.find_map(|(at, _)| {
        let start = line[..at].rfind(open)?;
        let address = &line[at + between.len()..];
        let end = address.find(close)?;
        let address = &address[..end];
        let is_link = end > 0 && address.chars().all(|it| it == HIDDEN);
        // After such a bracket, an address is no link.
        let is_address = ["https://", "http://", "www."].iter().any(|it| address.starts_with(it));
        (is_link || is_address).then(|| start..at + between.len() + end + close.len_utf8())
    })
}

/// Whether a line looks like an item of a list, without the space after its sign.
fn is_tight_item(line: &str) -> bool {
    line.strip_prefix('-').is_some_and(|words| words.starts_with(char::is_alphabetic))
}

/// A pair of signs on a line, with something between them.
fn pair(line: &str, opening: &str, closing: &str) -> Option<Range<usize>> {
    let start = line.find(opening)?;
    let inside = start + opening.len();
    let end = inside + line[inside..].find(closing)?;
    (!line[inside..end].trim().is_empty()).then_some(start..end + closing.len())
}

/// `$x$`, and not `$5 and $6`: a letter or a backslash follows the first sign, or there is a sign of
/// mathematics in it; no space stands within, beside the signs, and no letter or digit outside.
fn formula(line: &str) -> Option<Range<usize>> {
    let is_displayed = |place: &Range<usize>| {
        let inside = &line[place.start + 2..place.end - 2];
        let is_tight = inside.trim() == inside && inside.contains(char::is_alphanumeric);
        is_tight || inside.contains(['\\', '^', '_', '='])
    };
    if let Some(place) = pair(line, "$$", "$$").filter(is_displayed) {
        return Some(place);
    }
    if line.trim() == "$$" {
        let start = line.find('$')?;
        return Some(start..start + 2);
    }
    let signs: Vec<usize> = line.match_indices('$').map(|(at, _)| at).collect();
    let is_formula = |places: &&[usize]| {
        let (before, inside, after) =
            (&line[..places[0]], &line[places[0] + 1..places[1]], &line[places[1] + 1..]);
        let is_apart = !before.ends_with(|it: char| it.is_alphanumeric() || it == '\\')
            && !after.starts_with(char::is_alphanumeric);
        let is_tight = !inside.is_empty() && inside.trim() == inside;
        let has_sign = inside.contains(['\\', '^', '_', '=', '{', '+', '<', '>']);
        let is_letter = inside.chars().count() == 1 && inside.chars().all(char::is_alphabetic);
        is_apart && is_tight && (has_sign || is_letter)
    };
    let found = signs.windows(2).find(is_formula)?;
    Some(found[0]..found[1] + 1)
}

/// `{#id}`, `{.class}` or `{: …}`.
fn attributes(line: &str) -> Option<Range<usize>> {
    let starts = ["{#", "{.", "{:"].iter().filter_map(|opening| {
        let start = line.find(opening)?;
        let inside = &line[start + 2..];
        let end = inside.find('}')?;
        let is_word = |letter: char| letter.is_alphanumeric() || "-_.:#=\" ".contains(letter);
        let is_one = !inside[..end].trim().is_empty() && inside[..end].chars().all(is_word);
        is_one.then_some(start..start + 2 + end + 1)
    });
    starts.min_by_key(|place| place.start)
}

/// `==x==`, and not `a == b`.
fn highlight(line: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(start) = line[from..].find("==").map(|at| from + at) {
        let inside = line[start..].trim_start_matches('=');
        let begins = line.len() - inside.len();
        let length = begins - start;
        from = begins;
        let end = inside.find("==").filter(|end| length == 2 && *end > 0);
        let is_tight = |end: &usize| inside[..*end].trim() == &inside[..*end];
        let is_alone = |end: &usize| !inside[end + 2..].starts_with('=');
        if let Some(end) = end.filter(is_tight).filter(is_alone) {
            return Some(start..begins + end + 2);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::read;

    fn found(text: &str) -> Vec<String> {
        let file: Arc<str> = text.into();
        let signs = read(&file, 0..text.len()).signs;
        signs.into_iter().map(|(_, span)| text[span.start..span.end].to_owned()).collect()
    }

    #[test]
    fn signs_of_other_programs_are_found_where_they_stand_first() {
        for (text, sign) in [
            ("Take $x$, then $y$.", "$x$"),
            ("So $a_1 + b$ holds", "$a_1 + b$"),
            ("$$\nx = 1\n$$\n", "$$"),
            ("Here: $$x$$", "$$x$$"),
            ("## Work {#work}\n\n## More {#more}", "{#work}"),
            ("A text\n{: .note}", "{: .note}"),
            ("![](a.jpg){.wide}", "{.wide}"),
            ("{{< figure src=\"a.jpg\" >}}", "{{< figure src=\"a.jpg\" >}}"),
            ("{{<youtube x>}}", "{{<youtube x>}}"),
            ("Dear {{ name }}", "{{ name }}"),
            ("{% include a.html %}", "{% include a.html %}"),
            (":::note\nText\n:::\n", ":::note"),
            ("::: {.warning}\nText\n:::", "::: {.warning}"),
            ("A ==marked== word", "==marked=="),
            ("> [!info]\n> Text", "[!info]"),
            ("> [!NOTE] With a title\n> Text", "[!NOTE]"),
            ("```mermaid\ngraph\n```\n", "```mermaid"),
            ("> ``` {.mermaid}\n> graph\n", "``` {.mermaid}"),
            ("See (us)[https://a.example] there", "(us)[https://a.example]"),
            ("See [us] (https://a.example).", "[us] (https://a.example)"),
            ("One\n\n##Two\n", "##Two"),
            ("One:\n\n-two\n-three\n-four", "-two"),
            ("See [our shop][nope].", "[our shop][nope]"),
            ("See [our shop][].", "[our shop][]"),
            ("Ask [[agaric] today", "[[agaric]"),
            ("Ask [[agaric|us] or [[bolete]]", "[[agaric|us]"),
            ("Ask [agaric]], please", "[agaric]]"),
            ("Ask [[ ]] or [[|us]]", "[[ ]]"),
            ("Ask [[|us]]", "[[|us]]"),
            ("One\n\n| a | b |\n|---|\n| c | d |\n", "| a | b |"),
            ("| a | b |\n| c | d |\n", "| a | b |"),
            ("a | b\n--|--|--\nc | d\n", "a | b"),
        ] {
            assert_eq!(found(text).first().map(String::as_str), Some(sign), "{text}");
        }
        assert_eq!(found("$x$ and ==y==, $z$"), ["$x$", "==y=="], "each once");
    }

    #[test]
    fn ordinary_words_are_no_signs() {
        for text in [
            "$5 and $6, US$5/US$6, $5-$10, 5$ or 6$, $HOME and $PATH, A$ and B$",
            "Prices: $, $$ or $$$; $$/$$$, $$ to $$$",
            "`$x$` `{{ x }}` `==x==`",
            "    $x$\n    {% x %}\n",
            "```\n==x== :::note\n```\n",
            "a == b, a === b, ====\n====\n",
            "> [!NOTE]\n> Text",
            "{ x } {} {{}} 100 {a, b}",
            "[a]($x$) ::: and ::",
            "Title\n==\n",
            "```rust\nlet x;\n```\n",
            "| a | b |\n|---|---|\n| c | d |\n|---|\n| e |\n",
            "> | a | b |\n> |---|---|\n> | c | d |\n",
            "a | b\n:-:|-\nc | d\n",
            "one | two\nthree\n| x | alone",
            "```\n| a | b |\n| c | d |\n```\n",
            "As [1][2] say, row[i][j], [a][b], \\[x][nope], [x][^1]",
            "[[1, 2], [3, 4]] and [see [1]] and a[b[0]]",
            "[x][yes]\n\n[yes]: https://a.example\n",
            "\\[[agaric] `[[agaric]` [[agaric]] [[a|[b]]] [[2]](https://a.example)",
            "(one)[two] [three] (four) [a](b) (https://a.example)",
            "#Two\n\n    ##Two\n",
            "One\n-Ana",
            "- one\n- two\n-5\n-6\n--a\n--b\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
