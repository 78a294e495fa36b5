//! The values of `smoke/<tool>.sh`: the spec's own commands that try out an unpacked package.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::marks::Marks;
use super::{condition, word};
use crate::model::{Model, SmokeTest, VariantName};
use crate::plan::{Entry, EntryKind, Package, ToolPlan};

/// The values of the smoke test of a tool.
pub(super) fn values(model: &Model, plan: &ToolPlan, marks: &mut Marks) -> Result<Value, String> {
    let tool = model.tools.get(&plan.name).ok_or_else(|| format!("the tool {}", plan.name))?;
    let paths = plan.variants().into_iter().map(|variant| {
        context! { variant => variant.as_str(), path => path(plan, &variant) }
    });
    let paths: Vec<Value> = paths.collect();
    let checks: Vec<Value> = tool.smoke.iter().map(|test| check(test, marks)).collect();
    Ok(context! { tool => plan.name.as_str(), paths => paths, checks => checks })
}

fn check(test: &SmokeTest, marks: &mut Marks) -> Value {
    let variants: Vec<&str> = test.variants.iter().map(VariantName::as_str).collect();
    context! {
        title => word::quote(&test.name),
        condition => condition::condition_of_variants(&variants, &test.when),
        lines => indented(&test.run),
        mark => marks.mark(&test.origin),
    }
}

/// The folders of a variant's programs, as they stand before the `PATH` of the machine. A shorter path comes first: what is in
/// `bin` goes before its helpers.
fn path(plan: &ToolPlan, variant: &VariantName) -> String {
    let is_program = |entry: &&Entry| matches!(&entry.kind, EntryKind::File { program: Some(_), .. });
    let packages = plan.packages.iter().filter(|package| &package.variant == variant);
    let mut folders: BTreeSet<(usize, &str)> = BTreeSet::new();
    for entry in packages.flat_map(|package: &Package| &package.entries).filter(is_program) {
        let folder = entry.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.insert((folder.matches('/').count(), folder));
    }
    let text = |(_, folder): (usize, &str)| match folder {
        "" => "$PACKAGE:".to_owned(),
        _ => format!("$PACKAGE/{folder}:"),
    };
    folders.into_iter().map(text).collect()
}

/// The lines of a text, one step further in. What belongs to a here-document stays where it is, and so does its end.
fn indented(text: &str) -> Vec<String> {
    let mut waiting: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for line in text.trim_end_matches('\n').split('\n') {
        if let Some(end) = waiting.first() {
            if line.trim_start_matches('\t') == end {
                waiting.remove(0);
            }
            lines.push(line.to_owned());
            continue;
        }
        lines.push(if line.is_empty() { String::new() } else { format!("  {line}") });
        waiting.extend(here_documents(line));
    }
    lines
}

/// The ends of the here-documents that start in a line.
fn here_documents(line: &str) -> Vec<String> {
    let mut ends = Vec::new();
    for part in line.split("<<").skip(1) {
        let word = part.trim_start_matches('-').trim_start().trim_start_matches(['\'', '"', '\\']);
        let end: String = word.chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '_').collect();
        // `<<<` is a here-string; `1 << 2` and its like have no word that starts with a letter.
        if !part.starts_with('<') && end.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
            ends.push(end);
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn here_documents_keep_their_column() {
        let text = "cat <<'END' >x\n  a\nEND\n\nif true; then\n  b <<<c\nfi\n";
        assert_eq!(indented(text), ["  cat <<'END' >x", "  a", "END", "", "  if true; then", "    b <<<c", "  fi"]);
    }
}
