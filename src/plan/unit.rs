//! Units: component × arch, built once for all variants that contain it, in an order that respects what each needs.

use std::collections::{BTreeMap, BTreeSet};

use super::{PlanError, PlannedCell};
use crate::model::{
    Arch, Commit, Component, ComponentName, GitUrl, Line, LineName, Malloc, Model, Sha256, Situation, Source, Tool,
    VariantName, Version,
};
use crate::source::Origin;

/// A component built for one arch and one line of a tool.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The component.
    pub component: ComponentName,
    /// The arch.
    pub arch: Arch,
    /// The line.
    pub line: LineName,
    /// The variants that contain it, or something that needs it.
    pub variants: Vec<VariantName>,
    /// The units that have to be built before it: what it declares, and its allocator.
    pub needs: Vec<ComponentName>,
    /// Where its source comes from.
    pub source: UnitSource,
    /// About how long its build takes, where the spec says so.
    pub seconds: Option<u64>,
    /// The spec file of the component.
    pub origin: Origin,
}

/// The pinned source of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitSource {
    /// A commit of a git repository.
    Git {
        /// The repository.
        url: GitUrl,
        /// The tag.
        tag: String,
        /// The version that the tag names.
        version: Version,
        /// The commit.
        commit: Commit,
        /// Whether submodules are fetched too.
        submodules: bool,
        /// The entry of the lock.
        pin: Origin,
    },
    /// A git repository of which nobody has verified a commit: the build refuses it.
    Unresolved {
        /// The repository.
        url: GitUrl,
        /// The spec value.
        origin: Origin,
    },
    /// An archive.
    Archive {
        /// Its address.
        url: GitUrl,
        /// Its version.
        version: Version,
        /// Its checksum.
        sha256: Sha256,
    },
    /// The upstream of the tool: version and commit are inputs of the run.
    Run {
        /// The repository; `None`: the one that is checked out.
        url: Option<GitUrl>,
        /// Whether submodules are fetched too.
        submodules: bool,
    },
    /// The spec's own files.
    Files,
}

/// What a component has to wait for: what it declares, and the allocators that its programs link.
pub(super) fn needs(model: &Model, component: &Component) -> Vec<ComponentName> {
    let mut needs = component.needs.clone();
    for (_, _, program) in component.programs() {
        if let Malloc::Allocator(name) = &program.malloc
            && let Some(allocator) = model.project.toolchain.allocators.get(name)
            && !needs.contains(&allocator.component)
        {
            needs.push(allocator.component.clone());
        }
    }
    needs
}

/// The units of every line and arch of a tool, in the order in which they are built.
pub(super) fn plan(model: &Model, tool: &Tool, cells: &[&PlannedCell]) -> Result<Vec<Unit>, PlanError> {
    let mut units = Vec::new();
    for line in &tool.lines {
        for arch in model.project.arches.keys().copied() {
            let variants: Vec<&VariantName> = cells
                .iter()
                .filter(|cell| cell.cell.arch == arch && cell.cell.line == line.name)
                .map(|cell| &cell.cell.variant)
                .collect();
            let users = users(model, tool, line, arch, &variants)?;
            for name in order(model, &users)? {
                units.push(unit(model, tool, line, arch, &name, &users)?);
            }
        }
    }
    Ok(units)
}

/// Which variants use which component, directly or through what it needs.
fn users(
    model: &Model,
    tool: &Tool,
    line: &Line,
    arch: Arch,
    variants: &[&VariantName],
) -> Result<BTreeMap<ComponentName, Vec<VariantName>>, PlanError> {
    let situation = Situation { tool: &tool.name, line: &line.name, arch };
    let mut users: BTreeMap<ComponentName, Vec<VariantName>> = BTreeMap::new();
    for variant in variants {
        let contents = tool.variants.get(*variant).map(|variant| &variant.contents);
        let mut waiting: Vec<ComponentName> = contents
            .into_iter()
            .flatten()
            .filter(|(_, content)| content.when.fits(situation))
            .map(|(name, _)| name.clone())
            .collect();
        let mut seen = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            if seen.insert(name.clone()) {
                waiting.extend(needs(model, find(model, &name)?));
                users.entry(name).or_default().push((*variant).clone());
            }
        }
    }
    Ok(users)
}

