//! What is emitted: a file in memory.

use std::collections::BTreeSet;

use crate::source::{FileId, Origin};

/// A generated file in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its path below the project, with `/` between names.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether it is executable.
    pub executable: bool,
    /// The spec files that it is made from.
    pub files: BTreeSet<FileId>,
    /// Which line (from 1) starts something that a spec value made; sorted.
    pub origins: Vec<(usize, Origin)>,
}
