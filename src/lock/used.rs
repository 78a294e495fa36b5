//! Which pins a project uses, and where: what the lock has to hold, and nothing beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::line::repository;
use crate::gha::Action;
use crate::model::{Component, Constraint, Generator, GitSource, Image, Model, Pin, Recipe, Source, ToolRelease};
use crate::plan::{Plan, ToolPlan};

/// What is pinned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An action of a workflow.
    Action,
    /// A container image.
    Image,
    /// A git repository that is built from.
    Source,
    /// A program that a build or a workflow runs.
    Tool,
}

impl Kind {
    /// The kind in one word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Image => "image",
            Self::Source => "source",
            Self::Tool => "tool",
        }
    }
}

/// Why a pin that is used fixes nothing.
pub type Unresolved = String;

/// A pin that something uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// What is pinned.
    pub kind: Kind,
    /// Its name in the lock.
    pub name: String,
    /// The tag or the version that people know it by; for an image the tag, which is part of its name.
    pub version: String,
    /// What fixes it: a commit, a digest, or what checks the download of a program.
    pub fixed: Result<String, Unresolved>,
    /// Its address, for what comes from a git repository.
    pub url: Option<String>,
    /// What uses it: workflows, tools with their line, components, settings. Sorted.
    pub by: BTreeSet<String>,
}

/// What is known of one pin but its name.
type Known = (Result<String, Unresolved>, Option<String>, BTreeSet<String>);

#[derive(Default)]
struct Collector(BTreeMap<(Kind, String, String), Known>);

impl Collector {
    fn add(&mut self, key: (Kind, &str, &str), fixed: Result<String, Unresolved>, url: Option<String>, by: &str) {
        let (kind, name, version) = key;
        let known = self.0.entry((kind, name.to_owned(), version.to_owned()));
        known.or_insert_with(|| (fixed, url, BTreeSet::new())).2.insert(by.to_owned());
    }

    fn source(&mut self, name: &str, url: &str, pin: Option<&Pin>, by: &str) {
        if let Some(pin) = pin {
            let fixed = Ok(pin.commit.as_str().to_owned());
            self.add((Kind::Source, name, &pin.tag), fixed, Some(url.to_owned()), by);
        }
    }

    /// A source without a pin, and why.
    fn unresolved(&mut self, name: &str, url: &str, reason: Option<&String>, by: &str) {
        if let Some(reason) = reason {
            self.add((Kind::Source, name, ""), Err(reason.clone()), Some(url.to_owned()), by);
        }
    }

    fn git(&mut self, name: &str, git: &GitSource, narrower: Option<&Constraint>, by: &str) {
        self.source(name, git.url.as_str(), git.pin(narrower), by);
        self.unresolved(name, git.url.as_str(), git.unresolved.as_ref(), by);
    }

    fn tool(&mut self, name: &str, release: Option<&ToolRelease>, by: &str) {
        if let Some(release) = release {
            self.add((Kind::Tool, name, &release.text), Ok(release.checked_by.clone()), None, by);
        }
    }

    fn image(&mut self, image: &Image, by: &str) {
        let name = image.name.as_str();
        let tag = name.rsplit_once(':').map_or("", |(_, tag)| tag);
        self.add((Kind::Image, name, tag), image.digest.clone(), None, by);
    }
}

/// Every pin that is used, sorted by kind, name and version.
pub fn used(model: &Model, plan: &Plan) -> Vec<Used> {
    let mut found = Collector::default();
    actions(&mut found, plan);
    project(&mut found, model);
    for tool in &plan.tools {
        sources_of(&mut found, model, tool);
    }
    for component in model.components.values() {
        programs(&mut found, component);
        // What no tool contains is compiled all the same, so it has to stay pinned.
        let is_built = plan.tools.iter().any(|tool| tool.units.iter().any(|unit| unit.component == component.name));
        if let (false, Source::Git(git), None) = (is_built, &component.source, &component.shares_source_of) {
            found.git(component.name.as_str(), git, None, "no tool");
        }
    }
    let used = |((kind, name, version), (fixed, url, by))| Used { kind, name, version, fixed, url, by };
    found.0.into_iter().map(used).collect()
}

fn actions(found: &mut Collector, plan: &Plan) {
    for workflow in plan.workflows.iter().map(|planned| &planned.workflow) {
        for step in workflow.jobs.values().flat_map(|job| &job.steps) {
            let Action::Uses(uses) = &step.action else { continue };
            let action = &uses.action;
            // What lies in a folder of a repository is pinned with it.
            let name = repository(action.action());
            let url = format!("https://github.com/{name}");
            let key = (Kind::Action, name, action.version());
            found.add(key, Ok(action.commit().to_owned()), Some(url), workflow.path.file_name());
        }
    }
}

fn project(found: &mut Collector, model: &Model) {
    let project = &model.project;
    if let Some(image) = &project.builder.image {
        found.image(image, "builder.image");
    }
    if let Some(image) = &project.builder.fallback {
        found.image(image, "builder.fallback_image");
    }
    found.git("musl", &project.toolchain.musl, None, "toolchain.musl");
    if let Generator::Git(git) = &project.generator {
        found.git("ghagen", git, None, "gate.generator");
    }
    found.tool("meson", project.toolchain.meson.as_ref(), "toolchain.meson");
    found.tool("cosign", project.release.cosign.as_ref(), "releases");
    let zizmor = model.releases.get("zizmor").and_then(|it| it.highest(&Constraint::any()));
    found.tool("zizmor", zizmor, "verify.yml");
}

fn sources_of(found: &mut Collector, model: &Model, plan: &ToolPlan) {
    let Some(tool) = model.tools.get(&plan.name) else { return };
    let name = tool.name.as_str();
    let upstream = &tool.upstream;
    // This repository itself has no pin: it is what is checked out.
    for (line, url) in tool.lines.iter().filter_map(|line| Some((line, upstream.url.as_ref()?))) {
        let by = format!("{name} {}", line.name);
        found.source(name, url.as_str(), line.tested.as_ref(), &by);
        found.unresolved(name, url.as_str(), upstream.unresolved.as_ref(), &by);
    }
    for unit in &plan.units {
        let Some(component) = model.components.get(&unit.component) else { continue };
        let Source::Git(git) = &component.source else { continue };
        let owner = component.shares_source_of.as_ref().unwrap_or(&component.name);
        let narrower = tool.lines.iter().find(|line| line.name == unit.line).and_then(|it| it.components.get(owner));
        found.git(owner.as_str(), git, narrower, &format!("{name} {}", unit.line));
    }
}

fn programs(found: &mut Collector, component: &Component) {
    match &component.recipe {
        Recipe::Go(go) => found.tool("go", Some(&go.release), component.name.as_str()),
        Recipe::Cargo(cargo) => found.tool("rust", Some(&cargo.release), component.name.as_str()),
        Recipe::Make(_)
        | Recipe::Autotools(_)
        | Recipe::Meson(_)
        | Recipe::Cmake(_)
        | Recipe::Files(_)
        | Recipe::Script(_) => {}
    }
}