/// An order in which everything comes after what it needs; among equals, by name.
fn order(model: &Model, users: &BTreeMap<ComponentName, Vec<VariantName>>) -> Result<Vec<ComponentName>, PlanError> {
    // What each still waits for, and who waits for it.
    let mut open: BTreeMap<&ComponentName, usize> = BTreeMap::new();
    let mut waiting: BTreeMap<ComponentName, Vec<&ComponentName>> = BTreeMap::new();
    for name in users.keys() {
        let needs: BTreeSet<ComponentName> = needs(model, find(model, name)?).into_iter().collect();
        open.insert(name, needs.len());
        for need in needs {
            waiting.entry(need).or_default().push(name);
        }
    }
    let mut ready: BTreeSet<&ComponentName> =
        open.iter().filter(|(_, needs)| **needs == 0).map(|(name, _)| *name).collect();
    let mut order: Vec<ComponentName> = Vec::new();
    while let Some(name) = ready.pop_first() {
        order.push(name.clone());
        for waiter in waiting.get(name).into_iter().flatten() {
            if let Some(needs) = open.get_mut(waiter) {
                *needs -= 1;
                if *needs == 0 {
                    ready.insert(waiter);
                }
            }
        }
    }
    if order.len() < users.len() {
        let names: Vec<&str> = users.keys().filter(|name| !order.contains(name)).map(ComponentName::as_str).collect();
        return Err(PlanError::Cycle(names.join(", ")));
    }
    Ok(order)
}

fn unit(
    model: &Model,
    tool: &Tool,
    line: &Line,
    arch: Arch,
    name: &ComponentName,
    users: &BTreeMap<ComponentName, Vec<VariantName>>,
) -> Result<Unit, PlanError> {
    let component = find(model, name)?;
    Ok(Unit {
        component: name.clone(),
        arch,
        line: line.name.clone(),
        variants: users.get(name).cloned().unwrap_or_default(),
        needs: needs(model, component),
        source: source(tool, line, component)?,
        seconds: component.seconds.get(&arch).copied(),
        origin: component.origin.clone(),
    })
}

fn source(tool: &Tool, line: &Line, component: &Component) -> Result<UnitSource, PlanError> {
    Ok(match &component.source {
        Source::Git(git) if git.unresolved.is_some() => {
            UnitSource::Unresolved { url: git.url.clone(), origin: git.origin.clone() }
        }
        Source::Git(git) => {
            let owner = component.shares_source_of.as_ref().unwrap_or(&component.name);
            let pin = git.pin(line.components.get(owner)).ok_or_else(|| PlanError::Unpinned(owner.to_string()))?;
            UnitSource::Git {
                url: git.url.clone(),
                tag: pin.tag.clone(),
                version: pin.version.clone(),
                commit: pin.commit.clone(),
                submodules: git.submodules,
                pin: pin.origin.clone(),
            }
        }
        Source::Archive(archive) => UnitSource::Archive {
            url: archive.url.clone(),
            version: archive.version.clone(),
            sha256: archive.sha256.clone(),
        },
        Source::Upstream(_) => UnitSource::Run { url: tool.upstream.url.clone(), submodules: tool.upstream.submodules },
        Source::Files => UnitSource::Files,
    })
}

fn find<'a>(model: &'a Model, name: &ComponentName) -> Result<&'a Component, PlanError> {
    let dangling = || PlanError::Dangling { kind: "component", name: name.to_string() };
    model.components.get(name).ok_or_else(dangling)
}
