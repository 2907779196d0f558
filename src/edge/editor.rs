//! The line to an editor: messages of the Language Server Protocol over standard input and output.
//!
//! Whoever has this open must write nothing else to standard output.

use anyhow::{Context, Result, anyhow};
use lsp_server::{Connection, IoThreads, Message, RequestId};
use serde_json::Value;

/// An editor that has started this program.
pub(crate) struct Editor {
    connection: Connection,
    threads: IoThreads,
}

/// Waits until an editor says who it is; gives the name of that request, and what it said.
///
/// # Errors
/// When something else is said.
pub(crate) fn open() -> Result<(Editor, RequestId, Value)> {
    let (connection, threads) = Connection::stdio();
    let (id, said) = connection.initialize_start().map_err(|error| {
        anyhow!(
            "this speaks with an editor over standard input and output; see the handbook ({error})"
        )
    })?;
    Ok((Editor { connection, threads }, id, said))
}

impl Editor {
    /// Answers what the editor said first, with what this program can do.
    ///
    /// # Errors
    /// When the editor goes on otherwise than the protocol says.
    pub(crate) fn begin(&self, id: RequestId, answer: Value) -> Result<()> {
        self.connection.initialize_finish(id, answer).context("beginning to speak with the editor")
    }

    /// Hands every message that comes to a function, from another thread, and at last that there is no more.
    pub(crate) fn listen(&self, hand: impl Fn(Option<Message>) + Send + 'static) {
        let receiver = self.connection.receiver.clone();
        std::thread::spawn(move || {
            receiver.iter().for_each(|message| hand(Some(message)));
            hand(None);
        });
    }

    /// Sends a message. An editor that is gone needs none.
    pub(crate) fn send(&self, message: impl Into<Message>) {
        let _ = self.connection.sender.send(message.into());
    }

    /// Waits until all has been sent.
    ///
    /// # Errors
    /// When what came could not be read, or what was sent could not be written.
    pub(crate) fn close(self) -> Result<()> {
        drop(self.connection);
        self.threads.join().context("speaking with the editor")
    }
}
