//! `adopt-pins.yml`: adds to a bot's pull request what its bump lacks, where the spec asks for it.
//!
//! A run on the branch of releases, never on a pull request: what can write holds nothing of a pull request but its pins, and those
//! came through `ghagen adopt`, which takes pins and nothing else. No file of a pull request is checked out or run.

use super::{PlannedWorkflow, app, ghagen, part};
use crate::gha::{
    Comment, Concurrency, Dispatch, Environment, Expression, Job, Level, Literal, Minutes, Schedule, Scope, Step,
    Triggers, Uses, WithValue, Workflow, env_name, expr, input_name, job_id, literal, output_name, script, step_id,
};
use crate::model::{AdoptPins, Model};
use crate::plan::PlanError;

/// The artifact with the patch, and the folder that it is made in.
const ARTIFACT: Literal = literal!("adopted");

/// The workflow; none where nobody asks for it.
pub(super) fn plan(model: &Model) -> Result<Option<PlannedWorkflow>, PlanError> {
    let Some(adopt) = &model.project.pins.adopt else { return Ok(None) };
    let schedule = Schedule {
        cron: adopt.cron.clone(),
        timezone: None,
        comment: Comment::from("Not when the pull request comes: such a run would have the files of the pull request."),
        origin: Some(adopt.origin.key("cron")),
    };
    let concurrency = Concurrency::new(literal!("adopt-pins")).comment("Two runs at once would push to one branch.");
    let workflow = Workflow::new(
        part::path("adopt-pins.yml")?,
        literal!("Adopt pins"),
        Triggers::from(schedule).and(Dispatch::default()),
        concurrency,
    )
    .job(job_id!("take"), take(model, adopt)?)
    .job(job_id!("push"), push(model, adopt)?)
    .value("on.schedule[0].cron", adopt.origin.key("cron"))
    .origin(adopt.origin.clone());
    Ok(Some(PlannedWorkflow { workflow, files: part::project_files(model) }))
}

