//! The lock as a file: what is written is what was read, and holds what is used and nothing else.

use ghagen::{compile, lock, project, source::Sources, spec};

use super::pinned;
use crate::support::{edit, repository};

/// The lock of this repository as written anew, without what nothing uses.
fn written() -> (String, String, Vec<String>) {
    let files = project::read_files(repository()).unwrap();
    let (spec, diagnostics) = spec::read(&mut Sources::default(), &files);
    let spec = spec.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let made = compile::compile(&files).unwrap().made.unwrap();
    let mut file = spec.lock.value.clone();
    let gone = lock::prune(&mut file, &lock::used(&made.model, &made.plan));
    (files.texts[lock::PATH].clone(), lock::write(&file), gone)
}

#[test]
fn the_committed_lock_is_as_it_would_be_written_and_all_of_it_is_used() {
    let (committed, written, gone) = written();
    if std::env::var_os("GHAGEN_BLESS").is_some() {
        fs_err::write(repository().join(lock::PATH), &written).unwrap();
        return;
    }
    assert_eq!(committed, written);
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
fn an_edit_by_hand_means_what_it_says() {
    // Layout, order and comments have no meaning.
    let project = pinned();
    let lock = project.read(lock::PATH);
    let (before, rest) = lock.split_once("images:\n").unwrap();
    let (images, after) = rest.split_once("sources:\n").unwrap();
    project.write(lock::PATH, &format!("# Mine.\n{before}sources:\n{after}\nimages:\n{images}"));
    project.run(["check"]).status(0);
    // A pin that is typed in is a change like any other.
    edit(
        &project,
        lock::PATH,
        "commit: bb3b96b99668e544618c5aec427c1f4b6b9ee9bb",
        "commit: 'bb3b96b99668e544618c5aec427c1f4b6b9ee9bc'",
    );
    project.run(["check"]).status(1).stdout_has("is older than the spec");
    project
        .run(["lock", "verify"])
        .status(1)
        .stderr_has("`bb3b96b99668e544618c5aec427c1f4b6b9ee9bb` is not in the lock");
    project.run(["generate"]).status(0);
    project.run(["lock", "verify"]).status(0);
}

#[test]
fn an_edit_by_hand_that_means_nothing_is_refused_with_its_line() {
    let commit = "3d3c42e5aac5ba805825da76410c181273ba90b1";
    for (from, to, reason) in [
        (commit, &commit[..12], "it has to match `^"),
        (commit, &*commit.to_uppercase(), "it has to match `^"),
        ("tag: v7.0.1", "tag: v7", "is not a full version"),
        ("{tag: v7.0.1,", "{tags: v7.0.1,", "`tags`"),
        ("tag: v0.2.1", "tag: latest", "finds no version in the locked tag `latest`"),
        ("https://github.com/openSUSE/catatonit", "https://github.com/other/catatonit", "another address"),
        ("  actions/checkout:", "  actions/cache: {tag: v1.0.0, commit: x}\n  actions/checkout:", "stands twice"),
        ("digest: sha256:", "digest: sha512:", "it has to match `^"),
        ("digest: sha256:", "unresolved: later\n    digest: sha256:", "1"),
        ("version: v3.0.6", "version: newest", "not a version"),
        ("lock: 1", "lock: 2", "lock: 2"),
    ] {
        let project = pinned();
        edit(&project, lock::PATH, from, to);
        let output = project.run(["validate"]);
        output.status(3).stderr_has("--> spec/ghagen.lock:").stderr_has(reason);
        // Nothing else is made of it.
        let before = project.tree();
        project.run(["adopt"]).status(3);
        project.run(["lock", "verify"]).status(3);
        assert!(before == project.tree());
    }
}

#[test]
fn what_nothing_uses_goes_with_the_next_adoption() {
    let project = pinned();
    assert!(project.read(lock::PATH).contains("actions/cache"));
    super::bump(&project, "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", &format!("{} # v8.0.0", "a".repeat(40)));
    project.run(["adopt"]).status(0).stdout_has("not used any more, and out of the lock: actions/cache");
    assert!(!project.read(lock::PATH).contains("actions/cache"));
    project.run(["check"]).status(0);
}
