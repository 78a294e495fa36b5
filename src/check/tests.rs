//! Every way in which a tree can differ from what it should be, and the cause that is named for it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cause, Entry, Remedy, Tree, Verdict, check};
use crate::emit::manifest::{Manifest, PATH, Record};
use crate::emit::{Artifact, hash};

const SCRIPT: &str = "generated/scripts/a.sh";
const COPY: &str = "generated/files/b.conf";
const WORKFLOW: &str = ".github/workflows/c.yml";
const OTHER: &str = ".github/workflows/d.yml";

/// What is to be generated: by path the bytes, the executable bit and what the spec says of it.
#[derive(Clone)]
struct Project {
    files: BTreeMap<String, (String, bool, String)>,
    version: &'static str,
    templates: &'static str,
}

fn uses(digit: char, version: &str) -> String {
    format!("      - uses: actions/checkout@{} # {version}\n", digit.to_string().repeat(40))
}

fn project() -> Project {
    let header = "# Made by ghagen from spec/ghagen.yaml.\n";
    let workflow = |name: &str| format!("{header}name: {name}\n{}", uses('1', "v1.0.0"));
    let files = [
        (SCRIPT, format!("#!/usr/bin/env bash\n{header}echo\n"), true),
        (COPY, "setting = 1\n".to_owned(), false),
        (WORKFLOW, workflow("c"), false),
        (OTHER, workflow("d"), false),
    ];
    let files = files.map(|(path, text, executable)| (path.to_owned(), (text, executable, "spec".to_owned())));
    Project { files: files.into(), version: "1.0.0", templates: "t" }
}

impl Project {
    fn artifacts(&self) -> Vec<Artifact> {
        let artifact = |(path, (text, executable, _)): (&String, &(String, bool, String))| Artifact {
            path: path.clone(),
            bytes: text.clone().into_bytes(),
            executable: *executable,
            files: BTreeSet::new(),
            origins: Vec::new(),
        };
        let record = |(path, (text, executable, meaning)): (&String, &(String, bool, String))| {
            let record = Record {
                sha256: hash::of_bytes(text.as_bytes()),
                inputs: hash::of_bytes(meaning.as_bytes()),
                executable: *executable,
                sources: vec!["spec/ghagen.yaml".to_owned()],
            };
            (path.clone(), record)
        };
        let manifest = Manifest {
            version: self.version.to_owned(),
            templates: hash::of_texts([("t", self.templates)]),
            files: self.files.iter().map(record).collect(),
        };
        self.files.iter().map(artifact).chain([manifest.artifact()]).collect()
    }

    fn tree(&self) -> Tree {
        let file = |artifact: Artifact| {
            (artifact.path, Entry::File { bytes: artifact.bytes, executable: artifact.executable })
        };
        self.artifacts().into_iter().map(file).collect()
    }

    fn edit(&mut self, path: &str, from: &str, to: &str) {
        let (text, _, _) = self.files.get_mut(path).unwrap();
        assert!(text.contains(from));
        *text = text.replace(from, to);
    }
}

/// The drifts as `path: cause, cause`.
#[track_caller]
fn assert_drift(project: &Project, tree: &Tree, verdict: Verdict, expected: &[&str]) {
    let report = check(&project.artifacts(), tree);
    let found: Vec<String> = report
        .drifts
        .iter()
        .map(|drift| {
            let causes: Vec<&str> = drift.causes.iter().map(|cause| cause.as_str()).collect();
            format!("{}: {}", drift.path, causes.join(", "))
        })
        .collect();
    assert_eq!(found, expected);
    assert_eq!(report.verdict(), verdict);
}

fn edit(tree: &mut Tree, path: &str, change: impl FnOnce(&mut Vec<u8>, &mut bool)) {
    let Some(Entry::File { bytes, executable }) = tree.get(path) else { panic!("{path}") };
    let (mut bytes, mut executable) = (bytes.clone(), *executable);
    change(&mut bytes, &mut executable);
    tree.insert(path, Entry::File { bytes, executable });
}

fn replace(tree: &mut Tree, path: &str, from: &str, to: &str) {
    edit(tree, path, |bytes, _| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(from));
        *bytes = text.replacen(from, to, 1).into_bytes();
    });
}

#[test]
fn what_was_written_is_no_drift() {
    assert_drift(&project(), &project().tree(), Verdict::Clean, &[]);
}

