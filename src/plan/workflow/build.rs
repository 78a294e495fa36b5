//! `build-<tool>.yml`: plan → build → test → release → summary, for one tool.

mod hook;
mod input;
mod job;
mod summary;

use std::collections::{BTreeMap, BTreeSet};

use super::{PlannedWorkflow, part};
use crate::gha::{
    Choice, Concurrency, Dispatch, DispatchInput, InputKind, JobId, PathPattern, PullRequest, Triggers, Workflow,
    env_name, expr, input_name, job_id, literal, text,
};
use crate::model::{HookAction, Model, Moment, Tool};
use crate::plan::{PlanError, ToolPlan, hook_folder};
use crate::source::Origin;

/// The workflow of one tool.
pub(super) fn plan(model: &Model, plan: &ToolPlan) -> Result<PlannedWorkflow, PlanError> {
    let dangling = || PlanError::Dangling { kind: "tool", name: plan.name.to_string() };
    let tool = model.tools.get(&plan.name).ok_or_else(dangling)?;
    let title = part::literal("the title of a tool", &tool.title)?;
    let group = part::literal("the name of a workflow", &format!("build-{}", tool.name))?;
    let version = expr!("inputs.version || (github.event_name == 'pull_request' && 'as in the lock') || 'newest'");
    // check-version.sh tells from the names of the runs what was built already, and what not.
    let revision = expr!("inputs.revision && inputs.revision != '1' && format('-{0}', inputs.revision) || ''");
    let filtered = expr!(
        "github.event_name == 'workflow_dispatch' && (!inputs.publish || inputs.variant != 'all' || inputs.arch != 'all') && ' (not published)' || ''"
    );
    let concurrency =
        Concurrency::new(text!(group, "-", expr!("github.event_name"), "-", expr!("inputs.version || github.ref")))
            .cancel_in_progress(expr!("github.event_name == 'pull_request'"))
            .comment("A newer push to a pull request replaces its run. A run that may publish is never cancelled.");
    let mut jobs = vec![
        (job_id!("plan"), job::plan(model, tool)?),
        (job_id!("build"), job::build(model, tool, plan)?),
        (job_id!("test"), job::test(model, tool)?),
    ];
    jobs.extend(hook::before_release(model, tool)?.map(|job| (hook::job_of(Moment::BeforeRelease), job)));
    jobs.push((job_id!("release"), job::release(model, tool)?));
    jobs.extend(hook::after_release(model, tool)?.map(|job| (hook::job_of(Moment::AfterRelease), job)));
    let ids: Vec<JobId> = jobs.iter().map(|(id, _)| id.clone()).collect();
    jobs.push((job_id!("summary"), summary::job(model, tool, title.clone(), &ids)?));
    let workflow = Workflow::new(
        part::path(&format!("build-{}.yml", tool.name))?,
        part::literal("the name of a workflow", &format!("Build {}", tool.title))?,
        triggers(model, tool, plan)?,
        concurrency,
    )
    .run_name(text!(title, " ", version, revision, filtered))
    .env(env_name!("TOOL"), part::literal("the name of a tool", tool.name.as_str())?)
    .origin(tool.origin.clone());
    let workflow = jobs.into_iter().fold(workflow, |workflow, (id, job)| workflow.job(id, job));
    let workflow = values(model, tool, plan, workflow);
    let mut files = plan.files.clone();
    files.extend(part::project_files(model));
    Ok(PlannedWorkflow { workflow, files })
}

/// The spec values in what stands above the jobs.
fn values(model: &Model, tool: &Tool, plan: &ToolPlan, workflow: Workflow) -> Workflow {
    let own = [
        ("name", "title"),
        ("run-name", "title"),
        ("env.TOOL", "tool"),
        ("concurrency.group", "tool"),
        ("on.workflow_dispatch.inputs.variant.options", "variants"),
        ("on.workflow_dispatch.inputs.variant.options", "exclude"),
        ("on.workflow_dispatch.inputs.arch.options", "arches"),
    ];
    let branch = model.project.origin.key("project").key("branch");
    let all = own.into_iter().fold(workflow, |all, (path, key)| all.value(path, tool.origin.key(key)));
    let all = all.value("on.workflow_dispatch.inputs.arch.options", model.project.origin.key("arches"));
    let all = all.value("on.workflow_dispatch.inputs.publish.description", branch.clone());
    if tool.upstream.url.is_none() {
        return all;
    }
    let paths = paths(model, tool, plan).into_iter().enumerate();
    let all = paths.fold(all, |all, (index, (_, origins))| {
        let place = format!("on.pull_request.paths[{index}]");
        origins.into_iter().fold(all, |all, origin| all.value(&place, origin))
    });
    all.value("on.pull_request.branches", branch).value("on.pull_request", tool.upstream.origin.key("self"))
}

