//! The steps of writing: one in front of each change of the disk, so that tests can have a run die there.
//!
//! In a debug build, `GHAGEN_FAULT=7` has the process abort in front of its seventh step. `tests/faults` tries every number until a
//! run gets through. An environment variable rather than a feature or a second implementation of the writer: what dies is the very
//! program that all other tests run, and a new step is tried without being listed anywhere. A release build has none of this: there,
//! [`step`] is empty.

use std::path::Path;

/// A step is about to be taken.
#[cfg(debug_assertions)]
pub(super) fn step(name: &str, path: &Path) {
    use std::io::{self, Write};
    use std::sync::atomic::{AtomicUsize, Ordering};

    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    let number = TAKEN.fetch_add(1, Ordering::Relaxed) + 1;
    let fault = std::env::var("GHAGEN_FAULT").ok().and_then(|fault| fault.parse().ok());
    if fault == Some(number) {
        // Nothing is unwound and nothing is dropped, just as with a signal.
        let _ = writeln!(io::stderr(), "fault: {name}: {}", path.display());
        std::process::abort();
    }
}

/// A step is about to be taken.
#[cfg(not(debug_assertions))]
pub(super) const fn step(_: &str, _: &Path) {}
