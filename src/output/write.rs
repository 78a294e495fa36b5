//! Writing: each file beside its place first, then moved there whole; the manifest last.
//!
//! Killed at any point, what is left is whole files, old ones and new ones, and the next run finishes the work.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use fs_err as fs;
use tempfile::Builder;

use crate::check::{Drift, FOLDERS, Remedy, Report};
use crate::emit::{Artifact, manifest};

/// Why nothing, or not everything, was written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Things in the way that are not ours: nothing was written.
    #[error("{}", refusal(.0))]
    Refused(Vec<(String, String)>),
    /// The system refused; its error names the path.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A file could not be moved to its place.
    #[error("`{path}` cannot be written: {source}", path = .path.display())]
    Persist {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

fn refusal(obstacles: &[(String, String)]) -> String {
    let lines: Vec<_> = obstacles.iter().map(|(path, what)| format!("  {path}: in its place is {what}")).collect();
    format!("nothing was written, since these are not ghagen's to overwrite:\n{}", lines.join("\n"))
}

/// Makes the disk what it should be, by a report about this very disk.
///
/// # Errors
///
/// [`OutputError::Refused`] before anything is written, otherwise what the system says.
pub fn write(root: &Path, artifacts: &[Artifact], report: &Report) -> Result<(), OutputError> {
    refuse(report)?;
    let artifacts: BTreeMap<&str, &Artifact> = artifacts.iter().map(|it| (it.path.as_str(), it)).collect();
    let (last, first): (Vec<_>, Vec<_>) = report.drifts.iter().partition(|drift| drift.path == manifest::PATH);
    // Files before orphans, so that the folder of both is not removed in between.
    let (gone, made): (Vec<_>, Vec<_>) = first.into_iter().partition(|drift| drift.remedy == Remedy::Remove);
    for drift in made.into_iter().chain(gone).chain(last) {
        mend(root, &artifacts, drift)?;
    }
    Ok(())
}

/// Looks for what is not ours. Says all of it at once.
pub fn refuse(report: &Report) -> Result<(), OutputError> {
    let obstacle = |drift: &Drift| (drift.path.clone(), drift.obstacle.clone().unwrap_or_default());
    let obstacles: Vec<_> = report.drifts.iter().filter(|drift| drift.remedy == Remedy::Refuse).map(obstacle).collect();
    if obstacles.is_empty() { Ok(()) } else { Err(OutputError::Refused(obstacles)) }
}

fn mend(root: &Path, artifacts: &BTreeMap<&str, &Artifact>, drift: &Drift) -> Result<(), OutputError> {
    let path = root.join(&drift.path);
    match drift.remedy {
        Remedy::Create | Remedy::Replace => {
            if let Some(artifact) = artifacts.get(drift.path.as_str()) {
                put(&path, &artifact.bytes, artifact.executable)?;
            }
        }
        Remedy::SetMode => {
            let is_executable = artifacts.get(drift.path.as_str()).is_some_and(|artifact| artifact.executable);
            fs::set_permissions(&path, mode(is_executable))?;
        }
        Remedy::Remove => {
            fs::remove_file(&path)?;
            remove_empty_folders(root, &drift.path)?;
        }
        Remedy::LetGo | Remedy::Refuse => {}
    }
    Ok(())
}

/// Writes a file beside its place, and moves it there.
pub(super) fn put(path: &Path, bytes: &[u8], is_executable: bool) -> Result<(), OutputError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    // In the same folder, since only there a file can be moved to its place in one step.
    let mut file = Builder::new().prefix(".ghagen-").suffix(".tmp").tempfile_in(folder)?;
    file.write_all(bytes)?;
    // Set, not asked for: the umask has no say in what is committed.
    file.as_file().set_permissions(mode(is_executable))?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| OutputError::Persist { path: path.to_owned(), source: error.error })?;
    Ok(())
}

pub(super) fn mode(is_executable: bool) -> std::fs::Permissions {
    std::fs::Permissions::from_mode(if is_executable { 0o755 } else { 0o644 })
}

fn remove_empty_folders(root: &Path, path: &str) -> io::Result<()> {
    let keep: BTreeSet<&str> = FOLDERS.into();
    let mut path = path;
    while let Some((folder, _)) = path.rsplit_once('/') {
        if keep.contains(folder) || fs::read_dir(root.join(folder))?.next().is_some() {
            break;
        }
        fs::remove_dir(root.join(folder))?;
        path = folder;
    }
    Ok(())
}
