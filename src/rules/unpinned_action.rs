//! Actions that the workflows use and the lock does not have.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;

/// What every build uses.
const ALWAYS: [&str; 4] =
    ["actions/checkout", "actions/download-artifact", "actions/upload-artifact", "sigstore/cosign-installer"];

/// What attests where artifacts were built.
const ATTEST: &str = "actions/attest";

/// Asks the lock for each of them.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let attest = model.project.release.attest.then_some(ATTEST);
    for name in ALWAYS.into_iter().chain(attest).filter(|name| !model.actions.contains_key(*name)) {
        let message = format!("the workflows use `{name}`, which the lock does not pin");
        let diagnostic = Diagnostic::error(Code::UNPINNED_ACTION, &model.project.lock.key("actions"), message);
        let help = format!("`ghagen lock update {name}` adds its newest version and the commit of that");
        diagnostics.push(diagnostic.help(help));
    }
}
