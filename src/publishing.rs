//! The last stage: pages and files to bytes, with a guard before the door.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use anyhow::{Result, bail};

use crate::content::values::ContactType;
use crate::content::yaml::{Node, Value};
use crate::content::{self, SITE_FILE};
use crate::diagnostic::Span;
use crate::directory;
use crate::directory::texts::Sort;
use crate::directory::withheld::Secret;
use crate::publish::guard::{Guard, Pattern};
use crate::publish::{self, Content, File, Output, Planned};
use crate::{Prepared, complete};

/// Makes the files of a prepared site, and stops where one would hold what is withheld.
pub struct Publisher<'a> {
    prepared: &'a Prepared,
    guard: Guard<'a>,
    /// The same site from sources that never held what is withheld; made when something is suspected.
    innocent: OnceLock<Box<Prepared>>,
}

impl<'a> Publisher<'a> {
    /// A publisher of a site without errors.
    ///
    /// # Errors
    /// When more is withheld than fits into memory.
    pub fn new(prepared: &'a Prepared) -> Result<Publisher<'a>> {
        let guard =
            Guard::new(prepared.mentions().secrets(), &prepared.withheld, prepared.problems())?;
        Ok(Publisher { prepared, guard, innocent: OnceLock::new() })
    }

    /// The path of one page or file, and what it holds.
    ///
    /// # Errors
    /// When a template asks for what its view does not have, and when something withheld would get out.
    pub fn render(&self, planned: &Planned) -> Result<(String, Content)> {
        let path = planned.path.file();
        let content = publish::render(&self.prepared.plan, planned)?;
        if let Content::Bytes(bytes) = &content {
            let suspicions = self.guard.suspicions(&path, bytes);
            if !suspicions.is_empty() {
                self.look_closely(&path, planned, suspicions)?;
            }
        }
        Ok((path, content))
    }

    /// What a page holds that was made without knowing of it has not leaked: it is a word of the theme,
    /// or stands there by chance.
    fn look_closely(
        &self,
        path: &str,
        planned: &Planned,
        suspicions: BTreeSet<&Pattern>,
    ) -> Result<()> {
        let innocent = self.innocent.get_or_init(|| Box::new(without_withheld(self.prepared)));
        // Files of the search index are called by what they hold.
        let same: Vec<Planned> = match planned.output {
            Output::File(File::Search) => innocent.plan.all(),
            _ => innocent.plan.find(planned.path.as_str()).into_iter().collect(),
        };
        let is_alike = |it: &&Planned| it.output.is_like(&planned.output);
        let mut by_chance = BTreeSet::new();
        for planned in same.iter().filter(is_alike) {
            if let Content::Bytes(bytes) = publish::render(&innocent.plan, planned)? {
                by_chance.extend(self.guard.suspicions(&planned.path.file(), &bytes));
            }
        }
        match suspicions.difference(&by_chance).next() {
            Some(leak) => bail!(self.guard.fault(path, leak)),
            None => Ok(()),
        }
    }
}

/// The same site made from what never held anything withheld: without the files of withheld entries, and with
/// other texts in the place of those that entries withhold which are shown.
fn without_withheld(prepared: &Prepared) -> Prepared {
    let withheld = &prepared.withheld;
    let files: BTreeSet<&Arc<str>> = withheld.paths.values().collect();
    let mut sources = prepared.sources.clone();
    sources.texts.retain(|path, _| !files.contains(path));
    let mut records = content::parse(&sources, Some((&prepared.sources, &prepared.records)));
    let mut hidden: BTreeMap<&str, BTreeMap<Span, Sort>> = BTreeMap::new();
    for Secret { place, sort, .. } in &withheld.secrets {
        hidden.entry(&place.file).or_default().insert(place.span, *sort);
    }
    for record in &mut records.entries {
        if let Some(hidden) = hidden.get(&*record.path) {
            let mut other = (**record).clone();
            replace(&mut other.front, hidden);
            *record = Arc::new(other);
        }
    }
    if let Some(hidden) = hidden.get(SITE_FILE) {
        replace(&mut records.site, hidden);
    }
    let (directory, problems) = directory::resolve(&records, &sources.assets);
    complete(sources, records, directory, problems, &prepared.options, Some(prepared))
}

/// Puts other texts in the place of those that stand there.
fn replace(node: &mut Node, hidden: &BTreeMap<Span, Sort>) {
    match &mut node.value {
        Value::Null => {}
        Value::Text(text) => {
            if let Some(sort) = hidden.get(&node.span) {
                other(*sort).clone_into(text);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| replace(item, hidden)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, node)| replace(node, hidden)),
    }
}

/// A text of the same sort that says nothing.
fn other(sort: Sort) -> &'static str {
    match sort {
        Sort::Title | Sort::Summary | Sort::Words => "x",
        Sort::Url | Sort::Contact(ContactType::Form | ContactType::Url) => "https://x.invalid/",
        Sort::Contact(ContactType::Email) => "x@x.invalid",
        Sort::Contact(ContactType::Phone | ContactType::Signal) => "+999 00 000 000",
        Sort::Contact(ContactType::Matrix) => "@x:x.invalid",
        Sort::Contact(ContactType::Fediverse) => "@x@x.invalid",
        Sort::Contact(ContactType::Post) => "x y",
    }
}
