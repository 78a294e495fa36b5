//! The wire types of `spec/components/<name>.yaml`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Argument, Recipe, When};

/// `spec/components/<name>.yaml`: one component.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComponentFile {
    /// Its name; the file's name without `.yaml`.
    pub component: String,
    /// What it is.
    pub kind: ComponentKind,
    /// One line: what it is for.
    pub summary: String,
    /// Its licence, as an SPDX expression.
    pub license: String,
    /// The files of its source that hold the text of its licence; default: those at the top of the source that are named so, such
    /// as `LICENSE` and `COPYING`, and all in `LICENSES`. Without any, the build fails: every release carries the texts.
    #[serde(default)]
    pub license_files: Vec<String>,
    /// Where its source comes from; without it, `spec/files`.
    #[serde(default)]
    pub source: Option<Source>,
    /// Components that have to be built before it.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Packages of the distribution that its build runs, such as `gperf`.
    #[serde(default)]
    pub packages: Vec<String>,
    /// Environment variables of its build. Placeholders work in the values.
    #[serde(default)]
    pub environment: IndexMap<String, Argument>,
    /// Patches under `spec/patches/<component>/`, applied in this order.
    #[serde(default)]
    pub patches: Vec<String>,
    /// About how long its build takes on two processors, in seconds, by arch. The time limits of jobs follow from it.
    #[serde(default)]
    pub seconds: IndexMap<String, u64>,
    /// How it is built.
    pub recipe: Recipe,
    /// What of it can go into a package, by name.
    #[serde(default)]
    pub outputs: IndexMap<String, Output>,
}

/// What a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ComponentKind {
    /// One or more programs.
    Program,
    /// A library, or an object, that other components link.
    Library,
    /// Files that are copied: configuration, texts.
    Files,
    /// Units of systemd.
    Units,
}

/// Where a source comes from: exactly one of these keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
pub struct Source {
    /// A git repository; the lock holds tags and commits.
    pub git: Option<GitSource>,
    /// An archive with a checksum.
    pub archive: Option<ArchiveSource>,
    /// The upstream of this tool: version and commit are inputs of the run.
    pub upstream: Option<String>,
    /// The same source, at the same pin, as this component.
    pub component: Option<String>,
}

/// A git repository.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GitSource {
    /// Its address, `https://` only.
    pub url: String,
    /// A regular expression over tags with a group named `version`: `^v(?<version>[0-9.]+)$`.
    pub tags: String,
    /// The versions that fit, such as `>=2.6, <3`; a line of a tool may narrow them.
    #[serde(default)]
    pub versions: Option<String>,
    /// Whether submodules are fetched too.
    #[serde(default)]
    pub submodules: bool,
}

/// An archive with a checksum.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveSource {
    /// Its address, `https://` only. The placeholder `{version}` works.
    pub url: String,
    /// The version in the address.
    pub version: String,
    /// The SHA-256 of the archive: 64 hexadecimal digits.
    pub sha256: String,
}

/// Something of a component that can go into a package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Files below the prefix, such as `bin/podman`; they keep their names.
    #[serde(default)]
    pub files: Vec<String>,
    /// Symbolic links to create: its name, and its target, relative to the link's own folder.
    #[serde(default)]
    pub links: IndexMap<String, String>,
    /// The place of the layout that they go to, such as `bin`.
    pub place: String,
    /// The mode of the files, such as `"0644"`; default: 0755 for programs, 0644 for the rest.
    #[serde(default)]
    pub mode: Option<String>,
    /// Where this output exists at all.
    #[serde(default)]
    pub when: Option<When>,
    /// For programs: what is declared, and proved after the build and again in the package.
    #[serde(default)]
    pub program: Option<Program>,
}

/// What a program declares about itself. Each line of it is proved.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// How it is linked.
    pub link: LinkMode,
    /// Where its `malloc` comes from: an allocator of the toolchain by name, `libc`, or `none`.
    pub allocator: String,
    /// Why, where the allocator is `libc` or `none`.
    #[serde(default)]
    pub reason: Option<String>,
    /// The smallest size, in bytes, that can be right: a guard against empty or truncated programs.
    pub minimum_size: u64,
    /// The command that answers with the version; without it, the program is not run.
    #[serde(default)]
    pub version_check: Option<VersionCheck>,
}

/// How a program is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkMode {
    /// At a fixed address.
    Static,
    /// At any address, without an interpreter.
    StaticPie,
}

/// A command that answers with the version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionCheck {
    /// Arguments, such as `[--version]`.
    pub arguments: Vec<String>,
    /// What the answer has to hold. Placeholders `{version}` and `{commit}` work.
    pub expect: String,
    /// Whether it answers under an emulator of its arch, too.
    #[serde(default = "yes")]
    pub emulated: bool,
}

const fn yes() -> bool {
    true
}
