//! An explanation has to be true: what changes with a value of the spec is explained by that value.
//!
//! Values of this repository's own spec are changed one at a time. Every line of a workflow or script that is another one then,
//! or is new, has to name the value, or what is around it, among what it is made from or depends on.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use ghagen::compile::{Compilation, Made, compile};
use ghagen::emit::Artifact;
use ghagen::explain::{Line, lines};
use ghagen::source::{Origin, Route, Segment, Sources};
use ghagen::spec::Files;
use similar::{ChangeTag, TextDiff};

use crate::support::repository;

/// One value in so many is changed, so that the test ends; `GHAGEN_EXPLAIN_ALL=1` changes them all.
const ONE_IN: usize = 23;

/// Values that are never left out: what lines are most often asked about.
const ALWAYS: [&str; 16] = [
    "spec/ghagen.yaml schedule.cron",
    "spec/ghagen.yaml project.branch",
    "spec/ghagen.yaml arches.amd64.runner",
    "spec/ghagen.yaml timeouts.test",
    "spec/ghagen.yaml toolchain.minimum_clang",
    "spec/ghagen.yaml toolchain.thread_stack",
    "spec/ghagen.yaml toolchain.allocators.mimalloc.object",
    "spec/ghagen.yaml release.attest",
    "spec/ghagen.yaml builder.image",
    "spec/ghagen.lock actions.actions/checkout.commit",
    "spec/ghagen.lock sources.crun.pins[0].commit",
    "spec/components/crun.yaml recipe.autotools.configure[0]",
    "spec/components/crun.yaml outputs.crun.program.minimum_size",
    "spec/components/podman.yaml recipe.go.programs.bin/podman.package",
    "spec/tools/podman.yaml title",
    "spec/tools/podman.yaml lines.5.values.module",
];

/// A spec that was compiled; lines are explained where they are asked about.
struct Compiled {
    sources: Sources,
    made: Made,
    explained: RefCell<BTreeMap<String, Rc<Vec<Line>>>>,
}

impl Compiled {
    /// `None` where the spec is refused.
    fn of(files: &Files) -> Option<Self> {
        let Compilation { sources, made, .. } = compile(files).ok()?;
        made.map(|made| Self { sources, made, explained: RefCell::default() })
    }

    /// Every workflow and script.
    fn files(&self) -> impl Iterator<Item = &Artifact> {
        let is_walked = |path: &str| path.ends_with(".yml") || path.ends_with(".sh") || path.contains("Containerfile");
        self.made.artifacts.iter().filter(move |artifact| is_walked(&artifact.path))
    }

    fn lines(&self, artifact: &Artifact) -> Rc<Vec<Line>> {
        let made = || Rc::new(lines(&self.sources, &self.made.model, &self.made.plan, artifact).unwrap());
        Rc::clone(self.explained.borrow_mut().entry(artifact.path.clone()).or_insert_with(made))
    }
}

/// Whether one route leads to the other, or into it.
fn touches(one: &Route, other: &Route) -> bool {
    let (one, other) = (one.segments(), other.segments());
    one.starts_with(other) || other.starts_with(one)
}

fn names(sources: &Sources, line: &Line, file: &str, route: &Route) -> bool {
    // All of a file would explain everything.
    let is_it = |origin: &&Origin| {
        let is_whole = origin.route.segments().is_empty();
        !is_whole && sources.path(origin.file) == file && touches(&origin.route, route)
    };
    line.values.iter().chain(&line.conditions).any(|origin| is_it(&origin))
}

/// How many lines changed with a value, and those of them that do not say so.
fn lies(before: &Compiled, after: &Compiled, file: &str, route: &Route) -> (usize, Vec<String>) {
    let (mut changed, mut lies) = (0, Vec::new());
    for old in before.files() {
        let is_it = |new: &&Artifact| new.path == old.path && new.bytes != old.bytes;
        let Some(new) = after.files().find(is_it) else { continue };
        let (old_lines, new_lines) = (before.lines(old), after.lines(new));
        let text = |artifact: &Artifact| String::from_utf8(artifact.bytes.clone()).unwrap();
        for change in TextDiff::from_lines(text(old), text(new)).iter_all_changes() {
            let (sources, line) = match change.tag() {
                ChangeTag::Equal => continue,
                ChangeTag::Delete => (&before.sources, &old_lines[change.old_index().unwrap()]),
                ChangeTag::Insert => (&after.sources, &new_lines[change.new_index().unwrap()]),
            };
            changed += 1;
            // Which of several equal lines went is the diff's guess.
            let is_told = !["", "fi", "done", "esac", ";;", "}", ")"].contains(&change.value().trim());
            if is_told && !names(sources, line, file, route) {
                lies.push(format!("{file} `{route}`: {}: {}{}", old.path, change.tag(), change.value().trim_end()));
            }
        }
    }
    (changed, lies)
}

/// The lines that say that they are made from a value, and do not change with it.
fn idle(before: &Compiled, after: &Compiled, file: &str, route: &Route) -> Vec<String> {
    let mut found = Vec::new();
    for old in before.files() {
        let Some(new) = after.files().find(|new| new.path == old.path) else { continue };
        let new_text = String::from_utf8(new.bytes.clone()).unwrap();
        let count = |all: &str, text: &str| all.lines().filter(|line| *line == text).count();
        let old_text = String::from_utf8(old.bytes.clone()).unwrap();
        for (text, line) in old_text.lines().zip(before.lines(old).iter()) {
            let is_it = |it: &Origin| before.sources.path(it.file) == file && it.route == *route;
            if line.values.iter().any(is_it) && count(&new_text, text) >= count(&old_text, text) {
                found.push(format!("{file} `{route}`: {}: {text}", old.path));
            }
        }
    }
    found
}

