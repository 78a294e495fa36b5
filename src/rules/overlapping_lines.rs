//! Release lines of one tool that a version could belong to both of.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Constraint, Line, Model, Tool, Version};

/// Compares every two lines of each tool.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for tool in model.tools.values() {
        for (index, second) in tool.lines.iter().enumerate() {
            for first in tool.lines.iter().take(index) {
                if let Some(version) = common(tool, first, second) {
                    diagnostics.push(tell(tool, first, second, &version));
                }
            }
        }
    }
}

/// A version that fits both: a pinned one if there is one, since people know it.
fn common(tool: &Tool, first: &Line, second: &Line) -> Option<String> {
    let both = first.versions.and(&second.versions);
    let pinned = tool.upstream.pins.iter().map(|pin| pin.version.clone());
    pinned.chain(boundaries(&both)).find(|version| both.fits(version)).map(|version| version.to_string())
}

/// If a constraint has any version at all, one of these fits: the least one is a bound, just above a bound, or 0.
fn boundaries(constraint: &Constraint) -> Vec<Version> {
    let bounds = constraint.comparators().iter().map(|comparator| numbers(&comparator.version));
    let bounds: Vec<String> = bounds.collect();
    let above = bounds.iter().map(|bound| format!("{bound}.0.1"));
    let texts = bounds.iter().cloned().chain(["0".to_owned()]).chain(above);
    texts.filter_map(|text| Version::parse(&text).ok()).collect()
}

fn numbers(version: &Version) -> String {
    let numbers: Vec<String> = version.numbers().iter().map(u64::to_string).collect();
    numbers.join(".")
}

fn tell(tool: &Tool, first: &Line, second: &Line, version: &str) -> Diagnostic {
    let message =
        format!("version {version} belongs to two lines of `{}`: `{}` and `{}`", tool.name, first.name, second.name);
    let origin = |line: &Line| line.origin.key("versions");
    let diagnostic = Diagnostic::error(Code::OVERLAPPING_LINES, &origin(second), message);
    let diagnostic = diagnostic.related(&origin(first), "the other line");
    diagnostic.help("bound one of them so that each version fits one line: the older one from above, such as `<6`")
}
