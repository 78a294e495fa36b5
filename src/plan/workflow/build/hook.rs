//! The hooks of `build-<tool>.yml`: steps of the user's own in the jobs `build` and `test`, and jobs of their own around the
//! release, whose token can neither write nor sign unless the spec says so. What signs is never in reach of a hook.

use super::job::{fetch_all, on_release};
use super::{input, part};
use crate::gha::{
    Expression, InputName, Job, JobId, Level, Literal, Scope, Step, Text, Uses, WithValue, env_name, expr, job_id,
    literal,
};
use crate::model::{Hook, HookAction, HookUses, Model, Moment, Placeholder, Segment, Template, Tool};
use crate::plan::{PlanError, hook_script};

/// The steps of the hooks of a moment.
pub(super) fn steps(model: &Model, tool: &Tool, moment: Moment) -> Result<Vec<Step>, PlanError> {
    model.hooks_of(tool, moment).map(|(owner, hook)| step(model, tool, owner, hook)).collect()
}

/// The job before the release, where there are hooks for it.
pub(super) fn before_release(model: &Model, tool: &Tool) -> Result<Option<Job>, PlanError> {
    let Some(job) = around_release(model, tool, Moment::BeforeRelease, literal!("Before the release"))? else {
        return Ok(None);
    };
    let mut job = job.needs(job_id!("build")).needs(job_id!("test")).when(on_release(model)?);
    // They look at the packages, after the checkout and before anything else.
    job.steps.insert(1, fetch_all(model, tool)?);
    Ok(Some(job.comment("Hooks. The packages that they see are copies, and nothing here can sign.")))
}

/// The job after the release, where there are hooks for it.
pub(super) fn after_release(model: &Model, tool: &Tool) -> Result<Option<Job>, PlanError> {
    let job = around_release(model, tool, Moment::AfterRelease, literal!("After the release"))?;
    Ok(job.map(|job| job.needs(job_id!("release")).comment("Hooks, once the release is public.")))
}

/// The id of the job of a moment that has one of its own.
pub(super) fn job_of(moment: Moment) -> JobId {
    if moment == Moment::BeforeRelease { job_id!("before-release") } else { job_id!("after-release") }
}

fn around_release(model: &Model, tool: &Tool, moment: Moment, name: Literal) -> Result<Option<Job>, PlanError> {
    let steps = steps(model, tool, moment)?;
    if steps.is_empty() {
        return Ok(None);
    }
    let mut job = Job::new(name, part::runner(model), model.project.timeouts.release)
        .needs(job_id!("plan"))
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .step(part::checkout(model)?)
        .steps(steps);
    if let Some((_, first)) = model.hooks_of(tool, moment).next() {
        job = job.origin(first.origin.clone());
        job = job.value("timeout-minutes", model.project.origin.key("timeouts").key("release"));
        job = job.value("if", model.project.origin.key("project").key("branch"));
    }
    for (_, hook) in model.hooks_of(tool, moment) {
        for wanted in &hook.permissions {
            let granted = job.permissions.get(&wanted.scope);
            let level = granted.map_or(wanted.level, |grant| grant.level.max(wanted.level));
            let reason = match granted.map(|grant| &grant.reason) {
                Some(reason) if *reason != wanted.reason => {
                    part::literal("the reason of a permission", &format!("{reason}; {}", wanted.reason))?
                }
                _ => wanted.reason.clone(),
            };
            let place = format!("permissions.{}", wanted.scope.as_str());
            job = job.permit(wanted.scope, level, reason).value(&place, wanted.origin.clone());
        }
    }
    Ok(Some(job))
}

fn step(model: &Model, tool: &Tool, owner: Option<&Tool>, hook: &Hook) -> Result<Step, PlanError> {
    let name = hook.name.clone();
    let mut step = match &hook.action {
        HookAction::Run(_) => {
            let script = format!("generated/{}", hook_script(owner.map(|tool| &tool.name), hook));
            input::given(model, owner, given(Step::run(name, part::script(&script)?), hook.moment))?
        }
        HookAction::Uses(uses) => Step::uses(name, action(model, tool, uses)?),
    };
    if let (HookAction::Run(_), false) = (&hook.action, hook.permissions.is_empty()) {
        step = step.env(env_name!("GH_TOKEN"), expr!("github.token"));
    }
    for (name, value) in &hook.environment {
        let place = format!("env.{}", name.as_str());
        let set = hook.origin.key("environment").key(name.as_str());
        step = step.env(name.clone(), text(tool, value.segments())?).value(&place, set);
    }
    if let Some(condition) = condition(hook)? {
        step = step.when(condition);
    }
    Ok(step.value("name", hook.origin.key("name")).value("", hook.origin.clone()).origin(hook.origin.clone()))
}

