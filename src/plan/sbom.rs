//! What is in the packages of a tool besides its own source: every component, with its pin and its licence, and what the
//! toolchain links in.

use std::collections::{BTreeMap, BTreeSet};

use super::{Unit, UnitSource};
use crate::model::{Arch, Component, ComponentKind, GitUrl, LineName, Model, Recipe, Tool, VariantName};
use crate::source::Origin;

/// A part of packages, the same for these lines, arches and variants.
#[derive(Debug, Clone)]
pub struct Part {
    /// A name that no other part has.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ComponentKind,
    /// What it is for.
    pub summary: String,
    /// Its licence, as an SPDX expression.
    pub license: String,
    /// Where its source comes from.
    pub source: PartSource,
    /// The lines and arches of the packages that hold it, or something that is linked with it.
    pub places: Vec<(LineName, Arch)>,
    /// The variants of those packages.
    pub variants: Vec<VariantName>,
    /// The parts that it is linked with, or built from.
    pub needs: BTreeSet<String>,
    /// Whether it has parts of its own that the spec does not name, such as modules of its language.
    pub has_modules: bool,
    /// The spec value that brings it in.
    pub origin: Origin,
}

/// Where the source of a part comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartSource {
    /// The pinned source of a unit.
    Unit(UnitSource),
    /// The standard library of a language, at a release.
    Language {
        /// What a package URL of it begins with, behind `pkg:`.
        package: &'static str,
        /// Its repository.
        url: &'static str,
        /// The release.
        version: String,
    },
    /// The distribution of the build environment; which version is in the log of the build.
    Distribution,
}

/// The parts of everything that a tool ships, by name; lines and arches that agree as one.
pub(super) fn plan(model: &Model, tool: &Tool, units: &[Unit]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in &tool.lines {
        for arch in model.project.arches.keys().copied() {
            let here = units.iter().filter(|unit| unit.line == line.name && unit.arch == arch);
            for part in at_place(model, tool, here) {
                let place = (line.name.clone(), arch);
                match parts.iter_mut().find(|known| known.says_the_same_as(&part)) {
                    Some(known) => known.places.push(place),
                    None => parts.push(Part { places: vec![place], ..part }),
                }
            }
        }
    }
    parts.sort_by(|one, other| one.id.cmp(&other.id));
    parts
}

/// The parts of one line and arch.
fn at_place<'a>(model: &Model, tool: &Tool, units: impl Iterator<Item = &'a Unit>) -> Vec<Part> {
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for unit in units {
        let Some(component) = model.components.get(&unit.component) else { continue };
        let linked = linked(model, component);
        let needs = unit.needs.iter().map(ToString::to_string).chain(linked.iter().map(|part| part.id.clone()));
        let own = Part {
            id: component.name.to_string(),
            name: component.name.to_string(),
            kind: component.kind,
            summary: component.summary.clone(),
            license: component.license.clone(),
            source: PartSource::Unit(unit.source.clone()),
            places: Vec::new(),
            variants: Vec::new(),
            needs: needs.collect(),
            has_modules: matches!(component.recipe, Recipe::Go(_) | Recipe::Cargo(_)),
            origin: unit.origin.clone(),
        };
        for part in std::iter::once(own).chain(linked) {
            let part = parts.entry(part.id.clone()).or_insert(part);
            let new: Vec<_> = unit.variants.iter().filter(|variant| !part.variants.contains(variant)).collect();
            part.variants.extend(new.into_iter().cloned());
        }
    }
    for part in parts.values_mut() {
        part.variants.sort_by_key(|name| tool.variants.get_index_of(name));
    }
    parts.into_values().collect()
}

impl Part {
    fn says_the_same_as(&self, other: &Self) -> bool {
        (&self.id, &self.source, &self.variants, &self.needs)
            == (&other.id, &other.source, &other.variants, &other.needs)
    }
}

/// What the toolchain puts into the programs of a component.
fn linked(model: &Model, component: &Component) -> Vec<Part> {
    let part = |id: &str, name: &str, summary: &str, license: &str, source, origin: Origin| Part {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: ComponentKind::Library,
        summary: summary.to_owned(),
        license: license.to_owned(),
        source,
        places: Vec::new(),
        variants: Vec::new(),
        needs: BTreeSet::new(),
        has_modules: false,
        origin,
    };
    let language = |package, url, version: &str| PartSource::Language { package, url, version: version.to_owned() };
    let mut parts = Vec::new();
    let is_c = match &component.recipe {
        Recipe::Go(go) => {
            let source = language("golang/std", "https://github.com/golang/go", go.release.version.as_str());
            let origin = model.project.lock.key("tools").key("go");
            let id = format!("go-std-{}", go.release.version);
            parts.push(part(
                &id,
                "go-std",
                "The standard library and the runtime of Go",
                "BSD-3-Clause",
                source,
                origin,
            ));
            go.programs.iter().any(|program| program.cgo)
        }
        Recipe::Cargo(cargo) => {
            let source =
                language("github/rust-lang/rust", "https://github.com/rust-lang/rust", cargo.release.version.as_str());
            let origin = model.project.lock.key("tools").key("rust");
            let summary = "The standard library of Rust, with the musl that it brings";
            let id = format!("rust-std-{}", cargo.release.version);
            parts.push(part(&id, "rust-std", summary, "(MIT OR Apache-2.0) AND MIT", source, origin));
            false
        }
        Recipe::Files(_) => false,
        Recipe::Make(_) | Recipe::Autotools(_) | Recipe::Meson(_) | Recipe::Cmake(_) | Recipe::Script(_) => {
            component.programs().next().is_some()
        }
    };
    if is_c && let Some(pin) = model.project.toolchain.musl.pin(None) {
        let musl = &model.project.toolchain.musl;
        let source = PartSource::Unit(UnitSource::Git {
            url: musl.url.clone(),
            tag: pin.tag.clone(),
            version: pin.version.clone(),
            commit: pin.commit.clone(),
            submodules: musl.submodules,
            pin: pin.origin.clone(),
        });
        parts.push(part("toolchain-musl", "musl", "The C library", "MIT", source, pin.origin.clone()));
        let summary = "What the compiler adds to every program: its small runtime library, start and end of sections";
        let license = "GPL-3.0-or-later WITH GCC-exception-3.1";
        let origin = model.project.toolchain.origin.clone();
        parts.push(part("toolchain-libgcc", "libgcc", summary, license, PartSource::Distribution, origin));
    }
    parts
}

impl PartSource {
    /// The repository or the address of the archive, where that is known before a run.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Unit(
                UnitSource::Git { url, .. } | UnitSource::Archive { url, .. } | UnitSource::Unresolved { url, .. },
            ) => Some(url.as_str()),
            Self::Unit(UnitSource::Run { url, .. }) => url.as_ref().map(GitUrl::as_str),
            Self::Language { url, .. } => Some(url),
            Self::Unit(UnitSource::Files) | Self::Distribution => None,
        }
    }
}
