//! Why the manifest itself differs. Nothing lists it, so the cause is told from its own lines.

use std::collections::BTreeSet;

use super::cause::Change;
use super::{Cause, Drift, Entry, Remedy, Tree};
use crate::emit::{Artifact, header};

pub(super) fn of(artifact: &Artifact, tree: &Tree, change: &Change<'_>) -> Option<Drift> {
    let path = artifact.path.as_str();
    if let Some(obstacle) = tree.obstacle(path) {
        return Some(Drift::foreign(path, obstacle));
    }
    let Some(Entry::File { bytes, executable }) = tree.get(path) else {
        return Some(Drift::new(path, [Cause::Missing], Remedy::Create).with_diff(&[], &artifact.bytes));
    };
    let is_mode_changed = *executable != artifact.executable;
    if *bytes == artifact.bytes {
        return is_mode_changed.then(|| Drift::new(path, [Cause::ModeChanged], Remedy::SetMode));
    }
    if change.found.listed.is_empty() && !header::is_marked(bytes) {
        return Some(Drift::foreign(path, "a file that ghagen did not make".to_owned()));
    }
    let mut causes = causes(change, tree);
    if is_mode_changed {
        causes.insert(Cause::ModeChanged);
    }
    Some(Drift::new(path, causes, Remedy::Replace).with_diff(bytes, &artifact.bytes))
}

fn causes(change: &Change<'_>, tree: &Tree) -> BTreeSet<Cause> {
    let (found, fresh) = (change.found, change.fresh);
    let is_generator_other = change.is_generator_other();
    let (mut is_edited, mut is_spec_other) = (false, false);
    if found.is_intact {
        for path in fresh.records.keys().filter(|path| !found.listed.contains(*path)) {
            // A line that is gone while its file is there was taken out by hand. Without its file, it is new.
            if tree.get(path).is_some() { is_edited = true } else { is_spec_other |= !is_generator_other }
        }
        is_spec_other |= !is_generator_other && found.listed.iter().any(|path| !fresh.records.contains_key(path));
    } else {
        // Another version may write its manifest in another way, and that is no edit.
        is_edited = change.other_version().is_none();
    }
    is_spec_other |= fresh.records.keys().any(|path| change.is_spec_other(path));
    let causes = [
        (Cause::HandEdited, is_edited),
        (Cause::SpecChanged, is_spec_other),
        // Else honest lines of the same inputs have other hashes: another program of the same version wrote them.
        (Cause::GeneratorChanged, is_generator_other || !is_edited && !is_spec_other),
    ];
    causes.into_iter().filter(|(_, applies)| *applies).map(|(cause, _)| cause).collect()
}
