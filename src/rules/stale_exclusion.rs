//! Exclusions that leave nothing out.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Cell, Model, Tool};

/// Warns of every exclusion that is the reason for no cell.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for tool in model.tools.values() {
        let cells = possible(tool);
        for exclusion in &tool.exclusions {
            let is_reason = |cell: &Cell| tool.exclusion(cell).is_some_and(|first| first.origin == exclusion.origin);
            if cells.iter().any(is_reason) {
                continue;
            }
            let message = format!("this exclusion leaves out no cell of `{}`", tool.name);
            let diagnostic = Diagnostic::warning(Code::STALE_EXCLUSION, &exclusion.origin, message);
            diagnostics.push(
                diagnostic.help("remove it; its cells do not exist, or an exclusion above leaves them out already"),
            );
        }
    }
}

/// Every cell that the tool could have.
fn possible(tool: &Tool) -> Vec<Cell> {
    let mut cells = Vec::new();
    for line in &tool.lines {
        for variant in tool.variants.keys() {
            for arch in tool.arches.iter().copied() {
                cells.push(Cell { variant: variant.clone(), arch, line: line.name.clone() });
            }
        }
    }
    cells
}
