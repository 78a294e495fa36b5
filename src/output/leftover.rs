//! Temporary files that runs left when they were killed. Known by their name, which nothing else has.

use std::io;
use std::path::Path;

use fs_err as fs;

/// How the name of a temporary file begins. Between this and the end are letters and digits.
pub(super) const PREFIX: &str = ".ghagen-";
/// How it ends.
pub(super) const SUFFIX: &str = ".tmp";

/// Folders in which files are written, and whether also in those below.
const FOLDERS: [(&str, bool); 6] = [
    ("generated", true),
    (".github", false),
    (".github/workflows", false),
    ("spec", false),
    ("spec/components", false),
    ("spec/tools", false),
];

/// Whether a file of this name is one on its way to its place.
pub(super) fn is_temporary(name: &str) -> bool {
    let middle = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    middle.is_some_and(|middle| !middle.is_empty() && middle.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The temporary files in a project, by path below its root. Whoever writes there holds it, so these wait for nobody.
pub(super) fn leftovers(root: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for (folder, and_below) in FOLDERS {
        if is_folder(root, folder)? {
            look(root, folder, and_below, &mut found)?;
        }
    }
    found.sort();
    Ok(found)
}

/// Whether there is such a folder, and no link leads to it.
pub(super) fn is_folder(root: &Path, path: &str) -> io::Result<bool> {
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    for part in ends.filter_map(|end| path.get(..end)) {
        match fs::symlink_metadata(root.join(part)) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

fn look(root: &Path, folder: &str, and_below: bool, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let Some(path) = entry.file_name().to_str().map(|name| format!("{folder}/{name}")) else { continue };
        if kind.is_dir() && and_below {
            look(root, &path, true, found)?;
        } else if kind.is_file() && path.rsplit('/').next().is_some_and(is_temporary) {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_files_are_known_by_their_whole_name() {
        for name in [".ghagen-4711.tmp", ".ghagen-aB3.tmp"] {
            assert!(is_temporary(name), "{name}");
        }
        for name in [".ghagen-.tmp", ".ghagen-a.tmp.old", "x.ghagen-a.tmp", ".ghagen-my-notes.tmp", ".ghagen-a", ".tmp"]
        {
            assert!(!is_temporary(name), "{name}");
        }
    }
}
