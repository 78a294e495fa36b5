//! The plain files below `spec/`, with `/` between the names of a path.

use std::fs::FileType;
use std::path::Path;

use fs_err as fs;

use super::ProjectError;

/// The paths of all files below `spec/`, relative to the root and sorted.
pub(super) fn files(root: &Path) -> Result<Vec<String>, ProjectError> {
    let mut found = Vec::new();
    if fs::symlink_metadata(root.join("spec")).is_ok() {
        visit(root, "spec".to_owned(), &mut found)?;
    }
    found.sort();
    Ok(found)
}

/// Whether a path is below the folders whose files packages and recipes carry.
pub(super) fn is_carried(path: &str) -> bool {
    ["spec/files/", "spec/patches/"].iter().any(|folder| path.starts_with(folder))
}

/// Whether an entry is nobody's business: hidden ones, such as editors leave behind, and explanations for people.
fn is_left_alone(path: &str, name: &str) -> bool {
    !is_carried(path) && (name.starts_with('.') || name == "README.md")
}

/// Whether a path is one of the spec; one that could be, and has a name that cannot be written, is an error.
pub(super) fn is_of_spec(path: &str) -> Result<bool, ProjectError> {
    let mut shown = String::new();
    for name in path.split('/') {
        if !shown.is_empty() {
            shown.push('/');
        }
        shown.push_str(name);
        if is_left_alone(&shown, name) {
            return Ok(false);
        }
        if let Some(what) = strange(name) {
            return Err(ProjectError::BadName { path: path.escape_debug().to_string(), what });
        }
    }
    Ok(true)
}

fn visit(root: &Path, path: String, found: &mut Vec<String>) -> Result<(), ProjectError> {
    // The entry itself, never what a link leads to: that could lie outside the project.
    let kind = fs::symlink_metadata(root.join(&path))?.file_type();
    if kind.is_file() {
        found.push(path);
        return Ok(());
    }
    if !kind.is_dir() {
        return Err(ProjectError::NotPlain { path, what: special(kind) });
    }
    for entry in fs::read_dir(root.join(&path))? {
        let name = entry?.file_name();
        let shown = format!("{path}/{}", name.to_string_lossy());
        let Some(name) = name.to_str() else {
            return Err(ProjectError::BadName { path: shown, what: "bytes that are not UTF-8" });
        };
        if is_left_alone(&shown, name) {
            continue;
        }
        if let Some(what) = strange(name) {
            return Err(ProjectError::BadName { path: shown.escape_debug().to_string(), what });
        }
        visit(root, shown, found)?;
    }
    Ok(())
}

fn special(kind: FileType) -> &'static str {
    if kind.is_symlink() { "a symbolic link" } else { "neither a file nor a folder" }
}

/// What a name holds that scripts and workflows would have to quote.
fn strange(name: &str) -> Option<&'static str> {
    if name.chars().any(char::is_control) {
        Some("control characters")
    } else if name.contains(char::is_whitespace) {
        Some("white space")
    } else if name.contains(|character: char| character.is_ascii_punctuation() && !"._-+@~".contains(character)) {
        Some("punctuation that a shell could take for its own")
    } else if name.starts_with(".ghagen-") {
        // Its copy would be taken for what a killed run left, and cleared away.
        Some("the beginning that ghagen's own temporary files have")
    } else {
        None
    }
}
