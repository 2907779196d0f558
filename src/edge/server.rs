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
//! - Every path that is not spelled in the one way the site's own links spell it.
//!
//! Each request and each listener has a thread of its own, so a slow client or a page that takes
//! long holds up nobody else. A panic while answering costs that one request, which gets an empty
//! 500.

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

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status, such as 200.
    pub status: u16,
    /// The media type, such as `text/html; charset=utf-8`.
    pub content_type: &'static str,
    /// The content.
    pub body: Vec<u8>,
}

/// Where the server listens, always on 127.0.0.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// On this port, or not at all; 0 stands for any free one.
    Exactly(u16),
    /// On this port or, where it is taken, on one of the next twenty.
    From(u16),
}

/// A server that runs until it is stopped or dropped.
pub struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
    reception: Option<JoinHandle<()>>,
}

/// Starts to serve what `answer` returns.
///
/// `answer` is given a path as a page's output has it: decoded, without the first slash, empty for
/// the home page, such as `coops/agaric/` or `style.css`. For `None` the server redirects to the
/// path with a slash if that has an answer, else it sends what `404.html` has, with status 404.
///
/// Pages listen at `/.ayni/events` for the events of [`Server::reload`].
pub fn start(
    port: Port,
    answer: impl Fn(&str) -> Option<Response> + Send + Sync + 'static,
) -> Result<Server> {
    start_with(port, Duration::from_secs(15), Box::new(answer))
}

impl Server {
    /// The address the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the home page, to show or to open.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Sends the event `reload` with this message to every open page.
    ///
    /// A page that begins to listen later gets the last message at once, as the event `latest`
    /// (empty if there was none), and can tell by it whether it is out of date.
    pub fn reload(&self, message: &str) {
        let mut listeners = self.shared.listeners();
        message.clone_into(&mut listeners.latest);
        let event = event("reload", message);
        listeners.open.retain(|_, listener| listener.send(event.clone()).is_ok());
    }

    /// Stops to listen and ends the streams of all listeners.
    pub fn stop(self) {}
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        self.shared.listeners().open.clear();
        self.shared.http().iter().for_each(|http| http.unblock());
        // A panic there has been reported where it happened.
        let _ = self.reception.take().map(JoinHandle::join);
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

/// Why a request is not answered with a page.
#[derive(Debug, PartialEq, Eq)]
struct Refusal {
    status: u16,
    why: &'static str,
    /// Whether nothing more may be read from the connection.
    close: bool,
}

fn start_with(port: Port, heartbeat: Duration, answer: Answer) -> Result<Server> {
    let listener = listen(port)?;
    let address = listener.local_addr().context("cannot tell the port of the dev server")?;
    let http = serve_on(&listener).context("cannot start the dev server")?;
    let shared = Arc::new(Shared {
        answer,
        http: Mutex::new(Some(http)),
        listeners: Mutex::default(),
        heartbeat,
        stopping: AtomicBool::new(false),
    });
    let reception = thread::Builder::new()
        .name("dev server".to_owned())
        .spawn({
            let shared = Arc::clone(&shared);
            move || shared.receive(&listener)
        })
        .context("cannot start a thread for the dev server")?;
    Ok(Server { shared, address, reception: Some(reception) })
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

/// Looks at everything but the path.
fn check_head(method: &Method, headers: &[Header]) -> Option<Refusal> {
    let all = |name: &'static str| -> Vec<&str> {
        let named = headers.iter().filter(|header| header.field.equiv(name));
        named.map(|header| header.value.as_str()).collect()
    };
    let refusal = |status, why, close| Some(Refusal { status, why, close });
    if !all("Transfer-Encoding").is_empty() {
        return refusal(400, "The dev server takes no request with a Transfer-Encoding.", true);
    }
    match all("Content-Length").as_slice() {
        [] => {}
        [length] if !length.is_empty() && length.bytes().all(|byte| byte == b'0') => {}
        [length] if !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit()) => {
            return refusal(413, "The dev server takes no request with a body.", true);
        }
        _ => return refusal(400, "The length of this request cannot be told.", true),
    }
    match all("Host").as_slice() {
        [host] if is_this_computer(host) => {}
        [_] => {
            let why = "The dev server answers only on the computer it runs on, as localhost or \
                       127.0.0.1, and not under another name. To show the site to others, build it.";
            return refusal(403, why, false);
        }
        _ => return refusal(400, "A request must have exactly one Host.", true),
    }
    match method {
        Method::Get | Method::Head => None,
        _ => refusal(405, "The dev server only shows pages.", false),
    }
}

