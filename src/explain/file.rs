//! The lines of one generated file, each with what made it.

use std::collections::BTreeSet;

use super::{Line, other, script, workflow};
use crate::emit::Artifact;
use crate::emit::script::ScriptError;
use crate::model::Model;
use crate::plan::Plan;
use crate::source::Sources;

/// A file that cannot be explained: a bug of ghagen.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// A script that could not be made once more.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// What is explained is not what is generated.
    #[error("{path}: what is explained has {explained} lines, and what is generated {generated}")]
    Different {
        /// The file.
        path: String,
        /// The lines that are explained.
        explained: usize,
        /// The lines that are generated.
        generated: usize,
    },
}

/// What made each line of a generated file, in their order.
///
/// # Errors
///
/// A bug of ghagen.
pub fn lines(sources: &Sources, model: &Model, plan: &Plan, artifact: &Artifact) -> Result<Vec<Line>, ExplainError> {
    let planned = plan.workflows.iter().find(|planned| planned.workflow.path.to_string() == artifact.path);
    let script = plan.scripts.iter().find(|script| script.path == artifact.path);
    let lines = match (planned, script) {
        (Some(planned), _) => workflow::lines(sources, model, planned, artifact),
        (None, Some(script)) => script::lines(sources, model, plan, script, artifact)?,
        (None, None) => other::lines(sources, artifact),
    };
    let generated = text(artifact).lines().count();
    if lines.len() != generated {
        return Err(ExplainError::Different { path: artifact.path.clone(), explained: lines.len(), generated });
    }
    Ok(lines)
}

/// The text of an artifact.
pub(super) fn text(artifact: &Artifact) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(&artifact.bytes)
}

/// The paths of the spec files that an artifact is made from.
pub(super) fn files(sources: &Sources, artifact: &Artifact) -> BTreeSet<String> {
    artifact.files.iter().map(|file| sources.path(*file).to_owned()).collect()
}
