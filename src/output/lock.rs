//! Writing the lock: whole or not at all.

use std::path::Path;

use super::OutputError;
use super::write::put;
use crate::lock;

/// Puts a lock in the place of the one that is there. Not through a link: what it points to is not ours.
pub fn write_lock(root: &Path, text: &str) -> Result<(), OutputError> {
    put(&root.join(lock::PATH), text.as_bytes(), false)
}
