//! From artifacts and what stands on a disk to drift: which files differ, and why. Pure; writes nothing.
//!
//! `generate` writes what is found here, so the two can never disagree.

mod bump;
mod cause;
mod diff;
mod manifest_drift;
mod report;
mod tree;

pub use bump::{bumps, texts};
pub use report::{Cause, Drift, Remedy, Report, Verdict};
pub use tree::{Entry, Tree};

use std::collections::BTreeSet;

use crate::emit::{Artifact, hash, header, manifest};
use crate::lock::Bumps;
use cause::Change;
use manifest::Found;

/// The folders below which files can be ours, and the file that can be outside of them; each holds nothing but ours, or ours
/// among others.
pub const FOLDERS: [&str; 3] = ["generated", ".github/workflows", ".github/dependabot.yml"];

/// Compares every artifact with the file in its place, and looks for files that were ours.
pub fn check(artifacts: &[Artifact], tree: &Tree) -> Report {
    let fresh = artifacts.iter().find(|artifact| artifact.path == manifest::PATH);
    let fresh = manifest::read(fresh.map_or(&[], |artifact| &artifact.bytes));
    let found = match tree.get(manifest::PATH) {
        Some(Entry::File { bytes, .. }) => manifest::read(bytes),
        _ => Found::default(),
    };
    let change = Change { found: &found, fresh: &fresh };
    let bumps = bump::of_all(artifacts, tree, &found);
    let mut drifts: Vec<Drift> = artifacts
        .iter()
        .filter_map(|artifact| match artifact.path.as_str() {
            manifest::PATH => manifest_drift::of(artifact, tree, &change),
            _ => artifact_drift(artifact, tree, &change, &bumps),
        })
        .collect();
    drifts.extend(orphans(artifacts, tree, &found));
    drifts.sort_by(|one, other| one.path.cmp(&other.path));
    Report { drifts, other_version: change.other_version().map(ToOwned::to_owned) }
}

fn artifact_drift(artifact: &Artifact, tree: &Tree, change: &Change<'_>, bumps: &Bumps) -> Option<Drift> {
    let path = artifact.path.as_str();
    if let Some(obstacle) = tree.obstacle(path) {
        return Some(Drift::foreign(path, obstacle));
    }
    let Some(Entry::File { bytes, executable }) = tree.get(path) else {
        return Some(Drift::new(path, change.of_missing(path), Remedy::Create).with_diff(&[], &artifact.bytes));
    };
    let is_mode_changed = *executable != artifact.executable;
    if *bytes == artifact.bytes {
        return is_mode_changed.then(|| Drift::new(path, [Cause::ModeChanged], Remedy::SetMode));
    }
    if !change.found.listed.contains(path) && !header::is_marked(bytes) {
        return Some(Drift::foreign(path, "a file that ghagen did not make".to_owned()));
    }
    let mut causes = change.of_bytes(path, bytes, bumps.files.contains(path));
    if is_mode_changed {
        causes.insert(Cause::ModeChanged);
    }
    Some(Drift::new(path, causes, Remedy::Replace).with_diff(bytes, &artifact.bytes))
}

/// Files that were ours, and that nothing makes any more.
fn orphans<'a>(artifacts: &'a [Artifact], tree: &'a Tree, found: &'a Found) -> impl Iterator<Item = Drift> + 'a {
    let made: BTreeSet<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
    let ours = tree.iter().filter(move |(path, _)| is_in_our_folders(path) && !made.contains(path));
    ours.filter_map(|(path, entry)| match entry {
        Entry::File { bytes, .. } if header::is_marked(bytes) => {
            Some(Drift::new(path, [Cause::Orphan], Remedy::Remove).with_diff(bytes, &[]))
        }
        Entry::File { bytes, .. } if found.listed.contains(path) => {
            let is_edited = found.records.get(path).is_none_or(|record| record.sha256 != hash::of_bytes(bytes));
            // Somebody made it theirs. Perhaps all that is left of their work, so it stays, and is ours no more.
            let drift = if is_edited {
                Drift::new(path, [Cause::HandEdited, Cause::Orphan], Remedy::LetGo)
            } else {
                Drift::new(path, [Cause::Orphan], Remedy::Remove)
            };
            Some(drift.with_diff(bytes, &[]))
        }
        Entry::Link if found.listed.contains(path) => Some(Drift::new(path, [Cause::Orphan], Remedy::LetGo)),
        Entry::File { .. } | Entry::Link | Entry::Folder | Entry::Other => None,
    })
}

fn is_in_our_folders(path: &str) -> bool {
    FOLDERS.iter().any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

#[cfg(test)]
mod tests;
