//! The examples of codes, which `ghagen explain` shows: each wrong one gives its code and no other, each right one gives nothing.
//!
//! An example changes the project of `tests/diagnostics/base`: its keys take the place of those there, and where both have keys below
//! one, only those count.

use std::collections::BTreeSet;

use ghagen::{
    compile::compile,
    diagnostic::{CODES, Example},
    project::read_files,
};

use crate::support::{Project, repository};

/// The parts of an example: the path of each file, and the text below it.
fn parts(example: &str) -> Vec<(&str, String)> {
    let mut parts: Vec<(&str, String)> = Vec::new();
    for line in example.lines() {
        match line.strip_prefix("# ").filter(|path| path.starts_with("spec/")) {
            Some(path) => parts.push((path, String::new())),
            None => parts.last_mut().expect("an example begins with a path").1.extend([line, "\n"]),
        }
    }
    parts
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The key in front of a line of a block mapping.
fn key(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let key = line.split_once(": ").map_or_else(|| line.strip_suffix(':'), |(key, _)| Some(key));
    key.filter(|key| !key.starts_with(['-', '#']))
}

/// The entries of a block mapping, each with all of its lines; `None` where it is something else.
fn entries<'t>(lines: &[&'t str]) -> Option<Vec<(&'t str, Vec<&'t str>)>> {
    let depth = indent(lines.iter().find(|line| !line.is_empty())?);
    let mut entries: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        if line.is_empty() || indent(line) > depth || line.trim_start().starts_with('#') {
            entries.last_mut()?.1.push(line);
        } else {
            entries.push((key(line)?, vec![line]));
        }
    }
    Some(entries)
}

/// Lines of a block mapping with others over them.
fn merged<'t>(base: &[&'t str], change: &[&'t str]) -> Vec<&'t str> {
    let (Some(base), Some(change)) = (entries(base), entries(change)) else { return change.to_vec() };
    let mut lines = Vec::new();
    for (key, old) in &base {
        let new: Vec<&Vec<&str>> = change.iter().filter(|(other, _)| other == key).map(|(_, lines)| lines).collect();
        match new.as_slice() {
            [] => lines.extend(old),
            [only] if only.len() > 1 && old.len() > 1 && only[0].ends_with(':') && old[0].ends_with(':') => {
                lines.push(old[0]);
                lines.extend(merged(&old[1..], &only[1..]));
            }
            several => lines.extend(several.iter().copied().flatten()),
        }
    }
    let is_new = |key: &&str| base.iter().all(|(other, _)| other != key);
    lines.extend(change.iter().filter(|(key, _)| is_new(key)).flat_map(|(_, lines)| lines));
    lines
}

/// The codes of what is said about the base with an example over it.
fn said(example: &str) -> BTreeSet<String> {
    let project = Project::copy_of("tests/diagnostics/base");
    for (path, part) in parts(example) {
        let old = if project.root().join(path).exists() { project.read(path) } else { String::new() };
        let lines = merged(&old.lines().collect::<Vec<_>>(), &part.lines().collect::<Vec<_>>());
        project.write(path, &(lines.join("\n") + "\n"));
    }
    let files = read_files(project.root()).unwrap();
    compile(&files).unwrap().diagnostics.iter().map(|found| found.code.to_string()).collect()
}

#[test]
fn each_example_shows_its_code_and_no_other() {
    let mut shown = 0;
    let mut wrongs = Vec::new();
    for known in CODES {
        let Example::Snippets { wrong, right } = known.example else { continue };
        shown += 1;
        let code = known.code.to_string();
        let found = [wrong, right].map(said);
        if found != [BTreeSet::from([code.clone()]), BTreeSet::new()] {
            wrongs.push(format!("{code}: the wrong one gives {:?}, the right one {:?}", found[0], found[1]));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    assert!(shown > 40, "only {shown} examples");
}

#[test]
fn every_file_of_examples_is_shown() {
    let folder = repository().join("src/diagnostic/examples");
    let files: BTreeSet<String> =
        fs_err::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    let named = CODES.iter().filter(|known| matches!(known.example, Example::Snippets { .. }));
    let named = named.flat_map(|known| ["wrong", "right"].map(|which| format!("{}.{which}.yaml", known.code)));
    assert_eq!(files, named.collect());
}

#[test]
fn a_code_without_an_example_says_why() {
    for known in CODES {
        match known.example {
            Example::Snippets { .. } => {}
            // Whoever explains it goes on with these words.
            Example::None(reason) => assert!(reason.len() > 10 && !reason.ends_with('.'), "{}: {reason}", known.code),
        }
    }
}

#[test]
fn examples_change_what_they_name() {
    let base = ["a: 1", "b:", "  c: 2", "  d:", "    - 3", "e: 4"];
    let over = |change: &[&'static str]| merged(&base, change).join("|");
    assert_eq!(over(&["a: 5"]), "a: 5|b:|  c: 2|  d:|    - 3|e: 4");
    assert_eq!(over(&["a: 5", "a: 6"]), "a: 5|a: 6|b:|  c: 2|  d:|    - 3|e: 4");
    assert_eq!(over(&["b:", "  d:", "    - 7", "f: 8"]), "a: 1|b:|  c: 2|  d:|    - 7|e: 4|f: 8");
    assert_eq!(over(&["b: {c: 9}"]), "a: 1|b: {c: 9}|e: 4");
}
