//! The wire types of `spec/ghagen.yaml`: what holds for every tool of the project.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Argument, DispatchInput, GitSource, Hooks, Notes, Pins};

/// `spec/ghagen.yaml`: what holds for every tool of the project.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectFile {
    /// The project itself.
    pub project: Project,
    /// When new upstream versions are looked for.
    pub schedule: Schedule,
    /// Where builds run.
    pub builder: Builder,
    /// The arches by name: `amd64`, `arm64`.
    #[schemars(length(min = 1))]
    pub arches: IndexMap<String, Arch>,
    /// What compiles.
    pub toolchain: Toolchain,
    /// Layouts by name: which folder of a package each place is.
    #[schemars(length(min = 1))]
    pub layouts: IndexMap<String, Layout>,
    /// Variants by name.
    #[schemars(length(min = 1))]
    pub variants: IndexMap<String, Variant>,
    /// The repository on GitHub.
    #[serde(default)]
    pub repository: Repository,
    /// How releases are made.
    #[serde(default)]
    pub release: Release,
    /// Small programs that the `smoke` checks of tools share: bash of your own by name. A check calls one as `NAME.sh`.
    #[serde(default)]
    pub smoke_commands: IndexMap<String, String>,
    /// Steps of your own in the workflows of all tools.
    #[serde(default)]
    pub hooks: Hooks,
    /// What can be entered for the hooks of all tools where a build is started by hand: [inputs](#inputs-of-hooks) by name.
    #[serde(default)]
    pub dispatch_inputs: IndexMap<String, DispatchInput>,
    /// How long jobs may take.
    #[serde(default)]
    pub timeouts: Timeouts,
    /// The gate of pull requests.
    pub gate: Gate,
    /// Who keeps the pins of the lock new.
    #[serde(default)]
    pub pins: Pins,
    /// Texts for `PIPELINE.md`.
    #[serde(default)]
    pub notes: Notes,
}

/// The project itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Its name: lower case, digits and `-`.
    pub name: String,
    /// One line: what it ships.
    pub summary: String,
    /// The branch that releases are made from.
    #[serde(default = "main")]
    pub branch: String,
}

fn main() -> String {
    "main".to_owned()
}

/// When new upstream versions are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Five fields of cron, in UTC. Take an odd minute: runs at the start of an hour are delayed.
    pub cron: String,
    /// How many days a version waits whose build did not lead to a release, before it is built again. By hand it can be at once.
    #[serde(default = "retry_days")]
    #[schemars(range(max = 30))]
    pub retry_days: u64,
    /// How many builds one check may start. The rest follows with the next check.
    #[serde(default = "most_builds")]
    #[schemars(range(min = 1, max = 200))]
    pub most_builds: u64,
    /// What is done where a release holds other pins than the lock does now, such as an older libseccomp.
    #[serde(default)]
    pub rebuilds: Rebuilds,
}

const fn retry_days() -> u64 {
    3
}

const fn most_builds() -> u64 {
    50
}

/// What is done where a release holds other pins than the lock does now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Rebuilds {
    /// The next revision is proposed, in the summary and in an issue.
    #[default]
    Propose,
    /// The next revision is built and released.
    Start,
}

/// Where builds run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Builder {
    /// What a build runs in.
    #[serde(default)]
    pub kind: BuilderKind,
    /// The image of the container; builds on the runner itself need none.
    #[serde(default)]
    pub image: Option<String>,
    /// The image that is taken where the first one cannot be pulled.
    #[serde(default)]
    pub fallback_image: Option<String>,
    /// The image that `build-image.yml` builds and pushes; needed for `kind: image`.
    #[serde(default)]
    pub persistent_image: Option<PersistentImage>,
}

/// What a build runs in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BuilderKind {
    /// A new container for each build; its packages are installed at the start.
    #[default]
    Container,
    /// A container from an image that has the packages already.
    Image,
    /// The runner itself, without a container.
    Runner,
}

/// An image with the build environment in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersistentImage {
    /// Its name with the registry, without a tag, such as `ghcr.io/owner/build-env`.
    pub name: String,
    /// When it is built anew: five fields of cron, in UTC.
    pub cron: String,
}

/// An arch that packages are built for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arch {
    /// The target triple: `x86_64-linux-musl`.
    pub triple: String,
    /// The label of a runner of this arch: native builds and all tests run there.
    pub runner: String,
    /// `native` builds on this arch's runner, `cross` on the runner of `cross_from`.
    pub build: BuildMode,
    /// The arch whose runner cross builds run on; default: the first native one.
    #[serde(default)]
    pub cross_from: Option<String>,
}

/// How an arch is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BuildMode {
    /// On a runner of the same arch.
    Native,
    /// On a runner of another arch, by a cross compiler.
    Cross,
}

