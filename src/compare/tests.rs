//! No change in what is generated without a sentence, and no sentence without one: every value of a spec that uses every field,
//! changed, one at a time. With `GHAGEN_EVERY_VALUE` set really every one; otherwise each third, since each is a whole compilation.

use std::path::Path;

use super::*;
use crate::compile::{Made, compile};
use crate::project::read_files;
use crate::source::{Sources, Span};
use crate::spec::Files;
use crate::yaml;

fn state(made: &Made) -> State<'_> {
    State { model: &made.model, plan: &made.plan, artifacts: &made.artifacts }
}

fn everything() -> Files {
    read_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/everything")).unwrap()
}

/// What is generated, without headers and the manifest; not by the code that is tested.
fn meaning(made: &Made) -> Vec<(String, String)> {
    let is_header = |line: &&str| line.contains("Made by ghagen from ") || line.contains("Do not edit: ");
    let artifacts = made.artifacts.iter().filter(|artifact| artifact.path != "generated/manifest.json");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let body = |bytes: &[u8]| text(bytes).lines().filter(|line| !is_header(line)).collect::<Vec<_>>().join("\n");
    artifacts.map(|it| (format!("{} {}", it.path, it.executable), body(&it.bytes))).collect()
}

/// The scalars of a text: those values that no other value stands in.
fn scalars(text: &str) -> Vec<Span> {
    let document = yaml::read(Sources::default().add("x", text), text).unwrap();
    let routes: Vec<_> = document.spans.values().collect();
    let is_parent =
        |at: usize| routes.iter().skip(at + 1).any(|(route, _)| route.parent().as_ref() == Some(routes[at].0));
    (0..routes.len()).filter(|at| !is_parent(*at)).map(|at| routes[at].1).collect()
}

/// What could stand in place of a scalar; the first one that compiles is taken.
fn others(scalar: &str) -> Vec<String> {
    let inner = scalar.trim_end();
    let end = &scalar[inner.len()..];
    let quoted = inner.strip_suffix('\'').or_else(|| inner.strip_suffix('"'));
    let with = |more: &str| match quoted {
        Some(start) => format!("{start}{more}{}{end}", &inner[start.len()..]),
        None => format!("{inner}{more}{end}"),
    };
    let mut others = Vec::new();
    match inner {
        "true" => others.push("false".to_owned()),
        "false" => others.push("true".to_owned()),
        _ => others.extend(inner.parse::<u64>().ok().map(|number| (number + 1).to_string())),
    }
    // Words of the schema, for those places that take no others.
    let words = "native cross container image runner public private start propose static static-pie program library amd64 arm64 \
                 bare first second flat rooted bin lib etc helper codec alpha beta none libc units files 1.x 1 2 0755 0700 0600 0444";
    others.extend([with("x"), with("1")]);
    // A checksum or a commit: another last digit.
    let bare = inner.trim_matches(['\'', '"']);
    if bare.len() >= 40 && bare.bytes().rev().take(40).all(|byte| byte.is_ascii_hexdigit()) {
        let digit = if bare.ends_with('0') { "1" } else { "0" };
        others.push(scalar.replace(bare, &format!("{}{digit}", &bare[..bare.len() - 1])));
    }
    if words.split(' ').any(|word| word == bare) {
        let mark = if inner == bare { "" } else { "'" };
        others.extend(words.split(' ').filter(|word| *word != bare).map(|word| format!("{mark}{word}{mark}{end}")));
    }
    others
}

#[test]
fn every_value_that_changes_what_is_generated_is_told_and_no_other_is() {
    let files = everything();
    let base = compile(&files).unwrap().made.unwrap();
    let before = meaning(&base);
    let step = if std::env::var_os("GHAGEN_EVERY_VALUE").is_some() { 1 } else { 3 };
    let (mut told, mut silent, mut refused, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for (path, text) in &files.texts {
        for span in scalars(text).into_iter().step_by(step) {
            let scalar = &text[span.start..span.end];
            let other = others(scalar).into_iter().find_map(|other| {
                let mut files = files.clone();
                files.texts.insert(path.clone(), format!("{}{other}{}", &text[..span.start], &text[span.end..]));
                // What the planning refuses is a bug of another test.
                compile(&files).ok()?.made.map(|made| (other, made))
            });
            let Some((other, made)) = other else {
                refused.push(format!("{path}: {scalar}"));
                continue;
            };
            let changes = compare(state(&base), state(&made));
            let is_same = before == meaning(&made);
            if is_same != changes.is_empty() || changes.iter().any(|it| it.sentence.starts_with("`generated/")) {
                wrong.push(format!("{path}: {scalar} -> {other}: {changes:?}"));
            }
            if changes.is_empty() {
                silent += 1;
            } else {
                told += 1;
            }
            // The way back is told as well.
            if !is_same && compare(state(&made), state(&base)).is_empty() {
                wrong.push(format!("{path}: {other} -> {scalar}: not told"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let report = format!("{told} told, {silent} without effect, {} refused:\n{}", refused.len(), refused.join("\n"));
    assert!(told > 200 / step && silent > 5 / step && refused.len() < told, "{report}");
}

#[test]
fn what_is_carried_and_what_comes_and_goes_is_told() {
    let files = everything();
    let base = compile(&files).unwrap().made.unwrap();
    for path in files.carried.keys() {
        let mut changed = files.clone();
        changed.carried.get_mut(path).unwrap().extend(b"x\n");
        let made = compile(&changed).unwrap().made.unwrap();
        let sentences: Vec<String> = compare(state(&base), state(&made)).into_iter().map(|it| it.sentence).collect();
        assert_eq!(sentences, [format!("the content of `{path}` changed")]);
    }
    assert_eq!(compare(state(&base), state(&base)), []);
}