/// The step of a script, with what a run knows at that moment.
fn given(mut step: Step, moment: Moment) -> Step {
    if moment.has_arch() {
        step = step.env(env_name!("ARCH"), expr!("matrix.arch"));
    }
    if moment.has_variant() {
        step = step
            .env(env_name!("VARIANT"), expr!("matrix.variant"))
            .env(env_name!("ARTIFACT"), expr!("matrix.artifact"));
    }
    step = step
        .env(env_name!("VERSION"), expr!("needs.plan.outputs.version"))
        .env(env_name!("LINE"), expr!("needs.plan.outputs.line"))
        .env(env_name!("COMMIT"), expr!("needs.plan.outputs.commit"));
    if moment.is_of_release() {
        step = step.env(env_name!("RELEASE_TAG"), expr!("needs.plan.outputs.release_tag"));
    }
    step
}

fn action(model: &Model, tool: &Tool, uses: &HookUses) -> Result<Uses, PlanError> {
    let pinned = part::action(model, &uses.repository)?.at(&uses.action);
    let pinned = pinned.map_err(|error| refused("the name of an action", &error))?;
    let mut action = Uses::new(pinned);
    for (name, value) in &uses.with {
        let name: InputName = name.clone();
        action = action.with(name, lines(tool, value)?);
    }
    Ok(action)
}

/// The condition of a step. What it says about the tool was asked when the step was planned.
fn condition(hook: &Hook) -> Result<Option<Expression>, PlanError> {
    let arches: Vec<&str> = hook.when.arches.iter().map(|arch| arch.as_str()).collect();
    let lines: Vec<&str> = hook.when.lines.iter().map(crate::model::LineName::as_str).collect();
    let variants: Vec<&str> = hook.variants.iter().map(crate::model::VariantName::as_str).collect();
    let asked = [("matrix.arch", arches), ("matrix.variant", variants), ("needs.plan.outputs.line", lines)];
    let asked: Vec<(&str, Vec<&str>)> = asked.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    let parts = asked.iter().map(|(value, names)| {
        let any: Vec<String> = names.iter().map(|name| format!("{value} == '{name}'")).collect();
        let any = any.join(" || ");
        if names.len() > 1 && asked.len() > 1 { format!("({any})") } else { any }
    });
    let all = parts.collect::<Vec<String>>().join(" && ");
    if all.is_empty() {
        return Ok(None);
    }
    Expression::parse(all).map(Some).map_err(|error| refused("a condition", &error))
}

/// The value of an input: of one line, or of several.
fn lines(tool: &Tool, value: &Template) -> Result<WithValue, PlanError> {
    let mut lines: Vec<Vec<Segment>> = vec![Vec::new()];
    for segment in value.segments() {
        let Segment::Literal(text) = segment else {
            lines.last_mut().into_iter().for_each(|line| line.push(segment.clone()));
            continue;
        };
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            lines.last_mut().into_iter().for_each(|line| line.push(Segment::Literal(part.to_owned())));
        }
    }
    let mut lines = lines.iter().map(|line| text(tool, line)).collect::<Result<Vec<Text>, _>>()?;
    // The text of a block ends with a line break, which begins no line.
    if lines.len() > 1 && lines.last().is_some_and(Text::is_empty) {
        lines.pop();
    }
    Ok(match <[Text; 1]>::try_from(lines) {
        Ok([line]) => WithValue::Text(line),
        Err(lines) => WithValue::Lines(lines),
    })
}

/// A text with the values of the run in it, which GitHub puts there before the step starts; never into a script.
fn text(tool: &Tool, segments: &[Segment]) -> Result<Text, PlanError> {
    let mut text = Text::empty();
    for segment in segments {
        text = match segment {
            Segment::Literal(literal) => {
                text.and(Text::parse(literal.clone()).map_err(|error| refused("a text of a hook", &error))?)
            }
            Segment::Placeholder(Placeholder::Tool) => {
                text.and(part::literal("the name of a tool", tool.name.as_str())?)
            }
            Segment::Placeholder(Placeholder::Arch) => text.and(expr!("matrix.arch")),
            Segment::Placeholder(Placeholder::Version) => text.and(expr!("needs.plan.outputs.version")),
            Segment::Placeholder(Placeholder::Commit) => text.and(expr!("needs.plan.outputs.commit")),
            Segment::Placeholder(Placeholder::Input(name)) => text.and(input::checked(name)?),
            Segment::Placeholder(other) => {
                return Err(PlanError::Dangling { kind: "placeholder of a hook", name: other.to_string() });
            }
        };
    }
    Ok(text)
}

fn refused(what: &str, error: &impl ToString) -> PlanError {
    PlanError::Workflow { what: what.to_owned(), reason: error.to_string() }
}
