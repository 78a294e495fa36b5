//! Everything that a build said, in a file, and its last lines.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use fs_err::File;

/// How many of the last lines are shown after a failure: those of a log, and what the scripts say around them.
const LAST: usize = 90;

/// See the module's own description.
pub(super) struct Log {
    path: PathBuf,
    file: File,
    last: VecDeque<String>,
}

impl Log {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs_err::create_dir_all(folder)?;
        }
        Ok(Self { path: path.to_owned(), file: File::create(path)?, last: VecDeque::new() })
    }

    /// Adds a line. A full disk is no reason to end the build, which will say so itself.
    pub(super) fn add(&mut self, line: &str) {
        let _ = writeln!(self.file, "{line}");
        if self.last.len() == LAST {
            self.last.pop_front();
        }
        self.last.push_back(line.to_owned());
    }

    /// The last lines: from where the failure began, if that can be seen.
    pub(super) fn last(&self) -> impl Iterator<Item = &str> {
        let start = self.last.iter().rposition(|line| line.starts_with("ghagen: the last lines of ")).unwrap_or(0);
        self.last.iter().skip(start).map(String::as_str)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}
