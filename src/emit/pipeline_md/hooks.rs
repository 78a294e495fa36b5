//! The hooks as `PIPELINE.md` tells of them: which job of which workflow does what besides the usual.

use super::{code, escape, table};
use crate::model::{Hook, HookAction, LineName, Model, Moment, ToolName, VariantName};
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
        return String::new();
    }
    let table = table(["workflow", "job", "when", "hook", "what it runs", "only for"], rows);
    format!("## Hooks\n\nSteps of this project's own, in the order in which they run.\n\n{table}")
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
