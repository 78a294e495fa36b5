//! Actions that the workflows use and the lock does not have.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{HookAction, HookUses, Model};

/// What every build uses.
const ALWAYS: [&str; 4] =
    ["actions/checkout", "actions/download-artifact", "actions/upload-artifact", "sigstore/cosign-installer"];

/// What attests where artifacts were built.
const ATTEST: &str = "actions/attest";

/// What makes a token of a GitHub App.
const APP_TOKEN: &str = "actions/create-github-app-token";

/// The actions that the workflows of a model use, by what the lock pins.
pub fn wanted_actions(model: &Model) -> Vec<&str> {
    let mut names: Vec<&str> = own_actions(model).collect();
    names.extend(hooks(model).map(|uses| uses.repository.as_str()));
    names
}

/// Those that do not come from hooks.
fn own_actions(model: &Model) -> impl Iterator<Item = &'static str> {
    let attest = model.project.release.attest.then_some(ATTEST);
    let pins = &model.project.pins;
    let has_app = pins.adopt.is_some() || pins.update.as_ref().is_some_and(|update| update.app.is_some());
    ALWAYS.into_iter().chain(attest).chain(has_app.then_some(APP_TOKEN))
}

fn hooks(model: &Model) -> impl Iterator<Item = &HookUses> {
    model.all_hooks().filter_map(|(_, hook)| match &hook.action {
        HookAction::Uses(uses) => Some(uses),
        HookAction::Run(_) => None,
    })
}

/// Asks the lock for each of them.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let actions = model.project.lock.key("actions");
    for name in own_actions(model).filter(|name| !model.actions.contains_key(*name)) {
        let message = format!("the workflows use `{name}`, which the lock does not pin");
        diagnostics.push(advised(model, name, Diagnostic::error(Code::UNPINNED_ACTION, &actions, message)));
    }
    for uses in hooks(model).filter(|uses| !model.actions.contains_key(&uses.repository)) {
        let name = &uses.repository;
        let message = format!("a hook uses `{name}`, which the lock does not pin");
        let diagnostic = Diagnostic::error(Code::UNPINNED_ACTION, &uses.origin, message);
        diagnostics.push(advised(model, name, diagnostic.related_key(&actions, "the actions that it pins")));
    }
}

fn advised(model: &Model, name: &str, diagnostic: Diagnostic) -> Diagnostic {
    let diagnostic = match model.unresolved_actions.get(name) {
        Some(reason) => diagnostic.help(format!(
            "the lock says why: {reason}; no workflow can live with that, since a tag of an action can be moved"
        )),
        None => diagnostic,
    };
    diagnostic.help(format!("`ghagen lock update {name}` adds its newest version and the commit of that"))
}