#[test]
fn every_changed_byte_of_every_file_is_an_edit() {
    let project = project();
    for artifact in project.artifacts() {
        for position in 0..artifact.bytes.len() {
            let mut tree = project.tree();
            edit(&mut tree, &artifact.path, |bytes, _| bytes[position] ^= 1);
            let report = check(&project.artifacts(), &tree);
            let [drift] = report.drifts.as_slice() else { panic!("{}: {position}", artifact.path) };
            assert_eq!(drift.path, artifact.path);
            // What names the generator in the manifest is not sealed: there, another value means another generator.
            let expected = if drift.causes.contains(&Cause::GeneratorChanged) && artifact.path == PATH {
                let line = artifact.bytes[..position].split(|byte| *byte == b'\n').count() - 1;
                assert_eq!(line, 3, "{position}");
                Cause::GeneratorChanged
            } else {
                Cause::HandEdited
            };
            assert!(drift.causes.iter().eq([&expected]), "{}: {position}: {:?}", artifact.path, drift.causes);
        }
    }
}

#[test]
fn a_removed_file_is_missing_and_a_flipped_bit_is_seen() {
    let project = project();
    for Artifact { path, .. } in project.artifacts() {
        let mut tree = project.tree();
        tree.remove(&path);
        assert_drift(&project, &tree, Verdict::Drift, &[&format!("{path}: missing")]);
        let mut tree = project.tree();
        edit(&mut tree, &path, |_, executable| *executable = !*executable);
        assert_drift(&project, &tree, Verdict::Drift, &[&format!("{path}: mode-changed")]);
        edit(&mut tree, &path, |bytes, _| bytes.push(b'\n'));
        assert_drift(&project, &tree, Verdict::Drift, &[&format!("{path}: hand-edited, mode-changed")]);
    }
}

#[test]
fn nothing_there_is_all_missing() {
    let project = project();
    let report = check(&project.artifacts(), &Tree::default());
    assert_eq!(report.drifts.len(), project.artifacts().len());
    assert!(report.drifts.iter().all(|drift| drift.causes.iter().eq([&Cause::Missing])));
}

#[test]
fn a_changed_spec_is_told_from_an_edit() {
    let (old, mut new) = (project(), project());
    new.edit(SCRIPT, "echo", "true");
    new.files.get_mut(SCRIPT).unwrap().2 = "other".to_owned();
    let script = format!("{SCRIPT}: spec-changed");
    let manifest = format!("{PATH}: spec-changed");
    assert_drift(&new, &old.tree(), Verdict::Drift, &[&manifest, &script]);
    let mut tree = old.tree();
    replace(&mut tree, SCRIPT, "echo", "false");
    let both = format!("{SCRIPT}: hand-edited, spec-changed");
    assert_drift(&new, &tree, Verdict::Drift, &[&manifest, &both]);
}

#[test]
fn files_that_come_and_go_with_the_spec() {
    let (old, mut new) = (project(), project());
    new.files.remove(OTHER);
    new.files.insert("generated/new".to_owned(), ("new\n".to_owned(), false, "spec".to_owned()));
    let expected = [
        format!("{OTHER}: orphan"),
        format!("{PATH}: spec-changed"),
        "generated/new: missing, spec-changed".to_owned(),
    ];
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    assert_drift(&new, &old.tree(), Verdict::Drift, &expected);
}

#[test]
fn another_generator_is_told_from_an_edit() {
    let (old, mut new) = (project(), project());
    new.version = "2.0.0";
    new.edit(SCRIPT, "echo", "true");
    let script = format!("{SCRIPT}: generator-changed");
    let manifest = format!("{PATH}: generator-changed");
    assert_drift(&new, &old.tree(), Verdict::OtherVersion, &[&manifest, &script]);
    assert_eq!(check(&new.artifacts(), &old.tree()).other_version.as_deref(), Some("1.0.0"));

    // Other templates of the same version are drift, but not another version.
    new.version = "1.0.0";
    new.templates = "other";
    assert_drift(&new, &old.tree(), Verdict::Drift, &[&manifest, &script]);

    // Neither, and yet other bytes: somebody works on the generator itself.
    new.templates = "t";
    assert_drift(&new, &old.tree(), Verdict::Drift, &[&manifest, &script]);
}

#[test]
fn a_manifest_of_a_version_to_come_is_no_edit() {
    let project = project();
    let mut tree = project.tree();
    let text = br#"{"_generated": "Made by ghagen from x", "generator": {"version": "9.0.0"}, "new": 1}"#;
    edit(&mut tree, PATH, |bytes, _| *bytes = text.to_vec());
    assert_drift(&project, &tree, Verdict::OtherVersion, &[&format!("{PATH}: generator-changed")]);
}

