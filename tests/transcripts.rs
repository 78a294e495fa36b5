//! What the README and the guide show is what happens: each `console` block is run, in a project, and each `diff` block is applied to
//! it, in the order of the page.
//!
//! `...` stands for any text in a line, and alone in a line for any lines.

use std::path::Path;

use crate::support::{Project, Remotes, repository};

/// One step of a page.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// A command, and the lines that it prints.
    Run { command: String, expected: Vec<String> },
    /// A change of a file: the lines before and after it.
    Edit { path: String, old: String, new: String },
}

/// The fenced blocks of a page in this language.
fn steps(page: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match language {
            "console" => steps.extend(commands(&block)),
            "diff" => steps.extend(edits(&block)),
            _ => {}
        }
    }
    steps
}

fn commands(block: &[&str]) -> Vec<Step> {
    let mut steps = Vec::new();
    for line in block {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step::Run { command: command.to_owned(), expected: Vec::new() }),
            (None, Some(Step::Run { expected, .. })) => expected.push((*line).to_owned()),
            (None, _) => panic!("a block begins with {line:?}, not with a command"),
        }
    }
    steps
}

fn edits(block: &[&str]) -> Vec<Step> {
    let path = block[0].strip_prefix("--- ").expect("a diff begins with the file").to_owned();
    assert_eq!(block[1], format!("+++ {path}"));
    let hunks = block[2..].split(|line| line.starts_with("@@"));
    let side = |hunk: &[&str], mark: char| {
        let lines = hunk.iter().filter(|line| line.starts_with([' ', mark]));
        lines.map(|line| format!("{}\n", &line[1..])).collect::<String>()
    };
    hunks.map(|hunk| Step::Edit { path: path.clone(), old: side(hunk, '-'), new: side(hunk, '+') }).collect()
}

/// Whether a line is as shown.
fn is_line(shown: &str, line: &str) -> bool {
    let mut parts = shown.split("...");
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(found) = rest.find(part) else { return false };
        rest = &rest[found + part.len()..];
    }
    rest.ends_with(last)
}

/// Whether all lines are as shown.
fn are_lines(shown: &[String], lines: &[&str]) -> bool {
    match (shown.split_first(), lines.split_first()) {
        (None, rest) => rest.is_none(),
        (Some((first, others)), _) if first == "..." => {
            (0..=lines.len()).any(|skipped| are_lines(others, &lines[skipped..]))
        }
        (Some(_), None) => false,
        (Some((first, others)), Some((line, rest))) => is_line(first, line) && are_lines(others, rest),
    }
}

#[track_caller]
fn walk(page: &str, project: &Project, remotes: &Remotes) -> usize {
    let text = fs_err::read_to_string(repository().join(page)).unwrap();
    let steps = steps(&text);
    let programs = Path::new(env!("CARGO_BIN_EXE_ghagen")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    for step in &steps {
        match step {
            Step::Edit { path, old, new } => {
                let text = project.read(path);
                assert_eq!(text.matches(old).count(), 1, "{page}: {path} does not hold once\n{old}\nbut is\n{text}");
                project.write(path, &text.replace(old, new));
            }
            Step::Run { command, expected } => {
                let mut bash = project.command("bash");
                bash.args(["-c", &format!("{{ {command}\n}} 2>&1")]).env("PATH", &path);
                let output = project.output(remotes.known_to(&mut bash));
                let lines: Vec<&str> = output.stdout().trim_end().lines().map(str::trim_end).collect();
                assert!(are_lines(expected, &lines), "{page}: $ {command}\n{}", output.stdout());
            }
        }
    }
    steps.len()
}

#[test]
fn the_readme() {
    let project = crate::sbom::own();
    assert!(walk("README.md", &project, &Remotes::new()) >= 2);
}

#[test]
fn the_guide() {
    let remotes = Remotes::new();
    remotes.release("git.example.org/hello", "v1.2.3", 90);
    assert!(walk("docs/guide.md", &Project::new(), &remotes) >= 10);
}

#[test]
fn what_is_left_out_is_told_apart_from_what_differs() {
    let are = |shown: &str, lines: &str| {
        are_lines(&shown.lines().map(ToOwned::to_owned).collect::<Vec<_>>(), &lines.lines().collect::<Vec<_>>())
    };
    assert!(are("a\n...\nd", "a\nb\nc\nd") && are("a\n...", "a") && are("a ... c", "a b c") && are("", ""));
    assert!(!are("a\n...\nd", "a\nb\nc") && !are("a", "a\nb") && !are("a\nb", "a") && !are("a ... c", "a b"));
    assert!(!are("ab", "a") && !are("a", "ab") && !are("", "a"));
}
