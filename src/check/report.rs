//! What a comparison found: drifts, their causes, and what follows from all of them.

use std::collections::BTreeSet;
use std::fmt;

use super::diff;

/// Why a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// It is not there.
    Missing,
    /// Its bytes are not those that were written.
    HandEdited,
    /// What it is made from changed.
    SpecChanged,
    /// Another version of this program, or other templates, wrote it.
    GeneratorChanged,
    /// Pins in it were moved, and nothing else: what bots do.
    PinsBumped,
    /// It was made once, and is not made any more.
    Orphan,
    /// Its executable bit differs.
    ModeChanged,
    /// Something in its place is not ours.
    Foreign,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 8] = [
        Self::Missing,
        Self::HandEdited,
        Self::SpecChanged,
        Self::GeneratorChanged,
        Self::PinsBumped,
        Self::Orphan,
        Self::ModeChanged,
        Self::Foreign,
    ];

    /// The cause by its name, such as `hand-edited`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::HandEdited => "hand-edited",
            Self::SpecChanged => "spec-changed",
            Self::GeneratorChanged => "generator-changed",
            Self::PinsBumped => "pins-bumped",
            Self::Orphan => "orphan",
            Self::ModeChanged => "mode-changed",
            Self::Foreign => "foreign",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What `generate` does about a drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Writes the file.
    Create,
    /// Writes the file over the one that is there.
    Replace,
    /// Changes its executable bit.
    SetMode,
    /// Removes the file.
    Remove,
    /// Leaves the file to whoever changed it, and forgets about it.
    LetGo,
    /// Nothing at all, for any file: somebody has to look first.
    Refuse,
}

/// A difference between what is there and what should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The path of the file.
    pub path: String,
    /// Why; at least one.
    pub causes: BTreeSet<Cause>,
    /// What `generate` does about it.
    pub remedy: Remedy,
    /// From what is there to what should be, as a unified diff. `None` where bytes are the same, or are no text.
    pub diff: Option<String>,
    /// What stands in the place of the file, if that is not ours.
    pub obstacle: Option<String>,
}

impl Drift {
    pub(super) fn new(path: &str, causes: impl IntoIterator<Item = Cause>, remedy: Remedy) -> Self {
        let causes = causes.into_iter().collect();
        Self { path: path.to_owned(), causes, remedy, diff: None, obstacle: None }
    }

    pub(super) fn foreign(path: &str, obstacle: String) -> Self {
        Self { obstacle: Some(obstacle), ..Self::new(path, [Cause::Foreign], Remedy::Refuse) }
    }

    pub(super) fn with_diff(mut self, is: &[u8], should_be: &[u8]) -> Self {
        self.diff = diff::unified(&self.path, is, should_be);
        self
    }
}

/// What follows from all drifts together: the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing differs.
    Clean,
    /// Another version of this program wrote the files.
    OtherVersion,
    /// Something differs.
    Drift,
    /// Only pins differ, and they can be taken into the lock.
    OnlyPins,
}

/// Every drift of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The files that differ, sorted by path.
    pub drifts: Vec<Drift>,
    /// The version that wrote the files, where it is not this one.
    pub other_version: Option<String>,
}

impl Report {
    /// What follows from all drifts.
    pub fn verdict(&self) -> Verdict {
        if self.other_version.is_some() {
            Verdict::OtherVersion
        } else if self.drifts.is_empty() {
            Verdict::Clean
        } else if self.drifts.iter().all(|drift| drift.causes.iter().eq([&Cause::PinsBumped])) {
            Verdict::OnlyPins
        } else {
            Verdict::Drift
        }
    }
}
