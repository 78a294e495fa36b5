//! `check-releases.yml`: finds new upstream versions every day, starts their builds, and says in an issue what went wrong.

use super::{PlannedWorkflow, part};
use crate::gha::{
    Choice, Comment, Concurrency, Dispatch, DispatchInput, Expression, InputKind, Job, Level, OutputName, Schedule,
    Scope, Step, Triggers, Workflow, env_name, expr, input_name, job_id, literal, output_name, script, step_id,
};
use crate::model::Model;
use crate::plan::{PlanError, ToolPlan};

/// What the check tells the job that reports.
const OUTPUTS: [OutputName; 2] = [output_name!("failed"), output_name!("rebuilds")];

/// The workflow that looks for new versions.
pub(super) fn plan(model: &Model, tools: &[ToolPlan]) -> Result<PlannedWorkflow, PlanError> {
    let concurrency = Concurrency::new(literal!("check-releases"))
        .comment("Two checks at once could start a build twice. A check that waits finds less to do.");
    let workflow = Workflow::new(
        part::path("check-releases.yml")?,
        literal!("Check releases"),
        triggers(model, tools)?,
        concurrency,
    )
    .job(job_id!("check"), check(model)?)
    .job(job_id!("report"), report(model)?)
    .value("on.schedule[0].cron", model.project.schedule.origin.key("cron"))
    .origin(model.project.schedule.origin.clone());
    let workflow = model.tools.values().fold(workflow, |workflow, tool| {
        workflow.value("on.workflow_dispatch.inputs.tool.options", tool.origin.key("tool"))
    });
    let mut files = part::project_files(model);
    files.extend(tools.iter().map(|tool| tool.origin.file));
    Ok(PlannedWorkflow { workflow, files })
}

fn check(model: &Model) -> Result<Job, PlanError> {
    let check = Step::run(
        literal!("Look for new versions and start their builds"),
        script!(
            r#"set -euo pipefail
tools=()
if [[ -n $ONLY && $ONLY != all ]]; then tools=("$ONLY"); fi
generated/scripts/check-version.sh "${tools[@]}""#
        ),
    )
    .id(step_id!("check"))
    .env(env_name!("ONLY"), expr!("inputs.tool"))
    .env(env_name!("START_BUILDS"), expr!("github.event_name == 'schedule' || inputs.start"))
    .env(env_name!("REPOSITORY"), expr!("github.repository"))
    .env(env_name!("GH_TOKEN"), expr!("github.token"));
    let mut job = Job::new(literal!("Check releases"), part::runner(model), crate::gha::Minutes::of::<30>())
        .permit(Scope::Contents, Level::Read, literal!("check out, look for releases"))
        .permit(Scope::Actions, Level::Write, literal!("look for running builds, start builds"))
        .step(match model.tools.values().find(|tool| tool.upstream.url.is_none()) {
            Some(tool) => part::checkout_for(model, tool)?,
            None => part::checkout(model)?,
        })
        .step(check)
        .comment("One tool that cannot be checked does not stop the others; the job is red at its end.")
        .origin(model.project.schedule.origin.clone());
    for name in OUTPUTS {
        let value = Expression::step_output(&step_id!("check"), &name);
        job = job.output(name, value);
    }
    Ok(job)
}

/// Writes down in an issue what nobody would look for in a run of last night.
fn report(model: &Model) -> Result<Job, PlanError> {
    let report = Step::run(literal!("Open, update or close the issue"), script!("generated/scripts/report-check.sh"))
        .env(env_name!("RESULT"), expr!("needs.check.result"))
        .env(env_name!("FAILED"), expr!("needs.check.outputs.failed"))
        .env(env_name!("REBUILDS"), expr!("needs.check.outputs.rebuilds"))
        .env(env_name!("REPOSITORY"), expr!("github.repository"))
        .env(env_name!("GH_TOKEN"), expr!("github.token"));
    Ok(Job::new(literal!("Report"), part::runner(model), crate::gha::Minutes::of::<5>())
        .needs(job_id!("check"))
        .when(expr!("always() && github.event_name == 'schedule'"))
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .permit(Scope::Issues, Level::Write, literal!("open, update and close one issue"))
        .step(part::checkout(model)?)
        .step(report)
        .comment("A job of its own: what can start builds cannot write issues, and the other way round.")
        .origin(model.project.schedule.origin.clone()))
}

fn triggers(model: &Model, tools: &[ToolPlan]) -> Result<Triggers, PlanError> {
    let schedule = Schedule {
        cron: model.project.schedule.cron.clone(),
        timezone: None,
        comment: Comment::from("A day that GitHub drops is harmless: the next check finds the same versions."),
        origin: Some(model.project.schedule.origin.key("cron")),
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
