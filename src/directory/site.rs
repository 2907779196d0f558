//! The settings of a site, from `site.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::contact::{self, Contact};
use super::series;
use crate::content::fields::Fields;
use crate::content::file_names::folder;
use crate::content::schema;
use crate::content::source::Asset;
use crate::content::values::{
    self, Complaint, Language, SearchExport, Slug, Url, Visibility, Weight, YesNo,
};
use crate::content::yaml::Value;
use crate::content::{Records, SITE_FILE, record};
use crate::diagnostic::{Code, Diagnostic, Severity, Span};

pub(crate) use super::series::{Rounds, Series};

/// What holds for the whole site.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    pub title: String,
    /// What it is, in one sentence, or empty.
    pub summary: String,
    /// Where it is published, with a slash at the end.
    pub base_url: Option<Url>,
    /// Where it was published when feeds and calendars got their ids.
    pub base_id: Option<BaseId>,
    /// Its languages; the first is at the root. Never empty.
    pub languages: Vec<Language>,
    /// The folder of `themes/` with its own theme files.
    pub theme: Option<String>,
    pub brand: Brand,
    /// Whom to ask where a contact is withheld.
    pub facilitator: Vec<Contact>,
    /// Where its files can be edited.
    pub edit: Option<Edit>,
    /// The visibility of contacts that say none.
    pub contact_visibility: Option<Visibility>,
    /// Only topics of the vocabulary may be used.
    pub topics_closed: bool,
    /// The starter vocabulary is part of the vocabulary.
    pub topics_starter: bool,
    /// How matches are chosen.
    pub matching: Matching,
    /// Its series of calls.
    pub series: Vec<Series>,
    /// On what terms its content may be used, or empty.
    pub licence: String,
    /// Another index that is published beside the site's own.
    pub search_export: Option<SearchExport>,
    /// Values that may stand in texts although they are withheld; the admin has looked.
    pub allowed: Vec<String>,
}

/// A former place of a site, by which its ids in feeds and calendars stay as they are.
#[derive(Clone, Debug, PartialEq)]
pub enum BaseId {
    /// Another host; the folder is the same.
    Host(Url),
    /// A host and a folder.
    Whole(Url),
}

/// A site's own logo, colours and fonts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brand {
    /// A file below `content/static/`.
    pub logo: Option<String>,
    /// Names of the theme's colours and their values.
    pub colours: BTreeMap<String, String>,
    /// Names of the theme's fonts and their values.
    pub fonts: BTreeMap<String, String>,
}

/// Where the files of the site can be edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The repository's web address.
    pub repository: Option<Url>,
    /// The branch; `main` when not said.
    pub branch: String,
    /// The address of a file's editor, with `{path}` and `{branch}` in it.
    pub url: Option<String>,
}

/// How matches are chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Matching {
    /// The lowest score of a suggestion, 0 to 1.
    pub threshold: Option<f64>,
    /// How many offers a need is shown.
    pub limit: Option<usize>,
    pub weights: BTreeMap<Weight, f64>,
}

impl Site {
    /// The language at the root.
    pub fn default_language(&self) -> &Language {
        &self.languages[0]
    }

    /// The series with this id or former id.
    pub fn series(&self, name: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.is_called(name))
    }

    /// The series that have a page of their own, with their places: one that is alone has the archive of calls.
    pub fn several_series(&self) -> impl Iterator<Item = (usize, &Series)> {
        let are_several = self.series.len() > 1;
        self.series.iter().enumerate().filter(move |_| are_several)
    }

    /// The series of calls that name none, where there is only one.
    pub fn only_series(&self) -> Option<&Series> {
        self.series.first().filter(|_| self.series.len() == 1)
    }

    /// The address in the ids of feeds and calendars of a site that is published at `base_url`.
    pub fn address_of_ids(&self, base_url: Option<&Url>) -> Option<Url> {
        match &self.base_id {
            None => base_url.cloned(),
            Some(BaseId::Whole(url)) => Some(url.clone()),
            Some(BaseId::Host(url)) => {
                let folder = base_url.and_then(|url| url.as_str().splitn(4, '/').nth(3));
                let whole = format!("{url}{}", folder.unwrap_or_default());
                Some(Url::parse_web(&whole).unwrap_or_else(|_| url.clone()))
            }
        }
    }
}

