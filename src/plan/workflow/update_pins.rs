//! `update-pins.yml`: looks for newer pins and tells people, where the spec asks for it.
//!
//! Two jobs: what compiles and runs ghagen can only read; what can write runs nothing of the repository.

mod tell;

use super::{PlannedWorkflow, ghagen, part};
use crate::gha::{
    Comment, Concurrency, Dispatch, Job, Level, Literal, Minutes, Schedule, Scope, Step, Triggers, Uses, WithValue,
    Workflow, env_name, expr, input_name, job_id, literal, output_name, script, step_id,
};
use crate::model::{Model, UpdatePins};
use crate::plan::PlanError;

/// The artifact with the report and the patch, and the folder that it is made from.
pub(super) const ARTIFACT: Literal = literal!("pins");

/// The workflow; none where nobody asks for it.
pub(super) fn plan(model: &Model) -> Result<Option<PlannedWorkflow>, PlanError> {
    let Some(update) = &model.project.pins.update else { return Ok(None) };
    let schedule = Schedule {
        cron: update.cron.clone(),
        timezone: None,
        comment: Comment::from("A run that GitHub drops is harmless: the next one finds the same pins."),
        origin: Some(update.origin.key("cron")),
    };
    let concurrency = Concurrency::new(literal!("update-pins"))
        .comment("Two runs at once would open two issues, or push one branch.");
    let workflow = Workflow::new(
        part::path("update-pins.yml")?,
        literal!("Update pins"),
        Triggers::from(schedule).and(Dispatch::default()),
        concurrency,
    )
    .job(job_id!("update"), look(model, update)?)
    .job(job_id!("tell"), tell::plan(model, update)?)
    .value("on.schedule[0].cron", update.origin.key("cron"))
    .origin(update.origin.clone());
    Ok(Some(PlannedWorkflow { workflow, files: part::project_files(model) }))
}

/// Asks for newer pins. Makes a report and a patch, and changes nothing.
fn look(model: &Model, update: &UpdatePins) -> Result<Job, PlanError> {
    let look = Step::run(
        literal!("Look for newer pins"),
        script!(
            r#"set -euo pipefail
ghagen=$HOME/.cargo/bin/ghagen
mkdir -p pins
failed=false
status=0
"$ghagen" lock update --cooldown "$COOLDOWN" --format markdown >pins/report.md || status=$?
# 74: a pin could not be looked up, or a tag was moved. The report says which one; the others are renewed.
case $status in
  0) ;;
  74) failed=true ;;
  *) exit "$status" ;;
esac
"$ghagen" generate
git add --intent-to-add -- spec generated .github
git diff --binary -- spec generated .github >pins/pins.patch
changed=false
if [[ -s pins/pins.patch ]]; then changed=true; fi
printf 'changed=%s\nfailed=%s\n' "$changed" "$failed" >>"$GITHUB_OUTPUT"
cat pins/report.md >>"$GITHUB_STEP_SUMMARY""#
        ),
    )
    .id(step_id!("look"))
    .env(env_name!("COOLDOWN"), part::literal("a number of days", &update.cooldown.to_string())?)
    .value("env.COOLDOWN", update.origin.key("cooldown"));
    let upload = Uses::new(part::action(model, "actions/upload-artifact")?)
        .with(input_name!("name"), ARTIFACT)
        .with(input_name!("path"), ARTIFACT)
        .with(input_name!("if-no-files-found"), literal!("error"))
        .with(input_name!("retention-days"), WithValue::from(30));
    Ok(Job::new(literal!("Look for newer pins"), part::runner(model), Minutes::of::<60>())
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .output(output_name!("changed"), expr!("steps.look.outputs.changed"))
        .output(output_name!("failed"), expr!("steps.look.outputs.failed"))
        .step(part::checkout(model)?)
        .step(ghagen::install(model)?)
        .step(look)
        .step(Step::uses(literal!("Keep the report and the patch"), upload))
        .comment("Compiles and runs programs, so it can write nothing.")
        .origin(update.origin.clone()))
}
