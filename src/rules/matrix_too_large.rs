//! More jobs than GitHub takes in one matrix.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;

/// GitHub's limit for the rows of a matrix.
const MOST: usize = 256;

/// Counts the tests of each line: one run builds one version, and tests all of its packages in one matrix.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for tool in model.tools.values() {
        let cells = model.cells(tool);
        for line in &tool.lines {
            let rows = cells.iter().filter(|cell| cell.line == line.name).count();
            if rows <= MOST {
                continue;
            }
            let message =
                format!("a run of `{}`, line `{}`, tests {rows} packages in one matrix", tool.name, line.name);
            let diagnostic = Diagnostic::error_at_key(Code::MATRIX_TOO_LARGE, &tool.origin.key("variants"), message);
            let diagnostic =
                diagnostic.label(format!("{} variants, {} arches", tool.variants.len(), tool.arches.len()));
            diagnostics.push(
                diagnostic
                    .help(format!("GitHub takes {MOST} at most: leave out variants or arches, or split the tool")),
            );
        }
    }
}
