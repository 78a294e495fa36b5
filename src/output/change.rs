//! Single changes of the disk. Each is there whole or not at all, and [`Changes::sync`] has all of them outlive a power cut.
//!
//! Not by `fs_err`: [`OutputError::Write`] names the file, and not what is beside it for a moment.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::error::{At, OutputError};
use super::leftover::{PREFIX, SUFFIX, is_folder};
use super::step::step;

/// Changes below one folder, and the folders that hold them. Paths are below that folder, with `/` between names.
pub(super) struct Changes<'a> {
    root: &'a Path,
    touched: BTreeSet<PathBuf>,
}

impl<'a> Changes<'a> {
    pub(super) const fn below(root: &'a Path) -> Self {
        Self { root, touched: BTreeSet::new() }
    }

    /// Writes a file beside its place, and moves it there. Not through a link: what that points to is not ours.
    pub(super) fn put(&mut self, path: &str, bytes: &[u8], executable: bool) -> Result<(), OutputError> {
        self.make_folder(folder_of(path))?;
        let place = self.root.join(path);
        // In the same folder, since only there a file can be moved to its place in one step. Nobody else has the name: the project is
        // claimed, and where a file system knows no claims the number tells two runs apart.
        let beside = self.root.join(folder_of(path)).join(format!("{PREFIX}{}{SUFFIX}", std::process::id()));
        step("create", &place);
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&beside).at(path)?;
        let done = fill(file, &place, bytes, executable).and_then(|()| {
            step("rename", &place);
            fs::rename(&beside, &place)
        });
        if done.is_err() {
            // If that fails, too, the next run clears it away.
            let _ = fs::remove_file(&beside);
        }
        self.touch(path);
        done.at(path)
    }

    /// Changes nothing of a file but its mode.
    pub(super) fn set_mode(&mut self, path: &str, executable: bool) -> Result<(), OutputError> {
        let place = self.root.join(path);
        step("mode", &place);
        fs::set_permissions(place, mode(executable)).at(path)
    }

    /// Removes a file.
    pub(super) fn remove(&mut self, path: &str) -> Result<(), OutputError> {
        let place = self.root.join(path);
        step("remove", &place);
        fs::remove_file(place).at(path)?;
        self.touch(path);
        Ok(())
    }

    /// Removes the folders above a path that hold nothing, up to one of these. The path itself need not be there, nor the folders.
    pub(super) fn remove_empty_folders(&mut self, path: &str, keep: &[&str]) -> Result<(), OutputError> {
        let mut path = folder_of(path);
        while !path.is_empty() && !keep.contains(&path) {
            let place = self.root.join(path);
            // A folder behind a link is not ours, and one that is gone holds nothing.
            if is_folder(self.root, path).at(path)? {
                if fs::read_dir(&place).at(path)?.next().is_some() {
                    break;
                }
                step("remove folder", &place);
                fs::remove_dir(&place).at(path)?;
                self.touch(path);
            }
            path = folder_of(path);
        }
        Ok(())
    }

    /// Has the folders of all changes so far reach the disk: what is in a file was synced with it, that it is there was not.
    pub(super) fn sync(&mut self) -> Result<(), OutputError> {
        for folder in std::mem::take(&mut self.touched) {
            step("sync folder", &folder);
            match fs::File::open(&folder).and_then(|folder| folder.sync_all()) {
                // Not every file system can sync a folder, and some folders are gone by now.
                Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::NotFound) => {}
                result => result.at(&folder.to_string_lossy())?,
            }
        }
        Ok(())
    }

    /// Makes a folder and those above it, one by one.
    fn make_folder(&mut self, path: &str) -> Result<(), OutputError> {
        let place = self.root.join(path);
        if path.is_empty() || place.is_dir() {
            return Ok(());
        }
        self.make_folder(folder_of(path))?;
        step("create folder", &place);
        fs::create_dir(&place).at(path)?;
        self.touch(path);
        Ok(())
    }

    /// Remembers the folder in which something came or went.
    fn touch(&mut self, path: &str) {
        self.touched.insert(self.root.join(folder_of(path)));
    }
}

fn fill(mut file: fs::File, place: &Path, bytes: &[u8], executable: bool) -> io::Result<()> {
    step("write", place);
    file.write_all(bytes)?;
    step("mode", place);
    // Set, not asked for: the umask has no say in what is committed.
    file.set_permissions(mode(executable))?;
    step("sync", place);
    file.sync_all()
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn mode(executable: bool) -> fs::Permissions {
    fs::Permissions::from_mode(if executable { 0o755 } else { 0o644 })
}
