//! The hooks as `PIPELINE.md` tells of them: which job of which workflow does what besides the usual.

use super::{code, escape, table};
use crate::model::{Hook, HookAction, HookInputKind, LineName, Model, Moment, ToolName, VariantName};
use crate::plan::{Plan, hook_script};

/// The section; empty where there are none.
pub(super) fn section(model: &Model, plan: &Plan) -> String {
    let mut rows = Vec::new();
    for tool in plan.tools.iter().filter_map(|planned| model.tools.get(&planned.name)) {
        for moment in Moment::ALL {
            for (owner, hook) in model.hooks_of(tool, moment) {
                rows.push([
                    code(&format!("build-{}.yml", tool.name)),
                    code(moment.job()),
                    moment.as_str().replacen('-', " the ", 1),
                    escape(hook.name.as_str()),
                    what(model, owner.map(|tool| &tool.name), hook),
                    condition(hook),
                ]);
            }
        }
    }
    if rows.is_empty() {
        return inputs(model, plan);
    }
    let table = table(["workflow", "job", "when", "hook", "what it runs", "only for"], rows);
    let inputs = inputs(model, plan);
    let between = if inputs.is_empty() { "" } else { "\n" };
    format!("## Hooks\n\nSteps of this project's own, in the order in which they run.\n\n{table}{between}{inputs}")
}

/// What can be entered for them; empty where nothing can.
fn inputs(model: &Model, plan: &Plan) -> String {
    let mut rows = Vec::new();
    for tool in plan.tools.iter().filter_map(|planned| model.tools.get(&planned.name)) {
        for input in model.inputs_of(Some(tool)) {
            let (takes, default) = match &input.kind {
                HookInputKind::Choice(first, others) => {
                    let all: Vec<String> = std::iter::once(first).chain(others).map(|it| exact(it.as_str())).collect();
                    (all.join(", "), exact(first.as_str()))
                }
                HookInputKind::Boolean(default) => {
                    ("yes or no".to_owned(), (if *default { "yes" } else { "no" }).to_owned())
                }
                HookInputKind::Text { pattern, default } => {
                    (exact(pattern.as_str()), default.as_ref().map_or_else(String::new, |it| exact(it.as_str())))
                }
            };
            let workflow = code(&format!("build-{}.yml", tool.name));
            rows.push([workflow, code(input.name.as_str()), escape(input.description.as_str()), takes, default]);
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let table = table(["workflow", "input", "what it is", "takes", "default"], rows);
    format!("## Inputs of hooks\n\nWhat can be entered for hooks where a build is started by hand.\n\n{table}")
}

/// A text as code in a cell, as it is: a pattern with another mark in it would be another one.
fn exact(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let gap = if longest > 0 { " " } else { "" };
    format!("{fence}{gap}{}{gap}{fence}", text.replace('|', "\\|"))
}

fn what(model: &Model, owner: Option<&ToolName>, hook: &Hook) -> String {
    match &hook.action {
        HookAction::Run(_) => code(&format!("generated/{}", hook_script(owner, hook))),
        HookAction::Uses(uses) => {
            let version = model.actions.get(&uses.repository).map(|pin| format!(" {}", escape(pin.version())));
            format!("{}{}", code(&uses.action), version.unwrap_or_default())
        }
    }
}

fn condition(hook: &Hook) -> String {
    let arches = hook.when.arches.iter().map(|arch| arch.as_str());
    let variants = hook.variants.iter().map(VariantName::as_str);
    let lines = hook.when.lines.iter().map(LineName::as_str);
    let names: [Vec<&str>; 3] = [arches.collect(), variants.collect(), lines.collect()];
    let labels = ["arch", "variant", "line"];
    let parts = labels.into_iter().zip(names).filter(|(_, names)| !names.is_empty());
    let parts: Vec<String> = parts.map(|(label, names)| format!("{label} {}", names.join(" or "))).collect();
    escape(&parts.join(", "))
}
