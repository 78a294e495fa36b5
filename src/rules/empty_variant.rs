//! Packages without contents, and tools or lines without packages.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Model, Tool, VariantName};

/// Looks at every cell that is built.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for tool in model.tools.values() {
        let cells = model.cells(tool);
        if cells.is_empty() {
            let message = format!("no cell of `{}` is built, so there is nothing to release", tool.name);
            let diagnostic = Diagnostic::error_at_key(Code::EMPTY_VARIANT, &tool.origin.key("tool"), message);
            let help = "list variants and arches, remove an exclusion, or remove the tool";
            diagnostics.push(excluded(tool, diagnostic).help(help));
            continue;
        }
        for line in tool.lines.iter().filter(|line| cells.iter().all(|cell| cell.line != line.name)) {
            let message = format!("no cell of the line `{}` of `{}` is built", line.name, tool.name);
            let diagnostic = Diagnostic::error_at_key(Code::EMPTY_VARIANT, &line.origin, message);
            diagnostics.push(excluded(tool, diagnostic).help("remove the line, or an exclusion"));
        }
        let mut empty: IndexMap<&VariantName, Vec<String>> = IndexMap::new();
        for cell in cells.iter().filter(|cell| model.contents(tool, cell).is_empty()) {
            empty.entry(&cell.variant).or_default().push(format!("line `{}` on {}", cell.line, cell.arch));
        }
        for (variant, cells) in empty {
            let Some(settings) = tool.variants.get(variant) else { continue };
            let message = format!("the variant `{variant}` of `{}` holds nothing: {}", tool.name, cells.join(", "));
            let diagnostic = Diagnostic::error_at_key(Code::EMPTY_VARIANT, &settings.origin, message);
            diagnostics.push(diagnostic.help("give it contents, or leave these cells out with `exclude` and a reason"));
        }
    }
}

fn excluded(tool: &Tool, diagnostic: Diagnostic) -> Diagnostic {
    let each = tool.exclusions.iter();
    each.fold(diagnostic, |diagnostic, exclusion| diagnostic.related(&exclusion.origin, "leaves cells out"))
}
