//! A whole spec as one text, so that a fuzzer can change any file of it: each file stands behind a line `### PATH`.
//!
//! Takes up only the paths that the reader of project folders lets through.

use ghagen::spec::Files;

/// A small spec without a mistake. A bundle replaces files of it.
const BASE: [(&str, &str); 4] = [
    ("spec/ghagen.yaml", include_str!("../base/ghagen.yaml")),
    ("spec/ghagen.lock", include_str!("../base/ghagen.lock")),
    ("spec/tools/hello.yaml", include_str!("../base/tools/hello.yaml")),
    ("spec/components/hello.yaml", include_str!("../base/components/hello.yaml")),
];

const MARK: &str = "### ";

/// The small spec as it is.
pub fn base() -> Files {
    let texts = BASE.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    Files { texts, ..Files::default() }
}

/// The files of a bundle. One that brings a project of its own has nothing of the small spec but its lock.
pub fn files(bundle: &str) -> Files {
    let mut files = base();
    let mut given = Vec::new();
    for line in bundle.split_inclusive('\n') {
        match line.strip_prefix(MARK) {
            Some(path) => given.push((path.trim_end(), String::new())),
            None => given.last_mut().into_iter().for_each(|(_, text)| text.push_str(line)),
        }
    }
    if given.iter().any(|(path, _)| *path == "spec/ghagen.yaml") {
        files.texts.retain(|path, _| path == "spec/ghagen.lock");
    }
    for (path, text) in given.into_iter().filter(|(path, _)| is_possible(path)) {
        if path.starts_with("spec/files/") || path.starts_with("spec/patches/") {
            files.carried.insert(path.to_owned(), text.into_bytes());
        } else {
            files.texts.insert(path.to_owned(), text);
        }
    }
    files
}

/// Whether a file at this path could have been read from a project folder.
fn is_possible(path: &str) -> bool {
    let is_name = |name: &str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-+@~".contains(c);
        !matches!(name, "" | "." | "..") && name.chars().all(is_plain)
    };
    path.strip_prefix("spec/").is_some_and(|rest| rest.split('/').all(is_name))
}
