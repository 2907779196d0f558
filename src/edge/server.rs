//! The dev server: shows a site on this computer while it is being written.
//!
//! It answers GET and HEAD on 127.0.0.1 with what one function returns for a path, and tells open
//! pages to reload. It never looks at the disk and must never stand behind a proxy. What it refuses,
//! and why:
//!
//! - A `Host` that is not this computer, with any port: otherwise a page from elsewhere could point
//!   its own name at 127.0.0.1 and read the site. Other sites may not embed what is served either.
//! - Every request with a body or a `Transfer-Encoding`: nothing here takes one, and `tiny_http` does
//!   not always find its end. Such a connection is told to close, and nothing more that arrives on
//!   it is answered.
//! - A head of more than 32 kB, which `tiny_http` would read without end: see [`gate`].
//! - Every path that is not spelled in the one way the site's own links spell it.
//!
//! Each request and each listener has a thread of its own, so a slow client or a page that takes
//! long holds up nobody else. A panic while answering costs that one request, which gets an empty
//! 500.

mod gate;
mod requests;

use std::collections::BTreeMap;
use std::io::{self, Cursor, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use tiny_http::{HTTPVersion, Header, Method, Request, StatusCode};

use requests::{Refusal, canonical, check_head};

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    /// The HTTP status, such as 200.
    pub status: u16,
    /// The media type, such as `text/html; charset=utf-8`.
    pub content_type: &'static str,
    pub body: Vec<u8>,
}

/// Where the server listens, always on 127.0.0.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    /// On this port, or not at all; 0 stands for any free one.
    Exactly(u16),
    /// On this port or, where it is taken, on one of the next twenty.
    From(u16),
}

/// A server that runs until it is stopped or dropped.
pub(crate) struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
    /// The threads that take in connections, and requests.
    threads: Vec<JoinHandle<()>>,
}

/// Starts to serve what `answer` returns.
///
/// `answer` is given a path as a page's output has it: decoded, without the first slash, empty for
/// the home page, such as `coops/agaric/` or `style.css`. For `None` the server redirects to the
/// path with a slash if that has an answer, else it sends what `404.html` has, with status 404.
///
/// Pages listen at `/.ayni/events` for the events of [`Server::reload`].
pub(crate) fn start(
    port: Port,
    answer: impl Fn(&str) -> Option<Response> + Send + Sync + 'static,
) -> Result<Server> {
    start_with(port, Duration::from_secs(15), Box::new(answer))
}

impl Server {
    /// The address the server listens on.
    #[cfg(test)]
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the home page, to show or to open.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Sends the event `reload` with this message to every open page.
    ///
    /// A page that begins to listen later gets the last message at once, as the event `latest`
    /// (empty if there was none), and can tell by it whether it is out of date.
    pub(crate) fn reload(&self, message: &str) {
        let mut listeners = self.shared.listeners();
        message.clone_into(&mut listeners.latest);
        let event = event("reload", message);
        listeners.open.retain(|_, listener| listener.send(event.clone()).is_ok());
    }
}

/// To drop it stops to listen and ends the streams of all listeners.
impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        self.shared.listeners().open.clear();
        self.shared.http().iter().for_each(|http| http.unblock());
        // The gate waits for a connection.
        let woken = TcpStream::connect_timeout(&self.address, Duration::from_secs(1)).is_ok();
        for thread in self.threads.drain(usize::from(!woken)..) {
            // A panic there has been reported where it happened.
            let _ = thread.join();
        }
        self.shared.http().take();
    }
}

type Answer = Box<dyn Fn(&str) -> Option<Response> + Send + Sync>;

/// What the threads of a server have in common.
struct Shared {
    answer: Answer,
    /// Empty once the server has stopped.
    http: Mutex<Option<Arc<tiny_http::Server>>>,
    listeners: Mutex<Listeners>,
    heartbeat: Duration,
    stopping: AtomicBool,
}

#[derive(Default)]
struct Listeners {
    open: BTreeMap<u64, Sender<String>>,
    count: u64,
    latest: String,
}

fn start_with(port: Port, heartbeat: Duration, answer: Answer) -> Result<Server> {
    let listener = listen(port)?;
    let address = listener.local_addr().context("cannot tell the port of the dev server")?;
    let starting = || "cannot start the dev server";
    let inner = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).with_context(starting)?;
    let inner_address = inner.local_addr().with_context(starting)?;
    let http = serve_on(&inner).with_context(starting)?;
    let shared = Arc::new(Shared {
        answer,
        http: Mutex::new(Some(http)),
        listeners: Mutex::default(),
        heartbeat,
        stopping: AtomicBool::new(false),
    });
    let (at_gate, inside) = (Arc::clone(&shared), Arc::clone(&shared));
    let is_over = move || at_gate.stopping.load(Ordering::SeqCst);
    let gate = spawn("dev server gate", move || gate::open(&listener, inner_address, is_over))?;
    let reception = spawn("dev server", move || inside.receive(&inner))?;
    Ok(Server { shared, address, threads: vec![gate, reception] })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    let thread = thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.context("cannot start a thread for the dev server")
}

