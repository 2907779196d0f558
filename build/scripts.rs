//! Makes the scripts that browsers load from those that people read: lines of comments and indentation are taken out.

/// The parts of a script, each with its name, as one; on a page, nothing else sees what is in them.
pub(crate) fn joined(parts: &[(String, String)]) -> Result<String, String> {
    let parts = parts.iter().map(|(name, source)| plain(name, source));
    let parts = parts.collect::<Result<String, _>>()?;
    Ok(format!("(() => {{\n'use strict';\n{parts}}})();\n"))
}

/// A script without indentation, empty lines, and comments that have whole lines.
pub(crate) fn plain(name: &str, source: &str) -> Result<String, String> {
    let mut plain = String::new();
    let mut in_comment = false;
    for (number, line) in source.lines().map(str::trim).enumerate() {
        let fault = |what: &str| format!("{name}:{}: {what}", number + 1);
        let after_comment = match line.strip_prefix("/*") {
            _ if in_comment => Some(line),
            begun => begun,
        };
        if let Some(comment) = after_comment {
            match comment.split_once("*/") {
                Some((_, "")) => in_comment = false,
                Some(_) if in_comment => return Err(fault("code behind a comment of many lines")),
                // A comment within a line is part of it.
                Some(_) => plain.extend([line, "\n"]),
                None => in_comment = true,
            }
        } else if !line.is_empty() && !line.starts_with("//") {
            if line.matches('`').count() % 2 == 1 || line.ends_with('\\') {
                return Err(fault("a text of many lines would lose its indentation"));
            }
            plain.extend([line, "\n"]);
        }
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_comments_and_indentation_are_taken_out() {
        let check = |source: &str, expected: &str| {
            assert_eq!(plain("a.js", source).as_deref(), Ok(expected), "{source}");
        };
        check("// a\n  b();\n\n\t// c `\n", "b();\n");
        check("/* a */\nb();\n", "b();\n");
        check("/**\n * a\n   // b ` */\n  c();\n", "c();\n");
        check("/* a\n/* b\n*/\nc();\n", "c();\n");
        check("/* a */ b();\n", "/* a */ b();\n");
        check("/* a */ b(); /* c */\n", "/* a */ b(); /* c */\n");
        check("a(); // b\n", "a(); // b\n");
        check("a('/*');\nb('*/');\n", "a('/*');\nb('*/');\n");
        check("a(`b ${c}`);", "a(`b ${c}`);\n");
    }

    #[test]
    fn what_would_change_is_refused() {
        let check = |source: &str, expected: &str| {
            assert_eq!(plain("a.js", source), Err(expected.to_owned()), "{source}");
        };
        let text = "a text of many lines would lose its indentation";
        check("a();\nb(`\n  c`);\n", &format!("a.js:2: {text}"));
        check("a('b\\\n  c');\n", &format!("a.js:1: {text}"));
        check("/* a\n*/ b();\n", "a.js:2: code behind a comment of many lines");
    }

    #[test]
    fn parts_are_joined_in_their_order() {
        let script = joined(&[
            ("1.js".to_owned(), "// One.\nconst a = 1;\n".to_owned()),
            ("2.js".to_owned(), "f(a);\n".to_owned()),
        ]);
        assert_eq!(script.as_deref(), Ok("(() => {\n'use strict';\nconst a = 1;\nf(a);\n})();\n"));
    }
}
