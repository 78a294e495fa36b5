//! The wire types of the spec: the shape of the files under `spec/`, and reading them.
//!
//! The JSON Schema is derived from these very types, and shape errors come from that schema, so the two cannot differ.
//! No names are resolved and no defaults are invented here; that is `lower`.

mod argument;
mod component;
mod dispatch_input;
mod hooks;
mod lock;
mod notes;
mod pins;
mod place;
mod project;
mod read;
mod recipe;
mod schema;
mod shape;
mod suggest;
mod tool;

pub use argument::{Argument, Conditional, OneOrMany, When};
pub use component::{
    ArchiveSource, ComponentFile, ComponentKind, GitSource, LinkMode, Output, Program, Source, VersionCheck,
};
pub use dispatch_input::DispatchInput;
pub use hooks::{Hook, Hooks, Permission, PermissionLevel};
pub use lock::{LockFile, LockedAction, LockedImage, LockedSource, LockedTag, LockedToolVersion};
pub use notes::{Departure, Notes, Principle};
pub use pins::{AdoptPins, App, Pins, UpdatePins};
pub use project::{
    Allocator, Arch, BuildMode, Builder, BuilderKind, Compiler, Gate, Generator, GeneratorRelease, Layout,
    PersistentImage, Project, ProjectFile, Rebuilds, Release, Repository, Schedule, Timeouts, Toolchain, Variant,
    Visibility,
};
pub use read::{Files, Loaded, Spec, read};
pub use recipe::{Autotools, Bootstrap, Cargo, Cmake, CopyFiles, Go, GoProgram, Make, MakeStep, Meson, Recipe, Script};
pub use schema::{Kind, schema};
pub use suggest::closest;
pub use tool::{Content, Exclusion, Line, SmokeTest, ToolFile, ToolVariant, Upstream};
