//! Permissions that hooks ask for and cannot have.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;

/// Looks at each permission of each hook.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for (_, hook) in model.all_hooks() {
        for wanted in &hook.permissions {
            let scope = wanted.scope.as_str();
            let (message, help) = if !hook.moment.is_of_release() {
                let job = hook.moment.job();
                (
                    format!("a hook of the job `{job}` cannot have `{scope}`: pull requests run it, too"),
                    "make it a hook of the release, which has a job of its own".to_owned(),
                )
            } else if wanted.signs() {
                (
                    format!("a hook cannot have `{scope}`: it could sign as the release does"),
                    "what has to be signed is made by the build, or in a workflow of your own, with another identity"
                        .to_owned(),
                )
            } else if let Some(other) = wanted.level_offered_instead() {
                (
                    format!("GitHub does not offer `{scope}: {}`", wanted.level.as_str()),
                    format!("the only level of `{scope}` is `{other}`"),
                )
            } else {
                continue;
            };
            let diagnostic = Diagnostic::error_at_key(Code::HOOK_PERMISSION, &wanted.origin, message);
            diagnostics.push(diagnostic.help(help));
        }
    }
}
