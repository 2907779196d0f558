//! What a mention is: the one function that finds what is withheld in a text.

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use super::normal::Normal;
use super::phone::Run;
use super::secret::Form;
use super::web;
use crate::diagnostic::Span;
use crate::language::is_unspaced;

/// Finds mentions in texts.
pub(super) struct Matcher {
    /// A part of each secret without which it cannot be in a text, in small letters.
    anchors: Option<AhoCorasick>,
    words: Patterns,
    addresses: Patterns,
    /// The digits of numbers.
    phones: Patterns,
    /// Addresses on the web, as browsers understand them.
    web: FxHashMap<String, Vec<usize>>,
}

/// Forms of secrets, searched for in one pass.
#[derive(Default)]
struct Patterns {
    searcher: Option<AhoCorasick>,
    secrets: Vec<usize>,
}

/// A mention: of which secret, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Where in the text.
    pub place: Span,
    /// The number of the secret.
    pub secret: usize,
}

/// So many mentions are told apart in one text.
pub(super) const MOST: usize = 2_000;

const FITS: &str = "secrets are cut to hundreds of bytes, so all of a directory fit";

impl Matcher {
    /// A matcher for these secrets, each with its number.
    pub(super) fn new(forms: impl IntoIterator<Item = (usize, Form)>) -> Matcher {
        let (mut anchors, mut words, mut addresses) = (Vec::new(), Vec::new(), Vec::new());
        let mut phones = Vec::new();
        let mut web: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (secret, form) in forms {
            match form {
                Form::Words(text) => {
                    anchors.push(anchor(&text));
                    words.push((text, secret));
                }
                Form::Address(text) => {
                    anchors.push(anchor(&text));
                    addresses.push((text, secret));
                }
                Form::Phone(digits) => phones.push((digits, secret)),
                Form::Web(place) => web.entry(place).or_default().push(secret),
            }
        }
        anchors.sort_unstable();
        anchors.dedup();
        let searcher = AhoCorasick::builder().ascii_case_insensitive(true).build(&anchors);
        let anchors = (!anchors.is_empty()).then(|| searcher.expect(FITS));
        Matcher {
            anchors,
            words: Patterns::new(words),
            addresses: Patterns::new(addresses),
            phones: Patterns::new(phones),
            web,
        }
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.anchors.is_none() && self.phones.searcher.is_none() && self.web.is_empty()
    }

    /// Every mention in a text, in the order of their places. Of more than [`MOST`] of words, addresses or
    /// numbers, the last one reaches to the end of the text.
    pub(super) fn find(&self, text: &str) -> Vec<Mention> {
        let mut found = Vec::new();
        if !self.is_empty() && self.could_be_in(text) {
            let normal = Normal::of(text);
            for mut some in [
                self.find_addresses(&normal),
                self.find_words(&normal.words()),
                self.find_phones(&normal),
            ] {
                if let Some(last) = some.get_mut(MOST - 1) {
                    last.place.end = text.len();
                }
                found.append(&mut some);
            }
            found.sort_unstable();
            found.dedup();
        }
        self.find_web(text, &mut found);
        found
    }

    /// A quick look, which most texts do not pass.
    pub(super) fn could_be_in(&self, text: &str) -> bool {
        let has_phones = self.phones.searcher.is_some();
        let could_be_a_number = || has_phones && !Run::all(text).is_empty();
        let is_hidden = || text.contains('%') && Normal::of(text).text != text.to_ascii_lowercase();
        let has_anchor =
            |text: &str| self.anchors.as_ref().is_some_and(|anchors| anchors.is_match(text));
        match text.is_ascii() {
            true => {
                has_anchor(text) || could_be_a_number() || is_hidden() || self.could_be_web(text)
            }
            // Other scripts have more ways to write a letter.
            false => {
                let normal = Normal::of(text).text;
                has_anchor(&normal)
                    || (has_phones && !Run::all(&normal).is_empty())
                    || self.could_be_web(text)
            }
        }
    }

    fn find_words(&self, normal: &Normal) -> Vec<Mention> {
        let found = self.words.find(&normal.text).filter_map(|Hit { secret, start, end }| {
            let Around { before, inside, after } = around(&normal.text, start, end);
            let is_apart = |outside: Option<char>, edge: Option<char>| {
                let is_letter = |c: char| c != ' ';
                let is_one_word =
                    |c: char| is_letter(c) && !is_unspaced(c) && !edge.is_some_and(is_unspaced);
                !outside.is_some_and(is_one_word)
            };
            let is_whole = is_apart(before.chars().next_back(), inside.chars().next())
                && is_apart(after.chars().next(), inside.chars().next_back());
            is_whole.then(|| Mention { place: normal.origin(start, end), secret })
        });
        found.take(MOST).collect()
    }

