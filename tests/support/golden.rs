//! Comparing what is with what should be, and blessing: `make bless` writes what is over what should be.

use std::path::{Component, Path, PathBuf};

use similar::TextDiff;

use super::{Entry, Tree, repository};

/// Lines of differences that are shown of one file: enough to see the cause, short enough to read.
const LINES_OF_A_FILE: usize = 80;

/// Asserts that two trees are the same, paths, bytes, executable bits and links.
#[track_caller]
pub(crate) fn assert_same_tree(expected: &Tree, actual: &Tree) {
    let differences = tree_differences(expected, actual);
    assert!(differences.is_empty(), "the trees differ:\n{}", differences.join("\n"));
}

/// Asserts that a tree is the one committed in `folder`, a path below `tests/`; `GHAGEN_BLESS=1` rewrites that folder.
#[track_caller]
pub(crate) fn assert_golden_tree(folder: &str, actual: &Tree) {
    let golden = golden_path(folder);
    let expected = Tree::read(&golden);
    let differences = tree_differences(&expected, actual);
    if differences.is_empty() {
        return;
    }
    if is_blessing() {
        bless_tree(&golden, actual);
        return;
    }
    panic!("{folder} differs from what is made now:\n{}\n\nif this is right: make bless", differences.join("\n"));
}

/// Makes `golden` hold `actual` and nothing else.
fn bless_tree(golden: &Path, actual: &Tree) {
    if golden.exists() {
        fs_err::remove_dir_all(golden).unwrap();
    }
    actual.write_to(golden);
}

/// Asserts that two texts are the same.
#[track_caller]
pub(crate) fn assert_same_text(expected: &str, actual: &str) {
    assert!(expected == actual, "the texts differ:\n{}", text_diff("text", expected, actual));
}

/// Asserts that a text is the one committed in `file`, a path below `tests/` or `docs/`; `GHAGEN_BLESS=1` rewrites that file.
#[track_caller]
pub(crate) fn assert_golden_text(file: &str, actual: &str) {
    // A page is one file, and nothing else is removed for it.
    let golden =
        if file.starts_with("docs/") && !file.contains("..") { repository().join(file) } else { golden_path(file) };
    let expected = if golden.exists() { fs_err::read_to_string(&golden).unwrap() } else { String::new() };
    if expected == actual && golden.exists() {
        return;
    }
    if is_blessing() {
        fs_err::create_dir_all(golden.parent().unwrap()).unwrap();
        fs_err::write(golden, actual).unwrap();
        return;
    }
    panic!("{}\n\nif this is right: make bless", text_diff(file, &expected, actual));
}

/// Blessing removes what is there, so the path is one below `tests/` that cannot lead out of it.
fn golden_path(path: &str) -> PathBuf {
    let parts: Vec<_> = Path::new(path).components().collect();
    let are_names = parts.iter().all(|part| matches!(part, Component::Normal(_)));
    let is_below = are_names && parts.len() > 1 && parts[0].as_os_str() == "tests";
    assert!(is_below, "blessing writes below tests/ alone, not to {path}");
    repository().join(path)
}

/// A build server never blesses: there, a difference is a failure.
fn is_blessing() -> bool {
    let is_set = |name, value| std::env::var_os(name).is_some_and(|found| found == value);
    is_set("GHAGEN_BLESS", "1") && !is_set("CI", "true")
}

fn tree_differences(expected: &Tree, actual: &Tree) -> Vec<String> {
    let describe = |path| match (expected.get(path), actual.get(path)) {
        (Some(_), None) => Some(format!("missing: {path}")),
        (None, Some(_)) => Some(format!("unexpected: {path}")),
        (Some(expected), Some(actual)) if expected != actual => Some(entry_difference(path, expected, actual)),
        _ => None,
    };
    expected.paths_of_both(actual).into_iter().filter_map(describe).collect()
}

fn entry_difference(path: &str, expected: &Entry, actual: &Entry) -> String {
    match (expected, actual) {
        (Entry::File { bytes: old, executable: was }, Entry::File { bytes: new, executable: is }) => {
            let mode = (was != is).then(|| format!("executable bit: {path}: expected {was}, is {is}"));
            let bytes = (old != new).then(|| match (str::from_utf8(old), str::from_utf8(new)) {
                (Ok(old), Ok(new)) => text_diff(path, old, new),
                _ => format!("bytes: {path}: expected {} bytes, are {}, not shown", old.len(), new.len()),
            });
            mode.into_iter().chain(bytes).collect::<Vec<_>>().join("\n")
        }
        (Entry::Link { target: old }, Entry::Link { target: new }) => {
            format!("link: {path}: expected {}, is {}", old.display(), new.display())
        }
        (Entry::Link { .. }, Entry::File { .. }) => format!("kind: {path}: expected a link, is a file"),
        (Entry::File { .. }, Entry::Link { .. }) => format!("kind: {path}: expected a file, is a link"),
    }
}

fn text_diff(name: &str, expected: &str, actual: &str) -> String {
    let diff = TextDiff::from_lines(expected, actual);
    let text = diff.unified_diff().header(&format!("expected/{name}"), &format!("actual/{name}")).to_string();
    let lines = text.lines().count();
    let mut shown: Vec<_> = text.lines().take(LINES_OF_A_FILE).map(ToOwned::to_owned).collect();
    if lines > LINES_OF_A_FILE {
        shown.push(format!("... and {} lines more", lines - LINES_OF_A_FILE));
    }
    shown.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::Project;

    #[test]
    fn blessing_a_tree_adds_changes_and_removes() {
        let golden = Project::new().file("gone", "").file("file/that/becomes", "").file("kept", "1");
        let actual = Tree::default().with("kept", "2").with("new/one", "").with("file", "a file");
        bless_tree(golden.root(), &actual);
        assert_same_tree(&actual, &golden.tree());
    }
}
