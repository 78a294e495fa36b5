//! A new project: a small spec that compiles at once, and the lock that it starts with.
//!
//! Makes texts alone: reads no folder, asks no network, and writes nothing. What is not known here is said to be `unresolved`.

mod component;
mod node;
mod project;
mod tool;

use std::collections::BTreeMap;

use crate::lock;
use crate::model::{GitUrl, ToolName};
use crate::spec::LockFile;
use crate::yaml;

pub use project::PATH;

/// The pins that a project can start with: those of this repository's own lock, which were read from the repositories themselves.
const START: &str = include_str!("init/start.lock");

/// Why a pin is not known.
const NOT_ASKED: &str = "not looked up yet, since `ghagen init` asks no network";

/// Why no commit of ghagen is known where nobody knows its repository.
const NO_HOME: &str = "gate.generator in ghagen.yaml does not say yet where ghagen comes from";

/// A build system, and what is typical for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Rust.
    Cargo,
    /// Go.
    Go,
    /// A Makefile alone.
    Make,
    /// `configure` and `make`.
    Autotools,
    /// Meson.
    Meson,
    /// CMake.
    Cmake,
}

impl System {
    /// Every build system.
    pub const ALL: [Self; 6] = [Self::Cargo, Self::Go, Self::Make, Self::Autotools, Self::Meson, Self::Cmake];

    /// Its name, which is also the key of its recipe.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cargo => "cargo",
            Self::Go => "go",
            Self::Make => "make",
            Self::Autotools => "autotools",
            Self::Meson => "meson",
            Self::Cmake => "cmake",
        }
    }

    /// The build system of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.as_str() == name)
    }

    /// Whether the programs are C or C++, whose `malloc` is worth another one than musl's.
    const fn is_c(self) -> bool {
        matches!(self, Self::Make | Self::Autotools | Self::Meson | Self::Cmake)
    }
}

/// The tool that a new project is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Its name; its program has the same.
    pub name: ToolName,
    /// Its repository.
    pub source: GitUrl,
    /// What builds it.
    pub system: System,
}

impl Tool {
    /// A small real program, for who wants to see a pipeline before their own: its pin is among those to start with.
    pub fn example() -> Option<Self> {
        let name = ToolName::parse("catatonit").ok()?;
        let source = GitUrl::parse("https://github.com/openSUSE/catatonit").ok()?;
        Some(Self { name, source, system: System::Autotools })
    }
}

/// The spec files of a project with one tool, by path. Its lock has more pins than are used, and not yet that of the tool.
pub fn texts(tool: &Tool) -> BTreeMap<String, String> {
    let name = &tool.name;
    let mut texts = BTreeMap::from([
        (lock::PATH.to_owned(), START.to_owned()),
        (PATH.to_owned(), yaml::write(&project::node(tool)).text),
        (format!("spec/tools/{name}.yaml"), yaml::write(&tool::node(tool)).text),
    ]);
    if tool.system.is_c() {
        texts.insert(component::ALLOCATOR_PATH.to_owned(), yaml::write(&component::allocator()).text);
    }
    // Last, so that a tool of the allocator's name is that tool.
    texts.insert(format!("spec/components/{name}.yaml"), yaml::write(&component::node(tool)).text);
    texts
}

/// Says of each source that the lock does not have that it is not known.
pub fn complete(locked: &mut LockFile, tool: &Tool) {
    let mut add = |name: &str, url: &str, reason: &str| {
        if locked.sources.get(name).is_none_or(|source| source.url != url) {
            lock::set_unresolved(locked, name, url, reason);
        }
    };
    add(tool.name.as_str(), tool.source.as_str(), NOT_ASKED);
    let reason = if project::has_home() { NOT_ASKED } else { NO_HOME };
    add("ghagen", project::home(), reason);
}
