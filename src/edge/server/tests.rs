//! What server promises.

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
        "middle.css" => vec![b'x'; 5000],
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
            assert_eq!(answer.matches("HTTP/1.1 ").count(), 2 - usize::from(refused), "{answer}");
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
fn a_request_does_not_wait_for_what_belongs_to_the_one_before() {
    let server = server();
    let mut stream = BufReader::new(connect(&server));
    let mut took: Vec<Duration> = (0..9)
        .map(|_| {
            let begun = Instant::now();
            let request = "GET /middle.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
            stream.get_mut().write_all(request.as_bytes()).unwrap();
            let head = read_until(&mut stream, "");
            assert!(head.contains("\r\nContent-Length: 5000\r\n"), "{head}");
            stream.read_exact(&mut [0; 5000]).unwrap();
            begun.elapsed()
        })
        .collect();
    took.sort_unstable();
    // A client that has received a part acknowledges it after 40 ms.
    assert!(took[4] < Duration::from_millis(30), "{took:?}");
}

#[test]
fn a_head_without_end_is_not_kept() {
    let server = server();
    let start = "GET / HTTP/1.1\r\nHost: localhost\r\n";
    let longest = gate::LONGEST_HEAD_BYTES - start.len() - "X: \r\n\r\n".len();
    for (length, expected) in [(longest, 200), (longest + 1, 431)] {
        let answer = send(&server, &format!("{start}X: {}\r\n\r\n", "x".repeat(length)));
        assert_eq!(status(&answer), expected, "{length}");
    }
    for part in ["x", "X: y\r\n", "\n"] {
        let mut stream = connect(&server);
        stream.write_all(start.as_bytes()).unwrap();
        let piece = part.repeat(10_000);
        let begun = Instant::now();
        while stream.write_all(piece.as_bytes()).is_ok() {
            assert!(begun.elapsed() < Duration::from_secs(20), "{part:?} is read for ever");
        }
    }
    // What was asked for before is answered.
    let one = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let answer = send(&server, &format!("{one}{one}GET /{} HTTP/1.1\r\n", "x".repeat(40_000)));
    assert_eq!(answer.matches("\r\n\r\nhome").count(), 2, "{answer}");
    assert!(answer.contains("homeHTTP/1.1 431 Request Header Fields Too Large\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\nThe head of this request is too long.\n"), "{answer}");
    // A long body is none of its business.
    let post = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n{}",
        "x".repeat(90_000)
    );
    assert_eq!(status(&send(&server, &post)), 413);
    assert_eq!(status(&get(&server, "/")), 200);
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
    drop(server);
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
