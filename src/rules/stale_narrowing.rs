//! Versions that a line asks for, of components that it does not build: a coupling that couples nothing.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentName, Model};

/// Looks at the components of every line.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for tool in model.tools.values() {
        let cells = model.cells(tool);
        for line in &tool.lines {
            let mut built: BTreeSet<&ComponentName> = BTreeSet::new();
            for cell in cells.iter().filter(|cell| cell.line == line.name) {
                for name in model.reached(tool, cell).into_keys() {
                    built.insert(name);
                    built.extend(model.components.get(name).and_then(|it| it.shares_source_of.as_ref()));
                }
            }
            for (name, versions) in line.components.iter().filter(|(name, _)| !built.contains(name)) {
                let whose = format!("the line `{}` of `{}`", line.name, tool.name);
                let message = format!("{whose} asks for `{versions}` of `{name}`, which it does not build");
                let origin = line.origin.key("components").key(name.as_str());
                let diagnostic = Diagnostic::warning(Code::STALE_NARROWING, &origin, message);
                diagnostics.push(diagnostic.help("name the component that is built, or remove this entry"));
            }
        }
    }
}
