//! Any single-character change to any pin, anywhere, is found by `check` and by `lock verify`. In process, for speed.

use std::collections::BTreeSet;

use ghagen::check::{self, Entry, Tree, Verdict};
use ghagen::compile::{Made, compile};
use ghagen::{lock, output, project};

use super::pinned;

/// Another character than this one, and of the same kind, so that the result is as like a pin as can be.
fn other(byte: u8) -> u8 {
    match byte {
        b'9' => b'0',
        b'0'..=b'8' | b'a'..=b'e' => byte + 1,
        b'f' => b'a',
        _ => b'x',
    }
}

/// Where the texts stand in another one: every byte of every occurrence.
fn places(text: &str, pins: &BTreeSet<String>) -> BTreeSet<usize> {
    let of =
        |pin: &String| text.match_indices(pin.as_str()).flat_map(|(at, pin)| at..at + pin.len()).collect::<Vec<_>>();
    pins.iter().flat_map(of).collect()
}

/// Every commit, digest and version that is locked and used.
fn pins(made: &Made) -> BTreeSet<String> {
    let mut pins = BTreeSet::new();
    for pin in lock::used(&made.model, &made.plan) {
        if pin.kind != lock::Kind::Tool {
            pins.extend(pin.fixed.clone());
        }
        // The tag of an image is part of its name, which is the spec's.
        if pin.kind != lock::Kind::Image {
            pins.insert(pin.version);
        }
    }
    pins
}

/// What both commands make of a tree: whether `check` is clean, and whether the audit is.
fn is_seen(made: &Made, tree: &Tree, path: &str) -> (bool, bool) {
    let is_drift = check::check(&made.artifacts, tree).verdict() != Verdict::Clean;
    let mut texts = check::texts(&made.artifacts, tree);
    // The rest has nothing to say about this one file, and there are many runs.
    texts.retain(|text| if path.is_empty() { text.is != text.should_be } else { text.path == path });
    let used = lock::used(&made.model, &made.plan);
    (is_drift, !lock::audit(&used, &texts, &[]).errors.is_empty())
}

#[test]
fn no_changed_character_of_a_pin_goes_unseen_in_generated_files() {
    let project = pinned();
    let made = compile(&project::read_files(project.root()).unwrap()).unwrap().made.unwrap();
    let mut tree = output::read_tree(project.root()).unwrap();
    assert_eq!(is_seen(&made, &tree, ""), (false, false));
    let pins = pins(&made);
    let mut count = 0;
    for artifact in made.artifacts.iter().filter(|artifact| artifact.path != "generated/manifest.json") {
        let Ok(text) = std::str::from_utf8(&artifact.bytes) else { continue };
        let good = tree.get(&artifact.path).unwrap().clone();
        for place in places(text, &pins) {
            let mut bytes = artifact.bytes.clone();
            bytes[place] = other(bytes[place]);
            tree.insert(artifact.path.clone(), Entry::File { bytes, executable: artifact.executable });
            assert_eq!(is_seen(&made, &tree, &artifact.path), (true, true), "{}: byte {place}", artifact.path);
            count += 1;
        }
        tree.insert(artifact.path.clone(), good);
    }
    assert!(count > 500, "{count}");
}

#[test]
fn no_changed_character_of_a_pin_goes_unseen_in_the_lock() {
    let project = pinned();
    let files = project::read_files(project.root()).unwrap();
    let tree = output::read_tree(project.root()).unwrap();
    let made = compile(&files).unwrap().made.unwrap();
    let pins = pins(&made);
    let text = &files.texts[lock::PATH];
    let mut count = 0;
    for place in places(text, &pins) {
        let mut bytes = text.clone().into_bytes();
        bytes[place] = other(bytes[place]);
        let mut files = files.clone();
        files.texts.insert(lock::PATH.to_owned(), String::from_utf8(bytes).unwrap());
        // A lock that is refused says so; one that is taken gives other files.
        if let Some(made) = compile(&files).unwrap().made {
            assert_eq!(is_seen(&made, &tree, ""), (true, true), "byte {place}");
        }
        count += 1;
    }
    assert!(count > 300, "{count}");
}
