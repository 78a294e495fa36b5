//! Exit codes, and the failures that lead to them. A user's mistake in the spec is no failure: it is a diagnostic.

use std::io;
use std::process::ExitCode;

use crate::check::Verdict;
use crate::compile::CompileError;
use crate::explain::ExplainError;
use crate::output::{CommitError, OutputError};
use crate::project::{ProjectError, RevisionError};

/// What the help says about exit codes.
pub(super) const HELP: &str = "\
Exit codes:
   0  done
   1  drift: what is committed is not what the spec says
   2  wrong usage
   3  the spec is not valid
   4  the files were written by another version of ghagen
   5  only pins differ, and `ghagen adopt` can take them
  70  a bug of ghagen
  74  something could not be read or written, or is not ghagen's to overwrite
`ghagen build` also has those of the build script: see `ghagen build --help`";

/// How a run ends. These numbers are a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    Done,
    Drift,
    Usage,
    Invalid,
    OtherVersion,
    OnlyPins,
    Bug,
    Io,
    /// Of `build` alone: it was told to stop.
    Interrupted,
    /// Of `build` alone: the exit code of the script, none of the above.
    Script(u8),
}

impl Exit {
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Drift => 1,
            Self::Usage => 2,
            Self::Invalid => 3,
            Self::OtherVersion => 4,
            Self::OnlyPins => 5,
            Self::Bug => 70,
            Self::Io => 74,
            Self::Interrupted => 130,
            Self::Script(code) => code,
        }
    }

    pub(super) fn code(self) -> ExitCode {
        ExitCode::from(self.number())
    }
}

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Clean => Self::Done,
            Verdict::OtherVersion => Self::OtherVersion,
            Verdict::Drift => Self::Drift,
            Verdict::OnlyPins => Self::OnlyPins,
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Project(#[from] ProjectError),
    #[error(transparent)]
    Revision(#[from] RevisionError),
    #[error("{0}\n\nThis is a bug of ghagen: please report it, with the spec if you can share it.")]
    Bug(#[from] CompileError),
    #[error("{0}\n\nThis is a bug of ghagen: please report it, with the spec if you can share it.")]
    Unexplained(#[from] ExplainError),
    #[error("{error}, then run `{again}` again")]
    Output { error: OutputError, again: &'static str },
    #[error(transparent)]
    Commit(#[from] CommitError),
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// A failure of writing, and what to run once it is mended.
    pub(super) fn writing(again: &'static str) -> impl Fn(OutputError) -> Self {
        move |error| Self::Output { error, again }
    }

    pub(super) const fn exit(&self) -> Exit {
        match self {
            Self::Project(ProjectError::NoProject { .. })
            | Self::Revision(
                RevisionError::NoRepository { .. } | RevisionError::NoRevision(_) | RevisionError::NoSpec(_),
            )
            | Self::Usage(_) => Exit::Usage,
            Self::Revision(RevisionError::NoGit(_) | RevisionError::Failed { .. })
            | Self::Project(ProjectError::Io(_))
            | Self::Output { .. }
            | Self::Commit(_)
            | Self::Io(_) => Exit::Io,
            // Files that cannot be part of a spec: links, names with blanks, bytes that are no text.
            Self::Project(_) | Self::Revision(RevisionError::Project { .. }) => Exit::Invalid,
            Self::Bug(_) | Self::Unexplained(_) => Exit::Bug,
        }
    }
}
