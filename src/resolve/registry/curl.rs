//! HTTP through the program `curl`: every machine that runs GitHub's jobs has it, with the machine's own certificates
//! and proxies, and it costs the build of ghagen neither a TLS stack nor a C compiler.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use fs_err as fs;

use super::RegistryError;
use super::address::Address;

/// Far more than any index has.
const LARGEST: &str = "4194304";

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The value of a header; its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Asks for an address, with these headers.
pub(super) fn get(address: &Address, url: &str, headers: &[String]) -> Result<Answer, RegistryError> {
    let folder = tempfile::Builder::new().prefix("ghagen-image-").tempdir()?;
    let (head, body) = (folder.path().join("head"), folder.path().join("body"));
    let protocols = if address.is_loopback { "=http,https" } else { "=https" };
    let mut curl = Command::new("curl");
    // First, or curl would read the settings of the user: one of them turns off the check of certificates.
    curl.arg("--disable")
        .args(["--silent", "--show-error", "--globoff", "--location", "--max-redirs", "3"])
        .args(["--proto", protocols, "--proto-redir", protocols])
        .args(["--connect-timeout", "20", "--max-time", "60", "--retry", "2", "--max-filesize", LARGEST])
        .args(["--write-out", "%{http_code}"])
        .arg("--dump-header")
        .arg(&head)
        .arg("--output")
        .arg(&body)
        // Headers come on standard input: a token among the arguments could be seen by others on this machine.
        .args(["--config", "-"]);
    if address.is_loopback {
        curl.args(["--noproxy", "*"]);
    }
    let mut child = curl
        .args(["--url", url])
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(RegistryError::NoCurl)?;
    if let Some(mut input) = child.stdin.take() {
        // If curl does not read to the end it says itself why.
        let _ = input.write_all(config(headers).as_bytes());
    }
    let output = child.wait_with_output().map_err(RegistryError::NoCurl)?;
    if !output.status.success() {
        // Each attempt leaves a line; they say the same.
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().last().unwrap_or("curl did not say why");
        return Err(RegistryError::Unreachable(format!("{url}: {said}")));
    }
    let status = String::from_utf8_lossy(&output.stdout);
    let status = status.trim().parse().map_err(|_| RegistryError::Answer(format!("curl says `{status}`")))?;
    Ok(Answer { status, headers: parse(&fs::read(head)?), body: read(&body)? })
}

/// Without a body, curl writes no file.
fn read(body: &std::path::Path) -> io::Result<Vec<u8>> {
    match fs::read(body) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other,
    }
}

fn config(headers: &[String]) -> String {
    let quoted = |text: &String| text.replace('\\', "\\\\").replace('"', "\\\"");
    let lines: Vec<String> = headers.iter().map(|header| format!("header = \"{}\"\n", quoted(header))).collect();
    lines.concat()
}

/// The headers of the last answer: those of redirections and proxies come before it.
fn parse(head: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(head);
    let mut headers = Vec::new();
    for line in text.lines() {
        if line.starts_with("HTTP/") {
            headers.clear();
        } else if let Some((key, value)) = line.split_once(':') {
            headers.push((key.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_are_those_of_the_last_answer() {
        let head =
            b"HTTP/1.1 200 Connection established\r\nA: 1\r\n\r\nHTTP/2 401\r\nWWW-Authenticate: Bearer x:y\r\n\r\n";
        assert_eq!(parse(head), [("www-authenticate".to_owned(), "Bearer x:y".to_owned())]);
    }

    #[test]
    fn a_header_cannot_leave_its_quotes() {
        assert_eq!(config(&["A: \"\\".to_owned()]), "header = \"A: \\\"\\\\\"\n");
    }
}
