//! A table as JSON Schema (draft 2020-12, <https://json-schema.org/draft/2020-12>), for editors and other programs.
//!
//! It takes whatever `check` takes of YAML that is read by its core schema, as YAML 1.2 has it: a number where a text
//! stands, one value for a list, and an empty value for a field that may be absent. It cannot know what depends on
//! other files or on other fields; that is left to `check`.

use serde_json::{Map, Value, json};

use super::field::{Field, Shape, Table, words};
use crate::content::codes::{CURRENCY_CODES, LANGUAGE_CODES};
use crate::content::values::{self, LINK_SCHEMES};
use crate::content::yaml::{self, Node};

/// The ids that a field can name; `None` where any id may be written.
pub(crate) type Known<'a> = &'a dyn Fn(&Shape) -> Option<Vec<String>>;

/// The schema of a file whose whole content is one mapping.
pub(crate) fn of_table(title: &str, table: &Table, known: Known<'_>) -> Value {
    headed(title, object(table, known))
}

/// The schema of a file that holds such a mapping under each id.
pub(crate) fn by_id(title: &str, table: &Table, known: Known<'_>) -> Value {
    let of_each = any([object(table, known), json!({"type": "null"})]);
    let names = json!({"pattern": ID});
    headed(
        title,
        json!({"type": ["object", "null"], "propertyNames": names, "additionalProperties": of_each}),
    )
}

fn headed(title: &str, schema: Value) -> Value {
    let mut all = Map::new();
    all.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    all.insert("title".into(), json!(title));
    let written = schema.to_string();
    if let Value::Object(schema) = schema {
        all.extend(schema);
    }
    let is_used = |name: &str| written.contains(&format!("#/$defs/{name}\""));
    let shared = SHARED.into_iter().filter(|(name, _)| is_used(name));
    let shared: Map<String, Value> =
        shared.map(|(name, schema)| (name.to_owned(), schema())).collect();
    all.insert("$defs".into(), Value::Object(shared));
    Value::Object(all)
}

/// What stands in many places, by name, and what makes it.
const SHARED: [(&str, Make); 4] = [
    ("country", || code(&values::country_codes(), "")),
    ("currency", || code(CURRENCY_CODES, "")),
    // An id of digits alone is a number.
    ("id", || any([pattern(ID), json!({"type": "integer", "minimum": 0})])),
    ("language", || code(LANGUAGE_CODES, LANGUAGE_REST)),
];

type Make = fn() -> Value;

