//! The values of `tools/<tool>.sh`: the lines of a tool, and the units of each in their order.

use minijinja::{Value, context};

use super::marks::{Marks, below};
use super::{condition, items, word};
use crate::gha::EnvName;
use crate::model::{Arch, Condition, Conditional, Line, Model, Recipe, Template, Tool};
use crate::plan::{ToolPlan, Unit, UnitSource};
use crate::source::Origin;

/// What stands in place of a commit that nobody has verified.
pub(super) const UNRESOLVED: &str = "unresolved";

/// The values of the script of a tool.
pub(super) fn values(model: &Model, plan: &ToolPlan, marks: &mut Marks) -> Result<Value, String> {
    let tool = model.tools.get(&plan.name).ok_or_else(|| format!("the tool {}", plan.name))?;
    let mut lines = Vec::new();
    for line in &tool.lines {
        lines.push(self::line(model, tool, plan, line, marks)?);
    }
    marks.names(
        &tool.origin,
        &[
            ("tool", "tool"),
            ("all_variants", "variants"),
            ("environment", "environment"),
            ("has_values", "lines"),
            ("lines", "lines"),
        ],
    );
    let variants = plan.variants();
    // Whose time the packages have: that of a component which is built from the tool's own source.
    let mut own: Vec<&str> = Vec::new();
    for unit in plan.units.iter().filter(|unit| matches!(unit.source, UnitSource::Run { .. })) {
        marks.name("own", || unit.origin.key("source"));
    }
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
        environment => environment(model, tool, marks),
        environment_mark => marks.mark(&tool.origin.key("environment")),
        has_values => tool.lines.iter().any(|line| !line.values.is_empty()),
    })
}

/// The environment of every recipe: that of all tools, then that of the tool, whose variables win. Of a condition, what is about
/// tools is known already.
fn environment(model: &Model, tool: &Tool, marks: &mut Marks) -> Vec<Value> {
    type Variable = (EnvName, Conditional<Template>);
    let own = |name: &EnvName| tool.environment.iter().any(|(other, _)| other == name);
    let toolchain = &model.project.toolchain;
    let of_all = toolchain.environment.iter().filter(|(name, _)| !own(name)).map(|it| (&toolchain.origin, it));
    let all = of_all.chain(tool.environment.iter().map(|it| (&tool.origin, it)));
    let is_of_tool = |(_, text): &Variable| text.when.tools.is_empty() || text.when.tools.contains(&tool.name);
    let mut values = Vec::new();
    for (origin, (name, text)) in all.filter(|(_, variable)| is_of_tool(variable)) {
        let when = Condition { tools: Vec::new(), ..text.when.clone() };
        let origin = origin.key("environment").key(name.as_str());
        values.push(context! {
            condition => condition::condition(&when),
            word => marks.value(format!("{name}={}", word::word(&text.value)), [&origin]),
        });
    }
    values
}

fn line(model: &Model, tool: &Tool, plan: &ToolPlan, line: &Line, marks: &mut Marks) -> Result<Value, String> {
    let rules = line.versions.comparators().iter().map(|rule| {
        context! { op => rule.operator.as_str(), version => rule.version.as_str() }
    });
    let values: Vec<Value> = line
        .values
        .iter()
        .map(|(key, text)| {
            let origin = line.origin.key("values").key(key);
            context! { name => word::line_variable(key), word => marks.value(word::quote(text), [&origin]) }
        })
        .collect();
    let mut variants = Vec::new();
    for arch in tool.arches.iter().copied() {
        let cells = plan.cells.iter().filter(|cell| cell.cell.line == line.name && cell.cell.arch == arch);
        let names: Vec<&str> =
            cells.filter(|cell| cell.excluded.is_none()).map(|cell| cell.cell.variant.as_str()).collect();
        if !names.is_empty() {
            let asked = ["arches", "variants", "exclude"].map(|key| tool.origin.key(key));
            variants.push(context! { arch => marks.value(arch.as_str(), &asked), names => items::list(names) });
        }
    }
    Ok(context! {
        name => line.name.as_str(),
        rules => rules.collect::<Vec<Value>>(),
        values => values,
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
        let calls =
            plan.units_of(&line.name, arch).map(|unit| call(model, line, unit)).collect::<Result<Vec<_>, _>>()?;
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
            .map(|call| {
                let mark = marks.mark(&call.origin);
                context! { words => call.words.join(" "), mark => marks.value(mark, &call.others) }
            })
            .collect();
        context! { patterns => patterns.join(" | "), units => units }
    };
    Ok(groups.into_iter().map(&mut value).collect())
}

/// A call of `unit`.
#[derive(PartialEq, Eq)]
struct Call {
    words: Vec<String>,
    origin: Origin,
    others: Vec<Origin>,
}

fn call(model: &Model, line: &Line, unit: &Unit) -> Result<Call, String> {
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
            [
                // This repository's own commit is brought along by build-tool.sh.
                url.as_ref().map_or_else(|| "self".to_owned(), |url| word::quote(url.as_str())),
                word::quote(""),
                "\"$VERSION\"".to_owned(),
                "\"$COMMIT\"".to_owned(),
            ],
            &unit.origin,
        ),
        UnitSource::Files => (std::array::from_fn(|_| word::quote("")), &unit.origin),
    };
    let needs: Vec<&str> = unit.needs.iter().map(crate::model::ComponentName::as_str).collect();
    let mut words = vec![unit.component.to_string(), language.to_owned()];
    words.extend([&variants, &needs].map(|names| word::quote(&names.join(","))));
    words.extend(source);
    let mut others = ["component", "source", "needs", "recipe", "outputs"].map(|key| unit.origin.key(key)).to_vec();
    others.extend(
        line.components
            .get_key_value(&unit.component)
            .map(|_| below(&line.origin, &["components", unit.component.as_str()])),
    );
    let tool = model.tools.values().find(|tool| tool.lines.iter().any(|it| it.origin == line.origin));
    others.extend(tool.map(|tool| tool.origin.key("variants")));
    Ok(Call { words, origin: origin.clone(), others })
}
