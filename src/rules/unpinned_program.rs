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
        diagnostics.push(diagnostic.help(format!("`ghagen lock update {name}` adds its newest version")));
    }
}
