//! Edits of bots, replayed: what `check` says of each, and what `adopt` makes of it.

use super::{DIGEST, bump, pinned};
use crate::support::{Project, Tree, edit};

const CHECKOUT: &str = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const UPLOAD: &str = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0";

fn sha(digit: char) -> String {
    digit.to_string().repeat(40)
}

fn workflows(project: &Project) -> Tree {
    project.tree().only(|path| path.starts_with(".github/workflows/") || path.ends_with("Containerfile.build"))
}

/// `check` says that only pins moved, and how to mend it; `adopt` leaves what the bot wrote, and a clean check.
#[track_caller]
fn assert_adopted(project: &Project, names: &[&str]) {
    project.run(["check"]).status(5).stdout_has("ghagen adopt").stdout_has("Nobody has verified");
    let wanted = workflows(project);
    let before = project.tree();
    project.run(["adopt", "--dry-run"]).status(0).stdout_has("would be taken");
    assert!(before == project.tree(), "a dry run writes");
    let output = project.run(["adopt"]);
    output.status(0).stdout_has("taken into spec/ghagen.lock").stdout_has("ghagen lock verify --online");
    for name in names {
        output.stdout_has(name);
    }
    assert!(wanted == workflows(project), "adopt changes what the bot wrote");
    project.run(["check"]).status(0);
    project.run(["lock", "verify"]).status(0);
    project.run(["adopt"]).status(0).stdout_has("nothing to adopt");
}

/// Nothing is taken, each reason is given with its line, and not a byte is written.
#[track_caller]
fn assert_refused(project: &Project, reasons: &[&str]) {
    project.run(["check"]).status(1).stdout_has("was edited by hand");
    let before = project.tree();
    let output = project.run(["adopt"]);
    output.status(1).stdout_has("nothing was written");
    for reason in reasons {
        output.stdout_has(reason);
    }
    assert!(before == project.tree(), "something was written");
}

#[test]
fn a_single_action_is_adopted() {
    let project = pinned();
    let files = bump(&project, CHECKOUT, &format!("actions/checkout@{} # v7.0.2", sha('a')));
    assert!(files.len() > 1);
    assert_adopted(&project, &["actions/checkout v7.0.1 (3d3c42e5aac5) -> v7.0.2 (aaaaaaaaaaaa)", "/compare/3d3c42e5"]);
    assert!(project.read("spec/ghagen.lock").contains(&format!("tag: v7.0.2\n    commit: {}\n", sha('a'))));
}

#[test]
fn grouped_and_major_bumps_are_adopted() {
    let project = pinned();
    bump(&project, CHECKOUT, &format!("actions/checkout@{} # v8.0.0", sha('a')));
    bump(&project, UPLOAD, &format!("actions/upload-artifact@{} # v9.1.0", sha('b')));
    assert_adopted(&project, &["actions/checkout v7.0.1", "-> v9.1.0", "2 pins"]);
}

#[test]
fn a_digest_in_the_containerfile_alone_is_adopted() {
    let project = pinned();
    let new = format!("sha256:{}", "2".repeat(64));
    assert_eq!(bump(&project, DIGEST, &new), ["generated/Containerfile.build"]);
    assert_adopted(&project, &["docker.io/ubuntu:24.04"]);
    assert!(project.read("generated/scripts/build-tool.sh").contains(&new));
}

#[test]
fn a_half_applied_bump_is_refused() {
    let project = pinned();
    let new = format!("actions/checkout@{} # v7.0.2", sha('a'));
    edit(&project, ".github/workflows/verify.yml", CHECKOUT, &new);
    assert_refused(&project, &["verify.yml:", "the bump is half-applied: .github/workflows/", "still has the old one"]);
}

#[test]
fn a_bump_of_the_hash_or_of_the_comment_alone_is_refused() {
    let project = pinned();
    bump(&project, CHECKOUT, &format!("actions/checkout@{} # v7.0.1", sha('a')));
    assert_refused(&project, &["verify.yml:", "only the commit was changed: the comment still says `v7.0.1`"]);
    let project = pinned();
    bump(&project, CHECKOUT, &CHECKOUT.replace("v7.0.1", "v7.0.2"));
    assert_refused(&project, &["only the comment was changed: `v7.0.2`, but the commit is still that of `v7.0.1`"]);
    let project = pinned();
    bump(&project, CHECKOUT, &format!("actions/checkout@{} # v8", sha('a')));
    assert_refused(&project, &["`v8` is not a full version"]);
}

#[test]
fn one_comment_with_two_hashes_is_refused() {
    let project = pinned();
    let files = bump(&project, CHECKOUT, &format!("actions/checkout@{} # v8.0.0", sha('a')));
    edit(&project, &files[0], &sha('a'), &sha('b'));
    assert_refused(&project, &["one version with two commits"]);
}

#[test]
fn any_other_edit_beside_a_bump_is_refused() {
    let project = pinned();
    bump(&project, CHECKOUT, &format!("actions/checkout@{} # v8.0.0", sha('a')));
    edit(&project, ".github/workflows/verify.yml", "timeout-minutes: ", "timeout-minutes: 1");
    assert_refused(&project, &["verify.yml:", "this is no pin; ghagen wrote `timeout-minutes: "]);
    let project = pinned();
    bump(&project, CHECKOUT, &format!("actions/checkout@{} # v8.0.0", sha('a')));
    edit(&project, "generated/scripts/package.sh", "set -euo pipefail", "set -eu");
    assert_refused(&project, &["package.sh:"]);
    // A file that was only removed differs as well, and would be undone unseen.
    let project = pinned();
    bump(&project, CHECKOUT, &format!("actions/checkout@{} # v8.0.0", sha('a')));
    project.remove("generated/PIPELINE.md");
    project.run(["adopt"]).status(1).stdout_has("generated/PIPELINE.md: missing");
}

#[test]
fn an_image_of_another_tag_belongs_into_the_spec() {
    let project = pinned();
    let new = format!("ubuntu:26.04@sha256:{}", "2".repeat(64));
    bump(&project, &format!("ubuntu:24.04@{DIGEST}"), &new);
    assert_refused(&project, &["the tag of an image belongs into the spec"]);
}
