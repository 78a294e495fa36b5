//! The plan: every decision, and no text. Units and their order, cells, packages, workflows, and which files come to be.
//!
//! Same model, same plan; same plan, same bytes. Knows neither YAML nor templates.

mod cell;
mod install;
mod package;
mod sbom;
mod script;
mod time;
mod tool;
mod unit;
mod workflow;

pub use cell::{PlannedCell, artifact_name};
pub use install::{Install, InstalledVariant};
pub use package::{Entry, EntryKind, Package};
pub use sbom::{Part, PartSource};
pub use script::{Script, ScriptKind, hook_folder, hook_script};
pub use time::Estimate;
pub use tool::ToolPlan;
pub use unit::{Unit, UnitSource};
pub use workflow::PlannedWorkflow;

use crate::model::{Model, ToolName};
use crate::source::FileId;
use std::collections::BTreeSet;

/// A plan that the rules should have prevented: a bug of ghagen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A name that `lower` should have refused.
    #[error("no {kind} is named `{name}`")]
    Dangling {
        /// What kind of thing.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// Components that need each other.
    #[error("components need each other: {0}")]
    Cycle(String),
    /// A source without a pin.
    #[error("the lock has no pin for `{0}`")]
    Unpinned(String),
    /// A text that is no valid part of a workflow.
    #[error("a workflow cannot hold {what}: {reason}")]
    Workflow {
        /// Which part.
        what: String,
        /// Why not.
        reason: String,
    },
}

/// Everything that is emitted.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What is built for each tool, sorted by name.
    pub tools: Vec<ToolPlan>,
    /// The workflows.
    pub workflows: Vec<PlannedWorkflow>,
    /// The scripts and the container definition.
    pub scripts: Vec<Script>,
    /// The spec files that any part of the project's own settings comes from.
    pub project_files: BTreeSet<FileId>,
}

impl Plan {
    /// The plan of a tool.
    pub fn tool(&self, name: &ToolName) -> Option<&ToolPlan> {
        let place = self.tools.binary_search_by(|tool| tool.name.cmp(name)).ok()?;
        self.tools.get(place)
    }
}

/// Decides everything that follows from a model. The model must have passed the rules.
pub fn plan(model: &Model) -> Result<Plan, PlanError> {
    let project_files = BTreeSet::from([model.project.origin.file, model.project.lock.file]);
    let tools = model.tools.values().map(|tool| tool::plan(model, tool)).collect::<Result<Vec<_>, _>>()?;
    let scripts = script::plan(model, &tools);
    let workflows = workflow::plan(model, &tools)?;
    Ok(Plan { tools, workflows, scripts, project_files })
}
