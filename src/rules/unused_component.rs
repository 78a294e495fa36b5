//! Components that no package is made from.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentName, Model};

/// Warns of every component that no variant contains and nothing contained needs. A content counts wherever it applies: what a
/// condition or an exclusion leaves out is still meant.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let variants = model.tools.values().flat_map(|tool| tool.variants.values());
    let mut waiting: Vec<&ComponentName> = variants.flat_map(|variant| variant.contents.keys()).collect();
    let mut used: BTreeSet<&ComponentName> = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if used.insert(name) {
            waiting.extend(model.components.get(name).into_iter().flat_map(|component| model.needs(component)));
        }
    }
    for (name, component) in model.components.iter().filter(|(name, _)| !used.contains(name)) {
        let message = format!("no tool contains `{name}`, and nothing that is built needs it");
        let diagnostic = Diagnostic::warning(Code::UNUSED_COMPONENT, &component.origin.key("component"), message);
        diagnostics.push(diagnostic.help("put it into a variant of a tool, list it under `needs`, or remove its file"));
    }
}
