//! Hooks as facts: the bash of the user's own, which stands in no workflow. All else that a hook says is told by the step, and by
//! the job, that it becomes. So it is with what can be entered for hooks, but for what a text has to be: that stands in a script.

use super::thing::Thing;
use crate::model::{Hook, HookAction, HookInput, HookInputKind};

/// The bash hooks of the project, or of a tool.
pub(super) fn parts(hooks: &[Hook], whose: &str) -> Vec<(&'static str, String, Thing)> {
    let mut parts = Vec::new();
    for hook in hooks {
        let Hook { moment, number: _, name, action, environment: _, variants: _, when: _, permissions: _, origin: _ } =
            hook;
        let HookAction::Run(run) = action else { continue };
        let moment = moment.as_str().replacen('-', " the ", 1);
        let key = format!("`{}` {moment}", name.as_str().replace('`', "'"));
        let thing = Thing::new(format!("the hook {key} of {whose}")).long("script", run.as_str());
        parts.push(("hook", key, thing));
    }
    parts
}

/// The texts that can be entered for hooks of the project, or of a tool.
pub(super) fn entered(inputs: &[HookInput], whose: &str) -> Vec<(&'static str, String, Thing)> {
    let mut parts = Vec::new();
    for HookInput { name, variable: _, description: _, kind, origin: _ } in inputs {
        let HookInputKind::Text { pattern, default: _ } = kind else { continue };
        let thing = Thing::new(format!("the input {name} of hooks of {whose}")).is("pattern", pattern.as_str());
        parts.push(("input of hooks", name.to_string(), thing));
    }
    parts
}
