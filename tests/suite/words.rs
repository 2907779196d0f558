//! The words of the interface: each that is used exists, in every language, and each is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ayni::content::record::EntryKind;
use ayni::content::values::{
    Basis, CallStatus, ContactType, CoopStatus, Form, Kind, LinkType, MatchStatus, Mode, Urgency,
};
use ayni::derived::matching::Evidence;
use fluent_syntax::ast::{self, Entry, Expression, InlineExpression, PatternElement};

use super::tidy::{assert_none, sources, texts};

/// A use of a message: what is fixed in its key, in order, with anything between; and the names of
/// the arguments, if it is known which are given.
#[derive(Debug)]
struct Use {
    place: String,
    key: Vec<String>,
    arguments: Option<BTreeSet<String>>,
}

impl Use {
    fn fits(&self, key: &str) -> bool {
        let (first, last) = (&self.key[0], &self.key[self.key.len() - 1]);
        if self.key.len() == 1 {
            return key == first;
        }
        let Some(mut rest) = key.strip_prefix(first.as_str()) else { return false };
        for part in &self.key[1..self.key.len() - 1] {
            let Some(at) = rest.find(part.as_str()) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.len() > last.len() && rest.ends_with(last.as_str())
    }
}

/// Every message of a language, with the names of its arguments.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/default/i18n/{language}.ftl"));
    let text = fs::read_to_string(&path).expect("the words can be read");
    let resource = fluent_syntax::parser::parse(text).expect("the words are Fluent");
    let mut messages = BTreeMap::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut arguments = BTreeSet::new();
            let pattern = message.value.expect("every message has a text");
            arguments_of(&pattern, &mut arguments);
            let earlier = messages.insert(message.id.name.clone(), arguments);
            assert_eq!(earlier, None, "{language}: `{}` stands twice", message.id.name);
        }
    }
    messages
}

fn arguments_of(pattern: &ast::Pattern<String>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| arguments_of(&variant.value, found));
                selector
            }
        };
        if let InlineExpression::VariableReference { id } = inline {
            found.insert(id.name.clone());
        }
    }
}

#[test]
fn all_languages_have_the_same_messages() {
    let english = messages("en");
    assert!(english.len() > 200);
    for (path, _) in texts("themes/default/i18n", ".ftl") {
        let language = path.rsplit('/').next().expect("a name").trim_end_matches(".ftl");
        let other = messages(language);
        let keys =
            |it: &BTreeMap<String, BTreeSet<String>>| it.keys().cloned().collect::<BTreeSet<_>>();
        let differing: Vec<_> =
            keys(&english).symmetric_difference(&keys(&other)).cloned().collect();
        assert_eq!(differing, [""; 0], "{language}: messages that only one of the two has");
        for (key, arguments) in &english {
            assert_eq!(&other[key], arguments, "{language}: the arguments of `{key}`");
        }
    }
}

#[test]
fn every_piece_of_evidence_has_its_sentence() {
    let known = messages("en");
    for evidence in Evidence::ALL {
        let ending = if evidence.names_what_is_shared() { "" } else { "-plain" };
        let key = format!("reason-{}{ending}", evidence.as_str());
        assert!(known.contains_key(&key), "themes/default/i18n lacks `{key}`");
    }
}

/// The value of a Rust or Tera text that begins at a quote, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}

/// Uses in templates: `t(key="a-" ~ b, count=c)`.
fn uses_in_templates() -> Vec<Use> {
    let mut uses = Vec::new();
    for (path, text) in texts("themes/default/templates", ".html") {
        for (at, _) in text.match_indices("t(key=") {
            if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let line = text[..at].lines().count();
            let mut parts = call_parts(&text[at + 2..]).into_iter();
            let key = parts.next().unwrap_or_default();
            let key = key.trim_start_matches("key=");
            let names = parts.filter_map(|part| Some(part.split_once('=')?.0.trim().to_owned()));
            let arguments = Some(names.collect());
            uses.push(Use { place: format!("{path}:{line}"), key: concatenated(key), arguments });
        }
    }
    uses
}

/// The arguments of a call, of which the text begins after the opening bracket.
fn call_parts(text: &str) -> Vec<String> {
    let (mut parts, mut depth, mut is_quoted) = (vec![String::new()], 0, false);
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted && depth == 0 => break,
            ')' if !is_quoted => depth -= 1,
            ',' if !is_quoted && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("there is one").push(c);
    }
    parts
}

/// The fixed parts of `"a-" ~ b ~ "-c"`: `a-` and `-c`.
fn concatenated(expression: &str) -> Vec<String> {
    let mut fixed = vec![String::new()];
    for part in expression.split('~') {
        match quoted(part.trim()) {
            Some((text, "")) => fixed.last_mut().expect("there is one").push_str(text),
            _ => fixed.push(String::new()),
        }
    }
    fixed
}

/// The fixed parts of a format, `a-{b}-c`.
fn formatted(format: &str) -> Vec<String> {
    let parts = format.split('{').enumerate();
    let fixed = parts.map(|(at, part)| match part.split_once('}') {
        Some((_, after)) if at > 0 => after.to_owned(),
        _ => part.to_owned(),
    });
    fixed.collect()
}