/// Other scalars in place of one, the most likely to be accepted first.
fn others(text: &str) -> Vec<String> {
    let bare = text.trim_matches(['"', '\'']);
    if bare.contains('\n') {
        let last = bare.rfind(|c: char| c.is_ascii_alphanumeric()).unwrap_or(0);
        return vec![format!("{}# x{}", &text[..=last], &text[last + 1..])];
    }
    if let Ok(number) = text.parse::<u64>() {
        return vec![(number + 1).to_string()];
    }
    let words = [
        ("true", "false"),
        ("static", "static-pie"),
        ("container", "runner"),
        ("autoreconf", "autogen"),
        ("propose", "start"),
        ("clang", "musl-gcc"),
    ];
    for (one, other) in words {
        if bare == one {
            return vec![other.to_owned()];
        }
        if bare == other {
            return vec![one.to_owned()];
        }
    }
    let quoted = |text: String| serde_json::to_string(&text).unwrap();
    let mut all = Vec::new();
    if let Some(digit) = bare.rfind(|c: char| c.is_ascii_digit()) {
        let other = if bare.as_bytes()[digit] == b'9' { "8" } else { "9" };
        all.push(quoted(format!("{}{other}{}", &bare[..digit], &bare[digit + 1..])));
    }
    all.push(quoted(format!("{bare}x")));
    all.push(quoted(format!("x{bare}")));
    all
}

/// The scalars of the spec: file, route, and the bytes of each.
fn scalars(sources: &Sources, files: &Files) -> Vec<(String, Route, std::ops::Range<usize>)> {
    let mut all = Vec::new();
    for (id, path) in sources.files().filter(|(_, path)| files.texts.contains_key(*path)) {
        let values: serde_json::Value = serde_yaml::from_str(sources.text(id)).unwrap();
        let mut waiting = vec![(Route::root(), &values)];
        while let Some((route, value)) = waiting.pop() {
            match value {
                serde_json::Value::Object(entries) => {
                    waiting.extend(entries.iter().map(|(key, value)| (route.key(key), value)));
                }
                serde_json::Value::Array(items) => {
                    waiting.extend(items.iter().enumerate().map(|(index, value)| (route.index(index), value)));
                }
                _ => {
                    let span = sources.value_span(id, &route).unwrap();
                    all.push((path.to_owned(), route, span.start..span.end));
                }
            }
        }
    }
    all.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    all
}

/// What no workflow or script can show, or what every part of them follows from.
fn is_left_out(file: &str, route: &Route) -> bool {
    let first = route.segments().first();
    let name = |key: &str| first == Some(&Segment::Key(key.to_owned()));
    // Names are what references go by: another one is another project.
    (file.contains("tools/") && name("tool")) || (file.contains("components/") && name("component"))
}

#[test]
fn what_changes_with_a_value_is_explained_by_it() {
    let (shown, changed) = hold(repository(), &ALWAYS);
    assert!(shown > 20 && changed > 100, "{shown} values changed {changed} lines");
}

#[test]
fn so_it_is_in_a_project_that_uses_every_part_of_the_language() {
    let (shown, changed) = hold(&repository().join("tests/golden/everything"), &[]);
    assert!(shown > 5 && changed > 20, "{shown} values changed {changed} lines");
}

/// Changes the values of a spec, those that are named for sure; gives how many changed a line, and how many lines.
fn hold(root: &Path, always: &[&str]) -> (usize, usize) {
    let files = ghagen::project::read_files(root).unwrap();
    let before = Compiled::of(&files).unwrap();
    let all = std::env::var_os("GHAGEN_EXPLAIN_ALL").is_some();
    let (mut shown, mut changed, mut lies, mut idle) = (0, 0, Vec::new(), Vec::new());
    let mut missing: Vec<&str> = always.to_vec();
    for (number, (file, route, bytes)) in scalars(&before.sources, &files).into_iter().enumerate() {
        let name = format!("{file} {route}");
        let is_wanted = always.contains(&name.as_str());
        if is_left_out(&file, &route) || !(all || is_wanted || number % ONE_IN == 0) {
            continue;
        }
        let text = &files.texts[&file];
        let other = others(&text[bytes.clone()]).into_iter().find_map(|other| {
            let mut files = files.clone();
            let mutated = format!("{}{other}{}", &text[..bytes.start], &text[bytes.end..]);
            files.texts.insert(file.clone(), mutated);
            Compiled::of(&files)
        });
        let Some(after) = other else { continue };
        let (count, found) = self::lies(&before, &after, &file, &route);
        if count > 0 {
            shown += 1;
            changed += count;
            missing.retain(|wanted| *wanted != name);
        }
        lies.extend(found);
        // Of a text of several lines one changed; and another range of versions may lead to the same pin.
        if !text[bytes.clone()].contains(['\n', '<', '>', '=']) && !always.is_empty() {
            idle.extend(self::idle(&before, &after, &file, &route));
        }
    }
    assert_eq!(lies, [""; 0], "{} lies among {changed} changed lines, {shown} values", lies.len());
    assert_eq!(idle, [""; 0], "{} lines do not change with what they are said to be made from", idle.len());
    assert_eq!(missing, [""; 0], "these changed no line, or were refused");
    (shown, changed)
}
