//! Links of a package that lead to nothing in it.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Cell, Model, Placed, PlacedKind, Tool};

/// Follows every link of every package.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for tool in model.tools.values() {
        for cell in model.cells(tool) {
            let contents = model.contents(tool, &cell);
            for placed in &contents {
                let PlacedKind::Link(link) = placed.kind else { continue };
                let end = end(&placed.path, &link.target);
                let leads = end.as_ref().is_some_and(|end| leads_to(end, &contents));
                if !leads && told.insert((tool.name.clone(), cell.variant.clone(), placed.origin.clone())) {
                    diagnostics.push(tell(tool, &cell, placed, end.as_deref()));
                }
            }
        }
    }
}

/// Where a link leads to; `None` outside of the package.
fn end(path: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}

/// Whether something stands at a path, or below it.
fn leads_to(end: &str, contents: &[Placed<'_>]) -> bool {
    let below = |path: &str| path.strip_prefix(end).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    end.is_empty() || contents.iter().any(|placed| below(&placed.path))
}

fn tell(tool: &Tool, cell: &Cell, placed: &Placed<'_>, end: Option<&str>) -> Diagnostic {
    let whose = format!("the variant `{}` of `{}`", cell.variant, tool.name);
    let message = match end {
        Some(end) => format!("the link `{}` leads to `{end}`, which {whose} does not hold", placed.path),
        None => format!("the link `{}` leads out of the package of {whose}", placed.path),
    };
    let diagnostic = Diagnostic::warning(Code::DANGLING_LINK, &placed.origin, message);
    let diagnostic = diagnostic.related_key(&placed.content.origin, "the variant asks for it");
    diagnostic.help("put what it leads to into the variant, or take only the `outputs` without this link")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_from_their_own_folder() {
        assert_eq!(end("lib/gen/x", "../../libexec/q").as_deref(), Some("libexec/q"));
        assert_eq!(end("x", "y").as_deref(), Some("y"));
        assert_eq!(end("a/x", "../../y"), None);
    }
}
