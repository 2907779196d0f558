//! An editor, as the program meets it.

use std::fs;
use std::io::{BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

use crate::site::Folder;

/// An editor that works on a site.
pub(crate) struct Editor<'a> {
    folder: &'a Folder,
    program: Child,
    input: ChildStdin,
    messages: Receiver<Message>,
    /// The number of the last request, and the version of the last text.
    pub(crate) number: i32,
    /// What was told without being asked and was not looked at yet.
    pub(crate) told: Vec<Notification>,
    /// Every message, as it is read aloud.
    pub(crate) log: Vec<String>,
}

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

impl<'a> Editor<'a> {
    pub(crate) fn new(folder: &'a Folder) -> Editor<'a> {
        Editor::counting(folder, "utf-8")
    }

    /// One that counts columns in these units.
    pub(crate) fn counting(folder: &'a Folder, units: &str) -> Editor<'a> {
        let mut command = folder.command(&["lsp"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = command.spawn().expect("the program can be started");
        let (sender, messages) = mpsc::channel();
        let mut output = BufReader::new(program.stdout.take().expect("it is piped"));
        std::thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = program.stdin.take().expect("it is piped");
        let (told, log) = (Vec::new(), Vec::new());
        let mut editor = Editor { folder, program, input, messages, number: 0, told, log };
        let root = editor.uri("");
        let answer = editor.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": root,
                "capabilities": {"general": {"positionEncodings": [units, "utf-16"]}},
                "workspaceFolders": [{"uri": root, "name": "site"}],
            }),
        );
        assert_eq!(answer["capabilities"]["positionEncoding"], units);
        editor.tell("initialized", json!({}));
        editor
    }

    pub(crate) fn uri(&self, path: &str) -> String {
        let folder = fs::canonicalize(self.folder.path("")).expect("it is there");
        let path = if path.is_empty() { folder } else { folder.join(path) };
        let name = path.to_str().expect("a name in UTF-8");
        format!("file://{}", name.replace(' ', "%20").replace('ñ', "%C3%B1"))
    }

    fn send(&mut self, message: Message) {
        self.log.push(format!("→ {}", read_aloud(&message)));
        message.write(&mut self.input).expect("it listens");
        self.input.flush().expect("it listens");
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params }.into());
    }

    fn next(&mut self) -> Message {
        let message = self.messages.recv_timeout(PATIENCE).expect("it answers");
        self.log.push(format!("← {}", read_aloud(&message)));
        message
    }

    /// What is answered to a request.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let id = RequestId::from(self.number);
        self.send(Request { id: id.clone(), method: method.to_owned(), params }.into());
        loop {
            match self.next() {
                Message::Response(answer) if answer.id == id => {
                    return answer.response_result.expect("it can be answered");
                }
                Message::Notification(told) => self.told.push(told),
                other => panic!("{other:?}"),
            }
        }
    }

    pub(crate) fn open(&mut self, path: &str, text: &str) {
        self.number += 1;
        let (uri, version) = (self.uri(path), self.number);
        let document =
            json!({"uri": uri, "languageId": "markdown", "version": version, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub(crate) fn change(&mut self, path: &str, text: &str) {
        self.number += 1;
        let document = json!({"uri": self.uri(path), "version": self.number});
        let changes = json!([{"text": text}]);
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.tell("textDocument/didChange", params);
    }

    pub(crate) fn close(&mut self, path: &str) {
        let uri = self.uri(path);
        self.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// The problems of the text of a file that was told last.
    pub(crate) fn problems(&mut self, path: &str) -> Vec<Value> {
        let (uri, version) = (self.uri(path), self.number);
        loop {
            let is_it = |told: &Notification| {
                told.method == "textDocument/publishDiagnostics"
                    && told.params["uri"] == uri
                    && told.params["version"] == version
            };
            if let Some(at) = self.told.iter().position(is_it) {
                let told = self.told.remove(at);
                return told.params["diagnostics"].as_array().expect("a list").clone();
            }
            match self.next() {
                Message::Notification(told) => self.told.push(told),
                other => panic!("{other:?}"),
            }
        }
    }

    /// Waits until the site has been read, by way of a file.
    pub(crate) fn wait(&mut self, path: &str, text: &str) {
        self.open(path, text);
        self.problems(path);
    }

    /// What can be written at the mark `|` in a text: label, detail, and the text with it.
    pub(crate) fn offered(&mut self, path: &str, marked: &str) -> Vec<(String, String, String)> {
        let (text, position) = taken_out(marked);
        self.open(path, &text);
        let params = json!({"textDocument": {"uri": self.uri(path)}, "position": position});
        let answer = self.ask("textDocument/completion", params);
        self.close(path);
        let word = |it: &Value| it.as_str().unwrap_or_default().to_owned();
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        items
            .iter()
            .map(|it| (word(&it["label"]), word(&it["detail"]), applied(&text, &it["textEdit"])))
            .collect()
    }

    /// What is said of what stands at the mark `|`, and where it leads: a path and a line.
    pub(crate) fn meaning(&mut self, path: &str, marked: &str) -> (String, Option<(String, u64)>) {
        let (text, position) = taken_out(marked);
        self.open(path, &text);
        self.problems(path);
        let params = json!({"textDocument": {"uri": self.uri(path)}, "position": position});
        let said = self.ask("textDocument/hover", params.clone());
        let place = self.ask("textDocument/definition", params);
        self.close(path);
        let root = self.uri("");
        let target = place["uri"].as_str().map(|uri| {
            let below = uri.strip_prefix(&root).expect("it is in the site");
            let line = place["range"]["start"]["line"].as_u64().expect("a number");
            (below.trim_start_matches('/').to_owned(), line + 1)
        });
        (said["contents"]["value"].as_str().unwrap_or_default().to_owned(), target)
    }

    /// What would mend the problems of an open file: the title of each, and the text after it.
    pub(crate) fn remedies(&mut self, path: &str, text: &str) -> Vec<(String, String)> {
        let all =
            json!({"start": {"line": 0, "character": 0}, "end": {"line": 99_999, "character": 0}});
        let uri = self.uri(path);
        let params = json!({
            "textDocument": {"uri": uri}, "range": all, "context": {"diagnostics": []},
        });
        let actions = self.ask("textDocument/codeAction", params);
        let actions = actions.as_array().cloned().unwrap_or_default();
        let edit = |action: &Value| {
            let edits =
                action["edit"]["changes"][&uri].as_array().expect("edits of the file").clone();
            assert_eq!(edits.len(), 1);
            applied(text, &edits[0])
        };
        let title = |action: &Value| action["title"].as_str().expect("a title").to_owned();
        actions.iter().map(|action| (title(action), edit(action))).collect()
    }

    /// Ends as editors do, and says how the program ended.
    pub(crate) fn end(mut self) -> Vec<String> {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        let Editor { input, mut program, log, .. } = self;
        drop(input);
        assert_eq!(program.wait().expect("it ends").code(), Some(0));
        log
    }
}

/// A message in one line, without what is long.
fn read_aloud(message: &Message) -> String {
    let short = |text: String| match text.char_indices().nth(600) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    };
    short(match message {
        Message::Request(it) => format!("{} {}", it.method, it.params),
        Message::Notification(it) => format!("{} {}", it.method, it.params),
        Message::Response(it) => format!("{:?}", it.response_result),
    })
}

/// A text without its mark `|`, and the position where that stood.
fn taken_out(marked: &str) -> (String, Value) {
    let at = marked.find('|').expect("a mark");
    let line = marked[..at].matches('\n').count();
    let start = marked[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (marked.replacen('|', "", 1), json!({"line": line, "character": at - start}))
}

/// A text with an edit whose columns are bytes.
fn applied(text: &str, edit: &Value) -> String {
    let byte = |place: &Value| {
        let line = place["line"].as_u64().expect("a number") as usize;
        let column = place["character"].as_u64().expect("a number") as usize;
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        before + column
    };
    let (start, end) = (byte(&edit["range"]["start"]), byte(&edit["range"]["end"]));
    format!("{}{}{}", &text[..start], edit["newText"].as_str().expect("a text"), &text[end..])
}
