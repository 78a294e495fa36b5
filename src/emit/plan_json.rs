//! `generated/plan/<tool>.json`: every cell and every unit of a tool, for reviews, and for the scripts that read it by `jq`.

use serde_json::{Value, json};

use super::json::Document;
use super::{Artifact, Request, header};
use crate::model::{
    Arch, ArchSettings, BuildMode, ComponentName, Constraint, GitUrl, Line, Model, Recipe, Tool, VariantName,
};
use crate::plan::{PlannedCell, ToolPlan, Unit, UnitSource};

/// The version of the format, which the scripts that read it know.
const SCHEMA_VERSION: u64 = 1;

pub(super) fn emit(request: &Request<'_>) -> Vec<Artifact> {
    let tools = request.plan.tools.iter();
    tools.filter_map(|plan| Some(file(request, request.model.tools.get(&plan.name)?, plan))).collect()
}

fn file(request: &Request<'_>, tool: &Tool, plan: &ToolPlan) -> Artifact {
    let upstream = &tool.upstream;
    let arches = tool.arches.iter().filter_map(|arch| {
        let settings = request.model.project.arches.get(arch)?;
        Some((arch_json(*arch, settings), &settings.origin))
    });
    let (text, origins) = Document::new()
        .key(header::JSON_KEY, &Value::from(request.header(&plan.files).join(" ")))
        .key("schema_version", &Value::from(SCHEMA_VERSION))
        .key("tool", &Value::from(tool.name.as_str()))
        .key("title", &Value::from(tool.title.as_str()))
        .key("workflow", &Value::from(format!("build-{}.yml", tool.name)))
        .key(
            "upstream",
            &json!({
                // None: this repository, as it is checked out.
                "url": upstream.url.as_ref().map(GitUrl::as_str),
                "tags": upstream.tags.as_str(),
                "page": upstream.page,
                "exclude": upstream.exclude,
                "prereleases": upstream.prereleases,
            }),
        )
        .key("musl", &musl_json(request.model))
        .items("lines", tool.lines.iter().map(|line| (line_json(line), &line.origin)))
        .items("arches", arches)
        .items("cells", plan.cells.iter().map(|cell| (cell_json(tool, cell), &cell.origin)))
        .items("units", plan.units.iter().map(|unit| (unit_json(request.model, unit), &unit.origin)))
        .end();
    Artifact {
        path: format!("generated/plan/{}.json", tool.name),
        bytes: text.into_bytes(),
        executable: false,
        files: plan.files.clone(),
        origins,
    }
}

fn line_json(line: &Line) -> Value {
    let tested = line
        .tested
        .as_ref()
        .map(|pin| json!({"version": pin.version.to_string(), "tag": pin.tag, "commit": pin.commit.as_str()}));
    let components: serde_json::Map<String, Value> =
        line.components.iter().map(|(name, versions)| (name.to_string(), constraint_json(versions))).collect();
    json!({
        "line": line.name.as_str(),
        "versions": constraint_json(&line.versions),
        "components": components,
        "tested": tested,
    })
}

fn constraint_json(constraint: &Constraint) -> Value {
    let comparators = constraint.comparators().iter();
    comparators.map(|it| json!({"op": it.operator.as_str(), "version": it.version.to_string()})).collect()
}

/// The C library, which is in every static program.
fn musl_json(model: &Model) -> Value {
    let pin = model.project.toolchain.musl.pin(None);
    pin.map_or(Value::Null, |pin| json!({"version": pin.version.to_string(), "commit": pin.commit.as_str()}))
}

/// The release of Go or Rust that a component is built with: its standard library is a part of the program.
fn built_with(model: &Model, component: &ComponentName) -> Option<String> {
    match &model.components.get(component)?.recipe {
        Recipe::Go(go) => Some(format!("go {}", go.release.version)),
        Recipe::Cargo(cargo) => Some(format!("rust {}", cargo.release.version)),
        _ => None,
    }
}

fn arch_json(arch: Arch, settings: &ArchSettings) -> Value {
    let build = match settings.build {
        BuildMode::Native => "native",
        BuildMode::CrossFrom(_) => "cross",
    };
    json!({
        "arch": arch.as_str(),
        "triple": arch.triple(),
        "build": build,
        "runner": settings.build_runner.to_string(),
        // A package is tried out on a machine of its own arch, whichever one built it.
        "test_runner": settings.runner.to_string(),
    })
}

/// A cell, the same here and in `ghagen plan --format json`.
pub fn cell_json(tool: &Tool, cell: &PlannedCell) -> Value {
    json!({
        "tool": tool.name.as_str(),
        "variant": cell.cell.variant.as_str(),
        "arch": cell.cell.arch.as_str(),
        "line": cell.cell.line.as_str(),
        "included": cell.excluded.is_none(),
        "reason": cell.excluded,
        "artifact": cell.artifact,
    })
}

/// A unit, the same here and in `ghagen plan --format json`.
pub fn unit_json(model: &Model, unit: &Unit) -> Value {
    let kind = model.components.get(&unit.component).map(|component| component.kind.as_str());
    let (url, tag, version, commit) = match &unit.source {
        UnitSource::Git { url, tag, version, commit, .. } => {
            (Some(url.as_str()), Some(tag.clone()), Some(version), Some(commit.as_str()))
        }
        UnitSource::Archive { url, version, .. } => {
            (Some(url.as_str()), Some(version.to_string()), Some(version), None)
        }
        UnitSource::Unresolved { url, .. } => (Some(url.as_str()), None, None, None),
        UnitSource::Run { url, .. } => (url.as_ref().map(GitUrl::as_str), None, None, None),
        UnitSource::Files => (None, None, None, None),
    };
    json!({
        "component": unit.component.as_str(),
        "kind": kind,
        "arch": unit.arch.as_str(),
        "line": unit.line.as_str(),
        "variants": unit.variants.iter().map(VariantName::as_str).collect::<Vec<_>>(),
        "needs": unit.needs.iter().map(ComponentName::as_str).collect::<Vec<_>>(),
        "tag": tag,
        "version": version.map(ToString::to_string),
        "commit": commit,
        "url": url,
        "seconds": unit.seconds,
        "built_with": built_with(model, &unit.component),
    })
}
