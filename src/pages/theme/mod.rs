//! The theme: files, the words of each language, and templates ready to render.

mod files;

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::FluentValue;
use rustc_hash::FxHashMap;
use serde::Serialize;
use tera::{Context, Function, Kwargs, State, Tera, TeraResult, Value};

use super::body::escape;
use crate::addresses::{ASSETS, TEMPLATES};
use crate::content::source::Sources;
use crate::content::values::Language;
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::directory::site_language::{PerLanguage, SiteLanguage};
use crate::wording::{BadInterface, Interface, Interfaces};

pub(crate) use files::ThemeFiles;

/// What all pages of a language have in common.
#[derive(Clone, Debug)]
pub struct Shared {
    pub links: Value,
    /// The foot of the page, as HTML.
    pub footer: Value,
}

impl Default for Shared {
    fn default() -> Shared {
        Shared { links: Value::none(), footer: Value::none() }
    }
}

/// Templates and words, one set for each language of the site.
pub struct Theme {
    /// The files that templates and words were made from.
    pub files: ThemeFiles,
    /// What is wrong with the site's own files.
    pub problems: Vec<Diagnostic>,
    /// The words of each language.
    pub interfaces: Interfaces,
    templates: PerLanguage<Tera>,
    /// The addresses of theme files with a mark of their content.
    versions: BTreeMap<String, String>,
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
        let interfaces = PerLanguage::try_new(languages, |language| {
            let texts_of = |path: &str| files.all_texts(path).collect();
            Interface::new(language, &texts_of).map(Arc::new).map_err(BadFile::interface)
        })?;
        let templates = interfaces.try_map(|interface| {
            let prepared = prepared(&files, interface);
            prepared.map_err(|error| BadFile::template(&error.to_string(), &files))
        })?;
        let versions = versions(&files);
        Ok(Theme { files, interfaces, templates, versions, problems: Vec::new() })
    }

    /// A word in a language of texts, which need not be one of the site's.
    pub fn word<'a>(&'a self, language: &Language, key: &'a str) -> &'a str {
        let is_it = |interface: &&Arc<Interface>| interface.language == *language;
        let is_near =
            |interface: &&Arc<Interface>| interface.language.primary() == language.primary();
        let mut all = self.interfaces.iter();
        let found = all.clone().find(is_it).or_else(|| all.find(is_near));
        found.unwrap_or(&self.interfaces[SiteLanguage::FIRST]).text(key)
    }

    /// The files that are published, by their paths.
    pub fn published(&self) -> Vec<&str> {
        self.files.below(ASSETS)
    }

    /// The mark of a published file's content, to stand after its address; empty for other files.
    pub fn version(&self, path: &str) -> &str {
        self.versions.get(path).map_or("", String::as_str)
    }

    /// Renders a view with a template.
    ///
    /// # Errors
    /// When the template asks for what the view does not have.
    pub fn render(
        &self,
        language: SiteLanguage,
        template: &str,
        view: &impl Serialize,
        shared: &Shared,
    ) -> anyhow::Result<String> {
        let mut context = Context::from_serialize(view)
            .map_err(|error| anyhow::anyhow!("preparing {template}: {}", one_line(&error)))?;
        context.insert_value("links", shared.links.clone());
        context.insert_value("footer", shared.footer.clone());
        self.templates[language]
            .render(template, &context)
            .map_err(|error| anyhow::anyhow!("rendering {template}: {}", one_line(&error)))
    }

    fn untranslated(&self) -> Vec<Diagnostic> {
        let missing = self.interfaces.iter().filter(|interface| !interface.is_translated());
        let report = |interface: &Arc<Interface>| {
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

fn versions(files: &ThemeFiles) -> BTreeMap<String, String> {
    let version = |path: &str| {
        let hash = blake3::hash(files.bytes(path)?).to_hex();
        Some((path.to_owned(), format!("?v={}", &hash[..8])))
    };
    files.below(ASSETS).into_iter().filter_map(version).collect()
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
            let file = format!("{TEMPLATES}{}", place.next()?);
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

/// The templates of a language, ready to render.
fn prepared(files: &ThemeFiles, interface: &Arc<Interface>) -> TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml"]);
    let icons = Icons::new(files)?;
    let names = files.below(TEMPLATES);
    let written =
        || names.iter().filter_map(|path| Some((&path[TEMPLATES.len()..], files.text(path)?)));
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
/// page shows them under any circumstances. Nothing of them is left to look up for every page, which saves
/// 2 to 4 % of the CPU of a full build of 10,000 entries.
fn with_constants(template: &str, interface: &Interface, icons: &Icons) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{{ ") {
        let (before, call) = rest.split_at(start);
        filled.push_str(before);
        let constant = call.split_once(" }}").and_then(|(call, after)| {
            let call = call.strip_prefix("{{ ")?.strip_suffix("\")")?;
            let value = match call.strip_prefix("t(key=\"") {
                Some(key) => escape(interface.constant(key)?),
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
            let shape = escape(&shape);
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
