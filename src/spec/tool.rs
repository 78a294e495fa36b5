//! The wire types of `spec/tools/<tool>.yaml`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Argument, DispatchInput, Hooks, OneOrMany, When};

/// `spec/tools/<tool>.yaml`: a program that is released on its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToolFile {
    /// Its name; the file's name without `.yaml`.
    pub tool: String,
    /// Its name as people write it, for titles of releases.
    pub title: String,
    /// One line: what it is.
    pub summary: String,
    /// Where its versions come from.
    pub upstream: Upstream,
    /// Release lines by name, the newest first; without any, there is one line for all versions.
    #[serde(default)]
    pub lines: IndexMap<String, Line>,
    /// The arches it is built for; default: all of the project.
    #[serde(default)]
    pub arches: Option<Vec<String>>,
    /// What each variant contains.
    pub variants: IndexMap<String, ToolVariant>,
    /// Cells that are left out, each with a reason.
    #[serde(default)]
    pub exclude: Vec<Exclusion>,
    /// Commands that try out an unpacked package on a machine of its arch.
    #[serde(default)]
    pub smoke: Vec<SmokeTest>,
    /// Packages of the distribution that the builds of this tool need, besides those of `toolchain.packages` and of its components.
    #[serde(default)]
    pub packages: Vec<String>,
    /// Environment variables of every recipe in the builds of this tool; one of `toolchain.environment` by the same name gives way.
    /// The same placeholders work.
    #[serde(default)]
    pub environment: IndexMap<String, Argument>,
    /// Steps of your own in the workflow of this tool, after those of the project.
    #[serde(default)]
    pub hooks: Hooks,
    /// What can be entered for these hooks where a build is started by hand, besides that of the project: [inputs](#inputs-of-hooks)
    /// by name.
    #[serde(default)]
    pub dispatch_inputs: IndexMap<String, DispatchInput>,
}

/// Where the versions of a tool come from: tags of a git repository.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// The address of the repository, `https://` only. Exactly one of `git` and `self`.
    #[serde(default)]
    pub git: Option<String>,
    /// `true`: this very repository, as it is checked out. Its tags are the versions, and the lock has no pin of it.
    #[serde(default, rename = "self")]
    pub own: bool,
    /// A regular expression over tags with a group named `version`: `^v(?<version>[0-9.]+)$`.
    pub tags: String,
    /// Where upstream tells about a version, for the notes of releases: an address with `{tag}` or `{version}` in it. Default: the
    /// repository.
    #[serde(default)]
    pub page: Option<String>,
    /// Regular expressions of tags that never count.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Whether versions such as `6.0.0-rc1` are released by themselves. By hand they always can be.
    #[serde(default)]
    pub prereleases: bool,
    /// Whether submodules are fetched too.
    #[serde(default)]
    pub submodules: bool,
}

/// A release line: a range of versions that are built the same way.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The versions of this line, such as `>=6.0, <7`. A prerelease counts as the version it leads to.
    pub versions: String,
    /// Narrower versions of components for this line: by name, such as `netavark: ">=2, <3"`.
    #[serde(default)]
    pub components: IndexMap<String, String>,
    /// Texts of this line: `module: ...` here is `{line.module}` in a recipe.
    #[serde(default)]
    pub values: IndexMap<String, String>,
}

/// What a variant of this tool contains.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToolVariant {
    /// Components by name, each with the outputs and places that it takes up. `{}` means: all outputs, where they say.
    pub contents: IndexMap<String, Content>,
}

/// What of a component goes into a package, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Only these outputs of the component; default: all.
    #[serde(default)]
    pub outputs: Option<Vec<String>>,
    /// These places instead of the outputs' own; more than one makes copies.
    #[serde(default)]
    pub places: Option<Vec<String>>,
    /// Where this content applies.
    #[serde(default)]
    pub when: Option<When>,
}

/// Cells that are left out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Only these variants; default: all.
    #[serde(default)]
    pub variant: Option<OneOrMany>,
    /// Only these arches; default: all.
    #[serde(default)]
    pub arch: Option<OneOrMany>,
    /// Only these lines; default: all.
    #[serde(default)]
    pub line: Option<OneOrMany>,
    /// Why; people read it in `ghagen plan`.
    pub reason: String,
}

/// Commands that try out a package on a machine of its arch.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmokeTest {
    /// What is tried: a few words.
    pub name: String,
    /// Bash of your own, in the unpacked package. `PACKAGE`, `VERSION`, `VARIANT`, `ARCH` and `LINE` are set, and `SCRATCH`: a
    /// folder that is removed afterwards. `not-shown.sh REASON` ends the check where the machine cannot show it.
    pub run: String,
    /// Whether it runs as root where the package is unpacked below `/`, as users have it. That is done in mounts and processes
    /// of its own, so the machine stays as it is. `ORDINARY_USER` is a user other than root, if there is one.
    #[serde(default)]
    pub installed: bool,
    /// Whether it may be not shown on GitHub, too. Any other check that is not shown there fails.
    #[serde(default)]
    pub optional: bool,
    /// Only for these variants; default: all.
    #[serde(default)]
    pub variant: Option<OneOrMany>,
    /// Where it applies.
    #[serde(default)]
    pub when: Option<When>,
}
