//! `generated/manifest.json`: what every other generated file was, and what it was made from.
//!
//! By it a later run tells without git why a file differs. One entry a line, so that branches merge. Each line ends in a
//! seal over the rest of it, so that a line that somebody changed is told from one that is merely older.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::json::Document;
use super::{Artifact, hash, header};

/// Where the manifest is.
pub const PATH: &str = "generated/manifest.json";

const SCHEMA_VERSION: u64 = 1;

/// What the manifest says of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The hash of its bytes.
    pub sha256: String,
    /// The hash of what the files say that it is made from.
    pub inputs: String,
    /// Whether it is executable.
    pub executable: bool,
    /// The files that it is made from, sorted.
    pub sources: Vec<String>,
}

/// A manifest of this version of the format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The version of the program that wrote it.
    pub version: String,
    /// The hash of that program's templates.
    pub templates: String,
    /// The generated files by path, without the manifest.
    pub files: BTreeMap<String, Record>,
}

/// What can be learned from the bytes of a manifest, whatever was done to them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The version that it names, if it names one.
    pub version: Option<String>,
    /// The hash of the templates that it names, if it names one.
    pub templates: Option<String>,
    /// The paths that it lists.
    pub listed: BTreeSet<String>,
    /// The lines that are as they were written.
    pub records: BTreeMap<String, Record>,
    /// Whether all of it is as it was written, but for version and templates, which nothing seals.
    pub is_intact: bool,
}

impl Manifest {
    /// The manifest as a file.
    pub fn artifact(&self) -> Artifact {
        let bytes = self.text().into_bytes();
        Artifact { path: PATH.to_owned(), bytes, executable: false, files: BTreeSet::new(), origins: Vec::new() }
    }

    fn text(&self) -> String {
        // No list of files here: every line below says its own, and this one shall never stand in the way of a merge.
        let header = header::lines(["all files under spec"]).join(" ");
        let document = Document::new()
            .key(header::JSON_KEY, &Value::from(header))
            .key("schema_version", &Value::from(SCHEMA_VERSION))
            .key("generator", &json!({"version": self.version, "templates": self.templates}))
            .entries("files", self.files.iter().map(|(path, record)| (path.as_str(), record.to_json(path))));
        document.end().0
    }
}

impl Record {
    fn to_json(&self, path: &str) -> Value {
        json!({
            "sha256": self.sha256,
            "inputs": self.inputs,
            "executable": self.executable,
            "sources": self.sources,
            "seal": self.seal(path),
        })
    }

    fn seal(&self, path: &str) -> String {
        let executable = if self.executable { "yes" } else { "no" };
        let sources = self.sources.join("\n");
        let parts = [
            ("path", path),
            ("sha256", &self.sha256),
            ("inputs", &self.inputs),
            ("executable", executable),
            ("sources", &sources),
        ];
        let mut seal = hash::of_texts(parts);
        seal.truncate(16);
        seal
    }

    /// The record of a line, if its seal fits.
    fn of(path: &str, line: &Value) -> Option<Self> {
        let text = |key: &str| line.get(key)?.as_str().map(ToOwned::to_owned);
        let sources = line.get("sources")?.as_array()?;
        let record = Self {
            sha256: text("sha256")?,
            inputs: text("inputs")?,
            executable: line.get("executable")?.as_bool()?,
            sources: sources.iter().map(|it| it.as_str().map(ToOwned::to_owned)).collect::<Option<_>>()?,
        };
        (text("seal")? == record.seal(path)).then_some(record)
    }
}

/// Reads the bytes of a manifest. Never fails: what cannot be read is not found.
pub fn read(bytes: &[u8]) -> Found {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return Found::default() };
    let generator = |key: &str| value.get("generator")?.get(key)?.as_str().map(ToOwned::to_owned);
    let (version, templates) = (generator("version"), generator("templates"));
    let lines: Vec<_> = value.get("files").and_then(Value::as_object).into_iter().flatten().collect();
    let listed = lines.iter().map(|(path, _)| (*path).clone()).collect();
    let records: BTreeMap<String, Record> =
        lines.iter().filter_map(|(path, line)| Some(((*path).clone(), Record::of(path, line)?))).collect();
    let is_intact = version.clone().zip(templates.clone()).is_some_and(|(version, templates)| {
        Manifest { version, templates, files: records.clone() }.text().as_bytes() == bytes
    });
    Found { version, templates, listed, records, is_intact }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let record = |name: &str| Record {
            sha256: hash::of_bytes(name.as_bytes()),
            inputs: hash::of_bytes(b"spec"),
            executable: name == "b",
            sources: vec!["spec/ghagen.yaml".to_owned()],
        };
        let files = ["a", "b", "c"].map(|name| (format!("generated/{name}"), record(name))).into();
        Manifest { version: "1.2.3".to_owned(), templates: hash::of_texts([]), files }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let manifest = manifest();
        let found = read(&manifest.artifact().bytes);
        assert!(found.is_intact);
        assert_eq!((found.version, found.templates), (Some(manifest.version), Some(manifest.templates)));
        assert_eq!(found.records, manifest.files);
    }

    #[test]
    fn each_file_has_a_line_of_its_own() {
        let text = manifest().text();
        assert_eq!(text.lines().filter(|line| line.contains("\"seal\"")).count(), 3);
        assert!(text.ends_with("}\n"));
    }

    #[test]
    fn no_changed_byte_of_a_line_goes_unseen() {
        let bytes = manifest().artifact().bytes;
        let text = String::from_utf8(bytes.clone()).unwrap();
        let line_start = text.find("    \"generated/b\"").unwrap();
        let line_end = line_start + text[line_start..].find('\n').unwrap();
        for position in line_start..line_end {
            let mut bytes = bytes.clone();
            bytes[position] ^= 1;
            assert!(!read(&bytes).is_intact, "{position}");
        }
    }

    #[test]
    fn the_other_lines_still_count() {
        let text = manifest().text().replacen("\"executable\": true", "\"executable\": false", 1);
        let found = read(text.as_bytes());
        assert!(!found.is_intact);
        assert_eq!(found.records.keys().collect::<Vec<_>>(), ["generated/a", "generated/c"]);
        assert!(found.listed.contains("generated/b"));
    }

    #[test]
    fn anything_can_be_read() {
        for bytes in [&b""[..], b"{", b"[]", b"{\"files\": 1, \"generator\": []}", b"\xff"] {
            assert!(!read(bytes).is_intact);
        }
        let other = manifest().text().replace("1.2.3", "9.9.9");
        assert_eq!(read(other.as_bytes()).version.as_deref(), Some("9.9.9"));
        assert!(read(other.as_bytes()).is_intact);
    }
}