#[test]
fn lines_taken_out_of_the_manifest_are_an_edit() {
    let project = project();
    let mut tree = project.tree();
    edit(&mut tree, PATH, |bytes, _| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let kept: String = text.split_inclusive('\n').filter(|line| !line.contains(COPY)).collect();
        *bytes = kept.into_bytes();
    });
    assert_drift(&project, &tree, Verdict::Drift, &[&format!("{PATH}: hand-edited")]);
}

#[test]
fn moved_pins_are_no_edit_if_they_agree() {
    let project = project();
    let mut tree = project.tree();
    for path in [WORKFLOW, OTHER] {
        replace(&mut tree, path, &uses('1', "v1.0.0"), &uses('2', "v2.0.0"));
    }
    let expected = [format!("{WORKFLOW}: pins-bumped"), format!("{OTHER}: pins-bumped")];
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    assert_drift(&project, &tree, Verdict::OnlyPins, &expected);

    // One file is left behind: the lock cannot hold both pins.
    let mut tree = project.tree();
    replace(&mut tree, OTHER, &uses('1', "v1.0.0"), &uses('2', "v2.0.0"));
    assert_drift(&project, &tree, Verdict::Drift, &[&format!("{OTHER}: hand-edited")]);
}

#[test]
fn moved_pins_beside_anything_else_are_drift() {
    let project = project();
    let mut tree = project.tree();
    for path in [WORKFLOW, OTHER] {
        replace(&mut tree, path, &uses('1', "v1.0.0"), &uses('2', "v2.0.0"));
    }
    edit(&mut tree, COPY, |bytes, _| bytes.clear());
    let report = check(&project.artifacts(), &tree);
    assert_eq!((report.drifts.len(), report.verdict()), (3, Verdict::Drift));
}

#[test]
fn stray_files_are_ours_by_their_header_alone() {
    let project = project();
    let mut tree = project.tree();
    let file = |text: &str| Entry::File { bytes: text.as_bytes().to_vec(), executable: false };
    tree.insert(".github/workflows/ci.yml", file("# mine\n"));
    tree.insert("generated/note.txt", file("mine\n"));
    tree.insert("elsewhere/x", file("# Made by ghagen from y\n"));
    assert_drift(&project, &tree, Verdict::Clean, &[]);
    tree.insert("generated/old.sh", file("#!/bin/sh\n# Made by ghagen from y\n"));
    assert_drift(&project, &tree, Verdict::Drift, &["generated/old.sh: orphan"]);
}

#[test]
fn what_somebody_made_theirs_is_not_removed() {
    let (old, mut new) = (project(), project());
    new.files.remove(COPY);
    let remedy = |tree: &Tree| {
        let report = check(&new.artifacts(), tree);
        report.drifts.iter().find(|drift| drift.path == COPY).map(|drift| drift.remedy)
    };
    let mut tree = old.tree();
    assert_eq!(remedy(&tree), Some(Remedy::Remove));
    edit(&mut tree, COPY, |bytes, _| *bytes = b"a year of work\n".to_vec());
    assert_eq!(remedy(&tree), Some(Remedy::LetGo));
}

#[test]
fn what_is_not_ours_is_in_the_way() {
    let project = project();
    let mine = || Entry::File { bytes: b"mine\n".to_vec(), executable: false };
    for entry in [mine(), Entry::Link, Entry::Folder, Entry::Other] {
        let mut tree = Tree::default();
        tree.insert(WORKFLOW, entry);
        let report = check(&project.artifacts(), &tree);
        let drift = report.drifts.iter().find(|drift| drift.path == WORKFLOW).unwrap();
        assert_eq!(drift.remedy, Remedy::Refuse);
        assert!(drift.causes.iter().eq([&Cause::Foreign]) && drift.obstacle.is_some());
    }
    // The right bytes are welcome, whoever wrote them: what a run left that did not come to its end.
    let mut tree = Tree::default();
    tree.insert(COPY, project.tree().get(COPY).unwrap().clone());
    assert!(check(&project.artifacts(), &tree).drifts.iter().all(|drift| drift.path != COPY));
    // Listed files stay ours, even without a header.
    let mut tree = project.tree();
    tree.insert(COPY, mine());
    assert_drift(&project, &tree, Verdict::Drift, &[&format!("{COPY}: hand-edited")]);
}

#[test]
fn a_link_above_files_is_not_followed() {
    let project = project();
    let mut tree = project.tree();
    for path in [SCRIPT, COPY, PATH] {
        tree.remove(path);
    }
    tree.insert("generated", Entry::Link);
    let report = check(&project.artifacts(), &tree);
    assert_eq!(report.drifts.len(), 3);
    assert!(report.drifts.iter().all(|drift| drift.remedy == Remedy::Refuse));
}
