//! Pins as lines of files hold them: `uses: owner/name@commit # version`, and digests of images.
//!
//! The one place that knows how a pin looks in a text: bumps are found by it, and audits are made by it.

use crate::gha::ActionRef;

/// A pin as a line holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinePin<'a> {
    /// The line up to the name: indentation, keys.
    pub(super) before: &'a str,
    /// What is pinned: `owner/name`, or `registry/name:tag`.
    pub(super) name: &'a str,
    /// What it is pinned to: the commit or the digest.
    pub(super) to: &'a str,
    /// The version in the comment behind an action; an image has its tag in its name.
    pub(super) version: Option<&'a str>,
    /// The rest: the folder of the action in its repository, or what follows the digest.
    pub(super) behind: &'a str,
}

/// What a line uses, pinned well or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineUse<'a> {
    /// What stands before the `@`: `owner/name`, perhaps with a folder behind.
    pub(super) action: &'a str,
    /// What stands behind it.
    pub(super) reference: &'a str,
    /// The comment, without `#`.
    pub(super) comment: Option<&'a str>,
}

/// The pin of a line, if it has one.
pub(super) fn pin_of(line: &str) -> Option<LinePin<'_>> {
    action(line).or_else(|| image(line))
}

/// Whether bots read a file: workflows, and definitions of containers. Pins in scripts are nothing to them.
pub(super) fn is_read_by_bots(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with(".github/workflows/") || name.starts_with("Containerfile") || name.starts_with("Dockerfile")
}

/// `owner/name` of an action that may lie in a folder of that repository.
pub(super) fn repository(action: &str) -> &str {
    ActionRef::repository_of(action)
}

/// The action that a line of a workflow uses, however it is pinned. Actions of the same repository and images are none.
pub(super) fn use_of(line: &str) -> Option<LineUse<'_>> {
    let text = line.trim_start();
    let text = text.strip_prefix("- ").unwrap_or(text).trim_start();
    let value = text.strip_prefix("uses:")?.trim();
    let (value, comment) = match value.split_once('#') {
        Some((value, comment)) => (value.trim_end(), Some(comment.trim())),
        None => (value, None),
    };
    let value = value.trim_matches(['"', '\'']);
    let (action, reference) = value.split_once('@').unwrap_or((value, ""));
    let is_other = action.starts_with("./") || action.starts_with("docker://") || !action.contains('/');
    (!is_other).then_some(LineUse { action, reference, comment })
}

/// `  - uses: owner/name/path@commit # v1.2.3`.
fn action(line: &str) -> Option<LinePin<'_>> {
    let start = line.find("uses: ")? + "uses: ".len();
    let at = start + line.get(start..)?.find('@')?;
    let (name, to) = (line.get(start..at)?, line.get(at + 1..)?);
    let commit = to.get(..40)?;
    let version = to.get(40..)?.strip_prefix(" # ").filter(|version| is_version(version))?;
    let is_action =
        name.contains('/') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte));
    // `owner/name` is what the lock pins; what follows it is a folder in it.
    let repository = repository(name);
    (is_action && is_hex(commit)).then_some(LinePin {
        before: line.get(..start)?,
        name: repository,
        to: commit,
        version: Some(version),
        behind: name.get(repository.len()..)?,
    })
}

/// `... registry/name:tag@sha256:digest ...`.
fn image(line: &str) -> Option<LinePin<'_>> {
    let mark = "@sha256:";
    let at = line.find(mark)?;
    let digest_start = at + mark.len();
    let digest_end = digest_start + 64;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/:".contains(&byte);
    let name_start = line.get(..at)?.bytes().rposition(|byte| !is_name(byte)).map_or(0, |before| before + 1);
    // `${GHAGEN_IMAGE:-registry/name}`: the variable belongs to no name.
    let name_start = line.get(name_start..at)?.find(":-").map_or(name_start, |end| name_start + end + ":-".len());
    let behind = line.get(digest_end..)?;
    let is_good = is_hex(line.get(digest_start..digest_end)?)
        && name_start < at
        && !behind.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !behind.contains(mark);
    is_good.then_some(LinePin {
        before: line.get(..name_start)?,
        name: line.get(name_start..at)?,
        to: line.get(at + 1..digest_end)?,
        version: None,
        behind,
    })
}

/// Whether a text holds lower-case hexadecimal digits alone.
pub(super) fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn is_version(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-+/".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_an_action_belongs_to_its_repository() {
        let line = format!("uses: github/codeql-action/upload-sarif@{} # v3", "a".repeat(40));
        let pin = pin_of(&line).unwrap();
        assert_eq!((pin.name, pin.behind), ("github/codeql-action", "/upload-sarif"));
    }

    #[test]
    fn images_are_found_in_containerfiles_and_scripts() {
        let digest = format!("sha256:{}", "1".repeat(64));
        for (before, behind) in [("FROM ", " AS base"), ("image=${GHAGEN_IMAGE:-", "}")] {
            let line = format!("{before}docker.io/ubuntu:rolling@{digest}{behind}");
            let pin = pin_of(&line).unwrap();
            assert_eq!((pin.before, pin.name, pin.behind), (before, "docker.io/ubuntu:rolling", behind));
            assert_eq!(pin.to, digest);
        }
    }

    #[test]
    fn what_is_used_is_found_however_it_is_pinned() {
        let found = |line| use_of(line).map(|it| (it.action, it.reference, it.comment));
        assert_eq!(found("  - uses: a/b@v1"), Some(("a/b", "v1", None)));
        assert_eq!(found("    uses: 'a/b/c@abc'  # v1.2.3"), Some(("a/b/c", "abc", Some("v1.2.3"))));
        assert_eq!(found("uses: a/b"), Some(("a/b", "", None)));
        for other in ["# uses: a/b@v1", "uses: ./here", "uses: docker://a/b@v1", "run: echo uses: a/b"] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
