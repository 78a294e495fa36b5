//! Writing files that nobody has yet.

use std::io::Write;
use std::path::Path;

use fs_err as fs;
use tempfile::Builder;

use super::OutputError;
use super::write::mode;

/// Puts a text at a path where nothing is: whole or not at all, and never over something that came there meanwhile.
pub fn write_new(root: &Path, path: &str, text: &str) -> Result<(), OutputError> {
    let path = root.join(path);
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder)?;
    let mut file = Builder::new().prefix(".ghagen-").suffix(".tmp").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(mode(false))?;
    file.as_file().sync_all()?;
    file.persist_noclobber(&path).map_err(|error| OutputError::Persist { path, source: error.error })?;
    Ok(())
}