/// What compiles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Toolchain {
    /// The compiler of C and C++.
    #[serde(default)]
    pub compiler: Compiler,
    /// The oldest major version of clang that may be used.
    pub minimum_clang: u64,
    /// The C library, built from source into the sysroot of each target.
    pub musl: GitSource,
    /// Packages of the distribution that every build needs, besides the compiler's own.
    #[serde(default)]
    pub packages: Vec<String>,
    /// Environment variables of every recipe. `{tool}`, `{arch}`, `{goarch}` and `{triple}` work in the values.
    #[serde(default)]
    pub environment: IndexMap<String, Argument>,
    /// The day of the distribution's package archive that packages come from, such as `2026-11-01`, by its snapshot service;
    /// without it, what the distribution has on the day of the build. The image must not be newer.
    #[serde(default)]
    pub snapshot: Option<String>,
    /// Versions of meson that fit, such as `>=1.4`; needed where a recipe uses meson.
    #[serde(default)]
    pub meson: Option<String>,
    /// Allocators by name, which programs link in place of the C library's.
    #[serde(default)]
    pub allocators: IndexMap<String, Allocator>,
    /// The stack of threads in bytes. musl gives 128 KiB, which some C code overruns.
    #[serde(default)]
    pub thread_stack: Option<u64>,
    /// About how long it takes to set up the build environment on two processors, in seconds, by arch.
    #[serde(default)]
    pub seconds: IndexMap<String, u64>,
}

/// The compiler of C and C++.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Compiler {
    /// clang and lld with a sysroot per target.
    #[default]
    Clang,
    /// gcc by musl's own wrapper: the fallback; native builds only.
    MuslGcc,
}

/// An allocator: one object file on the link line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allocator {
    /// The component that builds it.
    pub component: String,
    /// The object file below the prefix, such as `lib/mimalloc.o`.
    pub object: String,
    /// A function that only this allocator defines, such as `mi_malloc`; the proof looks for it.
    pub symbol: String,
}

/// Which folder of a package each place is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// One line: what this layout is.
    pub summary: String,
    /// Place, and its folder below the top folder of the package; `.` is the top folder.
    #[schemars(length(min = 1))]
    pub places: IndexMap<String, String>,
    /// The folder that `install.sh` unpacks packages into, if nobody says another: `/usr/local/bin` where every place is the
    /// top folder, else `/`.
    #[serde(default)]
    pub prefix: Option<String>,
}

/// A named selection of contents.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// One line: what it is for.
    pub summary: String,
    /// The layout of its packages.
    pub layout: String,
}

/// The repository on GitHub.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repository {
    /// Who sees it. For a private one `release.attest` is `false` by default, and runners that private repositories may not have are told.
    #[serde(default)]
    pub visibility: Visibility,
}

/// Who sees the repository.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Those who are let in.
    Private,
}

/// How releases are made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// What follows an artifact's name in the name of its signature.
    #[serde(default = "bundle")]
    pub signature_suffix: String,
    /// Whether GitHub attests where the artifacts were built; default: for public repositories. In private ones that needs
    /// GitHub Enterprise Cloud.
    #[serde(default)]
    pub attest: Option<bool>,
    /// The level of zstd: 1 to 19.
    #[serde(default = "level")]
    #[schemars(range(min = 1, max = 19))]
    pub compression_level: u64,
}

impl Default for Release {
    fn default() -> Self {
        Self { signature_suffix: bundle(), attest: None, compression_level: level() }
    }
}

fn bundle() -> String {
    ".bundle".to_owned()
}

const fn level() -> u64 {
    19
}

/// How long jobs may take, in minutes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Timeouts {
    /// The build of one tool for one arch. Without it: three times what `seconds` add up to, and 60 where they are not known.
    #[schemars(range(min = 1, max = 360))]
    pub build: Option<u64>,
    /// The test of one package.
    #[schemars(range(min = 1, max = 360))]
    pub test: u64,
    /// The release of one version.
    #[schemars(range(min = 1, max = 360))]
    pub release: u64,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { build: None, test: 20, release: 20 }
    }
}

/// The gate of pull requests.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Where the gate gets ghagen from.
    pub generator: Generator,
}

/// Where the gate gets ghagen from: exactly one of these keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
pub struct Generator {
    /// This repository's own source, in this folder.
    pub path: Option<String>,
    /// Another repository, at the commit that the lock holds for the source `ghagen`.
    pub git: Option<GitSource>,
    /// A released program, checked by its checksum: the fastest way.
    pub release: Option<GeneratorRelease>,
}

/// A release of ghagen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GeneratorRelease {
    /// The repository that it is released in: `owner/name`.
    pub repository: String,
    /// Its version, such as `1.2.3`.
    pub version: String,
    /// The SHA-256 of `ghagen-standalone-linux-ARCH.tar.zst` for each arch that the gate can run on; at least for the first of `arches`.
    pub sha256: IndexMap<String, String>,
}
