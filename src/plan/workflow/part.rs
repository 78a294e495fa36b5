//! Parts that several workflows share: pinned actions, literals from the spec, the checkout.

use std::collections::BTreeSet;

use crate::gha::{
    ActionRef, Literal, Minutes, PathPattern, RefPattern, RunScript, RunnerLabel, Step, Uses, WorkflowPath, env_name,
    input_name, literal, runner_label, script,
};
use crate::model::{GitSource, Model, Tool};
use crate::plan::PlanError;
use crate::source::FileId;

/// The action of a name at its pin.
pub(super) fn action(model: &Model, name: &str) -> Result<ActionRef, PlanError> {
    model.actions.get(name).cloned().ok_or_else(|| PlanError::Unpinned(name.to_owned()))
}

/// A text of the spec as a literal of a workflow.
pub(super) fn literal(what: &str, text: &str) -> Result<Literal, PlanError> {
    Literal::parse(text).map_err(|error| PlanError::Workflow { what: what.to_owned(), reason: error.to_string() })
}

/// A script that holds names of the spec.
pub(super) fn script(text: &str) -> Result<RunScript, PlanError> {
    RunScript::parse(text)
        .map_err(|error| PlanError::Workflow { what: "a script".to_owned(), reason: error.to_string() })
}

/// The path of a workflow of ours.
pub(super) fn path(file_name: &str) -> Result<WorkflowPath, PlanError> {
    WorkflowPath::parse(file_name)
        .map_err(|error| PlanError::Workflow { what: "the name of a file".to_owned(), reason: error.to_string() })
}

/// A filter over changed files.
pub(super) fn path_pattern(text: &str) -> Result<PathPattern, PlanError> {
    PathPattern::parse(text)
        .map_err(|error| PlanError::Workflow { what: "a path filter".to_owned(), reason: error.to_string() })
}

/// The branch that releases are made from.
pub(super) fn branch(model: &Model) -> Result<RefPattern, PlanError> {
    RefPattern::parse(model.project.branch.clone())
        .map_err(|error| PlanError::Workflow { what: "a branch".to_owned(), reason: error.to_string() })
}

/// The runner of jobs that compile nothing: the one of the first arch.
pub(super) fn runner(model: &Model) -> RunnerLabel {
    model.project.arches.values().next().map_or_else(|| runner_label!("ubuntu-24.04"), |arch| arch.runner.clone())
}

/// How long a job that compiles nothing may take.
pub(super) const SHORT: Minutes = Minutes::of::<15>();

/// The repository at the commit of the run. The token is not left behind for later steps.
pub(super) fn checkout(model: &Model) -> Result<Step, PlanError> {
    let checkout = Uses::new(action(model, "actions/checkout")?).with(input_name!("persist-credentials"), false);
    Ok(Step::uses(literal!("Check out the repository"), checkout))
}

/// The same with the commit before: of a pull request, GitHub checks out the merge, and its first parent is what it is merged into.
pub(super) fn checkout_with_base(model: &Model) -> Result<Step, PlanError> {
    let checkout = Uses::new(action(model, "actions/checkout")?)
        .with(input_name!("persist-credentials"), false)
        .with(input_name!("fetch-depth"), 2);
    let step = Step::uses(literal!("Check out the repository and the commit before"), checkout);
    Ok(step.comment("For a pull request, that commit is the branch it is merged into."))
}

/// The same with all commits and tags, for the tools that this repository itself is the source of.
pub(super) fn checkout_with_tags(model: &Model) -> Result<Step, PlanError> {
    let checkout = Uses::new(action(model, "actions/checkout")?)
        .with(input_name!("persist-credentials"), false)
        .with(input_name!("fetch-depth"), 0);
    Ok(Step::uses(literal!("Check out the repository with its tags"), checkout))
}

/// What a tool's versions and its source are taken from.
pub(super) fn checkout_for(model: &Model, tool: &Tool) -> Result<Step, PlanError> {
    let step = if tool.upstream.url.is_none() { checkout_with_tags(model) } else { checkout(model) };
    Ok(step?.value("", tool.upstream.origin.key("self")))
}

/// The spec files that every workflow is made from.
pub(super) fn project_files(model: &Model) -> BTreeSet<FileId> {
    [model.project.origin.file, model.project.lock.file].into()
}

/// Builds ghagen from its repository at the commit of the lock. Without one the job stops: it would be built from whatever
/// somebody put there.
pub(super) fn install_ghagen(git: &GitSource) -> Result<Step, PlanError> {
    let name = literal!("Install ghagen");
    let step = match (git.pin(None), &git.unresolved) {
        (Some(pin), _) => {
            Step::run(name, script!("cargo install --locked --git \"$GENERATOR\" --rev \"$GENERATOR_COMMIT\" ghagen"))
                .env(env_name!("GENERATOR_COMMIT"), literal("a commit", pin.commit.as_str())?)
                .value("env.GENERATOR_COMMIT", pin.origin.clone())
                .origin(pin.origin.clone())
        }
        (None, Some(_)) => Step::run(
            name,
            script!(
                r#"set -euo pipefail
printf '::error file=spec/ghagen.lock::%s\n' \
  "no commit of ghagen is locked, so nothing is built from $GENERATOR: run 'ghagen lock update ghagen' and 'ghagen generate'"
exit 1"#
            ),
        )
        .comment("The lock has no commit of ghagen yet, and says why.")
        .origin(git.origin.clone()),
        (None, None) => return Err(PlanError::Unpinned("ghagen".to_owned())),
    };
    let step = step.env(env_name!("GENERATOR"), literal("an address", git.url.as_str())?);
    Ok(step.value("env.GENERATOR", git.origin.key("url")))
}
