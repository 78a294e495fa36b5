//! `ghagen plan`: every cell, those left out too, and every unit with who shares it.

mod against;

use std::collections::BTreeMap;
use std::path::Path;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::console::{Console, STRONG, styled};
use super::exit::{Exit, Failure};
use super::table::table;
use super::work;
use crate::compile::Made;
use crate::emit::{cell_json, unit_json};
use crate::model::{Arch, ComponentName, LineName, Tool, ToolName, VariantName};
use crate::plan::{Estimate, PlannedCell, ToolPlan, Unit, UnitSource};
use crate::source::{Origin, Sources, Span};

/// For whom a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For programs; carries the version of its format
    Json,
    /// For a comment on a pull request; only with `--against`
    Markdown,
}

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The tool; without one, all
    tool: Option<String>,
    /// Show what changes against this git revision, in words
    #[arg(long, value_name = "REV")]
    against: Option<String>,
    /// For whom to write
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let root = work::root(root)?;
    let compilation = work::compiled(&root)?;
    work::show(console, &compilation.sources, &compilation.diagnostics);
    let Some(made) = compilation.made else { return Ok(Exit::Invalid) };
    let shown = Shown { made: &made, sources: &compilation.sources };
    let tools = chosen(&made, options.tool.as_deref())?;
    if let Some(revision) = &options.against {
        return against::run(console, &root, revision, options, &made);
    }
    match options.format {
        Format::Markdown => {
            return Err(Failure::Usage("`--format markdown` is for `--against REV`".to_owned()));
        }
        Format::Json => console.print(&format!("{:#}", as_json(shown, &tools))),
        Format::Table => {
            let texts: Vec<String> = tools.iter().map(|(tool, plan)| as_table(shown, tool, plan)).collect();
            console.print(&texts.join("\n\n"));
        }
    }
    Ok(Exit::Done)
}

/// What is shown, and where its places are.
#[derive(Clone, Copy)]
struct Shown<'a> {
    made: &'a Made,
    sources: &'a Sources,
}

impl<'a> Shown<'a> {
    /// The file and the line of the spec value that includes a cell or leaves it out.
    fn place(self, origin: &Origin) -> (&'a str, Option<usize>) {
        let line = |span: Span| self.sources.line_column(origin.file, span.start).line;
        (self.sources.path(origin.file), self.sources.key_span(origin.file, &origin.route).map(line))
    }

    /// The machine that builds a cell.
    fn runner(self, arch: Arch) -> &'a str {
        self.made.model.project.arches.get(&arch).map_or("", |settings| settings.build_runner.as_str())
    }
}

/// About how many seconds the build takes that a cell comes from. One build makes all variants of a line for an arch.
fn seconds(plan: &ToolPlan, cell: &PlannedCell) -> Option<u64> {
    let of_cell = plan.estimates.iter().find(|it| it.line == cell.cell.line && it.arch == cell.cell.arch);
    of_cell.map(Estimate::total)
}

fn chosen<'a>(made: &'a Made, name: Option<&str>) -> Result<Vec<(&'a Tool, &'a ToolPlan)>, Failure> {
    let tools = made.plan.tools.iter().filter_map(|plan| Some((made.model.tools.get(&plan.name)?, plan)));
    let tools: Vec<_> = tools.filter(|(tool, _)| name.is_none_or(|name| tool.name.as_str() == name)).collect();
    match name {
        Some(name) if tools.is_empty() => {
            let known: Vec<&str> = made.model.tools.keys().map(ToolName::as_str).collect();
            Err(Failure::Usage(format!("no tool is named `{name}`; there are: {}", known.join(", "))))
        }
        _ => Ok(tools),
    }
}

fn as_json(shown: Shown<'_>, tools: &[(&Tool, &ToolPlan)]) -> Value {
    let cell = |tool: &Tool, plan: &ToolPlan, cell: &PlannedCell| {
        let (file, line) = shown.place(&cell.origin);
        let is_built = cell.excluded.is_none();
        let more = json!({
            "runner": is_built.then(|| shown.runner(cell.cell.arch)),
            "seconds": seconds(plan, cell).filter(|_| is_built),
            "place": {"file": file, "line": line},
        });
        joined(cell_json(tool, cell), more)
    };
    let cells: Vec<Value> =
        tools.iter().flat_map(|(tool, plan)| plan.cells.iter().map(|it| cell(tool, plan, it))).collect();
    let unit =
        |tool: &Tool, unit: &Unit| joined(json!({"tool": tool.name.as_str()}), unit_json(&shown.made.model, unit));
    let units: Vec<Value> = tools.iter().flat_map(|(tool, plan)| plan.units.iter().map(|it| unit(tool, it))).collect();
    json!({"schema_version": 1, "cells": cells, "units": units})
}

