//! A cell: every value that its package is built with, and where it was set.

use serde_json::{Value, json};

use super::{Format, cause};
use crate::cli::console::{Console, STRONG, styled};
use crate::cli::exit::Failure;
use crate::cli::table::table;
use crate::compile::Made;
use crate::explain::{Cause, CellFacts, Fact, Given, cell};
use crate::model::{Tool, ToolName, VariantName};
use crate::plan::{PlannedCell, ToolPlan};
use crate::source::Sources;
use crate::spec::closest;

/// The cell that words name; nothing, where they are none of a cell.
pub(super) fn of(made: &Made, what: &str) -> Result<Option<CellFacts>, Failure> {
    let words: Vec<&str> = what.split('/').collect();
    let [tool, variant, arch] = words.as_slice() else { return Ok(None) };
    let (tool, line) = tool.split_once('@').map_or((*tool, None), |(tool, line)| (tool, Some(line)));
    // Anything else with two slashes is a path, unless it is in place of a tool that nearly has that name.
    let found = made.model.tools.values().find(|it| it.name.as_str() == tool);
    let Some(found) = found else {
        let is_cell = !what.contains('.')
            && !made.artifacts.iter().any(|artifact| artifact.path.starts_with(&format!("{tool}/")));
        let names = || made.model.tools.keys().map(ToolName::as_str);
        return if is_cell { Err(unknown("tool", tool, &names().collect::<Vec<_>>())) } else { Ok(None) };
    };
    let plan = made.plan.tool(&found.name).ok_or_else(|| unknown("tool", tool, &[]))?;
    chosen(made, found, plan, line, [variant, arch]).map(Some)
}

fn chosen(
    made: &Made,
    tool: &Tool,
    plan: &ToolPlan,
    line: Option<&str>,
    [variant, arch]: [&str; 2],
) -> Result<CellFacts, Failure> {
    let lines: Vec<&str> = tool.lines.iter().map(|line| line.name.as_str()).collect();
    if let Some(line) = line.filter(|line| !lines.contains(line)) {
        return Err(unknown(&format!("line of {}", tool.name), line, &lines));
    }
    let variants: Vec<&str> = made.model.project.variants.keys().map(VariantName::as_str).collect();
    if !variants.contains(&variant) {
        return Err(unknown("variant", variant, &variants));
    }
    let arches: Vec<&str> = made.model.project.arches.keys().map(|it| it.as_str()).collect();
    if !arches.contains(&arch) {
        return Err(unknown("arch", arch, &arches));
    }
    let is_it = |planned: &&PlannedCell| {
        let cell = &planned.cell;
        cell.variant.as_str() == variant
            && cell.arch.as_str() == arch
            && line.is_none_or(|line| cell.line.as_str() == line)
    };
    let cells: Vec<&PlannedCell> = plan.cells.iter().filter(is_it).collect();
    match cells.as_slice() {
        [one] => Ok(cell(&made.model, tool, plan, one)),
        several => {
            let names = several.iter().map(|it| format!("`{}@{}/{variant}/{arch}`", tool.name, it.cell.line));
            let names: Vec<String> = names.collect();
            let message = format!("{} has several lines, so say which one: {}", tool.name, names.join(", "));
            Err(Failure::Usage(message))
        }
    }
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Failure {
    let near = closest(name, known.iter().copied()).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Failure::Usage(format!("there is no {what} `{name}`{near}; there are: {}", known.join(", ")))
}

/// Shows what is known of a cell.
pub(super) fn show(console: &mut Console, sources: &Sources, facts: &CellFacts, format: Format) {
    match format {
        Format::Json => console.print(&format!("{:#}", as_json(sources, facts))),
        Format::Human => console.print(&as_text(sources, facts)),
    }
}

fn as_json(sources: &Sources, facts: &CellFacts) -> Value {
    let one = |fact: &Fact| {
        let set: Vec<Value> = fact.origins.iter().map(|origin| cause::as_json(&Cause::of(sources, origin))).collect();
        json!({"what": fact.what, "value": fact.value, "set": set})
    };
    let all = |facts: &[Fact]| facts.iter().map(one).collect::<Vec<Value>>();
    let units = facts.units.iter().map(|unit| json!({"component": unit.component, "facts": all(&unit.facts)}));
    let [tool, variant, arch, line] = &facts.cell;
    json!({
        "schema_version": 1,
        "tool": tool,
        "variant": variant,
        "arch": arch,
        "line": line,
        "artifact": facts.artifact,
        "excluded": facts.excluded.as_ref().map(one),
        "settings": all(&facts.settings),
        "units": units.collect::<Vec<Value>>(),
        "contents": all(&facts.contents),
    })
}

fn as_text(sources: &Sources, facts: &CellFacts) -> String {
    let [tool, variant, arch, line] = &facts.cell;
    let heading = format!("{tool}, line {line}, {variant}, {arch}: {}", facts.artifact);
    let mut parts = vec![styled(STRONG, &heading)];
    if let Some(excluded) = &facts.excluded {
        parts.push(format!("It is left out: {} ({})", excluded.value, places(sources, excluded)));
    }
    parts.push(format!("{}\n{}", styled(STRONG, "settings"), rows(sources, &facts.settings)));
    for unit in &facts.units {
        parts.push(format!("{}\n{}", styled(STRONG, &format!("unit {}", unit.component)), rows(sources, &unit.facts)));
    }
    if !facts.contents.is_empty() {
        parts.push(format!("{}\n{}", styled(STRONG, "contents"), rows(sources, &facts.contents)));
    }
    parts.join("\n\n")
}

fn rows(sources: &Sources, facts: &[Fact]) -> String {
    let row = |fact: &Fact| vec![fact.what.clone(), fact.value.clone(), places(sources, fact)];
    table(&facts.iter().map(row).collect::<Vec<_>>())
}

/// Where a value was set, on one line.
fn places(sources: &Sources, fact: &Fact) -> String {
    let place = |cause: Cause| match cause.given {
        Given::Here => format!("{}:{}:{}", cause.file, cause.line, cause.column),
        Given::Default(_) => format!("default of `{}`", cause.route),
        Given::Absent(_) => format!("`{}` is not given", cause.route),
    };
    let places: Vec<String> = fact.origins.iter().map(|origin| place(Cause::of(sources, origin))).collect();
    places.join(", ")
}
