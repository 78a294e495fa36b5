//! `check-releases.yml`: finds new upstream versions every day and starts their builds.

use super::{PlannedWorkflow, part};
use crate::gha::{
    Choice, Comment, Concurrency, Dispatch, DispatchInput, InputKind, Job, Level, Schedule, Scope, Step, Triggers,
    Workflow, env_name, expr, input_name, job_id, literal, script,
};
use crate::model::Model;
use crate::plan::{PlanError, ToolPlan};

/// The workflow that looks for new versions.
pub(super) fn plan(model: &Model, tools: &[ToolPlan]) -> Result<PlannedWorkflow, PlanError> {
    let check = Step::run(
        literal!("Look for new versions and start their builds"),
        script!(
            r#"set -euo pipefail
tools=()
if [[ -n $ONLY && $ONLY != all ]]; then tools=("$ONLY"); fi
generated/scripts/check-version.sh "${tools[@]}""#
        ),
    )
    .env(env_name!("ONLY"), expr!("inputs.tool"))
    .env(env_name!("START_BUILDS"), expr!("github.event_name == 'schedule' || inputs.start"))
    .env(env_name!("REPOSITORY"), expr!("github.repository"))
    .env(env_name!("GH_TOKEN"), expr!("github.token"));
    let job = Job::new(literal!("Check releases"), part::runner(model), crate::gha::Minutes::of::<30>())
        .permit(Scope::Contents, Level::Read, literal!("check out, look for releases"))
        .permit(Scope::Actions, Level::Write, literal!("start the build workflows"))
        .step(match model.tools.values().find(|tool| tool.upstream.url.is_none()) {
            Some(tool) => part::checkout_for(model, tool)?,
            None => part::checkout(model)?,
        })
        .step(check)
        .comment("One tool that cannot be checked does not stop the others; the job is red at its end.")
        .origin(model.project.origin.key("schedule"));
    let concurrency = Concurrency::new(literal!("check-releases"))
        .comment("Two checks at once could start a build twice. A check that waits finds less to do.");
    let workflow = Workflow::new(
        part::path("check-releases.yml")?,
        literal!("Check releases"),
        triggers(model, tools)?,
        concurrency,
    )
    .job(job_id!("check"), job)
    .origin(model.project.origin.key("schedule"));
    let mut files = part::project_files(model);
    files.extend(tools.iter().map(|tool| tool.origin.file));
    Ok(PlannedWorkflow { workflow, files })
}

fn triggers(model: &Model, tools: &[ToolPlan]) -> Result<Triggers, PlanError> {
    let schedule = Schedule {
        cron: model.project.schedule.clone(),
        timezone: None,
        comment: Comment::from("A day that GitHub drops is harmless: the next check finds the same versions."),
        origin: Some(model.project.origin.key("schedule").key("cron")),
    };
    let mut names = Choice::of(literal!("all"));
    for tool in tools {
        names = names.or(part::literal("the name of a tool", tool.name.as_str())?);
    }
    let dispatch = Dispatch::default()
        .input(input_name!("tool"), DispatchInput::new(literal!("Tool to check."), InputKind::Choice(names)))
        .input(
            input_name!("start"),
            DispatchInput::new(literal!("Start the builds of what is missing."), InputKind::Boolean { default: true }),
        );
    Ok(Triggers::from(schedule).and(dispatch))
}
