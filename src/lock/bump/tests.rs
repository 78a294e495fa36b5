//! What counts as a bump, and what does not.

use super::*;

fn uses(digit: char, version: &str) -> String {
    format!("      - uses: actions/checkout@{} # {version}", digit.to_string().repeat(40))
}

const PATH: &str = ".github/workflows/a.yml";

/// What one edited file comes to: `taken`, or why not.
fn one(is: &str, should_be: &str) -> String {
    let found = bumps(&[Text { path: PATH, is, should_be, is_edited: true }]);
    assert_eq!(found.refused.is_empty(), found.files.contains(PATH));
    match found.refused.as_slice() {
        [] => found.moved.iter().map(|it| format!("{} {}", it.name, it.new.to)).collect::<Vec<_>>().join(", "),
        [first, ..] => format!("{}: {}", first.place.line, first.reason),
    }
}

#[test]
fn a_moved_pin_is_told_from_any_other_change() {
    let old = uses('1', "v1.0.0");
    assert_eq!(one(&uses('2', "v2.0.0"), &old), format!("actions/checkout {}", "2".repeat(40)));
    for (is, reason) in [
        (format!("{}\nx", uses('2', "v2.0.0")), "1: this is no pin"),
        (uses('2', "v1.0.0"), "1: only the commit was changed"),
        (uses('1', "v2.0.0"), "1: only the comment was changed"),
        (uses('2', "v2"), "1: `v2` is not a full version"),
        (uses('g', "v2.0.0"), "1: this is no pin: it must be `actions/checkout@`"),
        (uses('2', "v2.0.0 and more"), "1: this is no pin"),
        (uses('2', "v2.0.0").replace(" #", "  #"), "1: this is no pin"),
        (uses('2', "v2.0.0").replace("checkout", "cache"), "1: more than the pin differs"),
        (uses('2', "v2.0.0").replace("      - ", "- "), "1: more than the pin differs"),
        (format!("{}\r", uses('2', "v2.0.0")), "1: this is no pin"),
    ] {
        let found = one(&is, &old);
        assert!(found.starts_with(reason), "{is}: {found}");
    }
    let found = one(&format!("{}\nb", uses('2', "v2.0.0")), &format!("a\n{old}\nb"));
    assert!(found.starts_with("1: "), "{found}");
}

#[test]
fn digests_of_images_are_pins() {
    let from = |digit: &str| format!("FROM docker.io/ubuntu:rolling@sha256:{} AS base", digit.repeat(64));
    assert_eq!(one(&from("2"), &from("1")), format!("docker.io/ubuntu:rolling sha256:{}", "2".repeat(64)));
    assert!(one(&from("2"), "FROM docker.io/ubuntu:rolling AS base").starts_with("docker.io/ubuntu"));
    assert!(one(&from("2"), "FROM docker.io/ubuntu:24.04 AS base").contains("there was no pin"));
    assert!(one(&from("2").replace("rolling", "24.04"), &from("1")).contains("belongs into the spec"));
    assert!(one(&from("x"), &from("1")).contains("this is no pin"));
    assert!(one(&from("2").replace(" AS", "2 AS"), &from("1")).contains("this is no pin"));
    assert!(one(&from("2").replace("base", "x"), &from("1")).contains("more than the pin"));
}

#[test]
fn a_script_may_lag_behind_and_another_workflow_may_not() {
    let from = |digit: &str| format!("FROM docker.io/ubuntu:rolling@sha256:{}", digit.repeat(64));
    let (new, old) = (from("2"), from("1"));
    let bumped = Text { path: "generated/Containerfile.build", is: &new, should_be: &old, is_edited: true };
    let left = |path| Text { path, is: &old, should_be: &old, is_edited: false };
    let found = bumps(&[bumped, left("generated/scripts/build-tool.sh")]);
    assert_eq!((found.refused.len(), found.moved.len()), (0, 1));
    let found = bumps(&[bumped, left("generated/Containerfile.other")]);
    assert!(found.refused[0].reason.contains("half-applied: generated/Containerfile.other:1 still has"), "{found:?}");
    assert!(found.moved.is_empty() && found.files.is_empty());
    // A script is held to the rest once it was touched.
    let third = from("3");
    let script = Text { path: "generated/scripts/build-tool.sh", is: &third, ..bumped };
    assert_eq!(bumps(&[bumped, script]).refused.len(), 2);
}

#[test]
fn one_version_has_one_commit() {
    let (old, two, three) = (uses('1', "v1.0.0"), uses('2', "v2.0.0"), uses('3', "v2.0.0"));
    let text = |path, is| Text { path, is, should_be: &old, is_edited: true };
    let found = bumps(&[text(PATH, &two), text(".github/workflows/b.yml", &three)]);
    assert_eq!(found.refused.len(), 2);
    assert!(found.refused[0].reason.contains("one version with two commits: .github/workflows/b.yml:1"), "{found:?}");
}
