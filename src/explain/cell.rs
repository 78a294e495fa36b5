//! A cell: what its package holds, the units that it is made of, and where each of their values was set.
//!
//! Conditions are applied: what does not hold for the arch and the line of the cell is left out.

use super::recipe;
use crate::model::{
    BuildMode, Cell, Component, Malloc, Model, PlacedKind, Program, RelativePath, Situation, Tool, VersionCheck,
};
use crate::plan::{PlannedCell, ToolPlan, Unit, UnitSource};
use crate::source::Origin;

/// Something that is known of a cell, and the spec values that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about, such as `allocator of bin/crun`.
    pub what: String,
    /// What holds.
    pub value: String,
    /// Where it was set.
    pub origins: Vec<Origin>,
}

impl Fact {
    pub(super) fn new(what: impl Into<String>, value: impl Into<String>, origin: Origin) -> Self {
        Self { what: what.into(), value: value.into(), origins: vec![origin] }
    }
}

/// A unit of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFacts {
    /// The component.
    pub component: String,
    /// What is known of it.
    pub facts: Vec<Fact>,
}

/// What is known of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFacts {
    /// The tool, the variant, the arch and the line.
    pub cell: [String; 4],
    /// The name of its package.
    pub artifact: String,
    /// Why it is left out, where it is.
    pub excluded: Option<Fact>,
    /// The machines, the limits and the toolchain.
    pub settings: Vec<Fact>,
    /// The units that it is made of, in the order of their builds.
    pub units: Vec<UnitFacts>,
    /// What its package holds: by path.
    pub contents: Vec<Fact>,
}

/// What is known of a cell.
pub fn cell(model: &Model, tool: &Tool, plan: &ToolPlan, planned: &PlannedCell) -> CellFacts {
    let cell = &planned.cell;
    let situation = tool.situation(cell);
    let excluded = planned.excluded.as_ref().map(|reason| Fact::new("left out", reason, planned.origin.clone()));
    let is_of_cell = |unit: &&Unit| unit.variants.contains(&cell.variant);
    let units = plan.units_of(&cell.line, cell.arch).filter(is_of_cell).filter_map(|unit| {
        let component = model.components.get(&unit.component)?;
        Some(UnitFacts {
            component: component.name.to_string(),
            facts: unit_facts(model, tool, component, unit, situation),
        })
    });
    CellFacts {
        cell: [tool.name.to_string(), cell.variant.to_string(), cell.arch.to_string(), cell.line.to_string()],
        artifact: planned.artifact.clone(),
        excluded,
        settings: settings(model, tool, plan, cell),
        units: units.collect(),
        contents: contents(model, tool, cell),
    }
}

fn settings(model: &Model, tool: &Tool, plan: &ToolPlan, cell: &Cell) -> Vec<Fact> {
    let project = &model.project;
    let mut facts = Vec::new();
    if let Some(arch) = project.arches.get(&cell.arch) {
        let at = &arch.origin;
        let (mode, mut set) = match arch.build {
            BuildMode::Native => ("native", vec![at.key("build")]),
            BuildMode::CrossFrom(_) => ("cross", vec![at.key("build"), at.key("cross_from")]),
        };
        if let BuildMode::CrossFrom(host) = arch.build {
            set.extend(project.arches.get(&host).map(|host| host.origin.key("runner")));
        }
        facts.push(Fact {
            what: "runner of the build".to_owned(),
            value: format!("{} ({mode})", arch.build_runner),
            origins: set,
        });
        facts.push(Fact::new("runner of the test", arch.runner.as_str(), at.key("runner")));
    }
    let limits = [("build", plan.limit), ("test", project.timeouts.test), ("release", project.timeouts.release)];
    for (name, minutes) in limits {
        let origin = project.origin.key("timeouts").key(name);
        facts.push(Fact::new(format!("limit of the {name}"), format!("{} min", minutes.get()), origin));
    }
    if let Some(image) = project.builder.container_image() {
        let origins = vec![image.origin.clone(), project.lock.key("images").key(image.name.as_str())];
        facts.push(Fact { what: "image".to_owned(), value: image.reference(), origins });
    }
    let toolchain = &project.toolchain;
    if let Some(pin) = toolchain.musl.pin(None) {
        let value = format!("{}, {}", pin.tag, pin.commit.as_str());
        facts.push(Fact {
            what: "musl".to_owned(),
            value,
            origins: vec![toolchain.musl.origin.clone(), pin.origin.clone()],
        });
    }
    facts.push(Fact::new("oldest clang", toolchain.minimum_clang.to_string(), toolchain.origin.key("minimum_clang")));
    if let Some(bytes) = toolchain.thread_stack {
        facts.push(Fact::new("stack of threads", format!("{bytes} bytes"), toolchain.origin.key("thread_stack")));
    }
    if let Some(variant) = project.variants.get(&cell.variant) {
        facts.push(Fact::new("layout", variant.layout.as_str(), variant.origin.key("layout")));
    }
    if let Some(line) = tool.lines.iter().find(|line| line.name == cell.line) {
        facts.push(Fact::new("versions", line.versions.to_string(), line.origin.key("versions")));
        let values = line.values.iter();
        facts.extend(
            values.map(|(key, text)| Fact::new(format!("{{line.{key}}}"), text, line.origin.key("values").key(key))),
        );
    }
    facts
}

