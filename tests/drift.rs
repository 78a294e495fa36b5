//! `check`: whatever is done to any generated file is seen, with the right cause and the right exit code.

use std::{fs::Permissions, os::unix::fs::PermissionsExt};

use serde_json::Value;

use crate::support::{Entry, Output, Project, Tree, edit, generated, repository};

const MANIFEST: &str = "generated/manifest.json";

/// What `check --format json` says: the exit code, and each file with its causes.
fn check(project: &Project) -> (Option<u64>, Vec<(String, Vec<String>)>) {
    let output = project.run(["check", "--format", "json"]);
    let report: Value = serde_json::from_str(output.stdout()).unwrap_or_else(|error| panic!("{error}\n{output}"));
    assert_eq!(report["schema_version"], 1);
    let code = report["exit_code"].as_u64();
    output.status(i32::try_from(code.unwrap()).unwrap());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let drift = |it: &Value| (text(&it["path"]), it["causes"].as_array().unwrap().iter().map(text).collect());
    (code, report["drifts"].as_array().unwrap().iter().map(drift).collect())
}

#[track_caller]
fn assert_drift(project: &Project, code: u64, expected: &[(&str, &[&str])]) {
    let expected: Vec<(String, Vec<String>)> = expected
        .iter()
        .map(|(path, causes)| ((*path).to_owned(), causes.iter().map(ToString::to_string).collect()))
        .collect();
    assert_eq!(check(project), (Some(code), expected));
}

/// The generated files of a project.
fn files(project: &Project) -> Tree {
    project.tree().only(|path| path.starts_with("generated/") || path.starts_with(".github/"))
}

fn put(project: &Project, path: &str, entry: &Entry) {
    let Entry::File { bytes, executable } = entry else { panic!("{path} is a link") };
    let place = project.root().join(path);
    fs_err::write(&place, bytes).unwrap();
    fs_err::set_permissions(&place, Permissions::from_mode(if *executable { 0o755 } else { 0o644 })).unwrap();
}

/// Does everything to every file, one at a time. In this process, since hundreds of others would take minutes.
fn assert_any_change_is_seen(project: &Project) {
    let compiled = ghagen::compile::compile(&ghagen::project::read_files(project.root()).unwrap()).unwrap();
    let artifacts = compiled.made.unwrap().artifacts;
    let assert_found = |path: &str, cause: &str| {
        let report = ghagen::check::check(&artifacts, &ghagen::output::read_tree(project.root()).unwrap());
        let [drift] = report.drifts.as_slice() else { panic!("{path}: {cause}: {:#?}", report.drifts) };
        let causes: Vec<&str> = drift.causes.iter().map(|cause| cause.as_str()).collect();
        assert_eq!((drift.path.as_str(), causes.as_slice()), (path, [cause].as_slice()));
    };
    let files = files(project);
    assert!(files.paths().count() > 20 && files.get(MANIFEST).is_some());
    for path in files.paths() {
        let Some(Entry::File { bytes, executable }) = files.get(path) else { panic!("{path} is no file") };
        // The first byte, one further on, the last one: none of those that name the generator.
        for position in [0, bytes.len() * 2 / 3, bytes.len() - 1] {
            let mut edited = bytes.clone();
            edited[position] ^= 1;
            put(project, path, &Entry::File { bytes: edited, executable: *executable });
            assert_found(path, "hand-edited");
        }
        put(project, path, &Entry::File { bytes: bytes.clone(), executable: !executable });
        assert_found(path, "mode-changed");
        project.remove(path);
        assert_found(path, "missing");
        put(project, path, &Entry::File { bytes: bytes.clone(), executable: *executable });
    }
    assert_drift(project, 0, &[]);
}

/// The spec of this repository, generated.
fn repository_generated() -> Project {
    let project = Project::new();
    Tree::read(&repository().join("spec")).write_to(&project.root().join("spec"));
    project.run(["generate"]).status(0);
    project
}

#[test]
fn any_change_of_any_file_is_seen() {
    assert_any_change_is_seen(&generated());
    assert_any_change_is_seen(&repository_generated());
}

#[test]
fn many_files_are_named_at_once() {
    let project = repository_generated();
    let files = files(&project);
    for path in files.paths() {
        let Some(Entry::File { bytes, executable }) = files.get(path) else { panic!("{path} is no file") };
        let edited = [bytes.as_slice(), b"\n"].concat();
        put(&project, path, &Entry::File { bytes: edited, executable: *executable });
    }
    let expected: Vec<(&str, &[&str])> = files.paths().map(|path| (path, ["hand-edited"].as_slice())).collect();
    assert_drift(&project, 1, &expected);
    for path in files.paths() {
        project.remove(path);
    }
    let expected: Vec<(&str, &[&str])> = files.paths().map(|path| (path, ["missing"].as_slice())).collect();
    assert_drift(&project, 1, &expected);
}

#[test]
fn stray_files_with_the_header_are_orphans_and_others_are_not_ours() {
    let project = generated();
    project.write(".github/workflows/ci.yml", "name: mine\n");
    project.write("generated/note.txt", "mine\n");
    project.write("notes/old.sh", "# Made by ghagen from spec/ghagen.yaml.\n");
    assert_drift(&project, 0, &[]);
    for path in [".github/workflows/build-old.yml", "generated/scripts/old.sh"] {
        project.write(path, "# Made by ghagen from spec/tools/old.yaml.\n");
        assert_drift(&project, 1, &[(path, &["orphan"])]);
        project.remove(path);
    }
}

