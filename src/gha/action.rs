//! A pinned action: the only way to use one.
//!
//! Knows the form of a pin, not whether the commit is the version's: that is the lock's to prove.

use std::fmt;

use super::charset;

/// A pin that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionRefError {
    /// Not an action of a repository.
    #[error("`{0}` is not an action: it must be `owner/repository`, then perhaps `/path`")]
    Action(String),
    /// A branch, a tag or a short hash: all of them can move or clash.
    #[error("`{0}` is not a commit: it must be all 40 hex digits, in lower case")]
    Commit(String),
    /// Not what bots that bump pins look for.
    #[error("`{0}` is not a full version: it must be like `v1.2.3`")]
    Version(String),
}

/// An action at a commit, with the version that the commit is said to be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionRef {
    action: String,
    commit: String,
    version: String,
}

impl ActionRef {
    /// Checks a pin: `actions/checkout`, its commit, and the tag of that commit.
    pub fn parse(
        action: impl Into<String>,
        commit: impl Into<String>,
        version: impl Into<String>,
    ) -> Result<Self, ActionRefError> {
        let (action, commit, version) = (action.into(), commit.into(), version.into());
        if !is_action(&action) {
            Err(ActionRefError::Action(action))
        } else if !is_commit(&commit) {
            Err(ActionRefError::Commit(commit))
        } else if !is_version(&version) {
            Err(ActionRefError::Version(version))
        } else {
            Ok(Self { action, commit, version })
        }
    }

    /// Checks the name of an action: `owner/repository`, then perhaps a folder in it.
    pub fn parse_name(action: &str) -> Result<(), ActionRefError> {
        if is_action(action) { Ok(()) } else { Err(ActionRefError::Action(action.to_owned())) }
    }

    /// This pin for a folder of the same repository, or for the repository itself.
    pub fn at(&self, action: &str) -> Result<Self, ActionRefError> {
        Self::parse(action, self.commit.clone(), self.version.clone())
    }

    /// The repository of an action: `actions/cache` of `actions/cache/restore`.
    pub fn repository_of(action: &str) -> &str {
        let end = action.match_indices('/').nth(1).map_or(action.len(), |(end, _)| end);
        action.get(..end).unwrap_or(action)
    }

    /// The action without its commit: `actions/checkout`.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The commit.
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// The version, as the repository's tag spells it.
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl fmt::Display for ActionRef {
    /// Writes the value of `uses`; the version stands in a comment behind it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.action, self.commit)
    }
}

fn is_action(text: &str) -> bool {
    let mut segments = text.split('/');
    let owner = segments.next().unwrap_or_default();
    let rest: Vec<&str> = segments.collect();
    let is_owner = !owner.is_empty()
        && !owner.starts_with('-')
        && !owner.ends_with('-')
        && owner.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_owner
        && !rest.is_empty()
        && rest.iter().all(|segment| charset::is_plain(segment) && !matches!(*segment, "." | ".."))
}

fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Renovate and Dependabot read `v1.2.3`; a shorter one is a tag that moves.
fn is_version(text: &str) -> bool {
    let (numbers, suffix) = text.split_once('-').map_or((text, None), |(numbers, suffix)| (numbers, Some(suffix)));
    let numbers: Vec<&str> = numbers.strip_prefix('v').unwrap_or(numbers).split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    numbers.len() == 3 && numbers.iter().all(is_number) && suffix.is_none_or(charset::is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn a_pin_is_whole() {
        let pin = ActionRef::parse("actions/cache/restore", COMMIT, "v5.0.5").unwrap();
        assert_eq!(pin.to_string(), format!("actions/cache/restore@{COMMIT}"));
        assert_eq!(pin.version(), "v5.0.5");
        for good in ["1.2.3", "v1.2.3-rc.1"] {
            assert!(ActionRef::parse("a/b", COMMIT, good).is_ok(), "{good}");
        }
    }

    #[test]
    fn anything_less_is_refused() {
        for bad in ["", "checkout", "/b", "a/", "-a/b", "a_b/c", "a/b/../c", "./a", "a/b@c", "docker://a/b", "a/b c"] {
            assert_eq!(ActionRef::parse(bad, COMMIT, "v1.2.3"), Err(ActionRefError::Action(bad.to_owned())));
        }
        for bad in ["", "main", "v1", &COMMIT[1..], &COMMIT.to_uppercase(), &format!("{COMMIT}0")] {
            assert_eq!(ActionRef::parse("a/b", bad, "v1.2.3"), Err(ActionRefError::Commit(bad.to_owned())));
        }
        for bad in ["", "v1", "v1.2", "1.2.x", "v1..2", "vv1.2.3", "v1.2.3-", "v1.2.3 # x", "main"] {
            assert_eq!(ActionRef::parse("a/b", COMMIT, bad), Err(ActionRefError::Version(bad.to_owned())));
        }
    }
}
