//! Packages of two tools that would have one name.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Model, Tool, ToolVariant, VariantName};

/// Compares the names of all packages, which hold tool and variant.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (&Tool, &VariantName, &ToolVariant)> = BTreeMap::new();
    for tool in model.tools.values() {
        for (name, variant) in &tool.variants {
            let stem = if name.is_default() { tool.name.to_string() } else { format!("{}-{name}", tool.name) };
            let Some((other, other_name, other_variant)) = seen.get(&stem) else {
                seen.insert(stem, (tool, name, variant));
                continue;
            };
            let message = format!(
                "the packages of `{}`, variant `{name}`, and of `{}`, variant `{other_name}`, are both named `{stem}`",
                tool.name, other.name
            );
            let diagnostic = Diagnostic::error_at_key(Code::DUPLICATE_ARTIFACT, &variant.origin, message);
            let diagnostic = diagnostic.related(&other_variant.origin, "the other one");
            diagnostics.push(diagnostic.help("rename one of the variants, or one of the tools"));
        }
    }
}
