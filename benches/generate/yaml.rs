//! Values of front matter, written as people write them.

/// A value.
pub(crate) enum Value {
    /// Text in quotes.
    Text(String),
    /// A word, a number or a date.
    Plain(String),
    /// Words in brackets.
    List(Vec<String>),
    /// Fields in braces.
    Fields(Fields),
    /// A list with one item, of several fields, below the other.
    Items(Vec<Fields>),
    /// A list with one text below the other.
    Texts(Vec<String>),
}

/// Names and values.
pub(crate) type Fields = Vec<(&'static str, Value)>;

/// A word, a number or a date.
pub(crate) fn plain(value: impl ToString) -> Value {
    Value::Plain(value.to_string())
}

/// Text in quotes.
pub(crate) fn text(value: impl Into<String>) -> Value {
    Value::Text(value.into())
}

/// Words in brackets.
pub(crate) fn list<T: ToString>(words: impl IntoIterator<Item = T>) -> Value {
    Value::List(words.into_iter().map(|word| word.to_string()).collect())
}

/// Writes fields below each other, each line after `indent`.
pub(crate) fn write(fields: &[(&'static str, Value)], indent: &str, out: &mut String) {
    for (name, value) in fields {
        out.push_str(&format!("{indent}{name}:"));
        match value {
            Value::Items(items) => {
                out.push('\n');
                let inner = format!("{indent}    ");
                for item in items {
                    let start = out.len() + indent.len() + 2;
                    write(item, &inner, out);
                    out.replace_range(start..=start, "-");
                }
            }
            Value::Texts(texts) => {
                out.push('\n');
                texts.iter().for_each(|it| out.push_str(&format!("{indent}  - {}\n", quoted(it))));
            }
            value => out.push_str(&format!(" {}\n", in_line(value))),
        }
    }
}

fn in_line(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Plain(plain) => plain.clone(),
        Value::List(words) => format!("[{}]", words.join(", ")),
        Value::Fields(fields) => braces(fields),
        Value::Texts(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            format!("[{}]", texts.join(", "))
        }
        Value::Items(items) => {
            let items: Vec<String> = items.iter().map(|item| braces(item)).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

fn braces(fields: &[(&'static str, Value)]) -> String {
    let fields = fields.iter().map(|(name, value)| format!("{name}: {}", in_line(value)));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
}

/// A text in double quotes.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
