//! The values of `smoke/<tool>.sh`: the spec's own commands that try out an unpacked package.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::marks::Marks;
use super::{condition, items, word};
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
        lines => items::list(test.run.indented()),
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
