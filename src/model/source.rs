//! Sources and their pins.

use std::fmt;

use regex::Regex;

use super::{Constraint, ToolName, Version};
use crate::source::Origin;

/// A value of a source that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Not an address.
    #[error(
        "`{0}` is not an address: it must start with `https://` and hold a host and a path, without user or spaces"
    )]
    Url(String),
    /// Not a commit.
    #[error("`{0}` is not a commit: it must be all 40 hexadecimal digits, in lower case")]
    Commit(String),
    /// Not a checksum.
    #[error("`{0}` is not a SHA-256: it must be 64 hexadecimal digits, in lower case")]
    Sha256(String),
    /// Not a regular expression.
    #[error("`{0}` is not a regular expression")]
    Pattern(String),
    /// A regular expression that names no version.
    #[error("`{0}` has no group `(?<version>...)` that says which part of a tag is the version")]
    NoVersionGroup(String),
    /// A regular expression that fits parts of tags.
    #[error("`{0}` must fit whole tags: start it with `^` and end it with `$`")]
    Unanchored(String),
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The address of a git repository or an archive: `https://` only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GitUrl(String);

impl GitUrl {
    /// Checks an address.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+/~%".contains(&byte);
        let good = text.strip_prefix("https://").is_some_and(|rest| {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            host.contains('.') && !host.starts_with(['.', '-']) && !path.is_empty() && rest.bytes().all(allowed)
        });
        if good && !text.contains("/../") { Ok(Self(text.to_owned())) } else { Err(SourceError::Url(text.to_owned())) }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GitUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A commit: all 40 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commit(String);

impl Commit {
    /// Checks a commit.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        if is_hex(text, 40) { Ok(Self(text.to_owned())) } else { Err(SourceError::Commit(text.to_owned())) }
    }

    /// The commit as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A SHA-256 checksum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sha256(String);

impl Sha256 {
    /// Checks a checksum.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        if is_hex(text, 64) { Ok(Self(text.to_owned())) } else { Err(SourceError::Sha256(text.to_owned())) }
    }

    /// The checksum as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A regular expression over tags, with a group `version`.
#[derive(Debug, Clone)]
pub struct TagPattern(Regex);

impl TagPattern {
    /// Checks an expression.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let regex = Regex::new(text).map_err(|_| SourceError::Pattern(text.to_owned()))?;
        if !regex.capture_names().flatten().any(|name| name == "version") {
            return Err(SourceError::NoVersionGroup(text.to_owned()));
        }
        if !(text.starts_with('^') && text.ends_with('$')) {
            return Err(SourceError::Unanchored(text.to_owned()));
        }
        Ok(Self(regex))
    }

    /// The expression as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The version that a tag names, where the pattern fits.
    pub fn version(&self, tag: &str) -> Option<Version> {
        Version::parse(self.0.captures(tag)?.name("version")?.as_str()).ok()
    }
}

/// A tag of a repository and the commit that it points to, from the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The tag.
    pub tag: String,
    /// The version that the tag names.
    pub version: Version,
    /// The commit.
    pub commit: Commit,
    /// The entry of the lock.
    pub origin: Origin,
}

/// A git repository with its pins.
#[derive(Debug, Clone)]
pub struct GitSource {
    /// Its address.
    pub url: GitUrl,
    /// Which tags are versions.
    pub tags: TagPattern,
    /// Which versions fit.
    pub versions: Constraint,
    /// Whether submodules are fetched too.
    pub submodules: bool,
    /// The locked tags, the lowest version first.
    pub pins: Vec<Pin>,
    /// Why the lock has no pin, where it says so.
    pub unresolved: Option<String>,
    /// The spec value.
    pub origin: Origin,
}

impl GitSource {
    /// The highest locked version that fits, also with a further constraint.
    pub fn pin(&self, narrower: Option<&Constraint>) -> Option<&Pin> {
        let fits = |pin: &&Pin| self.versions.fits(&pin.version) && narrower.is_none_or(|it| it.fits(&pin.version));
        self.pins.iter().filter(fits).max_by(|one, other| one.version.cmp(&other.version))
    }
}

/// An archive with a checksum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Its address, with the version in it.
    pub url: GitUrl,
    /// Its version.
    pub version: Version,
    /// Its checksum.
    pub sha256: Sha256,
    /// The spec value.
    pub origin: Origin,
}

/// Where the source of a component comes from. What shares another component's source has that one's value here.
#[derive(Debug, Clone)]
pub enum Source {
    /// A git repository of its own.
    Git(GitSource),
    /// An archive.
    Archive(Archive),
    /// The upstream of a tool: version and commit are inputs of the run.
    Upstream(ToolName),
    /// The spec's own files.
    Files,
}

/// A release of a program that builds or workflows run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolRelease {
    /// The version, as its publisher writes it: perhaps with a `v`.
    pub text: String,
    /// The version.
    pub version: Version,
    /// What checks its download.
    pub checked_by: String,
}

/// The locked releases of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolReleases {
    /// The releases.
    pub releases: Vec<ToolRelease>,
    /// Why the lock has no release, where it says so.
    pub unresolved: Option<String>,
    /// The entry of the lock.
    pub origin: Origin,
}

impl ToolReleases {
    /// The highest release that fits.
    pub fn highest(&self, constraint: &Constraint) -> Option<&ToolRelease> {
        self.releases
            .iter()
            .filter(|release| constraint.fits(&release.version))
            .max_by(|one, other| one.version.cmp(&other.version))
    }
}