    fn find_addresses(&self, normal: &Normal) -> Vec<Mention> {
        let found = self.addresses.find(&normal.text).filter_map(|Hit { secret, start, end }| {
            let Around { before, inside, after } = around(&normal.text, start, end);
            let is_whole = begins_an_address(before, inside) && ends_an_address(inside, after);
            is_whole.then(|| {
                let (start, end) =
                    (start - ending(before, &BEFORE), end + usize::from(after.starts_with('/')));
                Mention { place: normal.origin(start, end), secret }
            })
        });
        found.take(MOST).collect()
    }

    fn find_phones(&self, normal: &Normal) -> Vec<Mention> {
        if self.phones.searcher.is_none() {
            return Vec::new();
        }
        let runs = Run::all(&normal.text);
        let found = runs.iter().flat_map(|run| {
            self.phones.find(&run.digits).filter_map(move |Hit { secret, start, end }| {
                let place = run.place(start..end)?;
                let signs = ending(&normal.text[..place.start], &["(", "+"]);
                Some(Mention { place: normal.origin(place.start - signs, place.end), secret })
            })
        });
        found.take(MOST).collect()
    }

    fn could_be_web(&self, text: &str) -> bool {
        !self.web.is_empty() && text.contains("://")
    }

    /// Adds addresses that browsers understand as one of those that are looked for, unless they were found.
    fn find_web(&self, text: &str, found: &mut Vec<Mention>) {
        if !self.could_be_web(text) {
            return;
        }
        let known: FxHashSet<(usize, usize)> =
            found.iter().map(|it| (it.secret, it.place.start)).collect();
        let before = found.len();
        for (start, address) in web::addresses(text) {
            let secrets = web::same_for_browsers(address).and_then(|it| self.web.get(&it));
            for secret in secrets.into_iter().flatten() {
                let place = Span { start, end: start + address.len() };
                if !known.contains(&(*secret, start)) {
                    found.push(Mention { place, secret: *secret });
                }
            }
            if found.len() >= before + MOST {
                found[before + MOST - 1].place.end = text.len();
                break;
            }
        }
        found.sort_unstable();
    }
}

/// Where a secret stands in a text, in bytes.
struct Hit {
    secret: usize,
    start: usize,
    end: usize,
}

impl Patterns {
    fn new(mut forms: Vec<(String, usize)>) -> Patterns {
        forms.sort_unstable();
        let texts = forms.iter().map(|(text, _)| text.as_bytes());
        let searcher = (!forms.is_empty()).then(|| AhoCorasick::new(texts).expect(FITS));
        Patterns { searcher, secrets: forms.iter().map(|(_, secret)| *secret).collect() }
    }

    fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit> + 'a {
        let hits = self.searcher.iter().flat_map(move |it| it.find_overlapping_iter(text));
        hits.map(|hit| Hit {
            secret: self.secrets[hit.pattern().as_usize()],
            start: hit.start(),
            end: hit.end(),
        })
    }
}

/// What may stand before an address and belongs to it.
const BEFORE: [&str; 4] = ["www.", "https://", "http://", "mailto:"];

/// How much of these stands at the end of what comes before an address.
fn ending(before: &str, parts: &[&str]) -> usize {
    let rest = parts.iter().fold(before, |rest, part| rest.strip_suffix(part).unwrap_or(rest));
    before.len() - rest.len()
}

/// A text cut at a piece of it.
struct Around<'a> {
    before: &'a str,
    inside: &'a str,
    after: &'a str,
}

fn around(text: &str, start: usize, end: usize) -> Around<'_> {
    Around { before: &text[..start], inside: &text[start..end], after: &text[end..] }
}

/// The longest word of a secret; a single letter where there are no spaces, since lines break anywhere
/// there.
fn anchor(text: &str) -> String {
    match text.chars().find(|c| is_unspaced(*c)) {
        Some(letter) => letter.to_string(),
        None => {
            let words = text.split(|c: char| !c.is_alphanumeric());
            words.max_by_key(|word| word.len()).unwrap_or_default().to_owned()
        }
    }
}

/// Whether an address can begin here: `a@b.example` is no part of `@a@b.example`, nor `b.example` of
/// `www2.b.example`.
fn begins_an_address(before: &str, inside: &str) -> bool {
    let has_user = inside.contains('@');
    match before.chars().next_back() {
        None => true,
        Some('/') => has_user || inside.starts_with('#') || before.ends_with("//"),
        Some('.') => {
            let above = before[..before.len() - 1].chars().next_back();
            before.ends_with("www.") || !above.is_some_and(char::is_alphanumeric)
        }
        Some('@') => inside.starts_with('@'),
        // Two hyphens are a dash, and such a line alone marks a word.
        Some('-') => before.ends_with("--"),
        Some('_') => {
            let above = before[..before.len() - 1].chars().next_back();
            !above.is_some_and(|c| c.is_alphanumeric() || "-_.+".contains(c))
        }
        Some('+') => false,
        Some('~') => has_user,
        Some(letter) => !letter.is_alphanumeric() || is_unspaced(letter),
    }
}

