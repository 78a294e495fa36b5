//! `verify.yml`: the gate of pull requests. First drift, then linters, then one job of a name that never changes.

use super::{PlannedWorkflow, ghagen, part};
use crate::gha::{
    Concurrency, Job, Level, MergeGroup, Minutes, PullRequest, Scope, Step, Triggers, Workflow, env_name, expr, job_id,
    literal, script, step_id, text,
};
use crate::model::{Constraint, Generator, Model};
use crate::plan::PlanError;

/// The gate.
pub(super) fn plan(model: &Model) -> Result<PlannedWorkflow, PlanError> {
    let branch = part::branch(model)?;
    let pull_request = PullRequest { branches: vec![branch.clone()], ..Default::default() };
    let triggers = Triggers::from(pull_request).and(MergeGroup { branches: vec![branch] });
    let concurrency = Concurrency::new(text!("verify-", expr!("github.ref")))
        .cancel_in_progress(true)
        .comment("Only the newest state of a pull request counts.");
    let workflow = Workflow::new(part::path("verify.yml")?, literal!("Verify"), triggers, concurrency)
        .job(job_id!("drift"), drift(model)?)
        .job(job_id!("lint"), lint(model)?)
        .job(job_id!("ghagen-ok"), ok(model))
        .value("on.pull_request.branches", model.project.origin.key("project").key("branch"))
        .value("on.merge_group.branches", model.project.origin.key("project").key("branch"))
        .origin(model.project.origin.key("gate"));
    Ok(PlannedWorkflow { workflow, files: part::project_files(model) })
}

/// Compares what is committed with what the spec says, and tells what has to be done.
fn drift(model: &Model) -> Result<Job, PlanError> {
    let name = literal!("Compare the committed files with the spec");
    let mut job = Job::new(literal!("Drift"), part::runner(model), Minutes::of::<20>())
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .step(part::checkout_with_base(model)?)
        .origin(model.project.origin.key("gate").key("generator"));
    let check = match &model.project.generator {
        Generator::Path(folder) => Step::run(
            name,
            script!(
                r#"code=0
cargo run --release --locked --manifest-path "$GENERATOR/Cargo.toml" -- check --format github || code=$?
printf 'code=%s\n' "$code" >>"$GITHUB_OUTPUT"
exit "$code""#
            ),
        )
        .env(env_name!("GENERATOR"), part::literal("a path", folder.as_str())?)
        .value("env.GENERATOR", ghagen::generator(model).key("path")),
        Generator::Git(_) | Generator::Release(_) => {
            job = job.step(ghagen::install(model)?);
            Step::run(
                name,
                script!(
                    r#"code=0
"$HOME/.cargo/bin/ghagen" check --format github || code=$?
printf 'code=%s\n' "$code" >>"$GITHUB_OUTPUT"
exit "$code""#
                ),
            )
        }
    };
    let check = check.id(step_id!("check")).value("", ghagen::generator(model));
    Ok(job.step(check).step(tell(model)?).step(changes(model)?))
}

/// What the pull request changes, in words, for those who review it. No reason to fail: an older spec may be one that this
/// ghagen does not take.
fn changes(model: &Model) -> Result<Step, PlanError> {
    let (ghagen, folder) = match &model.project.generator {
        Generator::Path(folder) => (
            script!(
                r#"set -euo pipefail
changes() {
  cargo run --release --locked --quiet --manifest-path "$GENERATOR/Cargo.toml" -- plan --against "$BASE" --format markdown
}"#
            ),
            Some(folder),
        ),
        Generator::Git(_) | Generator::Release(_) => (
            script!(
                r#"set -euo pipefail
changes() {
  "$HOME/.cargo/bin/ghagen" plan --against "$BASE" --format markdown
}"#
            ),
            None,
        ),
    };
    let run = ghagen.then(&script!(
        r#"if changes >"$RUNNER_TEMP/changes.md" 2>"$RUNNER_TEMP/changes.log"; then
  head --bytes=500000 "$RUNNER_TEMP/changes.md"
else
  printf '## What changes\n\nghagen cannot say it, which is no mistake of this pull request:\n\n'
  head --bytes=20000 "$RUNNER_TEMP/changes.log" | sed 's/^/    /'
fi | tee -a "$GITHUB_STEP_SUMMARY""#
    ));
    let step = Step::run(literal!("Say what changes"), run)
        .when(expr!("github.event_name == 'pull_request' && !cancelled()"))
        .env(env_name!("BASE"), literal!("HEAD^1"));
    Ok(match folder {
        Some(folder) => step
            .env(env_name!("GENERATOR"), part::literal("a path", folder.as_str())?)
            .value("env.GENERATOR", ghagen::generator(model).key("path")),
        None => step,
    })
}