/// Any port will do: it may be forwarded from another computer.
fn is_this_computer(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The path of a request as an output has it, if it is spelled as a link to that would be.
fn canonical(target: &str) -> Result<String, Refusal> {
    let refuse = |status, why| Err(Refusal { status, why, close: false });
    let bad = || refuse(400, "This address is not spelled as addresses are.");
    let nothing = || refuse(404, "There is no such page.");
    let path = target.split('?').next().unwrap_or(target);
    let printable = target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    let Some(path) = path.strip_prefix('/').filter(|_| printable) else { return bad() };
    let mut parts = path.split('%');
    let mut decoded = parts.next().unwrap_or(path).as_bytes().to_vec();
    for part in parts {
        let Some((digits, rest)) = part.split_at_checked(2) else { return bad() };
        match u8::from_str_radix(digits, 16) {
            Ok(b'/') => return nothing(),
            Ok(byte) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => decoded.push(byte),
            _ => return bad(),
        }
        decoded.extend(rest.as_bytes());
    }
    let Ok(decoded) = String::from_utf8(decoded) else { return bad() };
    let folders = decoded.strip_suffix('/').unwrap_or(&decoded);
    let strange = |part: &str| matches!(part, "" | "." | "..");
    if decoded.contains(|c: char| c == '\\' || c.is_control())
        || (!decoded.is_empty() && folders.split('/').any(strange))
    {
        return nothing();
    }
    Ok(decoded)
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
    // An error means that the client has gone.
    let _ = request.respond(response.with_chunked_threshold(usize::MAX));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Read};
    use std::net::Shutdown;

    fn page(path: &str) -> Option<Response> {
        let content_type = "text/html; charset=utf-8";
        let body = match path {
            "" => b"home".to_vec(),
            "coops/agaric/" => b"Agaric".to_vec(),
            "coops/caf\u{e9} 1/" => b"coffee".to_vec(),
            "large.js" => vec![b'x'; 20_000_000],
            "404.html" => b"nothing here".to_vec(),
            "panic" => panic!("asked to"),
            _ => return None,
        };
        Some(Response { status: 200, content_type, body })
    }

    fn server() -> Server {
        start_with(Port::Exactly(0), Duration::from_millis(20), Box::new(page)).unwrap()
    }

    fn connect(server: &Server) -> TcpStream {
        let stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// All that comes back for these bytes until the connection ends.
    fn send(server: &Server, request: &str) -> String {
        let mut stream = connect(server);
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    fn get(server: &Server, target: &str) -> String {
        send(server, &format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    }

    fn status(answer: &str) -> u16 {
        answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
    }

    #[test]
    fn a_page_comes_with_its_type_and_length_and_strict_headers() {
        let answer = get(&server(), "/coops/agaric/?from=home");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\nAgaric"), "{answer}");
        for header in [
            "Content-Type: text/html; charset=utf-8",
            "Content-Length: 6",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Cross-Origin-Resource-Policy: same-origin",
            "Content-Security-Policy: default-src 'self'; base-uri 'none'; \
             frame-ancestors 'none'; form-action 'self'; object-src 'none'",
        ] {
            assert!(answer.contains(&format!("\r\n{header}\r\n")), "{header}: {answer}");
        }
    }

    #[test]
    fn head_has_the_length_and_no_body() {
        let server = server();
        for (target, length) in [("/", 4), ("/large.js", 20_000_000)] {
            let answer = send(&server, &format!("HEAD {target} HTTP/1.1\r\nHost: [::1]\r\n\r\n"));
            assert_eq!(status(&answer), 200);
            assert!(answer.contains(&format!("\r\nContent-Length: {length}\r\n")), "{answer}");
            assert!(answer.ends_with("\r\n\r\n"), "{answer}");
        }
        let events = send(&server, "HEAD /.ayni/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert!(events.contains("text/event-stream"), "{events}");
    }

    #[test]
    fn a_path_has_one_spelling() {
        let server = server();
        for (target, expected) in [
            ("/", 200),
            ("/coops/agaric/", 200),
            ("/coops/caf%C3%A9%201/", 200),
            ("/%63oops/agaric/", 200),
            ("/nowhere", 404),
            ("/nowhere/", 404),
            ("//", 404),
            ("//coops/agaric/", 404),
            ("/coops//agaric/", 404),
            ("/coops/agaric//", 404),
            ("/coops/../coops/agaric/", 404),
            ("/coops/%2e%2E/coops/agaric/", 404),
            ("/./", 404),
            ("/..", 404),
            ("/coops%2Fagaric/", 404),
            ("/coops%5Cagaric/", 404),
            ("/coops\\agaric/", 404),
            ("/coops/agaric/%00", 404),
            ("/%0A", 404),
            ("/%", 400),
            ("/%4", 400),
            ("/%zz", 400),
            ("/%+f", 400),
            ("/%FF", 400),
            ("/caf%E9", 400),
            ("/#top", 400),
            ("coops/agaric/", 400),
            ("http://localhost/", 400),
            ("*", 400),
        ] {
            assert_eq!(status(&get(&server, target)), expected, "{target}");
        }
    }

    #[test]
    fn an_unknown_path_gets_the_sites_own_404() {
        let answer = get(&server(), "/nowhere/");
        assert!(answer.starts_with("HTTP/1.1 404 Not Found\r\n"), "{answer}");
        assert!(answer.ends_with("nothing here"), "{answer}");
    }

    #[test]
    fn a_folder_without_its_slash_redirects() {
        let server = server();
        for (target, to) in [
            ("/coops/agaric", "/coops/agaric/"),
            ("/coops/agaric?a=b/c", "/coops/agaric/?a=b/c"),
            ("/coops/caf%C3%A9%201", "/coops/caf%C3%A9%201/"),
        ] {
            let answer = get(&server, target);
            assert_eq!(status(&answer), 308, "{target}");
            assert!(answer.contains(&format!("\r\nLocation: {to}\r\n")), "{answer}");
        }
    }

    #[test]
    fn only_this_computer_is_served() {
        let server = server();
        for (host, expected) in [
            ("Host: localhost", 200),
            ("Host: LocalHost:4300", 200),
            ("Host: 127.0.0.1", 200),
            ("Host: 127.0.0.1:1", 200),
            ("Host: [::1]", 200),
            ("Host: [::1]:4300", 200),
            ("Host: coops.example", 403),
            ("Host: localhost.coops.example", 403),
            ("Host: localhost:coops.example", 403),
            ("Host: localhost:", 403),
            ("Host: 127.0.0.1@coops.example", 403),
            ("Host: ", 403),
            ("Host: localhost\r\nHost: localhost", 400),
            ("X-Forwarded-Host: localhost", 400),
        ] {
            let answer = send(&server, &format!("GET / HTTP/1.1\r\n{host}\r\n\r\n"));
            assert_eq!(status(&answer), expected, "{host}");
        }
        let answer = send(&server, "GET / HTTP/1.1\r\nHost: coops.example\r\n\r\n");
        assert!(answer.contains("The dev server answers only on the computer it runs on"));
    }

    #[test]
    fn only_get_and_head_are_answered() {
        let server = server();
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get"] {
            let answer = send(&server, &format!("{method} / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assert_eq!(status(&answer), 405, "{method}");
            assert!(answer.contains("\r\nAllow: GET, HEAD\r\n"), "{answer}");
        }
    }

    #[test]
    fn a_request_with_a_body_is_refused_and_nothing_after_it_is_answered() {
        let server = server();
        let next = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        let long = format!("Content-Length: 3000\r\n\r\n{}", "x".repeat(3000));
        for (head_and_body, expected) in [
            ("Content-Length: 0\r\n\r\n", 200),
            ("Content-Length: 5\r\n\r\nhello", 413),
            ("Content-Length: 000005\r\n\r\nhello", 413),
            (&long, 413),
            ("Content-Length: +5\r\n\r\nhello", 400),
            ("Content-Length: 5, 5\r\n\r\n", 400),
            ("Content-Length: -1\r\n\r\n", 400),
            ("Content-Length: \r\n\r\n", 400),
            ("Content-Length: 0\r\nContent-Length: 5\r\n\r\n", 400),
            ("Content-Length: 99999999999999999999999999\r\n\r\n", 413),
            ("Transfer-Encoding: chunked\r\n\r\n", 400),
            ("transfer-encoding: identity\r\n\r\n", 400),
            ("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400),
        ] {
            for method in ["GET", "POST"] {
                let request = format!("{method} / HTTP/1.1\r\nHost: localhost\r\n{head_and_body}");
                let answer = send(&server, &format!("{request}{next}"));
                let refused = expected != 200;
                let expected = if !refused && method == "POST" { 405 } else { expected };
                assert_eq!(status(&answer), expected, "{request}");
                assert_eq!(answer.contains("\r\nConnection: close\r\n"), refused, "{request}");
                assert_eq!(
                    answer.matches("HTTP/1.1 ").count(),
                    2 - usize::from(refused),
                    "{answer}"
                );
            }
        }
    }

    #[test]
    fn a_refused_body_is_not_waited_for() {
        let server = server();
        let mut stream = connect(&server);
        let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line).unwrap();
        assert_eq!(status(&line), 413);
        let absurd = head.replace("5000", &usize::MAX.to_string());
        connect(&server).write_all(absurd.as_bytes()).unwrap();
        assert_eq!(status(&get(&server, "/")), 200);
    }

    #[test]
    fn forty_clients_are_answered_while_others_are_slow() {
        let server = server();
        let mut half = connect(&server);
        half.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
        let lazy: Vec<TcpStream> = (0..8)
            .map(|_| {
                let mut stream = connect(&server);
                stream.write_all(b"GET /large.js HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
                stream
            })
            .collect();
        thread::scope(|scope| {
            for _ in 0..40 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        assert!(get(&server, "/coops/agaric/").ends_with("Agaric"));
                    }
                });
            }
        });
        drop(lazy);
        half.write_all(b"st: localhost\r\n\r\n").unwrap();
        half.shutdown(Shutdown::Write).unwrap();
        let mut answer = String::new();
        half.read_to_string(&mut answer).unwrap();
        assert!(answer.ends_with("home"), "{answer}");
    }

    #[test]
    fn a_connection_serves_several_requests() {
        let server = server();
        let one = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assert_eq!(send(&server, &one.repeat(3)).matches("\r\n\r\nhome").count(), 3);
    }

    #[test]
    fn a_panic_costs_one_request() {
        let server = server();
        for _ in 0..8 {
            assert_eq!(status(&get(&server, "/panic")), 500);
        }
        assert_eq!(status(&get(&server, "/")), 200);
    }

    fn listener(server: &Server, version: &str) -> BufReader<TcpStream> {
        let mut stream = connect(server);
        let request = format!("GET /.ayni/events {version}\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        BufReader::new(stream)
    }

    /// The stream up to and including this line.
    fn read_until(stream: &mut BufReader<TcpStream>, end: &str) -> String {
        let mut seen = String::new();
        loop {
            let mut line = String::new();
            assert!(stream.read_line(&mut line).unwrap() > 0, "ended after {seen}");
            seen += &line;
            if line.trim_end() == end {
                return seen;
            }
        }
    }

    #[test]
    fn open_pages_are_told_to_reload() {
        let server = server();
        let mut listeners: Vec<_> = (0..30).map(|_| listener(&server, "HTTP/1.1")).collect();
        for listener in &mut listeners {
            let head = read_until(listener, "event: latest");
            assert!(head.contains("\r\nContent-Type: text/event-stream\r\n"), "{head}");
            assert!(head.contains("\r\nX-Content-Type-Options: nosniff\r\n"), "{head}");
        }
        server.reload("two\r\nlines");
        for listener in &mut listeners {
            let seen = read_until(listener, "data: lines");
            assert!(seen.contains("event: reload\ndata: two\ndata: lines\n"), "{seen}");
        }
        let mut late = listener(&server, "HTTP/1.0");
        read_until(&mut late, "event: latest");
        assert_eq!(read_until(&mut late, "data: lines"), "data: two\ndata: lines\n");
        server.reload("again");
        read_until(&mut late, "data: again");
    }

    #[test]
    fn a_listener_is_kept_alive_and_forgotten_when_it_is_gone() {
        let server = server();
        let mut listener = listener(&server, "HTTP/1.1");
        read_until(&mut listener, ": still here");
        assert_eq!(server.shared.listeners().open.len(), 1);
        drop(listener);
        let begun = Instant::now();
        while !server.shared.listeners().open.is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(20));
            thread::yield_now();
        }
    }

    #[test]
    fn stopping_ends_every_stream_and_frees_the_port() {
        let server = server();
        let address = server.address();
        let mut old = listener(&server, "HTTP/1.0");
        let mut new = listener(&server, "HTTP/1.1");
        for listener in [&mut old, &mut new] {
            read_until(listener, "event: latest");
        }
        server.stop();
        old.read_to_string(&mut String::new()).unwrap();
        read_until(&mut new, "0");
        let begun = Instant::now();
        while TcpListener::bind(address).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20));
            thread::yield_now();
        }
    }

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_asked_for() {
        let taken = server().address().port();
        let first = start(Port::From(taken), page).unwrap();
        let second = start(Port::From(first.address().port()), page).unwrap();
        assert_ne!(first.address(), second.address());
        assert!(first.address().ip().is_loopback());
        assert_eq!(second.url(), format!("http://127.0.0.1:{}/", second.address().port()));
        let port = second.address().port();
        let error = start(Port::Exactly(port), page).err().unwrap().to_string();
        assert_eq!(error, format!("port {port} is in use by another program; choose another one"));
    }
}
