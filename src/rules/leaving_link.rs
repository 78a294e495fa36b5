//! Links of a package that lead out of it.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Model, PlacedKind};

use super::dangling_link::end;

/// Follows every link of every package.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for tool in model.tools.values() {
        for cell in model.cells(tool) {
            for placed in model.contents(tool, &cell) {
                let PlacedKind::Link(link) = placed.kind else { continue };
                if end(&placed.path, &link.target).is_some()
                    || !told.insert((tool.name.clone(), cell.variant.clone(), placed.origin.clone()))
                {
                    continue;
                }
                let whose = format!("the package of the variant `{}` of `{}`", cell.variant, tool.name);
                let message = format!("the link `{}` to `{}` leads out of {whose}", placed.path, link.target);
                let diagnostic = Diagnostic::error(Code::LEAVING_LINK, &placed.origin, message);
                let diagnostic = diagnostic.related(&placed.content.origin, "the variant asks for it");
                diagnostics.push(diagnostic.help("take out a `..`, or give the output another place in this layout"));
            }
        }
    }
}