/// Whether an address can end here: `b.example/a` is no part of `b.example/ab`, of `b.example/a/c` or of
/// `b.example/a.html`.
fn ends_an_address(inside: &str, after: &str) -> bool {
    let goes_on = |rest: &str| {
        rest.chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c) || "%_~-".contains(c))
    };
    let mut rest = after.chars();
    match rest.next() {
        Some('/') if !inside.contains('@') => {
            let path = rest.as_str().trim_start_matches('/');
            let after_sign = path.strip_prefix(['?', '.']).unwrap_or(path);
            path.starts_with('#') || (!goes_on(after_sign) && !path.starts_with('@'))
        }
        Some(',' | ';' | '!') => true,
        // What follows the host of an address of email, or of a room, is no part of it.
        Some('?' | '&' | '=' | ':' | '_' | '~') if inside.contains(['@', '#']) => true,
        Some('.' | ':' | '?' | '=' | '&') => !goes_on(rest.as_str()),
        Some('-') => after.starts_with("--"),
        Some('_') => !goes_on(rest.as_str()),
        Some('@' | '~' | '%') => false,
        Some(letter) => !letter.is_alphanumeric() || is_unspaced(letter),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::secret::forms;
    use super::*;
    use crate::content::values::ContactType;
    use crate::directory::texts::Sort;

    /// What of a text is a mention of one secret.
    fn found<'a>(sort: Sort, secret: &str, text: &'a str) -> Vec<&'a str> {
        let matcher = Matcher::new(forms(sort, secret).into_iter().map(|form| (7, form)));
        matcher.find(text).into_iter().map(|it| &text[it.place.start..it.place.end]).collect()
    }

    const NOTHING: [&str; 0] = [];

    #[test]
    fn a_title_is_found_however_it_is_written() {
        let title = |text| found(Sort::Title, "Mediation for our team in Porto", text);
        for text in [
            "mediation for our team in porto",
            "MEDIATION  for\n  our team\tin PORTO",
            "Mediation, for our \"team\" in Porto",
            "Mediation for our te\u{ad}am in Porto",
        ] {
            assert_eq!(title(text), [text]);
        }
        assert_eq!(
            title("(the mediation for our team in Porto!)"),
            ["mediation for our team in Porto"]
        );
        for text in [
            "Remediation for our team in Porto",
            "Mediation for our team in Portoland",
            "Mediation for the team in Porto",
        ] {
            assert_eq!(title(text), NOTHING, "{text}");
        }
    }

    #[test]
    fn scripts_without_spaces_have_no_borders() {
        let title = |text| found(Sort::Title, "波尔图团队内部调解", text);
        assert_eq!(title("我们需要波尔图团队内部调解的帮助"), ["波尔图团队内部调解"]);
        assert_eq!(title("波尔图团队\n内部调解"), ["波尔图团队\n内部调解"]);
        assert_eq!(
            found(Sort::Title, "ไกล่เกลี่ยทีมปอร์โต", "เราต้องไกล่เกลี่ยทีมปอร์โตวันนี้"),
            ["ไกล่เกลี่ยทีมปอร์โต"]
        );
        assert_eq!(
            found(Sort::Title, "हमारी टीम के लिए", "यह हमारी टीम के लिए है"),
            ["हमारी टीम के लिए"]
        );
        assert_eq!(
            found(Sort::Title, "وساطة لفريقنا في بورتو", "(وساطة لفريقنا في بورتو)"),
            ["وساطة لفريقنا في بورتو"]
        );
    }

    #[test]
    fn an_address_is_found_as_a_whole() {
        let email = |text| found(Sort::Contact(ContactType::Email), "ana@bread.example", text);
        assert_eq!(email("Write to Ana@Bread.example."), ["Ana@Bread.example"]);
        assert_eq!(email("<mailto:ana%40bread.example>"), ["mailto:ana%40bread.example"]);
        assert_eq!(email("写信到ana@bread.example吧"), ["ana@bread.example"]);
        for text in [
            "@ana@bread.example",
            "joana@bread.example",
            "ana@bread.example.org",
            "ana@bread.examples",
            "x-ana@bread.example",
        ] {
            assert_eq!(email(text), NOTHING, "{text}");
        }
        let url = |text| found(Sort::Url, "https://Forum.example/a", text);
        assert_eq!(
            url("see forum.example/a, or http://www.forum.example/a/"),
            ["forum.example/a", "http://www.forum.example/a/"]
        );
        assert_eq!(url("https://forum.example/a#top"), ["https://forum.example/a"]);
        for text in ["https://forum.example:443/a", "http://forum.example/a/index.html"] {
            assert_eq!(url(text), [text]);
        }
        for text in [
            "https://forum.example/ab",
            "https://forum.example/a/b",
            "https://forum.example/a.html",
            "https://my.forum.example/a",
            "https://x.example/forum.example/a",
        ] {
            assert_eq!(url(text), NOTHING, "{text}");
        }
        assert_eq!(
            found(
                Sort::Url,
                "https://forum.example/",
                "https://forum.example/t/45 ana@forum.example"
            ),
            NOTHING
        );
        assert_eq!(
            found(Sort::Contact(ContactType::Fediverse), "@a@b.example", "https://b.example/@a"),
            ["https://b.example/@a"]
        );
    }

    #[test]
    fn an_address_is_found_in_every_form_that_leads_there() {
        let email = |text| found(Sort::Contact(ContactType::Email), "ana@bread.example", text);
        for text in [
            "ana@bread.example--she answers",
            "now--ana@bread.example",
            "_ana@bread.example_",
            "ana@bread.example?subject=x",
        ] {
            assert_eq!(email(text), ["ana@bread.example"], "{text}");
        }
        let url = |text| found(Sort::Url, "https://pad.example/secret", text).len();
        for text in [
            "See https://pad.example/secret/.",
            "See pad.example/secret/.",
            "Have you seen https://pad.example/secret/?",
            "https://pad.example/secret/#top",
            "https://x@pad.example/secret",
            "https://pad.example./secret",
            "https://pad.example:/secret",
            "https://pad.example:0443//a/../secret",
            "https://pad.example/%2573ecret",
            "https://pad.example。/secret",
        ] {
            assert!(url(text) > 0, "{text}");
        }
        for text in
            ["https://pad.example/secrets", "https://pad.example/secret/x", "https://pad.example"]
        {
            assert_eq!(url(text), 0, "{text}");
        }
        let same = |sort, secret: &str, text: &str| {
            assert!(!found(sort, secret, text).is_empty(), "{secret}: {text}");
        };
        same(Sort::Url, "https://straße.example/a", "https://xn--strae-oqa.example/a");
        same(Sort::Url, "https://xn--strae-oqa.example/a", "https://straße.example/a");
        same(Sort::Url, "https://pad.example/a.b", "https://pad.example/a.b/index.html");
        let contact = Sort::Contact;
        same(contact(ContactType::Email), "ana@straße.example", "ana@xn--strae-oqa.example");
        same(contact(ContactType::Fediverse), "@ana@bücher.example", "@ana@xn--bcher-kva.example");
        same(
            contact(ContactType::Fediverse),
            "@ana@bücher.example",
            "https://xn--bcher-kva.example/@ana",
        );
        same(contact(ContactType::Matrix), "@ana:bücher.example", "@ana:xn--bcher-kva.example");
        let room = contact(ContactType::Matrix);
        for text in [
            "https://matrix.to/#/#room:m.example?via=m.example",
            "https://app.element.io/#/room/#room:m.example",
            "matrix:r/room:m.example",
        ] {
            same(room, "#room:m.example", text);
        }
        same(contact(ContactType::Phone), "+353 21 123 4567", "0\u{fe0f}\u{20e3}2\u{20e3}11234567");
    }

    #[test]
    fn of_very_many_mentions_the_last_reaches_to_the_end() {
        let text = "ana@b.example ".repeat(3 * MOST);
        let found = found(Sort::Contact(ContactType::Email), "ana@b.example", &text);
        assert_eq!(found.len(), MOST);
        assert_eq!(found[0], "ana@b.example");
        assert_eq!(found[MOST - 1].len(), text.len() - (MOST - 1) * "ana@b.example ".len());
    }

    #[test]
    fn a_number_is_found_by_its_digits() {
        let phone = |text| found(Sort::Contact(ContactType::Phone), "+353 21 123 4567", text);
        assert_eq!(phone("Call (021) 123-4567 now"), ["(021) 123-4567"]);
        assert_eq!(phone("+353211234567"), ["+353211234567"]);
        assert_eq!(phone("٠٢١ ١٢٣ ٤٥٦٧"), ["٠٢١ ١٢٣ ٤٥٦٧"]);
        assert_eq!(phone("The year 2112, 345 67 and 1999"), NOTHING);
    }
}
