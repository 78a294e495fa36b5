//! Components that no package is made from.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentName, Model};

/// Warns of every component that no cell reaches.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let mut used: BTreeSet<&ComponentName> = BTreeSet::new();
    for tool in model.tools.values() {
        for cell in model.cells(tool) {
            used.extend(model.reached(tool, &cell).into_keys());
        }
    }
    for (name, component) in model.components.iter().filter(|(name, _)| !used.contains(name)) {
        let message = format!("no tool contains `{name}`, and nothing that is built needs it");
        let diagnostic = Diagnostic::warning(Code::UNUSED_COMPONENT, &component.origin.key("component"), message);
        diagnostics.push(diagnostic.help("put it into a variant of a tool, list it under `needs`, or remove its file"));
    }
}