/// Takes the pins of the first pull request that holds a whole bump and nothing else.
fn take(model: &Model, adopt: &AdoptPins) -> Result<Job, PlanError> {
    let list = Step::run(
        literal!("List the pull requests of the bot"),
        script!(
            r#"set -euo pipefail
gh api --paginate --method GET "repos/$GH_REPO/pulls" -f state=open -f base="$BASE" -f per_page=100 --jq '.[]
  | select(.user.login == env.BOT and .head.repo.full_name == env.GH_REPO)
  | [.number, .head.sha, .head.ref] | @tsv' >"$RUNNER_TEMP/pulls"
found=false
if [[ -s $RUNNER_TEMP/pulls ]]; then found=true; fi
printf 'found=%s\n' "$found" >>"$GITHUB_OUTPUT""#
        ),
    )
    .id(step_id!("list"))
    .env(env_name!("GH_TOKEN"), expr!("github.token"))
    .env(env_name!("GH_REPO"), expr!("github.repository"))
    .env(env_name!("BASE"), part::literal("a branch", &model.project.branch)?)
    .env(env_name!("BOT"), bot(model))
    .value("env.BASE", model.project.origin.key("project").key("branch"))
    .value("env.BOT", model.project.pins.origin.clone())
    .comment("Branches of this repository alone: what a fork holds is never looked at.");
    let take = Step::run(
        literal!("Take a bump into the lock"),
        script!(
            r#"set -euo pipefail
ghagen=$HOME/.cargo/bin/ghagen
mkdir -p adopted
gh auth setup-git
changed=$'^:100644 100644 [0-9a-f]+ [0-9a-f]+ M\t(\\.github/workflows/[A-Za-z0-9._-]+\\.yml)$'
# take HEAD: the workflows as the bot wrote them, as data for ghagen, which accepts moved pins and nothing else.
take() {
  local line file files=()
  git fetch --quiet --depth=1 --no-tags origin "$1" || return 1
  while IFS= read -r line; do
    [[ $line =~ $changed ]] || return 1
    files+=("${BASH_REMATCH[1]}")
  done < <(git diff --raw --no-renames HEAD "$1")
  ((${#files[@]} > 0)) || return 1
  for file in "${files[@]}"; do git show "$1:$file" >"$file" || return 1; done
  "$ghagen" adopt && "$ghagen" lock verify --online
}
while IFS=$'\t' read -r number head branch; do
  [[ $number =~ ^[0-9]+$ && $head =~ ^[0-9a-f]{40}$ && $branch =~ ^(dependabot|renovate)/[A-Za-z0-9._/-]+$ ]] || continue
  if take "$head"; then
    git diff --binary HEAD -- spec generated >adopted/pins.patch
    printf 'head=%s\nbranch=%s\n' "$head" "$branch" >>"$GITHUB_OUTPUT"
    exit 0
  fi
  printf '::notice::Pull request %s is left alone: it is behind, has it already, or is not a whole bump.\n' "$number"
  git checkout --quiet --force HEAD -- .
done <"$RUNNER_TEMP/pulls""#
        ),
    )
    .id(step_id!("take"))
    .when(expr!("steps.list.outputs.found == 'true'"))
    .env(env_name!("GH_TOKEN"), expr!("github.token"));
    let upload = Uses::new(part::action(model, "actions/upload-artifact")?)
        .with(input_name!("name"), ARTIFACT)
        .with(input_name!("path"), ARTIFACT)
        .with(input_name!("if-no-files-found"), literal!("error"))
        .with(input_name!("retention-days"), WithValue::from(1));
    Ok(Job::new(literal!("Take a bump"), part::runner(model), Minutes::of::<60>())
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .permit(Scope::PullRequests, Level::Read, literal!("list those of the bot"))
        .when(on_branch(model)?)
        .value("if", model.project.origin.key("project").key("branch"))
        .output(output_name!("head"), expr!("steps.take.outputs.head"))
        .output(output_name!("branch"), expr!("steps.take.outputs.branch"))
        .step(part::checkout(model)?)
        .step(list)
        .step(ghagen::install(model)?.when(expr!("steps.list.outputs.found == 'true'")))
        .step(take)
        .step(Step::uses(literal!("Keep the patch"), upload).when(expr!("steps.take.outputs.head != ''")))
        .comment("Reads a pull request, so it can write nothing.")
        .origin(adopt.origin.clone()))
}

/// Puts a commit on top of the bot's.
fn push(model: &Model, adopt: &AdoptPins) -> Result<Job, PlanError> {
    let download = Uses::new(part::action(model, "actions/download-artifact")?)
        .with(input_name!("name"), ARTIFACT)
        .with(input_name!("path"), ARTIFACT);
    let push = Step::run(
        literal!("Push the commit"),
        script!(
            r#"set -euo pipefail
[[ $HEAD_COMMIT =~ ^[0-9a-f]{40}$ && $HEAD_BRANCH =~ ^(dependabot|renovate)/[A-Za-z0-9._/-]+$ ]]
gh auth setup-git
git fetch --quiet --depth=1 --no-tags origin "$HEAD_COMMIT"
# In an index of its own: no file of the pull request comes into the working tree.
export GIT_INDEX_FILE=$RUNNER_TEMP/index
git read-tree "$HEAD_COMMIT"
git apply --cached adopted/pins.patch
tree=$(git write-tree)
allowed='^(spec/ghagen\.lock|generated/[A-Za-z0-9._/-]+)$'
while IFS= read -r path; do
  if [[ ! $path =~ $allowed ]]; then
    printf '::error::The patch would change %s, which is not made by adopting a pin.\n' "$path"
    exit 1
  fi
done < <(git diff-tree -r --name-only "$HEAD_COMMIT" "$tree")
name="${APP}[bot]"
# The words in brackets let Dependabot write over the commit, when it has something newer.
commit=$(git -c "user.name=$name" -c "user.email=$name@users.noreply.github.com" \
  commit-tree "$tree" -p "$HEAD_COMMIT" -m 'Adopt the bumped pins [dependabot skip]')
# Not by force: where the branch has moved, the next run looks again.
git push --quiet origin "$commit:refs/heads/$HEAD_BRANCH""#
        ),
    )
    .env(env_name!("GH_TOKEN"), expr!("steps.app.outputs.token"))
    .env(env_name!("APP"), expr!("steps.app.outputs.app-slug"))
    .env(env_name!("HEAD_COMMIT"), expr!("needs.take.outputs.head"))
    .env(env_name!("HEAD_BRANCH"), expr!("needs.take.outputs.branch"));
    let token = app::token(model, &adopt.app, &adopt.origin.key("app"), [input_name!("permission-contents")])?;
    let token = token.comment("A push by the token of a job would not start the checks of the pull request.");
    Ok(Job::new(literal!("Push the commit"), part::runner(model), part::SHORT)
        .needs(job_id!("take"))
        .when(expr!("needs.take.outputs.head != ''"))
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .environment(Environment { name: literal!("update-pins").into(), url: None })
        .step(token)
        .step(part::checkout(model)?)
        .step(Step::uses(literal!("Fetch the patch"), download))
        .step(push)
        .comment("Can write, so it runs nothing, and checks out nothing of a pull request.")
        .origin(adopt.origin.clone()))
}

/// The bot that the spec asks for; `lower` has made sure that there is one.
fn bot(model: &Model) -> Literal {
    if model.project.pins.renovate { literal!("renovate[bot]") } else { literal!("dependabot[bot]") }
}

/// A start by hand on another branch would run what that branch holds.
fn on_branch(model: &Model) -> Result<Expression, PlanError> {
    let branch = part::literal("a branch", &model.project.branch)?;
    Expression::parse(format!("github.ref == 'refs/heads/{}'", branch.as_str()))
        .map_err(|error| PlanError::Workflow { what: "the name of a branch".to_owned(), reason: error.to_string() })
}
