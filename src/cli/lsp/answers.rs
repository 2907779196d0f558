//! What is answered, in the words of the protocol.

use std::collections::BTreeMap;
use std::sync::Arc;

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, Diagnostic, DiagnosticRelatedInformation,
    DiagnosticSeverity, Hover, Location, MarkupContent, MarkupKind, Position,
    PublishDiagnosticsParams, Range, TextEdit, Uri,
};
use serde_json::{Value, json};

use super::reading::{Open, Site, uri};
use crate::Prepared;
use crate::characters::printable;
use crate::diagnostic::{self, Place, Severity, Span};
use crate::editor::{Document, Encoding, Kind, Mending, Positions, Suggestion};

/// What answers are made of.
pub(super) struct Answering<'a> {
    pub site: &'a Site,
    /// The document that is asked about.
    pub path: &'a str,
    pub open: &'a Open,
    pub uri: Uri,
    pub encoding: Encoding,
}

/// So many ways to mend something are offered at once.
const MOST: usize = 100;

impl Answering<'_> {
    fn document(&self) -> Document<'_> {
        let ready = self.site.ready.as_ref();
        let site = ready.map(|it| (&*it.prepared, &*it.called));
        Document { path: self.path, text: &self.open.text, site }
    }

    fn positions(&self) -> Positions<'_> {
        Positions::new(&self.open.text, self.encoding)
    }

    /// What can stand at a position.
    pub(super) fn completion(&self, at: Position) -> Value {
        let positions = self.positions();
        let at = positions.byte(at);
        let found = self.document().suggestions(at);
        let typed_of = |place: &std::ops::Range<usize>| {
            self.open.text[place.start..at.clamp(place.start, place.end)].to_owned()
        };
        let items = found.into_iter().enumerate();
        let items = items.map(|(rank, it)| {
            let typed = typed_of(&it.place);
            item(it, rank, typed, &positions)
        });
        let list = CompletionList {
            // Editors that go on alone while somebody types know neither titles nor other names of fields.
            is_incomplete: true,
            items: items.collect(),
            ..CompletionList::default()
        };
        json!(list)
    }

    /// What stands at a position.
    pub(super) fn hover(&self, at: Position) -> Value {
        let positions = self.positions();
        let meaning = self.document().meaning(positions.byte(at));
        let Some(meaning) = meaning.filter(|it| !it.about.is_empty()) else { return Value::Null };
        let value = printable(&meaning.about).into_owned();
        let contents = MarkupContent { kind: MarkupKind::Markdown, value }.into();
        json!(Hover { contents, range: Some(positions.part(meaning.place)) })
    }

    /// Where what stands at a position is written.
    pub(super) fn definition(&self, at: Position) -> Value {
        let target = self.document().meaning(self.positions().byte(at)).and_then(|it| it.target);
        let Some(target) = target else { return Value::Null };
        let place = Place { file: target.path, span: target.span };
        json!(location(self.site, &place, self.encoding))
    }

    /// What would mend the problems in a part of the document.
    pub(super) fn actions(&self, part: Range) -> Value {
        let positions = self.positions();
        let Some(ready) = &self.site.ready else { return json!([]) };
        let prepared = &*ready.prepared;
        // What is wrong with another text than this one says nothing of where it is here.
        if prepared.sources.text(self.path) != Some(&*self.open.text) {
            return json!([]);
        }
        let (from, to) = (positions.byte(part.start), positions.byte(part.end));
        let is_here = |span: Span| span.start <= to && from <= span.end;
        let own = prepared.problems().iter().filter(|it| &*it.place.file == self.path);
        let file = Mending::new(self.path, &self.open.text);
        let mut actions = Vec::new();
        for problem in own.filter(|it| is_here(it.place.span)) {
            if actions.len() >= MOST {
                break;
            }
            let found = file.remedies(problem);
            let is_only = found.len() == 1;
            for remedy in found {
                let (range, new_text) = (positions.part(remedy.place), remedy.new);
                let uri = self.uri.as_str();
                actions.push(json!({
                    "title": printable(&remedy.title),
                    "kind": "quickfix",
                    "diagnostics": [told(problem, self.site, prepared, &positions)],
                    "isPreferred": is_only,
                    "edit": {"changes": {uri: [TextEdit { range, new_text }]}},
                }));
            }
        }
        json!(actions)
    }
}