fn listen(port: Port) -> Result<TcpListener> {
    let (first, last) = match port {
        Port::Exactly(port) => (port, port),
        Port::From(port) => (port, port.saturating_add(20)),
    };
    for port in first..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot listen on 127.0.0.1:{port}"));
            }
        }
    }
    match port {
        Port::Exactly(_) => bail!("port {first} is in use by another program; choose another one"),
        Port::From(_) => bail!("the ports {first} to {last} are all in use; choose another one"),
    }
}

fn serve_on(listener: &TcpListener) -> Result<Arc<tiny_http::Server>> {
    let http = tiny_http::Server::from_listener(listener.try_clone()?, None);
    http.map(Arc::new).map_err(|error| anyhow!(error))
}

impl Shared {
    fn listeners(&self) -> MutexGuard<'_, Listeners> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn http(&self) -> MutexGuard<'_, Option<Arc<tiny_http::Server>>> {
        self.http.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in requests in the order in which they arrive, and gives each a thread.
    fn receive(self: Arc<Shared>, listener: &TcpListener) {
        let mut closed = Closed::default();
        let mut nudge = Nudge::default();
        loop {
            let Some(http) = self.http().clone() else { return };
            let received = nudge.receive(&http);
            if self.stopping.load(Ordering::SeqCst) {
                return;
            }
            let request = match received {
                Ok(Some(request)) => request,
                Ok(None) => continue,
                Err(_) => {
                    // tiny_http gives up for good when it cannot accept a connection, as with too
                    // many open files.
                    thread::sleep(Duration::from_millis(200));
                    if let Ok(http) = serve_on(listener) {
                        *self.http() = Some(http);
                    }
                    continue;
                }
            };
            let sender = request.remote_addr().copied();
            let ignored = closed.contains(sender);
            let refusal = check_head(request.method(), request.headers());
            if !ignored && refusal.as_ref().is_some_and(|refusal| refusal.close) {
                closed.insert(sender);
            }
            let shared = Arc::clone(&self);
            let handle = move || match refusal {
                _ if ignored => drop(request.into_writer()),
                Some(refusal) => refuse(request, &refusal),
                None => shared.serve(request),
            };
            // Without a thread the request is dropped, which answers it with an empty 500.
            let _ = thread::Builder::new().name("dev server request".to_owned()).spawn(handle);
        }
    }

    fn serve(&self, request: Request) {
        let path = match canonical(request.url()) {
            Ok(path) => path,
            Err(refusal) => return refuse(request, &refusal),
        };
        if path == ".ayni/events" {
            return self.stream(request);
        }
        if let Some(response) = (self.answer)(&path) {
            return respond(request, response, &[]);
        }
        let folder = path.clone() + "/";
        if !path.is_empty() && !path.ends_with('/') && (self.answer)(&folder).is_some() {
            let (raw, query) = match request.url().split_once('?') {
                Some((raw, query)) => (raw, format!("?{query}")),
                None => (request.url(), String::new()),
            };
            let to = format!("{raw}/{query}");
            return respond(
                request,
                text(308, "This page's address ends in a slash."),
                &[("Location", &to)],
            );
        }
        let not_found = (self.answer)("404.html");
        let response = not_found.unwrap_or_else(|| text(404, "There is no such page."));
        respond(request, Response { status: 404, ..response }, &[]);
    }

    /// Keeps a listener informed until it goes away or the server stops.
    fn stream(&self, request: Request) {
        const TYPE: &str = "text/event-stream";
        if *request.method() == Method::Head {
            let response = Response { status: 200, content_type: TYPE, body: Vec::new() };
            return respond(request, response, &[]);
        }
        let chunked = *request.http_version() >= HTTPVersion(1, 1);
        let mut head = format!("HTTP/1.1 200 OK\r\nContent-Type: {TYPE}\r\n");
        for (name, value) in HEADERS {
            head += &format!("{name}: {value}\r\n");
        }
        head += if chunked { "Transfer-Encoding: chunked\r\n\r\n" } else { "\r\n" };
        let Some((number, events)) = self.listen() else { return };
        let mut to = Stream { writer: request.into_writer(), chunked };
        let sent = to.writer.write_all(head.as_bytes()).and_then(|()| self.pass_on(&events, to));
        // An error means that the page has been closed.
        let _ = sent;
        self.listeners().open.remove(&number);
    }

    /// Registers a listener, whose first event is the last message.
    fn listen(&self) -> Option<(u64, Receiver<String>)> {
        let (sender, receiver) = mpsc::channel();
        let mut listeners = self.listeners();
        if self.stopping.load(Ordering::SeqCst) {
            return None;
        }
        sender.send(event("latest", &listeners.latest)).ok()?;
        listeners.count += 1;
        let number = listeners.count;
        listeners.open.insert(number, sender);
        Some((number, receiver))
    }

    fn pass_on(&self, events: &Receiver<String>, mut to: Stream) -> io::Result<()> {
        loop {
            match events.recv_timeout(self.heartbeat) {
                Ok(event) => to.send(&event)?,
                Err(RecvTimeoutError::Timeout) => to.send(": still here\n\n")?,
                Err(RecvTimeoutError::Disconnected) => return to.finish(),
            }
        }
    }
}

/// Helps connections that `tiny_http` forgets.
///
/// Of several that open at the same moment it can leave some without a thread until others close,
/// which takes minutes while pages are open. A new connection that ends at once frees a thread for
/// one of them; so there are a few after each request, ever more rarely.
#[derive(Default)]
struct Nudge {
    /// How long to wait for the next request before the next nudge.
    wait: Option<Duration>,
}

impl Nudge {
    fn receive(&mut self, http: &tiny_http::Server) -> io::Result<Option<Request>> {
        let received = match self.wait {
            Some(wait) => http.recv_timeout(wait)?,
            None => Some(http.recv()?),
        };
        if received.is_some() {
            self.wait = Some(Duration::from_millis(10));
        } else if let Some(address) = http.server_addr().to_ip() {
            let longer = self.wait.map(|wait| wait * 2);
            self.wait = longer.filter(|wait| *wait < Duration::from_secs(3));
            // It is the attempt that counts.
            let _ = TcpStream::connect_timeout(&address, Duration::from_millis(100));
        }
        Ok(received)
    }
}

/// The way to a listener.
struct Stream {
    writer: Box<dyn Write + Send>,
    chunked: bool,
}

impl Stream {
    fn send(&mut self, event: &str) -> io::Result<()> {
        match self.chunked {
            true => write!(self.writer, "{:x}\r\n{event}\r\n", event.len())?,
            false => self.writer.write_all(event.as_bytes())?,
        }
        self.writer.flush()
    }

