//! How long an editor waits for `ayni lsp` in a large directory.
//!
//! ```text
//! cargo bench --bench generate -- --entries 10000 --ayni FOLDER
//! cargo bench --bench editor -- FOLDER
//! ```
//!
//! Tells the median and the longest of fifteen answers for each place in which somebody types, how long the first reading
//! takes, and after how long the problems of a change are told.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

use std::io::{BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

/// So often each question is asked.
const TIMES: usize = 15;

/// Files that are not there, and what is typed into them.
const PLACES: [(&str, &str, &str); 4] = [
    ("a link", "content/pages/example-bench.md", "---\ntitle: P\n---\nSee [["),
    ("a coop", "content/needs/example-bench.md", "---\ntitle: P\ncoop: "),
    ("a topic", "content/offers/example-bench.md", "---\ntitle: P\ntopics: ["),
    ("a field", "content/coops/example-bench.md", "---\n"),
];

const TYPED: [&str; 4] = ["", "a", "coop", "zzz"];

struct Editor {
    program: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    root: String,
    number: i32,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    let Some(folder) = arguments.next() else {
        println!("name the folder of a site: cargo bench --bench editor -- FOLDER");
        return Ok(());
    };
    let begun = Instant::now();
    let mut editor = Editor::start(&folder)?;
    let page = "content/pages/example-change.md";
    editor.open(page, "---\ntitle: P\n---\n")?;
    editor.wait(page)?;
    println!("first reading: {:.2} s", begun.elapsed().as_secs_f64());
    for (what, path, before) in PLACES {
        for typed in TYPED {
            let text = format!("{before}{typed}");
            editor.open(path, &text)?;
            let mut times = Vec::new();
            let mut count = 0;
            for _ in 0..TIMES {
                let asked = Instant::now();
                count = editor.offered(path, &text)?;
                times.push(asked.elapsed());
            }
            times.sort();
            let ms = |time: Duration| time.as_secs_f64() * 1000.0;
            let (median, longest) = (ms(times[TIMES / 2]), ms(times[TIMES - 1]));
            println!("{what} `{typed}`: {count} offered, {median:.1} ms, at most {longest:.1} ms");
        }
        editor.close(path)?;
    }
    for round in 0..3 {
        let changed = Instant::now();
        editor.open(page, &format!("---\ntitle: P\n---\n[[nobody-{round}]]\n"))?;
        editor.wait(page)?;
        println!("problems of a change: after {:.2} s", changed.elapsed().as_secs_f64());
    }
    editor.ask("shutdown", Value::Null)?;
    editor.tell("exit", Value::Null)?;
    editor.program.wait()?;
    Ok(())
}

impl Editor {
    fn start(folder: &str) -> Result<Editor> {
        let real = std::fs::canonicalize(folder)?;
        let root = format!("file://{}", real.to_str().context("a name in UTF-8")?);
        let mut command = Command::new(env!("CARGO_BIN_EXE_ayni"));
        command.args(["lsp", "--site", folder]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = command.spawn()?;
        let input = program.stdin.take().context("it is piped")?;
        let output = BufReader::new(program.stdout.take().context("it is piped")?);
        let mut editor = Editor { program, input, output, root, number: 0 };
        let units = json!({"general": {"positionEncodings": ["utf-8"]}});
        let root = editor.root.clone();
        editor.ask("initialize", json!({"capabilities": units, "rootUri": root}))?;
        editor.tell("initialized", json!({}))?;
        Ok(editor)
    }

    fn send(&mut self, message: Message) -> Result<()> {
        message.write(&mut self.input)?;
        Ok(self.input.flush()?)
    }

    fn next(&mut self) -> Result<Message> {
        Message::read(&mut self.output)?.context("it has ended")
    }

    fn tell(&mut self, method: &str, params: Value) -> Result<()> {
        self.send(Notification { method: method.to_owned(), params }.into())
    }

    fn ask(&mut self, method: &str, params: Value) -> Result<Value> {
        self.number += 1;
        let id = RequestId::from(self.number);
        self.send(Request { id: id.clone(), method: method.to_owned(), params }.into())?;
        loop {
            if let Message::Response(answer) = self.next()?
                && answer.id == id
            {
                return match answer.response_result {
                    Ok(value) => Ok(value),
                    Err(error) => bail!("{}", error.message),
                };
            }
        }
    }

    fn uri(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }

    fn open(&mut self, path: &str, text: &str) -> Result<()> {
        self.number += 1;
        let (uri, version) = (self.uri(path), self.number);
        let document =
            json!({"uri": uri, "languageId": "markdown", "version": version, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}))
    }

    fn close(&mut self, path: &str) -> Result<()> {
        let uri = self.uri(path);
        self.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}))
    }

    /// Waits for the problems of the text of a file that was opened last.
    fn wait(&mut self, path: &str) -> Result<()> {
        let (uri, version) = (self.uri(path), self.number);
        loop {
            if let Message::Notification(told) = self.next()?
                && told.params["uri"] == uri
                && told.params["version"] == version
            {
                return Ok(());
            }
        }
    }

    /// How much can be written at the end of a text.
    fn offered(&mut self, path: &str, text: &str) -> Result<usize> {
        let line = text.matches('\n').count();
        let column = text.len() - text.rfind('\n').map_or(0, |newline| newline + 1);
        let document = json!({"uri": self.uri(path)});
        let position = json!({"line": line, "character": column});
        let params = json!({"textDocument": document, "position": position});
        let answer = self.ask("textDocument/completion", params)?;
        Ok(answer["items"].as_array().map_or(0, Vec::len))
    }
}
