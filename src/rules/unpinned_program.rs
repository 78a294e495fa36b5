//! Programs that the workflows run and the lock does not have.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;

/// Each program and what runs it.
const PROGRAMS: [(&str, &str); 2] =
    [("cosign", "releases are signed with"), ("zizmor", "the gate looks at workflows with")];

/// Asks the lock for each of them.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let is_missing = |name: &str| model.releases.get(name).is_none_or(|program| program.releases.is_empty());
    for (name, what) in PROGRAMS.into_iter().filter(|(name, _)| is_missing(name)) {
        let message = format!("{what} {name}, of which the lock has no version");
        let diagnostic = Diagnostic::error(Code::UNPINNED_PROGRAM, &model.project.lock.key("tools"), message);
        let reason = model.releases.get(name).and_then(|program| program.unresolved.as_ref());
        let diagnostic = match reason {
            Some(reason) => diagnostic.help(format!("the lock says why: {reason}")),
            None => diagnostic,
        };
        diagnostics.push(diagnostic.help(format!(
            "add a version under `tools.{name}` by hand: `ghagen lock update` looks for no versions of programs"
        )));
    }
}
