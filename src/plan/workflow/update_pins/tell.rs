//! The job that tells people: by one issue, or by a pull request where the spec names a GitHub App.

use super::ARTIFACT;
use crate::gha::{
    Environment, Job, Level, RunScript, Scope, Step, Uses, env_name, expr, input_name, job_id, literal, script,
};
use crate::model::{Model, UpdatePins};
use crate::plan::PlanError;
use crate::plan::workflow::{app, part};

/// The end of both scripts: a pin that nobody could look up turns the run red, after everything else was told.
const RED: RunScript = script!(
    r#"if [[ $FAILED == true ]]; then
  printf '::error::Some pins could not be looked up, or were moved: see the report.\n'
  exit 1
fi"#
);

const ISSUE: RunScript = script!(
    r#"set -euo pipefail
number=$(gh api --method GET "repos/$GH_REPO/issues" -f state=open -f creator='github-actions[bot]' -f per_page=100 \
  --jq 'map(select(.title == env.TITLE and .pull_request == null)) | .[0].number // empty')
if [[ $CHANGED != true && $FAILED != true ]]; then
  if [[ -n $number ]]; then gh issue close "$number" --comment 'Every pin is as new as the spec allows.'; fi
  exit 0
fi
{
  head -c 60000 pins/report.md
  printf '\n\nThe patch is an artifact of [this run](%s). In a clone of the repository:\n\n' "$RUN_URL"
  printf '    gh run download %s --repo %s --name pins\n    git apply --index pins.patch\n\n' "$RUN_ID" "$GH_REPO"
  printf 'Or make it anew:\n\n    ghagen lock update\n    ghagen generate\n'
} >body.md
if [[ -n $number ]]; then
  gh issue edit "$number" --body-file body.md
else
  gh issue create --title "$TITLE" --body-file body.md
fi"#
);

const PULL_REQUEST: RunScript = script!(
    r#"set -euo pipefail
if [[ $CHANGED == true ]]; then
  git switch --quiet --create "$BRANCH"
  git apply --index pins/pins.patch
  git -c "user.name=${APP}[bot]" -c "user.email=${APP}[bot]@users.noreply.github.com" \
    commit --quiet --message "$TITLE" -- spec generated .github
  gh auth setup-git
  git push --quiet --force origin "HEAD:refs/heads/$BRANCH"
  { head -c 60000 pins/report.md && printf '\n\nMade by [this run](%s).\n' "$RUN_URL"; } >body.md
  number=$(gh pr list --head "$BRANCH" --base "$BASE" --state open --json number --jq '.[0].number // empty')
  if [[ -n $number ]]; then
    gh pr edit "$number" --body-file body.md
  else
    gh pr create --head "$BRANCH" --base "$BASE" --title "$TITLE" --body-file body.md
  fi
fi"#
);

pub(super) fn plan(model: &Model, update: &UpdatePins) -> Result<Job, PlanError> {
    let name = if update.app.is_some() { literal!("Open a pull request") } else { literal!("Open an issue") };
    let job = Job::new(name, part::runner(model), part::SHORT)
        .needs(job_id!("update"))
        .comment("Runs nothing of the repository, since it can write.")
        .value("", update.origin.key("app"))
        .origin(update.origin.clone());
    let download = Uses::new(part::action(model, "actions/download-artifact")?)
        .with(input_name!("name"), ARTIFACT)
        .with(input_name!("path"), ARTIFACT);
    let download = Step::uses(literal!("Fetch the report and the patch"), download);
    match &update.app {
        None => Ok(job
            .permit(Scope::Issues, Level::Write, literal!("open one issue, or bring it up to date"))
            .step(download)
            .step(
                told(literal!("Open or update the issue"), ISSUE.then(&RED))
                    .env(env_name!("GH_TOKEN"), expr!("github.token")),
            )),
        Some(app_of_spec) => {
            let push = told(literal!("Open or update the pull request"), PULL_REQUEST.then(&RED))
                .env(env_name!("GH_TOKEN"), expr!("steps.app.outputs.token"))
                .env(env_name!("APP"), expr!("steps.app.outputs.app-slug"))
                .env(env_name!("BRANCH"), literal!("ghagen/update-pins"))
                .env(env_name!("BASE"), part::literal("a branch", &model.project.branch)?)
                .value("env.BASE", model.project.origin.key("project").key("branch"));
            let write = [
                input_name!("permission-contents"),
                input_name!("permission-pull-requests"),
                input_name!("permission-workflows"),
            ];
            let token = app::token(model, app_of_spec, &update.origin.key("app"), write)?.comment(
                "The token of a job can neither push changes of workflows nor start the checks of a pull request.",
            );
            Ok(job
                .permit(Scope::Contents, Level::Read, literal!("check out"))
                .environment(Environment { name: literal!("update-pins").into(), url: None })
                .step(token)
                .step(part::checkout(model)?)
                .step(download)
                .step(push))
        }
    }
}

/// The step that tells, with what both ways of telling need.
fn told(name: crate::gha::Literal, script: RunScript) -> Step {
    Step::run(name, script)
        .env(env_name!("CHANGED"), expr!("needs.update.outputs.changed"))
        .env(env_name!("FAILED"), expr!("needs.update.outputs.failed"))
        .env(env_name!("TITLE"), literal!("Renew pins"))
        .env(env_name!("GH_REPO"), expr!("github.repository"))
        .env(env_name!("RUN_ID"), expr!("github.run_id"))
        .env(
            env_name!("RUN_URL"),
            expr!("format('{0}/{1}/actions/runs/{2}', github.server_url, github.repository, github.run_id)"),
        )
}
