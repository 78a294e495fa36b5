//! Why a workflow could not be written.

use crate::gha::WorkflowPath;
use crate::source::{Origin, Route};

/// Why a workflow could not be written. The first two are limits that a spec can pass; the others are bugs of ours.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// GitHub starts nothing for so large a file.
    #[error("{path} would be {found} bytes long; above {most}, GitHub starts no run")]
    FileTooLarge {
        /// The file.
        path: WorkflowPath,
        /// Its size.
        found: usize,
        /// The greatest size.
        most: usize,
        /// The spec value that the workflow was made from.
        origin: Option<Origin>,
    },
    /// GitHub would refuse the whole file for this value.
    #[error(
        "{path}: `{route}` would be an expression of {found} characters; above {most}, GitHub refuses the whole file"
    )]
    ValueTooLong {
        /// The file.
        path: WorkflowPath,
        /// The value in it.
        route: Route,
        /// Its length as an expression.
        found: usize,
        /// The greatest length.
        most: usize,
        /// The spec value nearest to it.
        origin: Option<Origin>,
    },
    /// The text is not YAML.
    #[error("{path}: what was written cannot be read again")]
    Unreadable {
        /// The file.
        path: WorkflowPath,
        /// What the reader says.
        source: serde_yaml::Error,
    },
    /// The text says something else than the workflow.
    #[error("{path}: `{route}` reads differently from what was to be written")]
    Different {
        /// The file.
        path: WorkflowPath,
        /// The first value that differs.
        route: Route,
    },
}

impl EmitError {
    /// The spec value to blame, if the user can do something about it.
    pub const fn origin(&self) -> Option<&Origin> {
        match self {
            Self::FileTooLarge { origin, .. } | Self::ValueTooLong { origin, .. } => origin.as_ref(),
            Self::Unreadable { .. } | Self::Different { .. } => None,
        }
    }

    /// Whether the spec asks for too much, rather than this program being wrong.
    pub const fn is_limit(&self) -> bool {
        matches!(self, Self::FileTooLarge { .. } | Self::ValueTooLong { .. })
    }
}
