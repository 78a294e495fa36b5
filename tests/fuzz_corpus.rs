//! What the fuzzer found worth keeping, run once more: every input of `fuzz/corpus`, through the very code of the fuzz targets.
//!
//! An input that once broke a promise lies there, too, so that the mistake cannot come back.

#[path = "../fuzz/src/lib.rs"]
#[allow(dead_code, unreachable_pub, clippy::must_use_candidate, reason = "made for another crate")]
mod targets;

use std::panic::catch_unwind;

use crate::support::{Entry, Tree, repository};

/// Runs every input of a target, and names each that fails.
fn replay(target: &str, run: fn(&[u8])) {
    let corpus = Tree::read(&repository().join("fuzz/corpus").join(target));
    let mut failed = Vec::new();
    let mut count = 0;
    for name in corpus.paths() {
        let Some(Entry::File { bytes, .. }) = corpus.get(name) else { continue };
        count += 1;
        if catch_unwind(|| run(bytes)).is_err() {
            failed.push(name.to_owned());
        }
    }
    assert!(count >= 10, "only {count} inputs in fuzz/corpus/{target}");
    assert!(failed.is_empty(), "fuzz/corpus/{target}: {}", failed.join(", "));
}

#[test]
fn yaml() {
    replay("yaml", targets::yaml::run);
}

#[test]
fn specs() {
    replay("spec", targets::spec::run);
}

#[test]
fn locks() {
    replay("lock", targets::lock::run);
}

#[test]
fn manifests() {
    replay("manifest", targets::manifest::run);
}
