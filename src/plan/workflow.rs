//! The workflows, as typed values.

mod adopt_pins;
mod app;
mod build;
mod build_image;
mod check_releases;
mod ghagen;
mod part;
mod update_pins;
mod verify;

use std::collections::BTreeSet;

use super::{PlanError, ToolPlan};
use crate::gha::{RunsOn, Workflow};
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

/// A runner that is known now is that of the first arch.
fn runners(model: &Model, workflow: &mut Workflow) {
    let Some(arch) = model.project.arches.values().next() else { return };
    for job in workflow.jobs.values_mut().filter(|job| matches!(job.runs_on, RunsOn::Label(_))) {
        *job = job.clone().value("runs-on", arch.origin.key("runner"));
    }
}

/// Every workflow of the project, sorted by path.
pub(super) fn plan(model: &Model, tools: &[ToolPlan]) -> Result<Vec<PlannedWorkflow>, PlanError> {
    let mut workflows = tools.iter().map(|tool| build::plan(model, tool)).collect::<Result<Vec<_>, _>>()?;
    workflows.push(check_releases::plan(model, tools)?);
    workflows.push(verify::plan(model)?);
    workflows.extend(build_image::plan(model)?);
    workflows.extend(update_pins::plan(model)?);
    workflows.extend(adopt_pins::plan(model)?);
    for planned in &mut workflows {
        runners(model, &mut planned.workflow);
    }
    workflows.sort_by(|one, other| one.workflow.path.cmp(&other.workflow.path));
    Ok(workflows)
}
