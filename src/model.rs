//! The model: the spec with its meaning. A value of these types cannot hold a bad name, path, version or pin.
//!
//! Knows no YAML, no wire format and no path of a machine. `lower` makes it, `rules` judge it, `plan` reads it.

mod arch;
mod bash;
mod component;
mod condition;
mod contents;
mod day;
mod hook;
mod input;
mod input_pattern;
mod name;
mod path;
mod pins;
mod placeholder;
mod project;
mod reach;
mod recipe;
mod source;
mod tool;
mod version;

pub use arch::{Arch, ArchSettings, BuildMode};
pub use bash::{Bash, Unfinished};
pub use component::{Component, ComponentKind, Link, LinkMode, Malloc, Output, Program, VersionCheck};
pub use condition::{Condition, Conditional, Situation};
pub use contents::{Placed, PlacedKind};
pub use day::{Day, DayError};
pub use hook::{Hook, HookAction, HookPermission, HookUses, Moment};
pub use input::{HookInput, HookInputKind};
pub use input_pattern::{InputPattern, InputPatternError};
pub use name::{
    AllocatorName, CommandName, ComponentName, LayoutName, LineName, NameError, OutputName, PlaceName, ToolName,
    VariantName,
};
pub use path::{PathError, RelativePath};
pub use pins::{AdoptPins, App, Pins, UpdatePins};
pub(crate) use placeholder::is_line_key;
pub use placeholder::{Placeholder, PlaceholderError, Segment, Template};
pub use project::{
    Allocator, Builder, BuilderKind, Compiler, Departure, Generator, GeneratorRelease, Image, ImageError, ImageName,
    Layout, PersistentImage, Principle, Project, Release, Schedule, SmokeCommand, Timeouts, Toolchain, Variant,
    Visibility,
};
pub use recipe::{Autotools, Bootstrap, Cargo, Cmake, Copy, Go, GoProgram, Make, MakeStep, Meson, Recipe};
pub use source::{
    Archive, Commit, GitSource, GitUrl, Pin, Sha256, Source, SourceError, TagPattern, ToolRelease, ToolReleases,
};
pub use tool::{Cell, Content, Exclusion, Line, SmokeTest, Tool, ToolVariant, Upstream};
pub use version::{Comparator, Constraint, Operator, Version, VersionError};

use std::collections::BTreeMap;

use crate::gha::ActionRef;

/// Everything that a project ships and how.
#[derive(Debug, Clone)]
pub struct Model {
    /// What holds for every tool.
    pub project: Project,
    /// The tools, sorted by name.
    pub tools: BTreeMap<ToolName, Tool>,
    /// The components, sorted by name.
    pub components: BTreeMap<ComponentName, Component>,
    /// The pinned actions by `owner/name`.
    pub actions: BTreeMap<String, ActionRef>,
    /// Why other actions have no commit, where the lock says so.
    pub unresolved_actions: BTreeMap<String, String>,
    /// The locked releases of programs that builds and workflows run: `go`, `rust`, `cosign` and so on.
    pub releases: BTreeMap<String, ToolReleases>,
    /// What stands below `spec/files` and `spec/patches`: path below `spec` and bytes.
    pub carried: BTreeMap<RelativePath, Vec<u8>>,
}
