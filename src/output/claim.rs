//! A project that one run has to itself: whoever wants to write needs it.
//!
//! It is a lock of the system on the root folder itself. So there is no file of it that could be left behind, committed or taken
//! for drift, and it ends with the process that holds it, however that ends.

use std::fs::TryLockError;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use fs_err as fs;

use super::change::Changes;
use super::error::{At, OutputError};
use super::leftover::leftovers;
use super::write;
use crate::check::Report;
use crate::emit::Artifact;
use crate::lock;

/// A project that nobody else writes in for as long as this lives.
#[derive(Debug)]
pub struct Claim {
    root: PathBuf,
    // Held open: closing it ends the lock.
    _folder: fs::File,
}

impl Claim {
    /// Takes a project, or says who has it. Then clears away what a killed run left of files on their way.
    ///
    /// # Errors
    ///
    /// [`OutputError::Busy`], and what the system says.
    pub fn take(root: &Path) -> Result<Self, OutputError> {
        let folder = fs::File::open(root).at(&root.to_string_lossy())?;
        match folder.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(OutputError::Busy(holder(&folder))),
            // A file system without such locks is no reason not to write: only two runs at once could get in each other's way.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let claim = Self { root: root.to_owned(), _folder: folder };
        let mut changes = Changes::below(&claim.root);
        for path in leftovers(&claim.root).at(&root.to_string_lossy())? {
            changes.remove(&path)?;
        }
        Ok(claim)
    }

    /// Makes the disk what it should be, by a report about this very disk, made since the project was taken.
    ///
    /// # Errors
    ///
    /// [`OutputError::Refused`] before anything is written, otherwise what the system says.
    pub fn write(&self, artifacts: &[Artifact], report: &Report) -> Result<(), OutputError> {
        write::write(&self.root, artifacts, report)
    }

    /// Puts new files below `spec/`, in this order; never one over something that is there.
    pub fn write_new(&self, files: &[(&str, &str)]) -> Result<(), OutputError> {
        let mut changes = Changes::below(&self.root);
        for (path, text) in files {
            if fs::symlink_metadata(self.root.join(path)).is_ok() {
                let what = "something that came there meanwhile".to_owned();
                return Err(OutputError::Refused(vec![((*path).to_owned(), what)]));
            }
            changes.put(path, text.as_bytes(), false)?;
        }
        changes.sync()
    }

    /// Puts a lock of pins in the place of the one that is there.
    pub fn write_lock(&self, text: &str) -> Result<(), OutputError> {
        let mut changes = Changes::below(&self.root);
        changes.put(lock::PATH, text.as_bytes(), false)?;
        changes.sync()
    }
}

/// Who holds the lock of a folder, in words: from the list that Linux keeps. Elsewhere, and across containers, nobody can tell.
fn holder(folder: &fs::File) -> Option<String> {
    let inode = folder.metadata().ok()?.ino().to_string();
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let process = locks.lines().find_map(|line| process_of(line, &inode))?;
    let arguments = fs::read(format!("/proc/{process}/cmdline")).ok()?;
    let words: Vec<_> = arguments.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
    let (program, rest) = words.split_first()?;
    let program = program.rsplit('/').next().unwrap_or(program);
    let command = [program].into_iter().chain(rest.iter().map(AsRef::as_ref)).collect::<Vec<_>>().join(" ");
    Some(format!("`{}` (process {process})", command.trim_end()))
}

/// The process of a line such as `1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF`, where 5678 is the folder.
fn process_of<'a>(line: &'a str, inode: &str) -> Option<&'a str> {
    match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        [_, "FLOCK", _, "WRITE", process, place, ..] if place.rsplit(':').next() == Some(inode) => Some(process),
        _ => None,
    }
}
