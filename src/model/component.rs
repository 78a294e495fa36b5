//! Components: what is built or collected, and what of it can go into packages.

use std::collections::BTreeMap;

use super::{
    AllocatorName, Arch, ComponentName, Condition, Conditional, OutputName, PlaceName, Recipe, RelativePath, Source,
    Template,
};
use crate::gha::EnvName;
use crate::source::Origin;

/// What a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComponentKind {
    /// One or more programs.
    Program,
    /// A library, or an object, that other components link.
    Library,
    /// Files that are copied.
    Files,
    /// Units of systemd.
    Units,
}

impl ComponentKind {
    /// The kind as the spec names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Library => "library",
            Self::Files => "files",
            Self::Units => "units",
        }
    }
}

/// Anything that is built or collected.
#[derive(Debug, Clone)]
pub struct Component {
    /// Its name.
    pub name: ComponentName,
    /// What it is.
    pub kind: ComponentKind,
    /// What it is for.
    pub summary: String,
    /// Its licence, as an SPDX expression.
    pub license: String,
    /// The files of its source that hold the text; otherwise those at its top that are named so.
    pub license_files: Vec<RelativePath>,
    /// Where its source comes from.
    pub source: Source,
    /// The component whose source and pin it shares, where it has none of its own.
    pub shares_source_of: Option<ComponentName>,
    /// Components that have to be built before it.
    pub needs: Vec<ComponentName>,
    /// Packages of the distribution that its build runs.
    pub packages: Vec<String>,
    /// Environment variables of its build.
    pub environment: Vec<(EnvName, Conditional<Template>)>,
    /// Patches, as paths below `spec`.
    pub patches: Vec<RelativePath>,
    /// About how long its build takes, in seconds, by arch.
    pub seconds: BTreeMap<Arch, u64>,
    /// How it is built.
    pub recipe: Recipe,
    /// What of it can go into a package.
    pub outputs: Vec<Output>,
    /// The spec file.
    pub origin: Origin,
}

impl Component {
    /// The output of a name.
    pub fn output(&self, name: &OutputName) -> Option<&Output> {
        self.outputs.iter().find(|output| &output.name == name)
    }

    /// The programs of its outputs, each with the output and the file.
    pub fn programs(&self) -> impl Iterator<Item = (&Output, &RelativePath, &Program)> {
        self.outputs.iter().flat_map(|output| {
            let program = output.program.as_ref();
            output.files.iter().filter_map(move |file| program.map(|program| (output, file, program)))
        })
    }
}

/// A symbolic link of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its name in the place.
    pub name: String,
    /// Where it points, relative to its own folder.
    pub target: String,
    /// The spec value.
    pub origin: Origin,
}

/// Something of a component that can go into a package.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its name.
    pub name: OutputName,
    /// Files below the prefix.
    pub files: Vec<RelativePath>,
    /// Links to create.
    pub links: Vec<Link>,
    /// Where they go.
    pub place: PlaceName,
    /// The mode of the files: 0o755 or another.
    pub mode: u32,
    /// Where this output exists.
    pub when: Condition,
    /// What is declared of programs.
    pub program: Option<Program>,
    /// The spec value.
    pub origin: Origin,
}

/// How a program is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkMode {
    /// At a fixed address.
    Static,
    /// At any address.
    StaticPie,
}

impl LinkMode {
    /// The mode as the spec and the compiler name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::StaticPie => "static-pie",
        }
    }
}

/// Where the `malloc` of a program comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malloc {
    /// An allocator of the toolchain.
    Allocator(AllocatorName),
    /// The C library, for this reason.
    Libc(String),
    /// Nowhere: the program has no C part, for this reason.
    None(String),
}

/// What a program declares about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// How it is linked.
    pub link: LinkMode,
    /// Where its `malloc` comes from.
    pub malloc: Malloc,
    /// The smallest size in bytes that can be right.
    pub minimum_size: u64,
    /// The command that answers with the version.
    pub version_check: Option<VersionCheck>,
}

/// A command that answers with the version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionCheck {
    /// Arguments.
    pub arguments: Vec<String>,
    /// What the answer has to hold: only `{version}` and `{commit}` stand in it.
    pub expect: Template,
    /// Whether it answers under an emulator, too.
    pub emulated: bool,
}
