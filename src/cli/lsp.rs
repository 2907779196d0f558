//! `ayni lsp`: speaks with an editor about the files of a site while somebody writes them. It writes nothing.
//!
//! One thread answers; what it answers with is the site as it was last read. Another thread for each site reads it again
//! when a file has changed, on disk or in the editor, and hands over the result.

mod answers;
mod reading;

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use anyhow::{Result, anyhow};
use clap::Args;
use gen_lsp_types::{
    CodeActionParams, CompletionParams, DefinitionParams, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, HoverParams,
    TextDocumentContentChangeEvent, Uri,
};
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::context::{Context, Outcome};
use crate::edge::disk;
use crate::edge::editor::{self, Editor};
use crate::editor::Encoding;
use answers::Answering;
use reading::{Ready, Site};

#[derive(Args)]
pub(super) struct Arguments {
    /// Speak over standard input and output; it always does
    #[arg(long)]
    stdio: bool,
}

/// What the answering thread is told.
enum Event {
    Message(Message),
    /// The editor is gone.
    Ended,
    /// A site, by its number, was read.
    Read(usize, Ready),
    /// A site could not be read, and why.
    Trouble(String),
}

/// Answers an editor until it ends.
pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    // Some editors start every server with it.
    let _ = arguments.stdio;
    let (editor, id, said) = editor::open()?;
    let encoding = encoding(&said);
    editor.begin(id, able(encoding))?;
    let (events, receiver) = mpsc::channel();
    let hand = events.clone();
    editor.listen(move |message| {
        // The receiver lives as long as this thread is of use.
        let _ = hand.send(message.map_or(Event::Ended, Event::Message));
    });
    let mut session = Session {
        editor,
        events,
        options: context.options()?,
        encoding,
        sites: Vec::new(),
        is_ending: false,
    };
    for folder in folders(context, &said) {
        session.open_site(&folder);
    }
    let has_ended_well = session.answer_all(&receiver);
    session.editor.close()?;
    match has_ended_well {
        true => Ok(Outcome::Fine),
        false => Err(anyhow!("the editor ended without a word")),
    }
}

/// The units of columns that both sides know; bytes where the editor can count them.
///
/// What an editor says first is looked at as JSON: it names hundreds of abilities, of which two are of use here.
fn encoding(said: &Value) -> Encoding {
    let known = said["capabilities"]["general"]["positionEncodings"].as_array();
    let has = |name: &str| known.is_some_and(|it| it.iter().any(|it| it == name));
    match () {
        () if has("utf-8") => Encoding::Utf8,
        () if has("utf-32") => Encoding::Utf32,
        () => Encoding::Utf16,
    }
}

/// What this can do.
fn able(encoding: Encoding) -> Value {
    let encoding = match encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Utf16 => "utf-16",
        Encoding::Utf32 => "utf-32",
    };
    // Whole texts are asked for, not what has changed in them.
    let whole = 1;
    json!({
        "capabilities": {
            "positionEncoding": encoding,
            "textDocumentSync": whole,
            "completionProvider": {"triggerCharacters": ["[", ":", " ", "#", "/", ",", "{"]},
            "hoverProvider": true,
            "definitionProvider": true,
            "codeActionProvider": {"codeActionKinds": ["quickfix"]},
        },
        "serverInfo": {"name": "ayni", "version": env!("CARGO_PKG_VERSION")},
    })
}

/// Where sites may be: the folder of the command, and those that are open in the editor.
fn folders(context: &Context, said: &Value) -> Vec<PathBuf> {
    let opened = said["workspaceFolders"].as_array();
    let opened = opened.into_iter().flatten().map(|folder| &folder["uri"]);
    let uris = opened.chain([&said["rootUri"]]).filter_map(Value::as_str);
    let opened = uris.filter_map(|uri| uri.parse::<Uri>().ok()?.to_file_path().ok());
    std::iter::once(context.site.clone()).chain(opened).collect()
}

struct Session {
    editor: Editor,
    events: mpsc::Sender<Event>,
    options: crate::Options,
    encoding: Encoding,
    sites: Vec<Site>,
    /// The editor has asked to end.
    is_ending: bool,
}

impl Session {
    /// Answers until the editor ends; says whether it did so as the protocol says.
    fn answer_all(&mut self, events: &mpsc::Receiver<Event>) -> bool {
        while let Ok(event) = events.recv() {
            match event {
                Event::Message(Message::Request(request)) => self.answer(request),
                Event::Message(Message::Notification(told)) if told.method == "exit" => {
                    return self.is_ending;
                }
                Event::Message(Message::Notification(told)) => self.hear(told),
                Event::Message(Message::Response(_)) => {}
                Event::Ended => return self.is_ending,
                Event::Read(number, ready) => self.tell_problems(number, ready),
                Event::Trouble(why) => {
                    self.tell("window/showMessage", json!({"type": 1, "message": why}));
                }
            }
        }
        false
    }

