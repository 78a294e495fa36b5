//! Moved pins among the artifacts and what stands in their places; `lock` knows what a bump is.

use super::{Entry, Tree};
use crate::emit::manifest::{self, Found};
use crate::emit::{Artifact, hash};
use crate::lock::{self, Bumps, Text};

/// The pins that were moved in generated files, and the edits beside them that no lock can take.
pub fn bumps(artifacts: &[Artifact], tree: &Tree) -> Bumps {
    match tree.get(manifest::PATH) {
        Some(Entry::File { bytes, .. }) => of_all(artifacts, tree, &manifest::read(bytes)),
        _ => Bumps::default(),
    }
}

pub(super) fn of_all(artifacts: &[Artifact], tree: &Tree, found: &Found) -> Bumps {
    lock::bumps(&texts_of(artifacts, tree, found))
}

/// Every artifact that is a text beside what stands in its place: nothing, where there is no text.
pub fn texts<'a>(artifacts: &'a [Artifact], tree: &'a Tree) -> Vec<Text<'a>> {
    texts_of(artifacts, tree, &Found::default())
}

fn texts_of<'a>(artifacts: &'a [Artifact], tree: &'a Tree, found: &Found) -> Vec<Text<'a>> {
    artifacts.iter().filter_map(|artifact| text_of(artifact, tree, found)).collect()
}

fn text_of<'a>(artifact: &'a Artifact, tree: &'a Tree, found: &Found) -> Option<Text<'a>> {
    let path = artifact.path.as_str();
    let (bytes, is_there): (&[u8], bool) = match tree.get(path) {
        Some(Entry::File { bytes, .. }) => (bytes, true),
        _ => (&[], false),
    };
    // Else the file is as it was written, and it is the lock that moved.
    let was_edited = || found.records.get(path).is_some_and(|record| record.sha256 != hash::of_bytes(bytes));
    Some(Text {
        path,
        is: std::str::from_utf8(bytes).unwrap_or_default(),
        should_be: std::str::from_utf8(&artifact.bytes).ok()?,
        is_edited: is_there && bytes != artifact.bytes && path != manifest::PATH && was_edited(),
    })
}