/// An object with the keys of both.
fn joined(mut one: Value, other: Value) -> Value {
    if let (Value::Object(one), Value::Object(other)) = (&mut one, other) {
        one.extend(other);
    }
    one
}

fn as_table(shown: Shown<'_>, tool: &Tool, plan: &ToolPlan) -> String {
    let row = |cells: &[&str]| -> Vec<String> { cells.iter().map(ToString::to_string).collect() };
    let mut cells = vec![row(&["line", "variant", "arch", "artifact", "built on", "build takes"])];
    let mut left_out = Vec::new();
    for planned in &plan.cells {
        let cell = &planned.cell;
        let names = [cell.line.as_str(), cell.variant.as_str(), cell.arch.as_str()];
        if let Some(reason) = &planned.excluded {
            let (file, line) = shown.place(&planned.origin);
            let place = line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"));
            left_out.push(row(&[&names[..], &[&format!("left out: {reason}"), &place]].concat()));
        } else {
            let takes = seconds(plan, planned).map_or_else(|| "unknown".to_owned(), work::about);
            cells.push(row(&[&names[..], &[&planned.artifact, shown.runner(cell.arch), &takes]].concat()));
        }
    }
    let included = plan.cells.iter().filter(|cell| cell.excluded.is_none()).count();
    let heading =
        format!("{}: {}, {} left out", tool.name, work::number(included, "cell"), plan.cells.len() - included);
    let mut parts = vec![styled(STRONG, &heading), table(&cells)];
    if !left_out.is_empty() {
        parts.push(table(&left_out));
    }
    for (line, arches) in lines(plan) {
        let names: Vec<&str> = arches.keys().map(|arch| arch.as_str()).collect();
        let same = arches.values().map(|units| identities(units)).collect::<Vec<_>>();
        // Arches mostly have the same units; then one table tells of all.
        if same.windows(2).all(|pair| pair.first() == pair.last()) {
            let Some(units) = arches.values().next() else { continue };
            parts.push(units_table(shown.made, plan, line, &names.join(", "), units));
        } else {
            parts.extend(arches.iter().map(|(arch, units)| units_table(shown.made, plan, line, arch.as_str(), units)));
        }
    }
    parts.join("\n")
}

/// The units by line and arch, both in the order of the plan.
fn lines(plan: &ToolPlan) -> Vec<(&LineName, BTreeMap<Arch, Vec<&Unit>>)> {
    let mut lines: Vec<(&LineName, BTreeMap<Arch, Vec<&Unit>>)> = Vec::new();
    for unit in &plan.units {
        if lines.last().is_none_or(|(line, _)| *line != &unit.line) {
            lines.push((&unit.line, BTreeMap::new()));
        }
        if let Some((_, arches)) = lines.last_mut() {
            arches.entry(unit.arch).or_default().push(unit);
        }
    }
    lines
}

fn identities<'a>(units: &[&'a Unit]) -> Vec<(&'a str, usize, &'a UnitSource)> {
    units.iter().map(|unit| (unit.component.as_str(), unit.variants.len(), &unit.source)).collect()
}

fn units_table(made: &Made, plan: &ToolPlan, line: &LineName, arches: &str, units: &[&Unit]) -> String {
    let row = |cells: [String; 6]| cells.to_vec();
    let mut rows = vec![row(["unit", "kind", "version", "shared by", "seconds", "needs"].map(ToOwned::to_owned))];
    let all = plan.variants().len();
    for unit in units {
        let kind = made.model.components.get(&unit.component).map_or("", |component| component.kind.as_str());
        let version = match &unit.source {
            UnitSource::Git { tag, .. } => tag.clone(),
            UnitSource::Unresolved { .. } => "unresolved".to_owned(),
            UnitSource::Archive { version, .. } => version.to_string(),
            UnitSource::Run { .. } => "of the run".to_owned(),
            UnitSource::Files => "of the spec".to_owned(),
        };
        let variants: Vec<&str> = unit.variants.iter().map(VariantName::as_str).collect();
        let shared = if all > 1 && variants.len() == all { "all variants".to_owned() } else { variants.join(", ") };
        let needs: Vec<&str> = unit.needs.iter().map(ComponentName::as_str).collect();
        let seconds: Vec<String> = plan.seconds_of(unit).map(|(arch, seconds)| format!("{arch} {seconds}")).collect();
        rows.push(row([
            unit.component.to_string(),
            kind.to_owned(),
            version,
            shared,
            seconds.join(", "),
            needs.join(", "),
        ]));
    }
    let heading = format!("{}, line {line}, {arches}: {}, in this order", plan.name, work::number(units.len(), "unit"));
    format!("\n{}\n{}", styled(STRONG, &heading), table(&rows))
}