fn triggers(model: &Model, tool: &Tool, plan: &ToolPlan) -> Result<Triggers, PlanError> {
    let mut variants = Choice::of(literal!("all"));
    for variant in plan.variants() {
        variants = variants.or(part::literal("a variant", variant.as_str())?);
    }
    let mut arches = Choice::of(literal!("all"));
    for arch in &tool.arches {
        arches = arches.or(part::literal("an arch", arch.as_str())?);
    }
    let version = InputKind::Text { default: None };
    let revision = InputKind::Text { default: Some(literal!("1")) };
    let publish = format!("Publish a release. Done from the branch {} only.", model.project.branch);
    let publish = part::literal("a branch", &publish)?;
    let dispatch = Dispatch::default()
        .input(
            input_name!("version"),
            DispatchInput::new(literal!("Version to build, such as 1.2.3. Empty: the newest one."), version),
        )
        .input(
            input_name!("commit"),
            DispatchInput::new(
                literal!("Commit that the tag of that version must have. Empty: any."),
                InputKind::Text { default: None },
            ),
        )
        .input(
            input_name!("variant"),
            DispatchInput::new(
                literal!("Variant to build. Anything but all is not published."),
                InputKind::Choice(variants),
            )
            .origin(tool.origin.key("variants")),
        )
        .input(
            input_name!("arch"),
            DispatchInput::new(
                literal!("Arch to build. Anything but all is not published."),
                InputKind::Choice(arches),
            )
            .origin(model.project.origin.key("arches")),
        )
        .input(
            input_name!("revision"),
            DispatchInput::new(literal!("2, 3 and so on: another build of a version that is released."), revision),
        )
        .input(input_name!("publish"), DispatchInput::new(publish, InputKind::Boolean { default: false }));
    let dispatch = input::form(model, tool, dispatch);
    let pull_request =
        PullRequest { branches: vec![part::branch(model)?], paths: patterns(model, tool, plan)?, ..Default::default() };
    if tool.upstream.url.is_none() {
        // A pull request changes the source itself, and has no version that could be built.
        return Ok(Triggers::from(dispatch));
    }
    Ok(Triggers::from(dispatch).and(pull_request))
}

fn patterns(model: &Model, tool: &Tool, plan: &ToolPlan) -> Result<Vec<PathPattern>, PlanError> {
    paths(model, tool, plan).iter().map(|(path, _)| part::path_pattern(path)).collect()
}

/// The generated files that a build of the tool reads, and the spec values that name them: a pull request that changes one of
/// them builds the tool.
fn paths(model: &Model, tool: &Tool, plan: &ToolPlan) -> Vec<(String, Vec<Origin>)> {
    let name = &tool.name;
    let own = || vec![tool.origin.key("tool")];
    let mut paths = vec![
        (format!(".github/workflows/build-{name}.yml"), own()),
        (format!("generated/plan/{name}.json"), own()),
        ("generated/scripts/*.sh".to_owned(), Vec::new()),
        ("generated/scripts/container/*.sh".to_owned(), Vec::new()),
        ("generated/scripts/smoke-commands/*.sh".to_owned(), Vec::new()),
    ];
    let names: BTreeSet<_> = plan.units.iter().map(|unit| &unit.component).collect();
    let components: Vec<_> = names.into_iter().filter_map(|name| model.components.get(name)).collect();
    let asked = tool.origin.key("variants");
    for component in &components {
        let origins = vec![component.origin.key("component"), asked.clone()];
        paths.push((format!("generated/scripts/components/{}.sh", component.name), origins));
    }
    let entered: Vec<Origin> = model.inputs_of(Some(tool)).map(|input| input.origin.clone()).collect();
    if !entered.is_empty() {
        paths.push((input::script(tool), entered));
    }
    for folder in ["packages", "smoke", "tools"] {
        paths.push((format!("generated/scripts/{folder}/{name}.sh"), own()));
    }
    if !tool.smoke.is_empty() {
        paths.push((format!("generated/scripts/checks/{name}/*.sh"), vec![tool.origin.key("smoke")]));
    }
    let hooks = Moment::ALL.into_iter().flat_map(|moment| model.hooks_of(tool, moment));
    let scripts = hooks.filter(|(_, hook)| matches!(hook.action, HookAction::Run(_)));
    let mut folders: BTreeMap<String, Vec<Origin>> = BTreeMap::new();
    for (owner, hook) in scripts {
        let folder = format!("generated/scripts/hooks/{}/*.sh", hook_folder(owner.map(|tool| &tool.name)));
        folders.entry(folder).or_default().push(hook.origin.clone());
    }
    paths.extend(folders);
    for component in components.iter().filter(|component| !component.patches.is_empty()) {
        let origins = vec![component.origin.key("patches"), asked.clone()];
        paths.push((format!("generated/patches/{}/**", component.name), origins));
    }
    let copied: Vec<_> = components.iter().filter(|it| matches!(it.source, crate::model::Source::Files)).collect();
    if !copied.is_empty() {
        let origins = copied.iter().map(|component| component.origin.key("recipe")).chain([asked]).collect();
        paths.push(("generated/files/**".to_owned(), origins));
    }
    paths
}
