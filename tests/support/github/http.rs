//! HTTP of the mock: one request a connection, each in a thread of its own.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, atomic::Ordering},
};

use super::{Fault, READER, Shared, answer::Answer};

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// GET, POST and so on.
    pub(crate) method: String,
    /// The path without the host, such as `/repos/o/r/releases`.
    pub(crate) path: String,
    /// What stands behind the path, decoded.
    pub(crate) query: BTreeMap<String, String>,
    /// Whether the token may write.
    pub(crate) may_write: bool,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// For logs: the method and the path below the repository.
    pub(crate) fn short(&self) -> String {
        let path = self.path.trim_start_matches("/repos/o/r/");
        let name = self.query.get("name").map(|name| format!(" {name}")).unwrap_or_default();
        format!("{} {path}{name}", self.method)
    }
}

/// Answers until the server is over.
pub(super) fn serve(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.is_over.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            // A client that is killed ends its connection at any place: no reason to fail here.
            drop(answer(stream, &shared));
        });
    }
}

fn answer(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let Some(request) = read(&mut BufReader::new(stream.try_clone()?))? else { return Ok(()) };
    let number = {
        let mut seen = shared.seen.lock().unwrap();
        seen.push(request.short());
        seen.len()
    };
    let gate = Arc::clone(&shared.gate.lock().unwrap());
    gate(&request);
    let fault = (shared.faults.lock().unwrap())(number, &request);
    let answer = match fault {
        Fault::CutBefore => return Ok(()),
        Fault::Status(status) => Answer::message(status, "out of order"),
        Fault::None | Fault::CutAfter => shared.state.lock().unwrap().answer(&request),
    };
    if fault == Fault::CutAfter {
        return Ok(());
    }
    write(&mut stream, &request, &answer)
}

fn read(stream: &mut impl BufRead) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let mut words = line.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let body = if headers.get("transfer-encoding").is_some_and(|value| value == "chunked") {
        read_chunks(stream)?
    } else {
        let length = headers.get("content-length").map_or(0, |value| value.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        body
    };
    let target = target.strip_prefix("http://").map_or(target, |rest| &rest[rest.find('/').unwrap_or(rest.len())..]);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = query.split('&').filter_map(|pair| pair.split_once('='));
    Ok(Some(Request {
        method: method.to_owned(),
        path: decoded(path),
        query: query.map(|(key, value)| (decoded(key), decoded(value))).collect(),
        may_write: headers.get("authorization").is_some_and(|value| !value.ends_with(READER)),
        body,
    }))
}

fn read_chunks(stream: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim_end(), 16).unwrap();
        stream.take(length as u64).read_to_end(&mut body)?;
        stream.read_line(&mut String::new())?;
        if length == 0 {
            return Ok(body);
        }
    }
}

/// A text with `%2B` and the like as what they stand for.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn write(stream: &mut TcpStream, request: &Request, answer: &Answer) -> std::io::Result<()> {
    let mut head = format!(
        "HTTP/1.1 {} X\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n",
        answer.status,
        answer.content_type,
        answer.body.len()
    );
    if let Some(page) = answer.next_page {
        let mut query = request.query.clone();
        query.insert("page".to_owned(), page.to_string());
        let query: Vec<_> = query.iter().map(|(key, value)| format!("{key}={}", value.replace('>', "%3E"))).collect();
        head += &format!("Link: <http://api.github.localhost{}?{}>; rel=\"next\"\r\n", request.path, query.join("&"));
    }
    stream.write_all(head.as_bytes())?;
    stream.write_all(b"\r\n")?;
    stream.write_all(&answer.body)
}