/// Reads the settings; what is missing has a sensible default.
pub(crate) fn read(
    records: &Records,
    assets: &BTreeMap<Arc<str>, Asset>,
    problems: &mut Vec<Diagnostic>,
) -> Site {
    let file: Arc<str> = SITE_FILE.into();
    let owner = "the site";
    let mut fields = Fields::new(owner, &file, &schema::SITE, &records.site, problems);
    let title = fields.required("title").map(|title| title.value);
    let mut languages: Vec<Language> = Vec::new();
    for language in fields.values("languages", Language::parse) {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    if languages.is_empty() {
        languages.push(Language::parse("en").expect("`en` is a language"));
    }
    let (topics_closed, topics_starter) = topics(&mut fields);
    let contact_visibility =
        fields.fields("contacts", |contacts| contacts.visibility("visibility"));
    let site = Site {
        title: title.unwrap_or_default(),
        summary: fields.text("summary").unwrap_or_default(),
        base_url: fields.value("base_url", base_url),
        base_id: fields.value("base_id", base_id),
        languages,
        theme: fields.value("theme", Slug::parse).map(|theme| theme.to_string()),
        brand: brand(&mut fields, assets),
        facilitator: contact::contacts(&mut fields, "facilitator", contact_visibility),
        edit: fields.fields("edit", edit),
        contact_visibility,
        topics_closed,
        topics_starter,
        matching: matching(&mut fields),
        series: series::read_all(&mut fields),
        licence: fields.text("licence").unwrap_or_default(),
        search_export: fields
            .fields("search", |search| search.value("export", SearchExport::parse)),
        allowed: allowed(&mut fields),
    };
    fields.finish();
    let is_told = records.problems.iter().any(|problem| problem.place.file == file);
    if is_told {
        problems.retain(|problem| problem.place.file != file || records.problems.contains(problem));
    } else if !records_have_a_site(records) {
        let place = record::place(&file, Span::default());
        problems.retain(|problem| problem.place.file != file);
        let message = "there is no `site.yaml`, or it is empty";
        problems.push(Diagnostic::new(Code::MissingField, place, message).hint(
            "go to the folder of the directory, or name it with `--site`; in a new file a line \
                 `title: …` is enough",
        ));
    }
    site
}

/// Whether the settings are there, and can be read.
pub(crate) fn is_readable(records: &Records) -> bool {
    records_have_a_site(records)
        && !records
            .problems
            .iter()
            .any(|it| *it.place.file == *SITE_FILE && it.severity() == Severity::Error)
}

fn records_have_a_site(records: &Records) -> bool {
    records.site.value != Value::Null
}

/// Reads the address of the site; a slash is added at its end.
pub(crate) fn base_url(text: &str) -> Result<Url, Complaint> {
    let url = Url::parse_web(text)?;
    if url.as_str().contains(['?', '#']) {
        let what = "which should be a folder, without `?` and `#`";
        let folder = text.split(['?', '#']).next().unwrap_or_default();
        return Err(Complaint::new(Code::BadUrl, what, format!("write `{folder}`")));
    }
    Ok(Url::parse_web(&folder(text.trim_end_matches('/')))?.for_machines())
}

/// Reads a former host, or a former address as a whole.
fn base_id(text: &str) -> Result<BaseId, Complaint> {
    if text.contains("://") {
        return base_url(text).map(BaseId::Whole);
    }
    let host = base_url(&format!("https://{text}")).ok().filter(|_| !text.contains('/'));
    host.map(BaseId::Host).ok_or_else(|| {
        let what = "which is not a host";
        let hint =
            "write the former host, such as `old.example.org`, or the whole former `base_url`";
        Complaint::new(Code::BadUrl, what, hint)
    })
}

fn topics(fields: &mut Fields<'_>) -> (bool, bool) {
    let read = fields.fields("topics", |topics| {
        let closed = topics.value("closed", YesNo::parse) != Some(YesNo::No);
        let starter = topics.value("starter", YesNo::parse) != Some(YesNo::No);
        Some((closed, starter))
    });
    read.unwrap_or((true, true))
}

fn brand(fields: &mut Fields<'_>, assets: &BTreeMap<Arc<str>, Asset>) -> Brand {
    let read = fields.fields("brand", |brand| {
        Some(Brand {
            logo: brand.value("logo", |text| logo(text, assets)),
            colours: named(brand, "colours", style_name, style_value),
            fonts: named(brand, "fonts", style_name, style_value),
        })
    });
    read.unwrap_or_default()
}

fn logo(text: &str, assets: &BTreeMap<Arc<str>, Asset>) -> Result<String, Complaint> {
    let logo = text.trim_start_matches('/').to_owned();
    if assets.contains_key(format!("content/static/{logo}").as_str()) {
        return Ok(logo);
    }
    let what = "which does not exist";
    Err(Complaint::new(Code::UnknownImage, what, "put the file into content/static/"))
}

/// The name of a colour or font: a custom property of the theme's style sheet.
fn style_name(text: &str) -> Result<String, Complaint> {
    let fits = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if fits && !text.is_empty() {
        return Ok(text.to_owned());
    }
    let what = "which is not the name of a colour or font";
    Err(Complaint::new(Code::UnknownChoice, what, "use small letters and hyphens, such as `ink`"))
}

/// A value of a style sheet that can end neither its declaration nor the sheet.
fn style_value(text: &str) -> Result<String, Complaint> {
    let fits = text.chars().all(|c| c.is_alphanumeric() || " #,.%()'\"-/".contains(c));
    if fits && !text.to_lowercase().contains("url(") && !text.contains("/*") {
        return Ok(text.to_owned());
    }
    let what = "which is not a colour or font of CSS";
    Err(Complaint::new(Code::UnknownChoice, what, "write it as in `#7a2e1d` or `Georgia, serif`"))
}

/// Reads fields whose names are values too.
fn named<K: Ord, T>(
    fields: &mut Fields<'_>,
    name: &'static str,
    read_name: impl Fn(&str) -> Result<K, Complaint>,
    read: impl Fn(&str) -> Result<T, Complaint>,
) -> BTreeMap<K, T> {
    let mut found = BTreeMap::new();
    let Some(node) = fields.node(name) else { return found };
    let Value::Map(entries) = &node.value else {
        let hint = format!("write `{name}: {{…: …}}`, with a name and its value");
        fields.wrong_shape_of(name, node, "fields", hint);
        return found;
    };
    for (key, node) in entries {
        match read_name(&key.name) {
            Ok(known) => {
                if let Some(value) = fields.scalar(&key.name, node, &read) {
                    found.insert(known, value.value);
                }
            }
            Err(complaint) => fields.complain(name, &key.name, key.span, complaint),
        }
    }
    found
}

fn edit(edit: &mut Fields<'_>) -> Option<Edit> {
    let repository = edit.value("repository", Url::parse_web);
    let branch = edit.text("branch").unwrap_or_else(|| "main".to_owned());
    let url = edit.value("url", |text| {
        Url::parse_web(&text.replace(['{', '}'], ""))?;
        Ok(text.to_owned())
    });
    Some(Edit { repository, branch, url })
}

/// Each with a reason, so that whoever comes later knows why.
fn allowed(fields: &mut Fields<'_>) -> Vec<String> {
    let read = fields.fields("guard", |guard| {
        Some(guard.each("allow", |allow| {
            let (value, reason) = (allow.required("value"), allow.required("reason"));
            value.filter(|_| reason.is_some()).map(|value| value.value)
        }))
    });
    read.unwrap_or_default()
}

fn matching(fields: &mut Fields<'_>) -> Matching {
    let fraction = |text: &str| match values::number(text)? {
        number if number <= 1.0 => Ok(number),
        _ => {
            let what = "which is not a number from 0 to 1";
            Err(Complaint::new(Code::BadNumber, what, "write it with a point, as in `0.3`"))
        }
    };
    let read = fields.fields("matching", |matching| {
        Some(Matching {
            threshold: matching.value("threshold", fraction),
            limit: matching.value("limit", values::whole_number).map(|limit| limit as usize),
            weights: named(matching, "weights", Weight::parse, fraction),
        })
    });
    read.unwrap_or(Matching { threshold: None, limit: None, weights: BTreeMap::new() })
}
