//! What stands in the folders of generated files.

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use fs_err as fs;

use super::leftover::is_temporary;
use crate::check::{Entry, FOLDERS, Tree};

/// Reads the folders in which generated files can be. What does not exist is not in the tree; no link is followed.
pub fn read_tree(root: &Path) -> io::Result<Tree> {
    let mut tree = Tree::default();
    for folder in FOLDERS {
        read_folder(root, folder, &mut tree)?;
    }
    Ok(tree)
}

/// Reads a folder, unless it, or one above it, is no folder: that stands in the tree then.
fn read_folder(root: &Path, folder: &str, tree: &mut Tree) -> io::Result<()> {
    let above = folder.match_indices('/').filter_map(|(end, _)| folder.get(..end));
    for path in above {
        match entry(&root.join(path))? {
            None => return Ok(()),
            Some(Entry::Folder) => tree.insert(path, Entry::Folder),
            Some(other) => {
                tree.insert(path, other);
                return Ok(());
            }
        }
    }
    read_below(root, folder, tree)
}

fn read_below(root: &Path, path: &str, tree: &mut Tree) -> io::Result<()> {
    let Some(found) = entry(&root.join(path))? else { return Ok(()) };
    let is_folder = found == Entry::Folder;
    tree.insert(path, found);
    if is_folder {
        for item in fs::read_dir(root.join(path))? {
            // Nothing that ghagen writes has another name than one in UTF-8, so others are none of its business. Files on their
            // way to their places are no part of the tree; the next run that writes clears them away.
            if let Some(name) = item?.file_name().to_str().filter(|name| !is_temporary(name)) {
                read_below(root, &format!("{path}/{name}"), tree)?;
            }
        }
    }
    Ok(())
}

fn entry(path: &Path) -> io::Result<Option<Entry>> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let kind = metadata.file_type();
    Ok(Some(if kind.is_symlink() {
        Entry::Link
    } else if kind.is_dir() {
        Entry::Folder
    } else if kind.is_file() {
        // The owner's bit, which is the one that git keeps.
        Entry::File { bytes: fs::read(path)?, executable: metadata.permissions().mode() & 0o100 != 0 }
    } else {
        Entry::Other
    }))
}
