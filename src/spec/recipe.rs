//! The wire types of recipes: how a component is built, one type per build system.
//!
//! The compiler, the link mode and the allocator are not options of a recipe: they follow from what the component's
//! programs declare, and the compiler wrapper adds them to every link.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Argument;

/// How a component is built: exactly one of these keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
pub struct Recipe {
    /// Go programs, each by `go build`.
    pub go: Option<Go>,
    /// Rust programs, by `cargo build`.
    pub cargo: Option<Cargo>,
    /// A Makefile without a configure step.
    pub make: Option<Make>,
    /// `configure`, then `make`.
    pub autotools: Option<Autotools>,
    /// Meson and ninja, with a cross file for every target.
    pub meson: Option<Meson>,
    /// `CMake`, with a toolchain file for every target.
    pub cmake: Option<Cmake>,
    /// Files copied as they are: from the source, or from `spec/files` where the component has no source.
    pub files: Option<CopyFiles>,
    /// Bash of your own, for what no other key can say. It is outside what ghagen can promise.
    pub script: Option<Script>,
}

/// Go programs, each built by one `go build` with an exact Go release.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Go {
    /// The Go releases that can build it, such as `>=1.26, <1.27`; the highest one in the lock is taken.
    pub release: String,
    /// Build tags.
    #[serde(default)]
    pub tags: Vec<Argument>,
    /// Whether the modules come from the source's own `vendor` folder.
    #[serde(default = "yes")]
    pub vendor: bool,
    /// More arguments of `go build`.
    #[serde(default)]
    pub options: Vec<Argument>,
    /// The programs, by where they are installed below the prefix: `bin/podman`.
    pub programs: IndexMap<String, GoProgram>,
}

/// One Go program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoProgram {
    /// The package to build, such as `./cmd/podman`.
    pub package: String,
    /// Whether C code is linked in.
    #[serde(default = "yes")]
    pub cgo: bool,
    /// Package variables set at link time (`-X name=value`), by their full names. Placeholders work in both.
    #[serde(default)]
    pub stamps: IndexMap<String, Argument>,
}

/// Rust programs, by `cargo build --release --locked` for the musl target.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cargo {
    /// The Rust releases that can build it, such as `>=1.88`; the highest one in the lock is taken.
    pub release: String,
    /// The folder of `Cargo.toml`, below the source.
    #[serde(default)]
    pub directory: Option<String>,
    /// Features to switch on.
    #[serde(default)]
    pub features: Vec<Argument>,
    /// More arguments of `cargo build`.
    #[serde(default)]
    pub options: Vec<Argument>,
    /// The programs: the name of the binary, and where it is installed below the prefix.
    pub programs: IndexMap<String, String>,
}

/// One run of make: targets and variables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeStep {
    /// Targets, in this order.
    #[serde(default)]
    pub targets: Vec<Argument>,
    /// Variables given on the command line.
    #[serde(default)]
    pub variables: IndexMap<String, Argument>,
}

/// A Makefile without a configure step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Make {
    /// The folder of the Makefile, below the source.
    #[serde(default)]
    pub directory: Option<String>,
    /// The build.
    #[serde(default)]
    pub build: MakeStep,
    /// The installation; without it, nothing is installed but what `copy` names.
    #[serde(default)]
    pub install: Option<MakeStep>,
    /// Files copied after that: the path below the source, and the one below the prefix.
    #[serde(default)]
    pub copy: IndexMap<String, Argument>,
}

/// What makes the `configure` script.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Bootstrap {
    /// The source carries it.
    None,
    /// `autoreconf --force --install`.
    #[default]
    Autoreconf,
    /// The source's own `./autogen.sh`.
    Autogen,
}

/// `configure`, then `make`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Autotools {
    /// The folder of `configure`, below the source.
    #[serde(default)]
    pub directory: Option<String>,
    /// What makes the `configure` script.
    #[serde(default)]
    pub bootstrap: Bootstrap,
    /// Arguments of `configure`; `--host` and `--prefix` are given already.
    #[serde(default)]
    pub configure: Vec<Argument>,
    /// Variables given to `configure`; `CC`, `AR` and their like are given already.
    #[serde(default)]
    pub variables: IndexMap<String, Argument>,
    /// The build.
    #[serde(default)]
    pub build: MakeStep,
    /// The installation; without it, nothing is installed but what `copy` names.
    #[serde(default)]
    pub install: Option<MakeStep>,
    /// Files copied after that: the path below the source, and the one below the prefix.
    #[serde(default)]
    pub copy: IndexMap<String, Argument>,
}

/// Meson and ninja.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meson {
    /// The folder of `meson.build`, below the source.
    #[serde(default)]
    pub directory: Option<String>,
    /// Arguments of `meson setup`, such as `-Dtests=false`.
    #[serde(default)]
    pub options: Vec<Argument>,
    /// Targets; without any, everything.
    #[serde(default)]
    pub targets: Vec<Argument>,
    /// Whether `meson install` follows.
    #[serde(default = "yes")]
    pub install: bool,
    /// Files copied after that: the path below the source (its build folder is `build`), and the one below the prefix.
    #[serde(default)]
    pub copy: IndexMap<String, Argument>,
}

/// `CMake` and ninja.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cmake {
    /// The folder of `CMakeLists.txt`, below the source.
    #[serde(default)]
    pub directory: Option<String>,
    /// Arguments of `cmake`, such as `-DBUILD_SHARED_LIBS=OFF`.
    #[serde(default)]
    pub options: Vec<Argument>,
    /// Targets; without any, everything.
    #[serde(default)]
    pub targets: Vec<Argument>,
    /// Whether `cmake --install` follows.
    #[serde(default = "yes")]
    pub install: bool,
    /// Files copied after that: the path below the source (its build folder is `build`), and the one below the prefix.
    #[serde(default)]
    pub copy: IndexMap<String, Argument>,
}

/// Files copied as they are.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyFiles {
    /// The path below the source (below `spec/files`, for a component without one), and the one below the prefix.
    pub copy: IndexMap<String, Argument>,
}

/// Bash of your own. It runs in the source's folder, with the environment of every recipe.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The commands. No placeholders: the environment holds `PREFIX`, `CC`, `TRIPLE`, `UNIT_VERSION` and the rest.
    pub run: String,
}

const fn yes() -> bool {
    true
}