    fn finish(mut self) -> io::Result<()> {
        if self.chunked {
            self.writer.write_all(b"0\r\n\r\n")?;
        }
        self.writer.flush()
    }
}

/// A server-sent event; a message of several lines stays one.
fn event(name: &str, message: &str) -> String {
    let mut event = format!("event: {name}\n");
    for line in message.replace("\r\n", "\n").split(['\n', '\r']) {
        event += &format!("data: {line}\n");
    }
    event + "\n"
}

/// The connections that were told to close, as `tiny_http` cannot close them. A client that goes on
/// sending gets no answer; after a minute the system may have given its port to another one.
#[derive(Default)]
struct Closed(Vec<(SocketAddr, Instant)>);

impl Closed {
    fn insert(&mut self, sender: Option<SocketAddr>) {
        self.0.extend(sender.map(|sender| (sender, Instant::now())));
    }

    fn contains(&mut self, sender: Option<SocketAddr>) -> bool {
        self.0.retain(|(_, since)| since.elapsed() < Duration::from_mins(1));
        self.0.iter().any(|(closed, _)| Some(*closed) == sender)
    }
}

const HEADERS: [(&str, &str); 6] = [
    ("Server", "ayni"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; \
         object-src 'none'",
    ),
];

fn text(status: u16, text: &str) -> Response {
    let body = format!("{text}\n").into_bytes();
    Response { status, content_type: "text/plain; charset=utf-8", body }
}

fn refuse(request: Request, refusal: &Refusal) {
    /// `tiny_http` drops the rest of a body by making room for all of it, as long as it claims to be.
    const ABSURD: usize = 1 << 30;
    if request.body_length().is_some_and(|length| length > ABSURD) {
        // Never dropped, never answered: the connection stays as it is until the client leaves.
        return std::mem::forget(request);
    }
    let mut headers = Vec::new();
    if refusal.status == 405 {
        headers.push(("Allow", "GET, HEAD"));
    }
    if refusal.close {
        // tiny_http keeps `Connection` for itself, but not behind another header.
        headers.push(("Vary", "*\r\nConnection: close"));
    }
    respond(request, text(refusal.status, refusal.why), &headers);
}

fn respond(request: Request, response: Response, headers: &[(&str, &str)]) {
    let Response { status, content_type, body } = response;
    let typed = [("Content-Type", content_type)];
    let headers = typed.iter().chain(&HEADERS).chain(headers);
    let headers = headers.filter_map(|(name, value)| Header::from_bytes(*name, *value).ok());
    let length = Some(body.len());
    let response = tiny_http::Response::new(
        StatusCode(status),
        headers.collect(),
        Cursor::new(body),
        length,
        None,
    );
    let response = response.with_chunked_threshold(usize::MAX);
    // All in one piece: of two, the second would wait until the client has acknowledged the first.
    let mut answer = Vec::new();
    let (version, is_head) = (request.http_version().clone(), *request.method() == Method::Head);
    let printed = response.raw_print(&mut answer, version, request.headers(), is_head, None);
    let mut to = request.into_writer();
    // An error means that the client has gone.
    let _ = printed.and_then(|()| to.write_all(&answer)).and_then(|()| to.flush());
}

#[cfg(test)]
mod tests;
