//! `ghagen plan`: every cell, those left out too, and every unit with who shares it.

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
use crate::plan::{ToolPlan, Unit, UnitSource};

/// For whom a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For programs; carries the version of its format
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The tool; without one, all
    tool: Option<String>,
    /// For whom to write
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let made = match work::made(console, work::compiled(&work::root(root)?)?) {
        Ok(made) => made,
        Err(exit) => return Ok(exit),
    };
    let tools = chosen(&made, options.tool.as_deref())?;
    match options.format {
        Format::Json => console.print(&format!("{:#}", as_json(&made, &tools))),
        Format::Table => {
            let texts: Vec<String> = tools.iter().map(|(tool, plan)| as_table(&made, tool, plan)).collect();
            console.print(&texts.join("\n\n"));
        }
    }
    Ok(Exit::Done)
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

fn as_json(made: &Made, tools: &[(&Tool, &ToolPlan)]) -> Value {
    let cells: Vec<Value> =
        tools.iter().flat_map(|(tool, plan)| plan.cells.iter().map(|cell| cell_json(tool, cell))).collect();
    let unit = |tool: &Tool, unit: &Unit| {
        let mut value = json!({"tool": tool.name.as_str()});
        if let (Value::Object(value), Value::Object(more)) = (&mut value, unit_json(&made.model, unit)) {
            value.extend(more);
        }
        value
    };
    let units: Vec<Value> = tools.iter().flat_map(|(tool, plan)| plan.units.iter().map(|it| unit(tool, it))).collect();
    json!({"schema_version": 1, "cells": cells, "units": units})
}

fn as_table(made: &Made, tool: &Tool, plan: &ToolPlan) -> String {
    let row = |cells: &[&str]| -> Vec<String> { cells.iter().map(ToString::to_string).collect() };
    let mut cells = vec![row(&["line", "variant", "arch", "artifact"])];
    for planned in &plan.cells {
        let result = match &planned.excluded {
            Some(reason) => format!("left out: {reason}"),
            None => planned.artifact.clone(),
        };
        let cell = &planned.cell;
        cells.push(row(&[cell.line.as_str(), cell.variant.as_str(), cell.arch.as_str(), &result]));
    }
    let included = plan.cells.iter().filter(|cell| cell.excluded.is_none()).count();
    let heading =
        format!("{}: {}, {} left out", tool.name, work::number(included, "cell"), plan.cells.len() - included);
    let mut parts = vec![styled(STRONG, &heading), table(&cells)];
    for (line, arches) in lines(plan) {
        let names: Vec<&str> = arches.keys().map(|arch| arch.as_str()).collect();
        let same = arches.values().map(|units| identities(units)).collect::<Vec<_>>();
        // Arches mostly have the same units; then one table tells of all.
        if same.windows(2).all(|pair| pair.first() == pair.last()) {
            let Some(units) = arches.values().next() else { continue };
            parts.push(units_table(made, plan, line, &names.join(", "), units));
        } else {
            parts.extend(arches.iter().map(|(arch, units)| units_table(made, plan, line, arch.as_str(), units)));
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
