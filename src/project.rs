//! The only reader of project folders: finds the root, and takes up what stands below `spec/`.
//!
//! Understands nothing of what it reads; [`spec::read`](crate::spec::read) does. What it gives depends on the files alone:
//! not on their order on disk, and not on anything outside the project.

mod revision;
mod walk;

pub use revision::{Revision, RevisionError, read_revision};

use std::io;
use std::path::{Path, PathBuf};

use fs_err as fs;
use thiserror::Error;

use crate::spec::Files;

/// Why a project folder cannot be read.
#[derive(Debug, Error)]
pub enum ProjectError {
    /// There is no project around the folder.
    #[error("no `spec/ghagen.yaml` in `{start}` or in a folder above it; `ghagen init` makes a new project", start = .start.display())]
    NoProject {
        /// Where the search began.
        start: PathBuf,
    },
    /// Something that is neither a file nor a folder: a symbolic link above all, which could lead out of the project.
    #[error("`{path}` is {what}; a spec holds plain files and folders only, so put the file itself there")]
    NotPlain {
        /// The path below the root.
        path: String,
        /// What it is, with its article.
        what: &'static str,
    },
    /// A name that could not be written into generated files.
    #[error("the name of `{path}` holds {what}; use letters, digits and `. _ - + @ ~` in names below `spec/`")]
    BadName {
        /// The path below the root, as far as it can be shown.
        path: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A text that is not UTF-8.
    #[error("`{path}` is not UTF-8: byte {byte} in line {line} cannot be read; save it as UTF-8")]
    NotUtf8 {
        /// The path below the root.
        path: String,
        /// The first byte that does not fit, counted from 1.
        byte: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// The system refused; its error names the path.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The nearest folder that holds `spec/ghagen.yaml`: `start` itself, or one above it.
pub fn find_root(start: &Path) -> Result<PathBuf, ProjectError> {
    // Without links and `..`, so that the folders above are those that the path names.
    let start = fs::canonicalize(start)?;
    let root = start.ancestors().find(|folder| folder.join("spec/ghagen.yaml").is_file()).map(Path::to_path_buf);
    root.ok_or(ProjectError::NoProject { start })
}

/// Everything below `spec/`. A spec without its main file, or none at all, is no error here: `spec::read` says what lacks.
pub fn read_files(root: &Path) -> Result<Files, ProjectError> {
    let mut files = Files::default();
    for path in walk::files(root)? {
        let bytes = fs::read(root.join(&path))?;
        if walk::is_carried(&path) {
            files.carried.insert(path, bytes);
        } else {
            let text = text_of(&path, bytes)?;
            files.texts.insert(path, text);
        }
    }
    Ok(files)
}

fn text_of(path: &str, bytes: Vec<u8>) -> Result<String, ProjectError> {
    // A file that has no place here is refused for that, whatever it holds.
    if !matches!(path.rsplit('.').next(), Some("yaml" | "lock")) {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let newlines = error.as_bytes().iter().take(valid).filter(|byte| **byte == b'\n').count();
        ProjectError::NotUtf8 { path: path.to_owned(), byte: valid + 1, line: newlines + 1 }
    })
}

#[cfg(test)]
mod tests;
