//! More jobs than GitHub takes in one matrix.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Line, Model};

/// GitHub's limit for the rows of a matrix.
const MOST: usize = 256;

/// Counts the tests of each line: one run builds one version, and tests all of its packages in one matrix.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for tool in model.tools.values() {
        let cells = model.cells(tool);
        let rows = |line: &Line| cells.iter().filter(|cell| cell.line == line.name).count();
        let most = tool.lines.iter().map(|line| (rows(line), &line.name)).max_by_key(|(rows, _)| *rows);
        if let Some((rows, line)) = most.filter(|(rows, _)| *rows > MOST) {
            let message = format!("a run of `{}`, line `{line}`, tests {rows} packages in one matrix", tool.name);
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
