//! Pins that somebody moved in generated files, as bots do: `uses: owner/name@commit # version`, and digests of images.
//!
//! A file counts only where nothing else in it differs, and only if the same thing has the same new pin everywhere:
//! otherwise the lock, which has one pin for each, could not take it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Tree};
use crate::emit::manifest::Found;
use crate::emit::{Artifact, hash};

/// A pin as a line holds it: what is pinned, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pin<'a> {
    /// The line up to the pin: indentation, keys, the name.
    before: &'a str,
    /// What is pinned: `owner/name`, or `registry/name:tag`.
    name: &'a str,
    /// The commit with its comment, or the digest.
    to: &'a str,
    /// The version in the comment. Another commit of the same version is no bump, but something to look at.
    version: Option<&'a str>,
    /// The rest of the line.
    behind: &'a str,
}

/// The files in which nothing but pins was moved since they were written, and in which pins agree with all other files.
pub(super) fn of_all<'a>(artifacts: &'a [Artifact], tree: &Tree, found: &Found) -> BTreeSet<&'a str> {
    let moved: Vec<(&str, BTreeSet<&str>)> = artifacts
        .iter()
        .filter_map(|artifact| {
            let is = text_of(tree, artifact)?;
            let names = moved(is, std::str::from_utf8(&artifact.bytes).ok()?)?;
            // Else the file is as it was written, and it is the lock that moved.
            let is_edited = found.records.get(&artifact.path)?.sha256 != hash::of_bytes(is.as_bytes());
            is_edited.then_some((artifact.path.as_str(), names))
        })
        .collect();
    if moved.is_empty() {
        return BTreeSet::new();
    }
    let mut pins: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let lines = artifacts.iter().filter_map(|artifact| text_of(tree, artifact)).flat_map(str::lines);
    for pin in lines.filter_map(pin_of) {
        pins.entry(pin.name).or_default().insert(pin.to);
    }
    let agrees = |name: &&str| pins.get(name).is_some_and(|pins| pins.len() == 1);
    moved.into_iter().filter(|(_, names)| names.iter().all(agrees)).map(|(path, _)| path).collect()
}

fn text_of<'a>(tree: &'a Tree, artifact: &Artifact) -> Option<&'a str> {
    match tree.get(&artifact.path)? {
        Entry::File { bytes, .. } => std::str::from_utf8(bytes).ok(),
        Entry::Link | Entry::Folder | Entry::Other => None,
    }
}

/// The names whose pins differ between two texts, if nothing else does.
fn moved<'a>(is: &'a str, should_be: &str) -> Option<BTreeSet<&'a str>> {
    if is == should_be {
        return None;
    }
    let (is, should_be): (Vec<_>, Vec<_>) = (is.split('\n').collect(), should_be.split('\n').collect());
    if is.len() != should_be.len() {
        return None;
    }
    let mut names = BTreeSet::new();
    for (is, should_be) in is.into_iter().zip(should_be).filter(|(is, should_be)| is != should_be) {
        let (is, should_be) = (pin_of(is)?, pin_of(should_be)?);
        if (is.before, is.name, is.behind) != (should_be.before, should_be.name, should_be.behind)
            || is.version.is_some() && is.version == should_be.version
        {
            return None;
        }
        names.insert(is.name);
    }
    Some(names)
}

/// The pin of a line, if it has one.
fn pin_of(line: &str) -> Option<Pin<'_>> {
    action(line).or_else(|| image(line))
}

/// `  - uses: owner/name/path@commit # v1.2.3`.
fn action(line: &str) -> Option<Pin<'_>> {
    let start = line.find("uses: ")? + "uses: ".len();
    let at = start + line.get(start..)?.find('@')?;
    let (name, to) = (line.get(start..at)?, line.get(at + 1..)?);
    let commit = to.get(..40)?;
    let version = to.get(40..)?.strip_prefix(" # ").filter(|version| is_version(version))?;
    let is_action =
        name.contains('/') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte));
    // `owner/name` is what the lock pins; what follows it is a folder in it.
    let name_end = name.match_indices('/').nth(1).map_or(name.len(), |(end, _)| end);
    (is_action && is_hex(commit)).then_some(Pin {
        before: line.get(..start)?,
        name: name.get(..name_end)?,
        to,
        version: Some(version),
        behind: name.get(name_end..)?,
    })
}

/// `... registry/name:tag@sha256:digest ...`.
fn image(line: &str) -> Option<Pin<'_>> {
    let mark = "@sha256:";
    let at = line.find(mark)?;
    let digest_start = at + mark.len();
    let digest_end = digest_start + 64;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/:".contains(&byte);
    let name_start = line.get(..at)?.bytes().rposition(|byte| !is_name(byte)).map_or(0, |before| before + 1);
    let behind = line.get(digest_end..)?;
    let is_good = is_hex(line.get(digest_start..digest_end)?)
        && name_start < at
        && !behind.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !behind.contains(mark);
    is_good.then_some(Pin {
        before: line.get(..name_start)?,
        name: line.get(name_start..at)?,
        to: line.get(at + 1..digest_end)?,
        version: None,
        behind,
    })
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn is_version(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-+/".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(digit: char, version: &str) -> String {
        format!("      - uses: actions/checkout@{} # {version}", digit.to_string().repeat(40))
    }

    #[test]
    fn a_moved_pin_is_told_from_any_other_change() {
        let is_bump = |is: &str, should_be: &str| {
            moved(is, should_be).is_some_and(|names| names == BTreeSet::from(["actions/checkout"]))
        };
        assert!(is_bump(&format!("a\n{}\nb", line('1', "v1")), &format!("a\n{}\nb", line('2', "v2"))));
        assert!(!is_bump(&format!("a\n{}\nc", line('1', "v1")), &format!("a\n{}\nb", line('2', "v2"))));
        assert!(!is_bump(&line('1', "v1"), &line('2', "v2 and more")));
        assert!(!is_bump(&line('1', "v1"), &line('2', "v1")));
        assert!(!is_bump(&line('1', "v1"), &line('2', "v2").replace("checkout", "cache")));
        assert!(!is_bump(&line('1', "v1"), &line('2', "v2").replace("      - ", "- ")));
        assert!(!is_bump(&line('1', "v1"), &line('g', "v2")));
        assert!(!is_bump(&format!("{}\n", line('1', "v1")), &line('2', "v2")));
    }

    #[test]
    fn digests_of_images_are_pins() {
        let line = |digit: &str| format!("FROM docker.io/ubuntu:rolling@sha256:{} AS base", digit.repeat(64));
        assert_eq!(moved(&line("1"), &line("2")).unwrap(), BTreeSet::from(["docker.io/ubuntu:rolling"]));
        assert_eq!(moved(&line("1"), &line("2").replace("rolling", "24.04")), None);
        assert_eq!(moved(&line("1"), &line("x")), None);
        assert_eq!(moved(&line("1"), &line("2").replace(" AS", "2 AS")), None);
    }

    #[test]
    fn a_folder_of_an_action_belongs_to_its_repository() {
        let line = format!("uses: github/codeql-action/upload-sarif@{} # v3", "a".repeat(40));
        let pin = action(&line).unwrap();
        assert_eq!((pin.name, pin.behind), ("github/codeql-action", "/upload-sarif"));
    }
}
