//! The workflows, as typed values.

use std::collections::BTreeSet;

use super::{PlanError, ToolPlan};
use crate::gha::Workflow;
use crate::model::Model;
use crate::source::FileId;

/// A workflow and the spec files that it is made from.
#[derive(Debug, Clone)]
pub struct PlannedWorkflow {
    /// The workflow.
    pub workflow: Workflow,
    /// The spec files that it is made from.
    pub files: BTreeSet<FileId>,
}

/// Every workflow of the project.
pub(super) fn plan(_model: &Model, _tools: &[ToolPlan]) -> Result<Vec<PlannedWorkflow>, PlanError> {
    Ok(Vec::new())
}
