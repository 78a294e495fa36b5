//! What can be entered for hooks: in the form, checked in the job `plan`, and given to hooks from the outputs of that job alone.

use crate::gha::{
    Choice, Dispatch, DispatchInput, Expression, InputKind, InputName, Job, OutputName, Step, env_name, expr, literal,
    step_id,
};
use crate::model::{HookInput, HookInputKind, Model, Tool};
use crate::plan::PlanError;

use super::part;

/// The path of the script that checks what was entered.
pub(super) fn script(tool: &Tool) -> String {
    format!("generated/scripts/inputs/{}.sh", tool.name)
}

/// The form, with what hooks ask for.
pub(super) fn form(model: &Model, tool: &Tool, dispatch: Dispatch) -> Dispatch {
    model.inputs_of(Some(tool)).fold(dispatch, |dispatch, input| {
        let kind = match &input.kind {
            HookInputKind::Choice(first, others) => {
                InputKind::Choice(others.iter().cloned().fold(Choice::of(first.clone()), Choice::or))
            }
            HookInputKind::Boolean(default) => InputKind::Boolean { default: *default },
            HookInputKind::Text { default, .. } => InputKind::Text { default: default.clone() },
        };
        let described = DispatchInput::new(input.description.clone(), kind).origin(input.origin.clone());
        dispatch.input(input.name.clone(), described)
    })
}

/// The job `plan`, which checks what was entered before it does anything else with the run.
pub(super) fn check(model: &Model, tool: &Tool, mut job: Job) -> Result<Job, PlanError> {
    let Some(first) = model.inputs_of(Some(tool)).next() else { return Ok(job) };
    let mut step = Step::run(literal!("Check what was entered for hooks"), part::script(&script(tool))?)
        .id(step_id!("inputs"))
        .env(env_name!("EVENT_NAME"), expr!("github.event_name"))
        .origin(first.origin.clone());
    for input in model.inputs_of(Some(tool)) {
        let entered = expression(&format!("inputs.{}", input.name))?;
        let place = format!("env.{}", input.variable);
        step = step.env(input.variable.clone(), entered).value(&place, input.origin.clone());
        let output = output(&input.name)?;
        let checked = Expression::step_output(&step_id!("inputs"), &output);
        let place = format!("outputs.{output}");
        job = job.output(output, checked).value(&place, input.origin.clone());
    }
    Ok(job.step(step))
}

/// The step of a bash hook, with what was entered.
pub(super) fn given(model: &Model, owner: Option<&Tool>, mut step: Step) -> Result<Step, PlanError> {
    for HookInput { name, variable, origin, .. } in model.inputs_of(owner) {
        let place = format!("env.{variable}");
        step = step.env(variable.clone(), checked(name.as_str())?).value(&place, origin.clone());
    }
    Ok(step)
}

/// What was entered, once it is checked.
pub(super) fn checked(name: &str) -> Result<Expression, PlanError> {
    expression(&format!("needs.plan.outputs.input_{name}"))
}

fn output(name: &InputName) -> Result<OutputName, PlanError> {
    OutputName::parse(format!("input_{name}"))
        .map_err(|error| PlanError::Workflow { what: "an output".to_owned(), reason: error.to_string() })
}

fn expression(text: &str) -> Result<Expression, PlanError> {
    Expression::parse(text)
        .map_err(|error| PlanError::Workflow { what: "an input".to_owned(), reason: error.to_string() })
}
