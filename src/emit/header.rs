//! The header of generated files: made by ghagen, from what, and how to change it. By it, a file is known as ours.
//!
//! Holds no version, so that a new one changes no file without need.

/// What every header says, and no file that is not ours.
pub const MARK: &str = "Made by ghagen from ";

/// What its second part says.
const CHANGE: &str = "Do not edit: ";

/// The key that holds the header in JSON files, where nothing else is asked for.
pub const JSON_KEY: &str = "_generated";

/// So far into a file its header has begun: behind a first line such as `#!/usr/bin/env bash`.
const BEGINS_WITHIN: usize = 400;

/// More files than these are counted rather than named.
const NAMED: usize = 4;

/// The header of a file that is made from these spec files; without any, from what ghagen itself knows.
pub fn lines<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut paths: Vec<&str> = paths.into_iter().collect();
    // The most particular first: it is where a reader has to look.
    paths.sort_by_key(|path| (rank(path), *path));
    let from = if paths.is_empty() { "the language of its spec".to_owned() } else { list(&names(&paths)) };
    let change = if paths.is_empty() { "update ghagen" } else { "change the spec" };
    vec![format!("{MARK}{from}."), format!("{CHANGE}{change}, then run `ghagen generate`.")]
}

/// Whether a file carries the header.
pub fn is_marked(bytes: &[u8]) -> bool {
    let end = bytes.len().min(BEGINS_WITHIN);
    bytes.get(..end).is_some_and(|start| start.windows(MARK.len()).any(|window| window == MARK.as_bytes()))
}

/// The bytes of a file without its header, if it has one.
pub fn without(bytes: &[u8]) -> Vec<u8> {
    let begin = bytes.get(..bytes.len().min(BEGINS_WITHIN)).unwrap_or(bytes);
    let mark = begin.windows(MARK.len()).position(|window| window == MARK.as_bytes());
    let Some(mark) = mark else { return bytes.to_vec() };
    let (before, from_mark) = bytes.split_at(mark);
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let mut lines = from_mark.split_inclusive(|byte| *byte == b'\n').skip(1).peekable();
    // In JSON it is one line, elsewhere two.
    lines.next_if(|line| line.windows(CHANGE.len()).any(|window| window == CHANGE.as_bytes()));
    [before.get(..start).unwrap_or_default(), &lines.collect::<Vec<_>>().concat()].concat()
}

fn rank(path: &str) -> u8 {
    match path {
        "spec/ghagen.yaml" => 2,
        "spec/ghagen.lock" => 3,
        _ if path.starts_with("spec/tools/") => 0,
        _ => 1,
    }
}

/// The paths; where they are many, those of one folder as a number.
fn names(paths: &[&str]) -> Vec<String> {
    if paths.len() <= NAMED {
        return paths.iter().map(|path| (*path).to_owned()).collect();
    }
    let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut names = Vec::new();
    for group in paths.chunk_by(|one, other| folder(one) == folder(other) && rank(one) == rank(other)) {
        match group {
            [path] => names.push((*path).to_owned()),
            [first, ..] => names.push(format!("{} files in {}", group.len(), folder(first))),
            [] => {}
        }
    }
    names
}

fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_files_are_named_and_many_are_counted() {
        let few = lines(["spec/ghagen.lock", "spec/ghagen.yaml", "spec/components/crun.yaml"]);
        assert_eq!(few[0], "Made by ghagen from spec/components/crun.yaml, spec/ghagen.yaml and spec/ghagen.lock.");
        let many = ["spec/components/a.yaml", "spec/components/b.yaml", "spec/components/c.yaml"];
        let many = lines(many.into_iter().chain(["spec/ghagen.lock", "spec/ghagen.yaml", "spec/tools/t.yaml"]));
        assert_eq!(
            many[0],
            "Made by ghagen from spec/tools/t.yaml, 3 files in spec/components, spec/ghagen.yaml and spec/ghagen.lock."
        );
        assert_eq!(lines([])[0], "Made by ghagen from the language of its spec.");
    }

    #[test]
    fn a_file_is_the_same_without_its_header() {
        let text = |from: &str| lines([from]).join("\n# ");
        let script = |from: &str| format!("#!/bin/sh\n# {}\nexit\n", text(from));
        assert_eq!(without(script("spec/a.yaml").as_bytes()), b"#!/bin/sh\nexit\n");
        let json = format!("{{\n  \"_generated\": \"{}\",\n  \"a\": 1\n}}\n", lines(["x"]).join(" "));
        assert_eq!(without(json.as_bytes()), b"{\n  \"a\": 1\n}\n");
        assert_eq!(without(b"a\nb\n"), b"a\nb\n");
    }

    #[test]
    fn the_header_is_found_near_the_start_alone() {
        let text = lines([]).join("\n");
        assert!(is_marked(format!("#!/usr/bin/env bash\n# {text}").as_bytes()));
        assert!(!is_marked(format!("{}{text}", " ".repeat(BEGINS_WITHIN)).as_bytes()));
        assert!(!is_marked(b""));
        assert!(!is_marked(b"# made by hand\n"));
    }
}