/// What those who opened the pull request have to do, where they look first.
fn tell(model: &Model) -> Result<Step, PlanError> {
    let people = ghagen::for_people(model)?;
    let run = script!(
        r#"set -euo pipefail
case $CODE in
  1) what='generated files are not what the spec says' todo=generate ;;
  3) what='the spec has mistakes; the annotations say where' todo=validate ;;
  4) what='the files were generated by another version of ghagen' todo=generate ;;
  5) what='pins were moved in generated files, and not in the lock' todo=adopt ;;
  *) what='the comparison itself failed; the log above says why' todo= ;;
esac
{
  printf '## Drift: %s\n\n' "$what"
  if [[ -n $todo ]]; then
    printf 'In the branch of the pull request, in a fork too, run this, and commit what it changes:\n\n'
    printf '    %s %s\n\n' "$GHAGEN" "$todo"
    printf 'To get ghagen: %s\n\n' "$INSTALL"
    printf 'Generated files are never edited by hand: change the spec in %s.\n' "$SPEC"
  fi
} | tee -a "$GITHUB_STEP_SUMMARY""#
    );
    Ok(Step::run(literal!("Say what to do"), run)
        .when(expr!("failure() && steps.check.outcome == 'failure'"))
        .env(env_name!("CODE"), expr!("steps.check.outputs.code"))
        .env(env_name!("GHAGEN"), people.command)
        .env(env_name!("INSTALL"), people.install)
        .env(env_name!("SPEC"), literal!("spec/"))
        .value("env.GHAGEN", ghagen::generator(model))
        .value("env.INSTALL", ghagen::generator(model)))
}

/// Lints everything under `.github/workflows` and the generated scripts: hand-written neighbours, too.
fn lint(model: &Model) -> Result<Job, PlanError> {
    let zizmor = model
        .releases
        .get("zizmor")
        .and_then(|releases| releases.highest(&Constraint::any()))
        .ok_or_else(|| PlanError::Unpinned("zizmor".to_owned()))?;
    let scripts =
        Step::run(literal!("Lint the scripts"), script!("find generated/scripts -name '*.sh' -exec shellcheck {} +"));
    let workflows = Step::run(
        literal!("Lint the workflows"),
        script!("pipx run \"zizmor==$ZIZMOR_VERSION\" --offline --persona auditor .github/workflows"),
    )
    .env(env_name!("ZIZMOR_VERSION"), part::literal("a release of zizmor", &zizmor.text)?)
    .value("env.ZIZMOR_VERSION", model.project.lock.key("tools").key("zizmor"))
    .origin(model.project.lock.key("tools").key("zizmor"));
    Ok(Job::new(literal!("Lint"), part::runner(model), part::SHORT)
        .needs(job_id!("drift"))
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .step(part::checkout(model)?)
        .step(scripts)
        .step(workflows))
}

/// The one job that branch protection has to require.
fn ok(model: &Model) -> Job {
    let run = script!(
        r#"set -euo pipefail
printf 'drift: %s, lint: %s\n' "$DRIFT" "$LINT" | tee -a "$GITHUB_STEP_SUMMARY"
[[ $DRIFT == success && $LINT == success ]]"#
    );
    let step = Step::run(literal!("Look at the results"), run)
        .env(env_name!("DRIFT"), expr!("needs.drift.result"))
        .env(env_name!("LINT"), expr!("needs.lint.result"));
    Job::new(literal!("ghagen-ok"), part::runner(model), Minutes::of::<5>())
        .needs(job_id!("drift"))
        .needs(job_id!("lint"))
        .when(expr!("always()"))
        .step(step)
        .comment("Require this job in the protection of the branch: its name never changes, and skipped is not passed.")
}
