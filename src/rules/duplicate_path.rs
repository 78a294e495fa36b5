//! Two contents of one package at the same path, and files where others need a folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Cell, Model, Placed, Tool};

/// Looks into every package; tells each pair once, whatever the number of cells that hold it.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for tool in model.tools.values() {
        for cell in model.cells(tool) {
            for (first, second, is_folder) in clashes(&model.contents(tool, &cell)) {
                if told.insert((first.path.clone(), first.origin.clone(), second.origin.clone())) {
                    diagnostics.push(tell(tool, &cell, first, second, is_folder));
                }
            }
        }
    }
}

/// The pairs that cannot stand in one archive, and whether the second one needs the first one to be a folder.
fn clashes<'a, 'b>(contents: &'b [Placed<'a>]) -> Vec<(&'b Placed<'a>, &'b Placed<'a>, bool)> {
    let mut by_path: BTreeMap<&str, &Placed<'_>> = BTreeMap::new();
    let mut clashes = Vec::new();
    for placed in contents {
        if let Some(first) = by_path.get(placed.path.as_str()) {
            clashes.push((*first, placed, false));
        } else {
            by_path.insert(&placed.path, placed);
        }
    }
    for placed in contents {
        let mut folder = placed.path.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            clashes.extend(by_path.get(folder).map(|file| (*file, placed, true)));
        }
    }
    clashes
}

fn tell(tool: &Tool, cell: &Cell, first: &Placed<'_>, second: &Placed<'_>, is_folder: bool) -> Diagnostic {
    let whose = format!("the variant `{}` of `{}`", cell.variant, tool.name);
    let path = &first.path;
    let (message, text) = if is_folder {
        (format!("`{path}` is a file in {whose}, but `{}` needs a folder there", second.path), "the file")
    } else {
        (format!("{whose} has two contents at `{path}`"), "the first one")
    };
    if first.origin == second.origin {
        // One file, put twice into one folder: two of the places are the same folder.
        let diagnostic = Diagnostic::error(Code::DUPLICATE_PATH, &second.content.origin.key("places"), message);
        return diagnostic.help("name each place once; two places of a layout can be the same folder");
    }
    let diagnostic = Diagnostic::error(Code::DUPLICATE_PATH, &second.origin, message);
    let diagnostic =
        diagnostic.related(&first.origin, text).related_key(&second.content.origin, "the variant asks for it");
    diagnostic.help("take other `outputs` or `places` for one of them in the variant, or rename the file")
}
