//! Hooks whose conditions fit no job.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;

/// Warns of each.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for (owner, hook) in model.all_hooks().filter(|(owner, hook)| !model.is_reached(*owner, hook)) {
        let what = owner.map_or_else(|| "no tool".to_owned(), |tool| format!("nothing of `{}`", tool.name));
        let message = format!("the hook `{}` never runs: its conditions fit {what}", hook.name);
        let diagnostic = Diagnostic::warning(Code::STALE_HOOK, &hook.origin, message);
        diagnostics.push(diagnostic.help("remove it, or look at the arches, lines and variants that it names"));
    }
}
