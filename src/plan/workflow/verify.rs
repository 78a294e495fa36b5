//! `verify.yml`: the gate of pull requests. First drift, then linters, then one job of a name that never changes.

use super::{PlannedWorkflow, part};
use crate::gha::{
    Concurrency, Job, Level, MergeGroup, Minutes, PullRequest, Scope, Step, Triggers, Workflow, env_name, expr, job_id,
    literal, script, text,
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
        .origin(model.project.origin.key("gate"));
    Ok(PlannedWorkflow { workflow, files: part::project_files(model) })
}

/// Compares what is committed with what the spec says.
fn drift(model: &Model) -> Result<Job, PlanError> {
    let job = Job::new(literal!("Drift"), part::runner(model), Minutes::of::<20>())
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .step(part::checkout(model)?)
        .origin(model.project.origin.key("gate").key("generator"));
    Ok(match &model.project.generator {
        Generator::Path(folder) => job.step(
            Step::run(
                literal!("Compare the committed files with the spec"),
                script!(
                    "cargo run --release --locked --manifest-path \"$GENERATOR/Cargo.toml\" -- check --format github"
                ),
            )
            .env(env_name!("GENERATOR"), part::literal("a path", folder.as_str())?)
            .comment("On drift: run `cargo run --release --locked -- generate` and commit what it writes."),
        ),
        Generator::Git(git) => {
            let check = Step::run(
                literal!("Compare the committed files with the spec"),
                script!("\"$HOME/.cargo/bin/ghagen\" check --format github"),
            )
            .comment("On drift: run `ghagen generate` and commit what it writes.");
            job.step(part::install_ghagen(git)?).step(check)
        }
    })
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