fn shared(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn object(table: &Table, known: Known<'_>) -> Value {
    let properties: Map<String, Value> =
        table.fields().map(|field| (field.name.to_owned(), property(field, known))).collect();
    let required = table.fields().filter(|field| field.is_required).map(|field| field.name);
    json!({
        "type": "object",
        "properties": properties,
        "required": required.collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

/// A field: what it is for, and what it takes. Empty is as absent where it may be absent.
fn property(field: &Field, known: Known<'_>) -> Value {
    let shape = match field.shape {
        Shape::Text | Shape::Markdown if field.is_required => {
            json!({"type": ["string", "number", "boolean"], "pattern": r"\S"})
        }
        shape => of_shape(&shape, known),
    };
    let schema = match field.is_required || field.is_never_empty {
        true => shape,
        false => any([shape, empty()]),
    };
    let Value::Object(mut schema) = schema else { return schema };
    schema.insert("description".into(), json!(field.description()));
    if !field.default.is_empty() {
        schema.insert("default".into(), json!(field.default));
    }
    if !field.example.is_empty() {
        let (example, _) = yaml::parse(field.example, 0);
        schema.insert("examples".into(), json!([of_node(&example)]));
    }
    Value::Object(schema)
}

/// A value of YAML, whose plain words are texts.
fn of_node(node: &Node) -> Value {
    match &node.value {
        yaml::Value::Null => Value::Null,
        yaml::Value::Text(text) => json!(text),
        yaml::Value::List(items) => items.iter().map(of_node).collect(),
        yaml::Value::Map(entries) => {
            entries.iter().map(|(key, node)| (key.name.clone(), of_node(node))).collect()
        }
    }
}

fn of_shape(shape: &Shape, known: Known<'_>) -> Value {
    match shape {
        Shape::Text | Shape::Markdown => json!({"type": ["string", "number", "boolean"]}),
        Shape::Choice(choices) => json!({"enum": words(choices)}),
        Shape::YesNo => json!({"enum": [true, false, "true", "false"]}),
        Shape::Day => pattern(&format!("^{DAY}$")),
        Shape::PartialDate => any([
            json!({"type": "integer", "minimum": 0, "maximum": 9999}),
            pattern(&format!(r"^(?:\d{{4}}|\d{{4}}-(?:0[1-9]|1[0-2])|{DAY})$")),
        ]),
        Shape::DateTime => pattern(&format!("^{DAY}[T ]{CLOCK}(?::[0-5]\\d)?$")),
        Shape::Clock => pattern(&format!("^{CLOCK}$")),
        Shape::Duration => pattern(r"^(?:\d+h(?:\d+m)?|\d+m)$"),
        Shape::Number => number(None, r"^[0-9.]+$"),
        Shape::Fraction => number(Some(1), r"^[0-9.]+$"),
        Shape::WholeNumber => whole_number(),
        Shape::Capacity => any([whole_number(), json!({"const": "unlimited"})]),
        Shape::Coordinates => {
            let prefix = json!([degrees(90), degrees(180)]);
            json!({"type": "array", "prefixItems": prefix, "minItems": 2, "maxItems": 2, "items": false})
        }
        Shape::Country => shared("country"),
        Shape::Language => shared("language"),
        Shape::Currency => shared("currency"),
        Shape::TimeZone => pattern("^[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*$"),
        Shape::WebAddress => url(&["https", "http"], "//"),
        Shape::LinkTarget => url(LINK_SCHEMES, ""),
        Shape::Identifier => url(&["https", "http", "urn", "did"], ""),
        Shape::FormerAddress | Shape::Picture | Shape::Recurrence => {
            json!({"type": "string", "pattern": r"\S"})
        }
        Shape::Id | Shape::Series => id(known(shape)),
        Shape::Entry(_) => id(known(shape)),
        Shape::Topic => match known(shape) {
            Some(ids) => json!({"enum": ids}),
            None => json!({"type": ["string", "number", "boolean"]}),
        },
        Shape::Person(table) => any([id(known(shape)), object(table, known)]),
        Shape::List(item) => list(of_shape(item, known)),
        Shape::Items(table) => list(object(table, known)),
        Shape::Fields(table) => object(table, known),
        Shape::ByLanguage(item) => {
            let item = any([of_shape(item, known), empty()]);
            let names = shared("language");
            json!({"type": "object", "propertyNames": names, "additionalProperties": item})
        }
        Shape::ByName(names, item) => {
            by_name(&words(names), &any([of_shape(item, known), empty()]))
        }
    }
}

/// A day that its month has; the 29 February of any year.
const DAY: &str = r"\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))";

const CLOCK: &str = r"(?:[01]\d|2[0-3]):[0-5]\d";

/// Ids are compared in small letters.
const ID: &str = r"^[\p{L}\p{M}\p{N}]+(?:[-/]+[\p{L}\p{M}\p{N}]+)*$";

/// Script, region and variants after a language, as BCP 47 has them.
const LANGUAGE_REST: &str = "(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?(?:[-_](?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*";

fn any<const N: usize>(schemas: [Value; N]) -> Value {
    let flat = schemas.into_iter().flat_map(|schema| match schema {
        Value::Object(mut only) if only.len() == 1 && only.contains_key("anyOf") => {
            match only.remove("anyOf") {
                Some(Value::Array(inner)) => inner,
                _ => Vec::new(),
            }
        }
        schema => vec![schema],
    });
    json!({"anyOf": flat.collect::<Vec<Value>>()})
}

fn empty() -> Value {
    json!({"enum": ["", null]})
}

fn pattern(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

/// A number, also between quotes.
fn number(most: Option<u32>, digits: &str) -> Value {
    let mut number = json!({"type": "number", "minimum": 0});
    if let Some(most) = most {
        number["maximum"] = json!(most);
    }
    any([number, pattern(digits)])
}

fn whole_number() -> Value {
    any([json!({"type": "integer", "minimum": 0}), pattern(r"^\d+$")])
}

fn degrees(most: i32) -> Value {
    any([json!({"type": "number", "minimum": -most, "maximum": most}), pattern(r"^[-+0-9.]+$")])
}

/// One of these codes in either case, and what may follow. Tools that read YAML as its version 1.1 had it
/// take `NO` for a no.
fn code(codes: &[&str], rest: &str) -> Value {
    let all: Vec<String> = codes.iter().map(|code| either_case(code)).collect();
    let three = if rest.is_empty() { "" } else { "|[A-Za-z]{3}" };
    let written = pattern(&format!("^(?:{}{three}){rest}$", all.join("|")));
    let is_no = |code: &&str| code.eq_ignore_ascii_case("no");
    match codes.iter().any(is_no) {
        true => any([json!({"enum": codes}), written, json!({"const": false})]),
        false => any([json!({"enum": codes}), written]),
    }
}

fn either_case(word: &str) -> String {
    let letters = word
        .chars()
        .map(|letter| format!("[{}{}]", letter.to_ascii_uppercase(), letter.to_ascii_lowercase()));
    letters.collect()
}

fn url(schemes: &[&str], after: &str) -> Value {
    let schemes: Vec<String> = schemes.iter().map(|scheme| either_case(scheme)).collect();
    pattern(&format!("^(?:{}):{after}[^\\s<>\"`{{}}|\\\\^]+$", schemes.join("|")))
}

fn id(known: Option<Vec<String>>) -> Value {
    match known {
        Some(ids) => json!({"enum": ids}),
        None => shared("id"),
    }
}

/// Several, or one without brackets; what is empty in it is as absent.
fn list(item: Value) -> Value {
    let items = any([item.clone(), empty()]);
    any([item, json!({"type": "array", "items": items})])
}

fn by_name(names: &[&str], item: &Value) -> Value {
    match names {
        [] => json!({"type": "object", "additionalProperties": item}),
        names => {
            let all: Map<String, Value> =
                names.iter().map(|name| ((*name).to_owned(), item.clone())).collect();
            json!({"type": "object", "properties": all, "additionalProperties": false})
        }
    }
}
