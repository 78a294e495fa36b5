//! The values of `tools/<tool>.sh`: the lines of a tool, and the units of each in their order.

use minijinja::{Value, context};

use super::marks::Marks;
use super::{items, word};
use crate::model::{Arch, Line, Model, Recipe, Tool};
use crate::plan::{ToolPlan, Unit, UnitSource};

/// What stands in place of a commit that nobody has verified.
pub(super) const UNRESOLVED: &str = "unresolved";

/// The values of the script of a tool.
pub(super) fn values(model: &Model, plan: &ToolPlan, marks: &mut Marks) -> Result<Value, String> {
    let tool = model.tools.get(&plan.name).ok_or_else(|| format!("the tool {}", plan.name))?;
    let mut lines = Vec::new();
    for line in &tool.lines {
        lines.push(self::line(model, tool, plan, line, marks)?);
    }
    let variants = plan.variants();
    // Whose time the packages have: that of a component which is built from the tool's own source.
    let mut own: Vec<&str> = Vec::new();
    for unit in plan.units.iter().filter(|unit| matches!(unit.source, UnitSource::Run { .. })) {
        if !own.contains(&unit.component.as_str()) {
            own.push(unit.component.as_str());
        }
    }
    Ok(context! {
        tool => plan.name.as_str(),
        lines => lines,
        all_variants => items::list(variants.iter().map(crate::model::VariantName::as_str)),
        own => items::list(own),
        has_values => tool.lines.iter().any(|line| !line.values.is_empty()),
    })
}

fn line(model: &Model, tool: &Tool, plan: &ToolPlan, line: &Line, marks: &mut Marks) -> Result<Value, String> {
    let rules = line.versions.comparators().iter().map(|rule| {
        context! { op => rule.operator.as_str(), version => rule.version.as_str() }
    });
    let values = line.values.iter().map(|(key, text)| {
        context! { name => word::line_variable(key), word => word::quote(text) }
    });
    let mut variants = Vec::new();
    for arch in tool.arches.iter().copied() {
        let cells = plan.cells.iter().filter(|cell| cell.cell.line == line.name && cell.cell.arch == arch);
        let names: Vec<&str> =
            cells.filter(|cell| cell.excluded.is_none()).map(|cell| cell.cell.variant.as_str()).collect();
        if !names.is_empty() {
            variants.push(context! { arch => arch.as_str(), names => items::list(names) });
        }
    }
    Ok(context! {
        name => line.name.as_str(),
        rules => rules.collect::<Vec<Value>>(),
        values => values.collect::<Vec<Value>>(),
        variants => variants,
        groups => groups(model, plan, line, &tool.arches, marks)?,
        mark => marks.mark(&line.origin),
    })
}

/// The units of a line: arches with the same list share it.
fn groups(
    model: &Model,
    plan: &ToolPlan,
    line: &Line,
    arches: &[Arch],
    marks: &mut Marks,
) -> Result<Vec<Value>, String> {
    let mut groups: Vec<(Vec<String>, Vec<Call>)> = Vec::new();
    for arch in arches.iter().copied() {
        let calls = plan.units_of(&line.name, arch).map(|unit| call(model, unit)).collect::<Result<Vec<_>, _>>()?;
        if calls.is_empty() {
            continue;
        }
        let pattern = format!("{}-{arch}", line.name);
        match groups.iter_mut().find(|(_, other)| *other == calls) {
            Some((patterns, _)) => patterns.push(pattern),
            None => groups.push((vec![pattern], calls)),
        }
    }
    let mut value = |(patterns, calls): (Vec<String>, Vec<Call>)| {
        let units: Vec<Value> = calls
            .iter()
            .map(|call| context! { words => call.words.join(" "), mark => marks.mark(&call.origin) })
            .collect();
        context! { patterns => patterns.join(" | "), units => units }
    };
    Ok(groups.into_iter().map(&mut value).collect())
}

/// A call of `unit`.
#[derive(PartialEq, Eq)]
struct Call {
    words: Vec<String>,
    origin: crate::source::Origin,
}

fn call(model: &Model, unit: &Unit) -> Result<Call, String> {
    let component = model.components.get(&unit.component).ok_or_else(|| format!("the component {}", unit.component))?;
    let language = match component.recipe {
        Recipe::Go(_) => "go",
        Recipe::Cargo(_) => "rust",
        _ => "none",
    };
    let variants: Vec<&str> = unit.variants.iter().map(crate::model::VariantName::as_str).collect();
    let (source, origin) = match &unit.source {
        UnitSource::Git { url, tag, version, commit, pin, .. } => (
            [word::quote(url.as_str()), word::quote(tag), word::quote(version.as_str()), commit.as_str().to_owned()],
            pin,
        ),
        // In place of the commit a word that fetch-source.sh refuses.
        UnitSource::Unresolved { url, origin } => {
            ([word::quote(url.as_str()), word::quote(""), word::quote(""), UNRESOLVED.to_owned()], origin)
        }
        UnitSource::Archive { url, version, sha256 } => (
            [word::quote(url.as_str()), word::quote(""), word::quote(version.as_str()), sha256.as_str().to_owned()],
            &unit.origin,
        ),
        UnitSource::Run { url, .. } => (
            [word::quote(url.as_str()), word::quote(""), "\"$VERSION\"".to_owned(), "\"$COMMIT\"".to_owned()],
            &unit.origin,
        ),
        UnitSource::Files => (std::array::from_fn(|_| word::quote("")), &unit.origin),
    };
    let needs: Vec<&str> = unit.needs.iter().map(crate::model::ComponentName::as_str).collect();
    let mut words = vec![unit.component.to_string(), language.to_owned()];
    words.extend([&variants, &needs].map(|names| word::quote(&names.join(","))));
    words.extend(source);
    Ok(Call { words, origin: origin.clone() })
}
