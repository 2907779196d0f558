//! The gate before `tiny_http`, which would read the head of a request into memory without end.
//!
//! Each connection is taken in here and passed on to `tiny_http` on another port of this computer: heads of requests whole,
//! answers as they come. A head that is too long is answered with 431. After that, and after a head that
//! announces a body, nothing more is passed on.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A head may have so many bytes; those of browsers have a tenth.
pub(super) const LONGEST_HEAD_BYTES: usize = 32 * 1024;

/// `tiny_http` waits for a short body before it says that there is a request. Nobody looks at it.
const ANY_BODY: [u8; 1024] = [0; 1024];

/// So long a client may go on sending what nobody reads, before its connection is closed.
const PATIENCE: Duration = Duration::from_secs(1);

/// Takes in connections until `is_over`, and passes them on to `inner`.
pub(super) fn open(listener: &TcpListener, inner: SocketAddr, is_over: impl Fn() -> bool) {
    loop {
        let taken = listener.accept();
        if is_over() {
            return;
        }
        match taken {
            Ok((client, _)) => {
                // Without a thread, or a way on, the connection is closed.
                let pass = move || pass(client, inner);
                let _ = thread::Builder::new().name("dev server connection".to_owned()).spawn(pass);
            }
            // Too many open files, as a rule; some will be closed.
            Err(_) => thread::sleep(Duration::from_millis(200)),
        }
    }
}

/// Both ends of a connection that is passed on.
struct Connection {
    client: TcpStream,
    server: TcpStream,
    /// Whether more requests are waited for.
    is_listening: AtomicBool,
}

/// Why no more requests are passed on.
enum End {
    /// One of the two has ended the connection.
    Gone,
    /// A request announces a body.
    Body,
    /// The head of a request is too long.
    TooLong,
}

/// Passes on a connection until one side has ended it. An error means everywhere that one of the two has gone.
fn pass(client: TcpStream, inner: SocketAddr) {
    let Ok(server) = TcpStream::connect(inner) else { return };
    // What comes from here is whole, and need not wait for more.
    let _ = client.set_nodelay(true).and_then(|()| server.set_nodelay(true));
    let connection = Arc::new(Connection { client, server, is_listening: AtomicBool::new(true) });
    let answers = {
        let connection = Arc::clone(&connection);
        thread::Builder::new()
            .name("dev server answers".to_owned())
            .spawn(move || connection.pass_answers())
    };
    let Ok(answers) = answers else { return };
    let end = connection.pass_heads().unwrap_or(End::Gone);
    connection.is_listening.store(false, Ordering::SeqCst);
    let _ = connection.server.shutdown(Shutdown::Write);
    // The requests before are answered first.
    let _ = answers.join();
    if matches!(end, End::TooLong) {
        let _ = (&connection.client).write_all(too_long().as_bytes());
    }
    let _ = connection.client.shutdown(Shutdown::Write);
    if !matches!(end, End::Gone) {
        connection.let_finish();
    }
}

impl Connection {
    fn pass_answers(&self) {
        let _ = io::copy(&mut &self.server, &mut &self.client);
        let _ = self.server.shutdown(Shutdown::Both);
        if self.is_listening.load(Ordering::SeqCst) {
            let _ = self.client.shutdown(Shutdown::Read);
        }
    }

    /// Passes on each head when all of it is there.
    fn pass_heads(&self) -> io::Result<End> {
        let mut piece = [0; 4096];
        let mut head = Vec::new();
        loop {
            let count = (&self.client).read(&mut piece)?;
            if count == 0 {
                // Half a head is what the client wanted to say.
                (&self.server).write_all(&head)?;
                return Ok(End::Gone);
            }
            for byte in &piece[..count] {
                head.push(*byte);
                if head.ends_with(b"\r\n\r\n") {
                    (&self.server).write_all(&head)?;
                    if announces_body(&head) {
                        (&self.server).write_all(&ANY_BODY)?;
                        return Ok(End::Body);
                    }
                    head.clear();
                } else if head.len() >= LONGEST_HEAD_BYTES {
                    return Ok(End::TooLong);
                }
            }
        }
    }

    /// Reads what the client still sends: if the connection were closed over it, the answer could be lost.
    fn let_finish(&self) {
        let begun = Instant::now();
        let _ = self.client.set_read_timeout(Some(PATIENCE));
        let mut piece = [0; 4096];
        while begun.elapsed() < PATIENCE && matches!((&self.client).read(&mut piece), Ok(1..)) {}
    }
}

/// Whether something may follow a head that is not the next one. Those who look at the head say more about it.
fn announces_body(head: &[u8]) -> bool {
    head.split(|byte| *byte == b'\n').skip(1).any(|line| {
        let line = String::from_utf8_lossy(line).to_ascii_lowercase();
        let line = line.trim();
        let length = line
            .strip_prefix("content-length")
            .map(|rest| rest.trim_start_matches([' ', ':', '\t']));
        let is_nothing =
            |length: &str| !length.is_empty() && length.bytes().all(|byte| byte == b'0');
        length.is_some_and(|length| !is_nothing(length)) || line.starts_with("transfer-encoding")
    })
}

fn too_long() -> String {
    let text = "The head of this request is too long.\n";
    format!(
        "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )
}