fn item(it: Suggestion, rank: usize, typed: String, positions: &Positions<'_>) -> CompletionItem {
    let kind = match it.kind {
        Kind::Field => CompletionItemKind::Property,
        Kind::Word => CompletionItemKind::EnumMember,
        Kind::Entry => CompletionItemKind::Reference,
        Kind::Topic => CompletionItemKind::Keyword,
        Kind::File => CompletionItemKind::File,
        Kind::Template => CompletionItemKind::Snippet,
    };
    let is_said = |text: String| Some(text).filter(|text| !text.is_empty());
    let edit = TextEdit { range: positions.part(it.place), new_text: it.insert };
    let markdown = |value| MarkupContent { kind: MarkupKind::Markdown, value }.into();
    CompletionItem {
        label: printable(&it.label).into_owned(),
        kind: Some(kind),
        detail: is_said(printable(&it.detail).into_owned()),
        documentation: is_said(printable(&it.about).into_owned()).map(markdown),
        sort_text: Some(format!("{rank:04}")),
        // All of these fit what is typed, also those whose title or other name it is.
        filter_text: is_said(typed),
        text_edit: Some(edit.into()),
        ..CompletionItem::default()
    }
}

/// Where a place is, in a file that may not be open.
fn location(site: &Site, place: &Place, encoding: Encoding) -> Option<Location> {
    let open = site.open.get(&place.file);
    let uri = open.map(|it| it.uri.clone()).or_else(|| uri(&site.folder, &place.file))?;
    let ready = site.ready.as_ref()?;
    let text = ready.prepared.sources.text(&place.file).unwrap_or_default();
    Some(Location { uri, range: Positions::new(text, encoding).place(place.span) })
}

/// The problems of each file that has some or had some when they were last told, for the editor.
pub(super) fn problems(site: &mut Site, encoding: Encoding) -> Vec<Value> {
    let Some(ready) = site.ready.clone() else { return Vec::new() };
    let prepared = &*ready.prepared;
    let mut by_file: BTreeMap<Arc<str>, Vec<&diagnostic::Diagnostic>> = BTreeMap::new();
    for problem in prepared.problems() {
        by_file.entry(problem.place.file.clone()).or_default().push(problem);
    }
    for file in site.told.keys().chain(site.open.keys()) {
        by_file.entry(file.clone()).or_default();
    }
    let (mut now, mut all) = (BTreeMap::new(), Vec::new());
    for (file, problems) in by_file {
        let text = prepared.sources.text(&file).unwrap_or_default();
        let open = site.open.get(&file);
        // What has been typed since then will be told soon.
        if open.is_some_and(|open| *open.text != *text) {
            if let Some(uri) = site.told.get(&file) {
                now.insert(file, uri.clone());
            }
            continue;
        }
        let known = open.map(|it| it.uri.clone()).or_else(|| site.told.get(&file).cloned());
        let Some(uri) = known.or_else(|| uri(&site.folder, &file)) else { continue };
        let positions = Positions::new(text, encoding);
        let diagnostics: Vec<Diagnostic> =
            problems.iter().map(|it| told(it, site, prepared, &positions)).collect();
        if !diagnostics.is_empty() {
            now.insert(file.clone(), uri.clone());
        }
        let version = open.map(|open| open.version);
        all.push(json!(PublishDiagnosticsParams { uri, version, diagnostics }));
    }
    site.told = now;
    all
}

/// A problem in the words of the protocol: what is wrong, and below that what to do.
fn told(
    problem: &diagnostic::Diagnostic,
    site: &Site,
    prepared: &Prepared,
    positions: &Positions<'_>,
) -> Diagnostic {
    let message = match &problem.hint {
        Some(hint) => format!("{}\n{hint}", problem.message),
        None => problem.message.clone(),
    };
    let also = problem.also.iter().map(|(place, words)| (place, words.as_str()));
    let more = problem.more.iter().map(|place| (place, "the same is wrong here"));
    let related: Vec<DiagnosticRelatedInformation> = also
        .chain(more)
        .filter_map(|(place, words)| {
            let uri = uri(&site.folder, &place.file)?;
            let text = prepared.sources.text(&place.file).unwrap_or_default();
            let range = Positions::new(text, positions.encoding()).place(place.span);
            Some(DiagnosticRelatedInformation {
                location: Location { uri, range },
                message: printable(words).into_owned(),
            })
        })
        .collect();
    Diagnostic {
        range: positions.place(problem.place.span),
        severity: Some(match problem.severity() {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
        }),
        code: Some(problem.code.as_str().to_owned().into()),
        source: Some("ayni".to_owned()),
        message: printable(&message).into_owned().into(),
        related_information: Some(related).filter(|it| !it.is_empty()),
        ..Diagnostic::default()
    }
}
