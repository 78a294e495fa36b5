//! Why files could not be made.

use super::workflow;
use crate::source::Origin;

/// Why files could not be made: a limit that a spec can pass, or a bug of this program.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// A workflow.
    #[error(transparent)]
    Workflow(#[from] workflow::EmitError),
    /// A script that could not be made.
    #[error(transparent)]
    Script(#[from] super::script::ScriptError),
    /// Two files of one path.
    #[error("`{0}` would be written twice")]
    Twice(String),
}

impl EmitError {
    /// The spec value to blame, if the spec asks for too much; otherwise this program is wrong.
    pub const fn limit(&self) -> Option<&Origin> {
        match self {
            Self::Workflow(error) if error.is_limit() => error.origin(),
            Self::Workflow(_) | Self::Script(_) | Self::Twice(_) => None,
        }
    }
}
