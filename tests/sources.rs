//! The manifest names for each file the spec files that it is made from: none may be missing, or drift has a wrong cause.

use std::collections::BTreeMap;

use ghagen::{compile, emit::manifest, project, spec::Files};

use crate::support::repository;

/// What is made of a spec: by path the bytes, and the spec files that the manifest names.
fn made(files: &Files) -> Option<BTreeMap<String, (Vec<u8>, Vec<String>)>> {
    let artifacts = compile::compile(files).unwrap().made?.artifacts;
    let manifest = artifacts.iter().find(|artifact| artifact.path == manifest::PATH).unwrap();
    let records = manifest::read(&manifest.bytes).records;
    let entry = |(path, record): (String, manifest::Record)| {
        let artifact = artifacts.iter().find(|artifact| artifact.path == path).unwrap();
        (path, (artifact.bytes.clone(), record.sources))
    };
    Some(records.into_iter().map(entry).collect())
}

/// A line that means something else, where the line is of a kind that can be changed without knowing the spec.
fn changed(line: &str) -> Option<String> {
    if let Some((before, commit)) = line.split_once("commit: ") {
        // What starts with a digit stands in quotes.
        let (quote, digits) = commit.split_at(usize::from(commit.starts_with('"')));
        let flipped = if digits.starts_with('0') { '1' } else { '0' };
        return Some(format!("{before}commit: {quote}{flipped}{}", digits.get(1..)?));
    }
    let ends_plain = line.ends_with(|c: char| c.is_ascii_alphanumeric());
    let key = line.trim_start().split(' ').next()?;
    match key {
        "summary:" if ends_plain => Some(format!("{line} indeed")),
        "minimum_size:" => Some(format!("{line}0")),
        "-" if line.trim_start().starts_with("- --") && ends_plain => Some(format!("{line}-indeed")),
        _ => None,
    }
}

#[test]
fn every_file_that_matters_is_named() {
    let files = project::read_files(repository()).unwrap();
    let before = made(&files).unwrap();
    let mut told = 0;
    for (path, text) in &files.texts {
        let lines: Vec<String> = text.lines().map(|line| changed(line).unwrap_or_else(|| line.to_owned())).collect();
        let mut edited = files.clone();
        edited.texts.insert(path.clone(), format!("{}\n", lines.join("\n")));
        let Some(after) = made(&edited) else { panic!("{path} is no valid spec any more") };
        for (generated, (bytes, sources)) in &after {
            if before.get(generated).is_some_and(|(old, _)| old != bytes) {
                assert!(sources.contains(path), "{generated} changes with {path}, and names {sources:?} alone");
                told += 1;
            }
        }
    }
    assert!(told > files.texts.len(), "hardly anything changed: the test proves nothing");
}
