//! Writing what a comparison found: files, then orphans, the manifest last.
//!
//! Killed at any point, what is left is whole files, old ones and new ones, and the next run finishes the work. For as long as there
//! is work the manifest is the old one, which says what was ours.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use fs_err as fs;

use super::change::Changes;
use super::error::{At, OutputError};
use crate::check::{Drift, FOLDERS, Remedy, Report};
use crate::emit::{Artifact, manifest};

/// See [`Claim::write`](super::Claim::write).
pub(super) fn write(root: &Path, artifacts: &[Artifact], report: &Report) -> Result<(), OutputError> {
    refuse(report)?;
    let artifacts: BTreeMap<&str, &Artifact> = artifacts.iter().map(|it| (it.path.as_str(), it)).collect();
    let (last, first): (Vec<_>, Vec<_>) = report.drifts.iter().partition(|drift| drift.path == manifest::PATH);
    let mut changes = Changes::below(root);
    for drift in &first {
        if let Some(artifact) = artifacts.get(drift.path.as_str()) {
            make(&mut changes, artifact, drift.remedy)?;
        }
    }
    // After the files, so that a folder of both is not removed in between.
    for drift in first.iter().filter(|drift| drift.remedy == Remedy::Remove) {
        changes.remove(&drift.path)?;
    }
    let mut gone = if last.is_empty() { BTreeSet::new() } else { once_ours(root, &artifacts)? };
    gone.extend(first.iter().filter(|drift| drift.remedy == Remedy::Remove).map(|drift| drift.path.clone()));
    for path in gone {
        changes.remove_empty_folders(&path, &FOLDERS)?;
    }
    changes.sync()?;
    for drift in last {
        if let Some(artifact) = artifacts.get(drift.path.as_str()) {
            make(&mut changes, artifact, drift.remedy)?;
        }
    }
    changes.sync()
}

/// Looks for what is not ours. Says all of it at once.
pub fn refuse(report: &Report) -> Result<(), OutputError> {
    let obstacle = |drift: &Drift| (drift.path.clone(), drift.obstacle.clone().unwrap_or_default());
    let obstacles: Vec<_> = report.drifts.iter().filter(|drift| drift.remedy == Remedy::Refuse).map(obstacle).collect();
    if obstacles.is_empty() { Ok(()) } else { Err(OutputError::Refused(obstacles)) }
}

fn make(changes: &mut Changes<'_>, artifact: &Artifact, remedy: Remedy) -> Result<(), OutputError> {
    match remedy {
        Remedy::Create | Remedy::Replace => changes.put(&artifact.path, &artifact.bytes, artifact.executable),
        Remedy::SetMode => changes.set_mode(&artifact.path, artifact.executable),
        Remedy::Remove | Remedy::LetGo | Remedy::Refuse => Ok(()),
    }
}

/// What the manifest that is still there lists, and nothing makes any more: of that, a run that was killed may have removed a file,
/// and not yet its folder.
fn once_ours(root: &Path, artifacts: &BTreeMap<&str, &Artifact>) -> Result<BTreeSet<String>, OutputError> {
    let bytes = match fs::read(root.join(manifest::PATH)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        bytes => bytes.at(manifest::PATH)?,
    };
    let listed = manifest::read(&bytes).listed.into_iter();
    // Somebody may have written whatever into the manifest.
    let is_ours =
        |path: &str| FOLDERS.iter().any(|folder| path.strip_prefix(folder).is_some_and(|it| it.starts_with('/')));
    let is_plain = |path: &str| path.split('/').all(|name| !matches!(name, "" | "." | ".."));
    Ok(listed.filter(|path| !artifacts.contains_key(path.as_str()) && is_ours(path) && is_plain(path)).collect())
}