/// Uses in the program: `words.text("a")`, `words.with("a", …)`, `label("a", …)`,
/// `format!("a-{b}")` given to one of them.
fn uses_in_source() -> Vec<Use> {
    let mut uses = Vec::new();
    let parts = ["wording", "search", "exchange", "pages", "publish"];
    for source in sources().iter().filter(|source| parts.contains(&source.part())) {
        let shipped = source.shipped.as_str();
        for (call, is_prefix) in [
            (".text(", false),
            (".with(", false),
            (".count(", false),
            (".label(", true),
            ("own(", false),
        ] {
            for (at, _) in shipped.match_indices(call) {
                let line = shipped[..at].lines().count();
                let after = source.text[at + call.len()..].trim_start();
                uses.extend(use_at(format!("{}:{line}", source.path), after, call, is_prefix));
            }
        }
        // Keys that were put together before they were used.
        for name in ["let key = ", "let weekday = "] {
            for (at, _) in shipped.match_indices(name) {
                let line = shipped[..at].lines().count();
                let after = source.text[at + name.len()..].trim_start();
                if after.starts_with("format!(") {
                    let place = format!("{}:{line}", source.path);
                    uses.extend(use_at(place, &format!("&{after}"), "", false));
                }
            }
        }
    }
    uses
}

fn use_at(place: String, after: &str, call: &str, is_prefix: bool) -> Option<Use> {
    let arguments = (call == ".text(").then(BTreeSet::new);
    if let Some(format) = after.strip_prefix("&format!(") {
        let (format, _) = quoted(format.trim_start())?;
        if is_file(format) {
            return None;
        }
        return Some(Use { place, key: formatted(format), arguments });
    }
    let (key, rest) = quoted(after)?;
    if is_file(key) {
        return None;
    }
    match (call, is_prefix) {
        (_, true) => Some(Use { place, key: vec![format!("{key}-"), String::new()], arguments }),
        ("own(", _) => {
            let (key, _) = quoted(rest.trim_start_matches([',', ' ']))?;
            Some(Use { place, key: vec![key.to_owned()], arguments: Some(BTreeSet::new()) })
        }
        _ => Some(Use { place, key: vec![key.to_owned()], arguments }),
    }
}

/// Whether a file of the theme is asked for its text, and not a language for a word.
fn is_file(name: &str) -> bool {
    name.contains(['.', '/'])
}

#[test]
fn every_word_that_is_used_exists() {
    let english = messages("en");
    let uses: Vec<Use> = uses_in_templates().into_iter().chain(uses_in_source()).collect();
    assert!(uses.len() > 250, "only {} uses were found", uses.len());
    let mut faults = Vec::new();
    for it in &uses {
        let fitting: Vec<_> = english.iter().filter(|(key, _)| it.fits(key)).collect();
        if fitting.is_empty() {
            faults.push(format!("{}: there is no message `{}`", it.place, it.key.join("…")));
        }
        // A key with a gap may fit others by chance, so only whole keys are held to this.
        if let ([_], Some(given), Some((key, wanted))) =
            (it.key.as_slice(), &it.arguments, fitting.first())
            && given != *wanted
        {
            faults.push(format!("{}: `{key}` wants {wanted:?} and is given {given:?}", it.place));
        }
    }
    assert_none(faults);
}

#[test]
fn every_word_is_used() {
    let mut uses: Vec<Use> = uses_in_templates().into_iter().chain(uses_in_source()).collect();
    // Too wide to tell anything: a key of which hardly a letter is fixed.
    uses.retain(|it| it.key.iter().map(String::len).sum::<usize>() > 2);
    let of_proposals = [EntryKind::Need, EntryKind::Offer].map(EntryKind::as_str);
    let made =
        of_proposals.iter().flat_map(|entry| Kind::ALL.iter().map(move |kind| (entry, kind)));
    let made: BTreeSet<String> =
        made.map(|(entry, kind)| format!("{entry}-{}", kind.as_str())).collect();
    let is_used = |key: &String| uses.iter().any(|it| it.fits(key)) || made.contains(key);
    let unused: Vec<String> = messages("en").into_keys().filter(|key| !is_used(key)).collect();
    assert_eq!(unused, [""; 0], "messages that nothing shows");
}

#[test]
fn choices_of_fields_have_words() {
    macro_rules! choices {
        ($($prefix:literal: $choices:ty,)*) => {
            [$(($prefix, <$choices>::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>()),)*]
        };
    }
    let choices = choices! {
        "kind": Kind,
        "need": Kind,
        "offer": Kind,
        "form": Form,
        "mode": Mode,
        "basis": Basis,
        "urgency": Urgency,
        "contact": ContactType,
        "link": LinkType,
        "coop-status": CoopStatus,
        "call-status": CallStatus,
        "match-status": MatchStatus,
        "match-lead": MatchStatus,
        "event": MatchStatus,
        "type": EntryKind,
    };
    let english = messages("en");
    let keys = choices.iter().flat_map(|(prefix, choices)| {
        choices.iter().map(move |choice| format!("{prefix}-{choice}"))
    });
    let missing: Vec<String> = keys.filter(|key| !english.contains_key(key)).collect();
    assert_eq!(missing, [""; 0]);
}