    /// The number of the site in which a file or folder lies; it is read if it was not yet.
    fn open_site(&mut self, path: &Path) -> Option<usize> {
        let folder = disk::site_of(path)?;
        if let Some(number) = self.sites.iter().position(|site| site.folder == folder) {
            return Some(number);
        }
        let number = self.sites.len();
        match Site::open(folder, number, &self.options, self.events.clone()) {
            Ok(site) => self.sites.push(site),
            Err(error) => {
                let message = format!("{error:#}");
                self.tell("window/showMessage", json!({"type": 1, "message": message}));
                return None;
            }
        }
        Some(number)
    }

    /// The site of a file and its path there.
    fn place_of(&mut self, uri: &Uri) -> Option<(usize, String)> {
        let file = uri.to_file_path().ok()?;
        let number = self.open_site(&file)?;
        Some((number, disk::path_in(&self.sites[number].folder, &file)?))
    }

    fn tell(&self, method: &str, params: Value) {
        self.editor.send(Notification { method: method.to_owned(), params });
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = match method.as_str() {
            "shutdown" => {
                self.is_ending = true;
                Ok(Value::Null)
            }
            "textDocument/completion" => self.of_document(params, |it: CompletionParams| {
                let at = it.text_document_position_params;
                (at.text_document.uri, Box::new(move |of| of.completion(at.position)))
            }),
            "textDocument/hover" => self.of_document(params, |it: HoverParams| {
                let at = it.text_document_position_params;
                (at.text_document.uri, Box::new(move |of| of.hover(at.position)))
            }),
            "textDocument/definition" => self.of_document(params, |it: DefinitionParams| {
                let at = it.text_document_position_params;
                (at.text_document.uri, Box::new(move |of| of.definition(at.position)))
            }),
            "textDocument/codeAction" => self.of_document(params, |it: CodeActionParams| {
                (it.text_document.uri, Box::new(move |of| of.actions(it.range)))
            }),
            _ => Err((ErrorCode::MethodNotFound, format!("`{method}` is not known here"))),
        };
        self.editor.send(match answer {
            Ok(value) => Response::new_ok(id, value),
            Err((code, why)) => Response::new_err(id, code as i32, why),
        });
    }

    /// Answers what is asked of one document; `null` where it belongs to no site.
    fn of_document<P: DeserializeOwned>(
        &mut self,
        params: Value,
        read: impl FnOnce(P) -> (Uri, Box<dyn FnOnce(&Answering<'_>) -> Value>),
    ) -> Result<Value, (ErrorCode, String)> {
        let params = serde_json::from_value(params)
            .map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
        let (uri, answer) = read(params);
        let Some((number, path)) = self.place_of(&uri) else { return Ok(Value::Null) };
        let site = &self.sites[number];
        let Some(open) = site.open.get(path.as_str()) else { return Ok(Value::Null) };
        let answering =
            Answering { site, path: &path, open, encoding: self.encoding, uri: uri.clone() };
        Ok(answer(&answering))
    }

    /// Hears what the editor tells without asking. What is not known here is none of our business.
    fn hear(&mut self, told: Notification) {
        let Notification { method, params } = told;
        let heard = match method.as_str() {
            "textDocument/didOpen" => serde_json::from_value(params).map(|it| {
                let DidOpenTextDocumentParams { text_document: it } = it;
                self.set_text(&it.uri, Some((it.text, it.version)));
            }),
            "textDocument/didChange" => serde_json::from_value(params).map(|it| {
                let DidChangeTextDocumentParams { text_document: of, content_changes } = it;
                let uri = of.text_document_identifier.uri;
                for change in content_changes {
                    let text = match change {
                        TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(
                            it,
                        ) => it.text,
                        // Only whole texts were asked for.
                        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(_) => {
                            continue;
                        }
                    };
                    self.set_text(&uri, Some((text, of.version)));
                }
            }),
            "textDocument/didClose" => serde_json::from_value(params).map(|it| {
                let DidCloseTextDocumentParams { text_document: it } = it;
                self.set_text(&it.uri, None);
            }),
            _ => Ok(()),
        };
        if let Err(error) = heard {
            let message = format!("`{method}` could not be read: {error}");
            self.tell("window/logMessage", json!({"type": 1, "message": message}));
        }
    }

    /// A file is open with this text, or not open any more.
    fn set_text(&mut self, uri: &Uri, text: Option<(String, i32)>) {
        if let Some((number, path)) = self.place_of(uri) {
            self.sites[number].set_text(&path, uri, text);
        }
    }

    /// Tells the problems of each file, and of those that have none any more, that they have none.
    fn tell_problems(&mut self, number: usize, ready: Ready) {
        let Some(site) = self.sites.get_mut(number) else { return };
        site.ready = Some(ready);
        let told = answers::problems(site, self.encoding);
        for params in told {
            self.tell("textDocument/publishDiagnostics", params);
        }
    }
}