#[test]
fn comments_and_layout_of_the_spec_are_no_drift() {
    let project = generated();
    edit(&project, "spec/tools/catatonit.yaml", "summary:", "# Why so?\n\nsummary:   ");
    edit(&project, "spec/ghagen.yaml", "cron: '23 5 * * *'", "cron: \"23 5 * * *\"  # every day");
    assert_drift(&project, 0, &[]);
}

#[test]
fn a_changed_spec_is_the_cause_where_it_matters() {
    let project = generated();
    edit(&project, "spec/ghagen.yaml", "23 5 * * *", "24 5 * * *");
    let (code, drifts) = check(&project);
    assert_eq!(code, Some(1));
    assert!(drifts.iter().all(|(_, causes)| causes == &["spec-changed"]), "{drifts:?}");
    assert!(drifts.iter().any(|(path, _)| path == ".github/workflows/check-releases.yml"), "{drifts:?}");
    assert!(drifts.iter().any(|(path, _)| path == MANIFEST), "{drifts:?}");
    project.run(["generate"]).status(0);
    assert_drift(&project, 0, &[]);
    project.write("spec/files/etc/small.conf", "setting = 2\n");
    assert_drift(&project, 1, &[("generated/files/etc/small.conf", &["spec-changed"]), (MANIFEST, &["spec-changed"])]);
}

#[test]
fn another_generator_is_named() {
    let project = generated();
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    edit(&project, MANIFEST, &version, "\"version\": \"0.0.1\"");
    assert_drift(&project, 4, &[(MANIFEST, &["generator-changed"])]);
    let output = project.run(["check"]);
    output.status(4).stdout_has("written by ghagen 0.0.1; this is ");

    // It comes before drift, and after mistakes in the spec.
    project.remove("generated/PIPELINE.md");
    project.run(["check"]).status(4);
    edit(&project, "spec/ghagen.yaml", "schedule:", "schedul:");
    project.run(["check"]).status(3);
}

#[test]
fn other_templates_are_named() {
    let project = generated();
    let manifest = project.read(MANIFEST);
    let (_, rest) = manifest.split_once("\"templates\": \"").unwrap();
    let (fingerprint, _) = rest.split_once('"').unwrap();
    edit(&project, MANIFEST, fingerprint, &"0".repeat(64));
    assert_drift(&project, 1, &[(MANIFEST, &["generator-changed"])]);
}

#[test]
fn pins_that_a_bot_moved_are_told_from_drift() {
    let project = generated();
    let files = files(&project);
    let mut moved = Vec::new();
    for path in files.paths().filter(|path| path.starts_with(".github/workflows/")) {
        let text = project.read(path);
        let (old, new) = ("3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", format!("{} # v8.0.0", "a".repeat(40)));
        if text.contains(old) {
            project.write(path, &text.replace(old, &new));
            moved.push(path);
        }
    }
    assert!(moved.len() > 1);
    let expected: Vec<(&str, &[&str])> = moved.iter().map(|path| (*path, ["pins-bumped"].as_slice())).collect();
    assert_drift(&project, 5, &expected);
    project.write(&format!("{}.bak", moved[0]), "");
    assert_drift(&project, 5, &expected);
    project.remove("generated/PIPELINE.md");
    project.run(["check"]).status(1);
}

#[test]
fn a_link_is_no_file() {
    let project = generated();
    let (path, copy) = ("generated/PIPELINE.md", "elsewhere.md");
    fs_err::rename(project.root().join(path), project.root().join(copy)).unwrap();
    fs_err::os::unix::fs::symlink("../elsewhere.md", project.root().join(path)).unwrap();
    assert_drift(&project, 1, &[(path, &["foreign"])]);
    project.run(["check"]).stdout_has("in its place is a symbolic link");
}

fn assert_annotations(output: &Output) {
    output.status(1).stdout_has("::error file=generated/PIPELINE.md").stderr_has("is missing");
}

#[test]
fn drift_is_shown_in_every_format() {
    let project = generated();
    project.remove("generated/PIPELINE.md");
    edit(&project, "generated/scripts/package.sh", "set -euo pipefail", "set -eu");
    let output = project.run(["check"]);
    output
        .status(1)
        .stdout_has("generated/PIPELINE.md: is missing")
        .stdout_has("generated/scripts/package.sh: was edited by hand\n")
        .stdout_has("  | -set -eu\n  | +set -euo pipefail\n")
        .stdout_has("2 files differ.")
        .stdout_has("To mend this: ghagen generate, then commit what it writes.");
    assert_annotations(&project.run(["check", "--format", "github"]));
    let output = project.run(["check", "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(output.status(1).stdout()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().unwrap().iter();
    let rules: Vec<_> = results.map(|it| &it["ruleId"]).filter(|it| it.as_str().unwrap().starts_with("G09")).collect();
    assert_eq!(rules, ["G0901", "G0902"]);
}