fn unit_facts(model: &Model, tool: &Tool, component: &Component, unit: &Unit, situation: Situation<'_>) -> Vec<Fact> {
    let at = &component.origin;
    let mut facts = vec![source(tool, unit, at)];
    let list = |key: &str, names: Vec<String>| {
        names
            .into_iter()
            .enumerate()
            .map(|(index, name)| Fact::new(key, name, at.key(key).index(index)))
            .collect::<Vec<_>>()
    };
    facts.extend(list("needs", component.needs.iter().map(ToString::to_string).collect()));
    facts.extend(list("packages", component.packages.clone()));
    facts.extend(list("patches", component.patches.iter().map(ToString::to_string).collect()));
    let variables = component.environment.iter().filter(|(_, text)| text.when.fits(situation));
    facts.extend(variables.map(|(name, text)| {
        Fact::new(format!("environment {name}"), text.value.text(), at.key("environment").key(name.as_str()))
    }));
    facts.extend(recipe::facts(model, component, situation));
    for output in component.outputs.iter().filter(|output| output.when.fits(situation)) {
        let Some(program) = &output.program else { continue };
        for file in &output.files {
            facts.extend(declared(model, file.as_str(), program, &output.origin.key("program")));
        }
    }
    if let Some(seconds) = unit.seconds {
        facts.push(Fact::new("seconds", seconds.to_string(), at.key("seconds").key(unit.arch.as_str())));
    }
    facts
}

/// The version and the pin of a unit.
fn source(tool: &Tool, unit: &Unit, at: &Origin) -> Fact {
    let (value, pin) = match &unit.source {
        UnitSource::Git { tag, version, commit, pin, .. } => {
            (format!("{version}, tag {tag}, commit {}", commit.as_str()), Some(pin.clone()))
        }
        UnitSource::Unresolved { url, origin } => {
            (format!("unresolved: no commit of {url} is known"), Some(origin.clone()))
        }
        UnitSource::Archive { version, sha256, .. } => (format!("{version}, SHA-256 {}", sha256.as_str()), None),
        UnitSource::Run { .. } => {
            let tested = tool.lines.iter().find(|line| line.name == unit.line).and_then(|line| line.tested.as_ref());
            let value = tested.map_or_else(
                || "that of the run".to_owned(),
                |pin| {
                    format!("that of the run; the last known good one is {}, commit {}", pin.tag, pin.commit.as_str())
                },
            );
            (value, tested.map(|pin| pin.origin.clone()))
        }
        UnitSource::Files => ("of the spec's own files".to_owned(), None),
    };
    let line = tool.lines.iter().find(|line| line.name == unit.line);
    let narrower = line.filter(|line| line.components.contains_key(&unit.component));
    let narrower = narrower.map(|line| line.origin.key("components").key(unit.component.as_str()));
    let origins = [at.key("source")].into_iter().chain(narrower).chain(pin).collect();
    Fact { what: "version".to_owned(), value, origins }
}

/// What is declared of a program.
fn declared(model: &Model, file: &str, program: &Program, at: &Origin) -> Vec<Fact> {
    let (malloc, object, reason) = match &program.malloc {
        Malloc::Allocator(name) => (name.to_string(), model.project.toolchain.allocators.get(name), None),
        Malloc::Libc(reason) => ("libc".to_owned(), None, Some(reason)),
        Malloc::None(reason) => ("none".to_owned(), None, Some(reason)),
    };
    let origins = [at.key("allocator")].into_iter().chain(object.map(|object| object.origin.clone())).collect();
    let mut facts = vec![
        Fact::new(format!("link of {file}"), program.link.as_str(), at.key("link")),
        Fact { what: format!("allocator of {file}"), value: malloc, origins },
        Fact::new(format!("smallest size of {file}"), program.minimum_size.to_string(), at.key("minimum_size")),
    ];
    facts.extend(reason.map(|reason| Fact::new(format!("why, of {file}"), reason, at.key("reason"))));
    if let Some(VersionCheck { arguments, expect, .. }) = &program.version_check {
        let value = format!("{}: {}", arguments.join(" "), expect.text());
        facts.push(Fact::new(format!("version check of {file}"), value, at.key("version_check")));
    }
    facts
}

/// Files and links by path, with the place that decides where they are.
fn contents(model: &Model, tool: &Tool, cell: &Cell) -> Vec<Fact> {
    let variant = model.project.variants.get(&cell.variant);
    let layout = variant.and_then(|variant| model.project.layouts.get(&variant.layout));
    let mut facts: Vec<Fact> = Vec::new();
    for placed in model.contents(tool, cell) {
        let value = match placed.kind {
            PlacedKind::File(from) => format!("{} of {}, mode {:04o}", from, placed.component, placed.output.mode),
            PlacedKind::Link(link) => format!("link to {}, of {}", link.target, placed.component),
        };
        let mut origins = vec![placed.origin.clone(), placed.content.origin.clone()];
        let places = placed.content.places_of(placed.output);
        let name = match placed.kind {
            PlacedKind::File(from) => from.name(),
            PlacedKind::Link(link) => link.name.as_str(),
        };
        let is_here = |folder: &RelativePath| folder.join(name) == placed.path;
        let here = layout.into_iter().flat_map(|layout| {
            let places = places.iter().filter(|place| layout.places.get(**place).is_some_and(is_here));
            places.map(|place| layout.origin.key("places").key(place.as_str()))
        });
        origins.extend(here);
        if matches!(placed.kind, PlacedKind::File(_)) {
            origins.push(placed.output.origin.key("mode"));
        }
        facts.push(Fact { what: placed.path.clone(), value, origins });
    }
    facts.sort_by(|one, other| one.what.cmp(&other.what));
    facts
}
