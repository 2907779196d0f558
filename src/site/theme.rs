//! The theme: built-in files, a site's own over them, and templates ready to render.

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::FluentValue;
use rustc_hash::FxHashMap;
use serde::Serialize;
use tera::{Context, Function, Kwargs, State, Tera, TeraResult, Value};

use super::interface::{BadInterface, Interface};
use super::theme_files::BUILT_IN;
use crate::content::source::Sources;
use crate::content::values::Language;
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// The files of a theme: the site's own where it has one, else the built-in one.
#[derive(Clone, Debug, Default)]
pub struct ThemeFiles {
    own: BTreeMap<Arc<str>, Arc<[u8]>>,
}

impl ThemeFiles {
    /// The built-in theme with a site's own files over it.
    pub fn new(own: BTreeMap<Arc<str>, Arc<[u8]>>) -> ThemeFiles {
        ThemeFiles { own }
    }

    /// A file of the theme.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        let built_in = || BUILT_IN.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes);
        self.own.get(path).map(|bytes| &**bytes).or_else(built_in)
    }

    /// A file of the theme as text.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.bytes(path)?).ok()
    }

    /// The built-in text and the site's own, the latter last, for files that add to each other.
    pub fn all_texts(&self, path: &str) -> impl Iterator<Item = &str> {
        let built_in = BUILT_IN.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes);
        let own = self.own.get(path).map(|bytes| &**bytes);
        built_in.into_iter().chain(own).filter_map(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// The paths of all files below a folder, sorted.
    pub fn below(&self, folder: &str) -> Vec<&str> {
        let built_in = BUILT_IN.iter().map(|(name, _)| *name);
        let names = built_in.chain(self.own.keys().map(|name| &**name));
        let mut names: Vec<&str> = names.filter(|name| name.starts_with(folder)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// What all pages of a language that lie as deep have in common.
#[derive(Clone, Debug)]
pub struct Shared {
    /// Addresses by name.
    pub links: Value,
    /// The foot of the page, as HTML.
    pub footer: Value,
}

/// Templates and words, one set for each language of the site, in its order.
pub struct Theme {
    /// The files that templates and words were made from.
    pub files: ThemeFiles,
    /// What is wrong with the site's own files.
    pub problems: Vec<Diagnostic>,
    languages: Vec<(Arc<Interface>, Tera)>,
}

impl Theme {
    /// Prepares the theme for a site's languages. What is wrong with a theme file is reported; the
    /// built-in theme is then used in its stead, so that there is always one.
    pub fn new(languages: &[Language], sources: &Sources, name: &str) -> Theme {
        let mut theme = match Theme::load(languages, ThemeFiles::new(sources.theme(name))) {
            Ok(theme) => theme,
            Err(problem) => {
                let built_in = Theme::load(languages, ThemeFiles::default())
                    .map_err(|problem| format!("{}: {}", problem.file, problem.message))
                    .expect("the built-in theme is rendered by tests");
                Theme { problems: vec![problem.diagnostic(name)], ..built_in }
            }
        };
        let untranslated = theme.untranslated();
        theme.problems.extend(untranslated);
        theme
    }

    fn load(languages: &[Language], files: ThemeFiles) -> Result<Theme, BadFile> {
        let mut sets = Vec::new();
        for language in languages {
            let interface = Interface::new(language, &files).map_err(BadFile::interface)?;
            let interface = Arc::new(interface);
            let tera = templates(&files, &interface)
                .map_err(|error| BadFile::template(&error.to_string(), &files))?;
            sets.push((interface, tera));
        }
        Ok(Theme { files, languages: sets, problems: Vec::new() })
    }

    /// The interface of a language by its position.
    pub fn interface(&self, language: usize) -> &Arc<Interface> {
        &self.languages[language].0
    }

    /// A word in a language of texts, which need not be one of the site's.
    pub fn word<'a>(&'a self, language: &Language, key: &'a str) -> &'a str {
        let is_it = |(interface, _): &&(Arc<Interface>, Tera)| interface.language == *language;
        let is_near = |(interface, _): &&(Arc<Interface>, Tera)| {
            interface.language.primary() == language.primary()
        };
        let mut sets = self.languages.iter();
        let found = sets.clone().find(is_it).or_else(|| sets.find(is_near));
        found.unwrap_or(&self.languages[0]).0.text(key)
    }

    /// Renders a view with a template.
    ///
    /// # Errors
    /// When the template asks for what the view does not have.
    pub fn render(
        &self,
        language: usize,
        template: &str,
        view: &impl Serialize,
        shared: &Shared,
    ) -> anyhow::Result<String> {
        let mut context = Context::from_serialize(view)
            .map_err(|error| anyhow::anyhow!("preparing {template}: {}", one_line(&error)))?;
        context.insert_value("links", shared.links.clone());
        context.insert_value("footer", shared.footer.clone());
        self.languages[language]
            .1
            .render(template, &context)
            .map_err(|error| anyhow::anyhow!("rendering {template}: {}", one_line(&error)))
    }

    fn untranslated(&self) -> Vec<Diagnostic> {
        let missing = self.languages.iter().filter(|(interface, _)| !interface.is_translated());
        let report = |(interface, _): &(Arc<Interface>, Tera)| {
            let language = &interface.language;
            let place = Place { file: crate::content::SITE_FILE.into(), span: Span::default() };
            let message = format!(
                "there are no words for the interface in `{language}`; it stays in English"
            );
            Diagnostic::new(Code::UntranslatedInterface, place, message).hint(format!(
                "write themes/NAME/i18n/{language}.ftl, with `theme: NAME` in site.yaml"
            ))
        };
        missing.map(report).collect()
    }
}

/// A theme file that cannot be used.
struct BadFile {
    file: String,
    span: Span,
    message: String,
}

impl BadFile {
    /// Reads the report of the template engine, which names the file and the place in its second
    /// line: ` --> coop.html:3:19`.
    fn template(report: &str, files: &ThemeFiles) -> BadFile {
        let first = report.lines().next().unwrap_or_default().trim_start_matches("error: ");
        let found = report.lines().find_map(|line| {
            let mut place = line.trim().strip_prefix("--> ")?.rsplitn(3, ':');
            let (column, line) = (place.next()?.parse().ok()?, place.next()?.parse().ok()?);
            let file = format!("templates/{}", place.next()?);
            Some((byte_at(files.text(&file)?, line, column), file))
        });
        let (at, file) = found.unwrap_or((0, "templates".to_owned()));
        let message = format!("a template cannot be read: {}", first.trim_end_matches('.'));
        BadFile { file, span: Span { start: at, end: at }, message }
    }

    fn interface(problem: BadInterface) -> BadFile {
        let span = Span { start: problem.at, end: problem.at };
        let message = format!("the words of the interface cannot be read: {}", problem.found);
        BadFile { file: problem.file, span, message }
    }

    fn diagnostic(self, theme: &str) -> Diagnostic {
        let place = Place { file: format!("themes/{theme}/{}", self.file).into(), span: self.span };
        Diagnostic::new(Code::BadTheme, place, self.message)
            .hint("correct the file, or remove it to use the built-in one")
    }
}

fn templates(files: &ThemeFiles, interface: &Arc<Interface>) -> TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml"]);
    let icons = Icons::new(files)?;
    let names = files.below("templates/");
    let written =
        || names.iter().filter_map(|path| Some((&path["templates/".len()..], files.text(path)?)));
    let filled: Vec<(&str, String)> =
        written().map(|(name, text)| (name, with_constants(text, interface, &icons))).collect();
    tera.register_function("t", Words::new(interface));
    tera.register_function("icon", icons);
    let filled = filled.iter().map(|(name, text)| (*name, text.as_str()));
    // What is wrong with a template is said of the text that its author knows.
    tera.add_raw_templates(filled).or_else(|_| tera.add_raw_templates(written()))?;
    Ok(tera)
}

/// A template with its constants in their places: messages without arguments and icons, where a
/// page shows them under any circumstances. Nothing of them is left to look up for every page.
fn with_constants(template: &str, interface: &Interface, icons: &Icons) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{{ ") {
        let (before, call) = rest.split_at(start);
        filled.push_str(before);
        let constant = call.split_once(" }}").and_then(|(call, after)| {
            let call = call.strip_prefix("{{ ")?.strip_suffix("\")")?;
            let value = match call.strip_prefix("t(key=\"") {
                Some(key) => super::html::escape(interface.constant(key)?),
                None => icons.drawn.get(call.strip_prefix("icon(name=\"")?)?.as_str()?.to_owned(),
            };
            (!value.contains(['{', '\n'])).then_some((value, after))
        });
        match constant {
            Some((value, after)) => {
                filled.push_str(&value);
                rest = after;
            }
            None => {
                filled.push_str("{{ ");
                rest = &call["{{ ".len()..];
            }
        }
    }
    filled + rest
}

/// `t(key="coops-count", count=3)`: a message of the interface.
struct Words {
    interface: Arc<Interface>,
    /// Messages without arguments, ready to be shown.
    plain: FxHashMap<String, Value>,
}

impl Words {
    fn new(interface: &Arc<Interface>) -> Words {
        let plain = interface.messages().map(|(key, text)| (key.to_owned(), Value::from(text)));
        Words { plain: plain.collect(), interface: interface.clone() }
    }
}

impl Function<TeraResult<Value>> for Words {
    fn call(&self, arguments: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        let key = arguments.must_get::<&str>("key")?;
        if let Some(text) = self.plain.get(key) {
            return Ok(text.clone());
        }
        let others = arguments.iter().filter(|(name, _)| name.as_str() != Some("key"));
        let values = others.filter_map(|(name, value)| {
            let value = match value.as_str() {
                Some(text) => FluentValue::from(text.to_owned()),
                None => FluentValue::from(value.as_f64().unwrap_or_default()),
            };
            Some((name.as_str()?, value))
        });
        Ok(Value::from(self.interface.with(key, values)))
    }
}

/// `icon(name="coop")`: a drawing of `icons.json`, as HTML.
struct Icons {
    drawn: BTreeMap<String, Value>,
}

impl Icons {
    fn new(files: &ThemeFiles) -> TeraResult<Icons> {
        let json = files.text("icons.json").unwrap_or("{}");
        let shapes: BTreeMap<String, String> = serde_json::from_str(json)
            .map_err(|error| tera::Error::message(format!("icons.json: {error}")))?;
        let draw = |(name, shape): (String, String)| {
            let shape = super::html::escape(&shape);
            let svg = format!(
                "<svg class=\"icon\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path d=\"{shape}\"/></svg>"
            );
            (name, Value::from(svg))
        };
        Ok(Icons { drawn: shapes.into_iter().map(draw).collect() })
    }
}

impl Function<TeraResult<Value>> for Icons {
    fn call(&self, arguments: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        let name = arguments.must_get::<&str>("name")?;
        Ok(self.drawn.get(name).cloned().unwrap_or_else(|| Value::from("")))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// The byte of a line and a column, both counted from 1.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default();
    before + rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}

/// The whole chain of an error's causes in one line.
fn one_line(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_built_in_files_is_complete() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut found: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&root).expect("below it").display().to_string())
            .filter(|name| !name.ends_with(".mjs") && !name.ends_with("theme.md"))
            .collect();
        found.sort();
        let listed: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, found);
    }
}
