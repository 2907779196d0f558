//! The fields of a file as a tree: what stands there, and other values for it.

use crate::content::yaml::{Node, Value, same};
use crate::content::yaml_text::{map, node};

/// The value of a field.
pub(super) fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Map(fields) => {
            fields.iter().find(|(key, _)| key.name == name).map(|(_, it)| &it.value)
        }
        _ => None,
    }
}

/// Takes a field out.
pub(super) fn remove(value: &mut Value, name: &str) {
    if let Value::Map(fields) = value {
        fields.retain(|(key, _)| key.name != name);
    }
}

/// Gives a field another value; one that is there keeps its place.
pub(super) fn set(value: &mut Value, name: &str, new: Value) {
    let Value::Map(fields) = value else { return };
    match fields.iter_mut().find(|(key, _)| key.name == name) {
        Some((_, old)) => old.value = new,
        None => {
            let Value::Map(added) = map([(name, new)]) else { return };
            fields.extend(added);
        }
    }
}

/// A text, without line breaks at its end.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.trim_end().to_owned()),
        _ => None,
    }
}

/// The word for a value, such as a coop or the name of a person; of a value that is none, its signs, which are no word.
pub(super) fn word_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Text(_) => text_of(value),
        Value::Map(_) => field(value, "name").and_then(text_of).or(Some("{}".to_owned())),
        Value::List(_) => Some("[]".to_owned()),
    }
}

/// The items of a list, with their places, by which they are known when they are written; a value that is no list is
/// one item.
pub(super) fn items(value: Option<&Value>) -> Vec<Node> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::List(items)) => items.clone(),
        Some(one) => vec![node(one.clone())],
    }
}

/// A value without the places of its parts, which stand in no file.
pub(super) fn bare(value: &Value) -> Value {
    match value {
        Value::List(list) => Value::List(list.iter().map(|it| node(bare(&it.value))).collect()),
        Value::Map(fields) => {
            map(fields.iter().map(|(key, it)| (key.name.as_str(), bare(&it.value))))
        }
        other => other.clone(),
    }
}

/// Whether two lists say the same.
pub(super) fn is_same_list(old: &[Node], new: &[Node]) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
}
