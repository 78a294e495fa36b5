//! The values of `smoke/<tool>.sh` and `checks/<tool>/<number>.sh`: the spec's own commands that try out an unpacked package.
//!
//! Each check is a file of its own, so that its bash stands there as it stands in the spec: a step further in, texts of several
//! lines would be others.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::marks::Marks;
use super::{condition, word};
use crate::model::{Model, SmokeTest, ToolName, VariantName};
use crate::plan::{Entry, EntryKind, Package, ToolPlan};

/// The values of the smoke test of a tool.
pub(super) fn values(model: &Model, plan: &ToolPlan, marks: &mut Marks) -> Result<Value, String> {
    let tool = model.tools.get(&plan.name).ok_or_else(|| format!("the tool {}", plan.name))?;
    marks.names(&tool.origin, &[("tool", "tool"), ("checks", "smoke")]);
    let paths = plan.variants().into_iter().map(|variant| {
        let path = path(plan, &variant);
        let origin = tool.origin.key("variants").key(variant.as_str());
        // A variant without programs has no path, and that has to stay an empty text.
        let path =
            if path.is_empty() { path } else { marks.value(path, [&origin, &model.project.origin.key("layouts")]) };
        context! { variant => variant.as_str(), path => path }
    });
    let paths: Vec<Value> = paths.collect();
    let checks: Vec<Value> = tool.smoke.iter().map(|test| call(test, marks)).collect();
    Ok(context! { tool => plan.name.as_str(), paths => paths, checks => checks })
}

fn call(test: &SmokeTest, marks: &mut Marks) -> Value {
    let variants: Vec<&str> = test.variants.iter().map(VariantName::as_str).collect();
    let condition = condition::condition_of_variants(&variants, &test.when);
    let asked = [test.origin.key("variant"), test.origin.key("when")];
    let condition = if condition.is_empty() { condition } else { marks.value(condition, &asked) };
    context! {
        title => word::quote(&test.name),
        place => if test.installed { "installed" } else { "unpacked" },
        need => if test.optional { "optional" } else { "required" },
        condition => condition,
        mark => marks.mark(&test.origin),
    }
}

/// The values of a program that checks share.
pub(super) fn command(model: &Model, position: usize, marks: &mut Marks) -> Result<Value, String> {
    let command = model.project.smoke_commands.get(position);
    let command = command.ok_or_else(|| format!("the command {}", position + 1))?;
    marks.name("run", || command.origin.clone());
    marks.name("name", || command.origin.clone());
    Ok(context! {
        name => command.name.as_str(),
        run => command.run.as_str().trim_end_matches('\n'),
        mark => marks.mark(&command.origin),
    })
}

/// The values of one check.
pub(super) fn check(model: &Model, tool: &ToolName, position: usize, marks: &mut Marks) -> Result<Value, String> {
    let test = model.tools.get(tool).and_then(|tool| tool.smoke.get(position));
    let test = test.ok_or_else(|| format!("the check {} of {tool}", position + 1))?;
    marks.names(&test.origin, &[("run", "run"), ("title", "name")]);
    Ok(context! {
        tool => tool.as_str(),
        number => position + 1,
        title => test.name.trim_end(),
        run => test.run.as_str().trim_end_matches('\n'),
        mark => marks.mark(&test.origin),
    })
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
