//! The values of `hooks/<tool>/<moment>-<number>.sh`: the spec's own bash around what a workflow does.

use minijinja::{Value, context};

use super::marks::Marks;
use crate::model::{HookAction, Model, Moment, ToolName};

/// The values of the script of a hook.
pub(super) fn values(
    model: &Model,
    owner: Option<&ToolName>,
    position: usize,
    marks: &mut Marks,
) -> Result<Value, String> {
    let hooks = match owner {
        Some(name) => model.tools.get(name).map(|tool| &tool.hooks),
        None => Some(&model.project.hooks),
    };
    let hook = hooks.and_then(|hooks| hooks.get(position));
    let missing = || format!("the hook {} of {}", position + 1, owner.map_or("all tools", ToolName::as_str));
    let hook = hook.ok_or_else(missing)?;
    let HookAction::Run(run) = &hook.action else { return Err(missing()) };
    let environment: Vec<&str> = hook.environment.iter().map(|(name, _)| name.as_str()).collect();
    marks.names(
        &hook.origin,
        &[("run", "run"), ("title", "name"), ("environment", "environment"), ("token", "permissions")],
    );
    for name in ["tool", "file", "job", "words", "given"] {
        marks.name(name, || hook.origin.clone());
    }
    let tool = owner.and_then(|name| model.tools.get(name));
    let mut given = given(hook.moment).to_owned();
    for input in model.inputs_of(tool) {
        given.push(' ');
        given.push_str(input.variable.as_str());
        marks.name("given", || input.origin.clone());
    }
    Ok(context! {
        tool => owner.map(ToolName::as_str),
        file => format!("{}-{}", hook.moment.as_str(), hook.number),
        job => hook.moment.job(),
        words => words(hook.moment),
        given => given,
        environment => environment.join(" "),
        token => !hook.permissions.is_empty(),
        title => hook.name.as_str().trim_end(),
        run => run.as_str().trim_end_matches('\n'),
        mark => marks.mark(&hook.origin.key("run")),
    })
}

fn words(moment: Moment) -> String {
    moment.as_str().replacen('-', " the ", 1)
}

/// What the step is given, as `plan` says it.
const fn given(moment: Moment) -> &'static str {
    match moment {
        Moment::BeforeBuild | Moment::AfterBuild => "TOOL ARCH VERSION LINE COMMIT",
        Moment::BeforeTest | Moment::AfterTest => "TOOL ARCH VARIANT ARTIFACT VERSION LINE COMMIT",
        Moment::BeforeRelease | Moment::AfterRelease => "TOOL VERSION LINE COMMIT RELEASE_TAG",
    }
}
