//! Actions that the workflows use and the lock does not have.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;

/// What every build uses.
const ALWAYS: [&str; 4] =
    ["actions/checkout", "actions/download-artifact", "actions/upload-artifact", "sigstore/cosign-installer"];

/// What attests where artifacts were built.
const ATTEST: &str = "actions/attest";

/// What makes a token of a GitHub App.
const APP_TOKEN: &str = "actions/create-github-app-token";

/// The actions that the workflows of a model use.
pub fn wanted_actions(model: &Model) -> Vec<&'static str> {
    let attest = model.project.release.attest.then_some(ATTEST);
    let pins = &model.project.pins;
    let has_app = pins.adopt.is_some() || pins.update.as_ref().is_some_and(|update| update.app.is_some());
    ALWAYS.into_iter().chain(attest).chain(has_app.then_some(APP_TOKEN)).collect()
}

/// Asks the lock for each of them.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for name in wanted_actions(model).into_iter().filter(|name| !model.actions.contains_key(*name)) {
        let message = format!("the workflows use `{name}`, which the lock does not pin");
        let diagnostic = Diagnostic::error(Code::UNPINNED_ACTION, &model.project.lock.key("actions"), message);
        let diagnostic = match model.unresolved_actions.get(name) {
            Some(reason) => diagnostic.help(format!(
                "the lock says why: {reason}; no workflow can live with that, since a tag of an action can be moved"
            )),
            None => diagnostic,
        };
        let help = format!("`ghagen lock update {name}` adds its newest version and the commit of that");
        diagnostics.push(diagnostic.help(help));
    }
}
