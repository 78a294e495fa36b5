//! The project: what holds for every tool.

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;

use super::{
    AllocatorName, Arch, ArchSettings, Bash, CommandName, ComponentName, Conditional, Day, GitSource, Hook, HookInput,
    LayoutName, Pins, PlaceName, RelativePath, Sha256, Template, ToolRelease, VariantName, Version,
};
use crate::gha::{Cron, EnvName, Minutes};
use crate::source::Origin;

/// What holds for every tool.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// What it ships.
    pub summary: String,
    /// The branch that releases are made from.
    pub branch: String,
    /// When new versions are looked for.
    pub schedule: Schedule,
    /// Where builds run.
    pub builder: Builder,
    /// The arches, in the order of the spec.
    pub arches: IndexMap<Arch, ArchSettings>,
    /// What compiles.
    pub toolchain: Toolchain,
    /// The layouts.
    pub layouts: BTreeMap<LayoutName, Layout>,
    /// The variants, in the order of the spec.
    pub variants: IndexMap<VariantName, Variant>,
    /// Who sees the repository.
    pub visibility: Visibility,
    /// How releases are made.
    pub release: Release,
    /// The programs that checks share, in the order of the spec.
    pub smoke_commands: Vec<SmokeCommand>,
    /// Steps of the user's own in every workflow of a tool.
    pub hooks: Vec<Hook>,
    /// What can be entered for hooks, in every workflow of a tool.
    pub dispatch_inputs: Vec<HookInput>,
    /// How long jobs may take.
    pub timeouts: Timeouts,
    /// Where the gate gets ghagen from.
    pub generator: Generator,
    /// Who keeps the pins of the lock new.
    pub pins: Pins,
    /// Departures, for `PIPELINE.md`.
    pub departures: Vec<Departure>,
    /// Promises, for `PIPELINE.md`.
    pub principles: Vec<Principle>,
    /// The spec file.
    pub origin: Origin,
    /// The lock.
    pub lock: Origin,
}

/// A program that checks share.
#[derive(Debug, Clone)]
pub struct SmokeCommand {
    /// Its name; it is called with `.sh` behind it.
    pub name: CommandName,
    /// The user's own bash.
    pub run: Bash,
    /// The spec value.
    pub origin: Origin,
}

/// When new versions are looked for, and what is done about them.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// When.
    pub cron: Cron,
    /// How many days a version waits whose build did not lead to a release.
    pub retry_days: u64,
    /// How many builds one check may start.
    pub most_builds: u64,
    /// Whether a release that holds other pins than the lock is built again, or only proposed to be.
    pub starts_rebuilds: bool,
    /// The spec value.
    pub origin: Origin,
}

/// An image name that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the full name of an image: it must be `registry/name:tag`, such as `docker.io/ubuntu:rolling`")]
pub struct ImageError(String);

/// The full name of an image, with registry and tag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageName(String);

impl ImageName {
    /// Checks `registry/name:tag`.
    pub fn parse(text: &str) -> Result<Self, ImageError> {
        let error = || ImageError(text.to_owned());
        let (name, tag) = text.rsplit_once(':').ok_or_else(error)?;
        Self::parse_repository(name).map_err(|_| error())?;
        let is_tag = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        if is_tag { Ok(Self(text.to_owned())) } else { Err(error()) }
    }

    /// Checks `registry/name`, without a tag.
    pub fn parse_repository(text: &str) -> Result<Self, ImageError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-/".contains(&byte);
        let (registry, name) = text.split_once('/').ok_or_else(|| ImageError(text.to_owned()))?;
        let (host, port) = registry.split_once(':').map_or((registry, None), |(host, port)| (host, Some(port)));
        // A name without a dot would be taken for an owner at some registry; with a port it can only be a machine.
        let is_host = host.contains('.') || host == "localhost" && port.is_some();
        let good = is_host
            && port.is_none_or(|port| !port.starts_with('+') && port.parse::<u16>().is_ok_and(|port| port > 0))
            && host.bytes().chain(name.bytes()).all(allowed)
            && name.split('/').all(|part| !part.is_empty() && !part.starts_with(['.', '-', '_']));
        if good { Ok(Self(text.to_owned())) } else { Err(ImageError(text.to_owned())) }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ImageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An image and its digest, where the lock has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Its name with the tag.
    pub name: ImageName,
    /// `sha256:` and 64 digits, or why there is none.
    pub digest: Result<String, String>,
    /// The spec value.
    pub origin: Origin,
}

impl Image {
    /// What `podman run` is given: with the digest where it is known.
    pub fn reference(&self) -> String {
        match &self.digest {
            Ok(digest) => format!("{}@{digest}", self.name),
            Err(_) => self.name.to_string(),
        }
    }
}

/// What a build runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuilderKind {
    /// A new container; its packages are installed at the start.
    Container,
    /// A container from an image that has the packages already.
    Image,
    /// The runner itself.
    Runner,
}

/// Where builds run.
#[derive(Debug, Clone)]
pub struct Builder {
    /// What a build runs in.
    pub kind: BuilderKind,
    /// The image. Where builds run on the runner itself, there need not be one.
    pub image: Option<Image>,
    /// The image taken where the first one cannot be pulled.
    pub fallback: Option<Image>,
    /// The image that `build-image.yml` builds and pushes.
    pub persistent: Option<PersistentImage>,
    /// The spec value.
    pub origin: Origin,
}

impl Builder {
    /// The image that containers are made of; none, where there are no containers.
    pub fn container_image(&self) -> Option<&Image> {
        let has_containers = self.kind != BuilderKind::Runner || self.persistent.is_some();
        self.image.as_ref().filter(|_| has_containers)
    }
}

/// An image with the build environment in it.
#[derive(Debug, Clone)]
pub struct PersistentImage {
    /// Its name, without a tag.
    pub name: ImageName,
    /// When it is built anew.
    pub cron: Cron,
    /// The spec value.
    pub origin: Origin,
}

/// The compiler of C and C++.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compiler {
    /// clang and lld with a sysroot per target.
    Clang,
    /// gcc by musl's own wrapper.
    MuslGcc,
}

/// What compiles.
#[derive(Debug, Clone)]
pub struct Toolchain {
    /// The compiler of C and C++.
    pub compiler: Compiler,
    /// The oldest major version of clang.
    pub minimum_clang: u64,
    /// The C library.
    pub musl: GitSource,
    /// Packages of the distribution that every build needs.
    pub packages: Vec<String>,
    /// Environment variables of every recipe.
    pub environment: Vec<(EnvName, Conditional<Template>)>,
    /// The day whose packages are installed; otherwise today's.
    pub snapshot: Option<Day>,
    /// The exact release of meson, where one is wanted.
    pub meson: Option<ToolRelease>,
    /// The allocators.
    pub allocators: BTreeMap<AllocatorName, Allocator>,
    /// The stack of threads in bytes.
    pub thread_stack: Option<u64>,
    /// About how long it takes to set it up, in seconds, by arch.
    pub seconds: BTreeMap<Arch, u64>,
    /// The spec value.
    pub origin: Origin,
}

/// An allocator: one object file on the link line.
#[derive(Debug, Clone)]
pub struct Allocator {
    /// The component that builds it.
    pub component: ComponentName,
    /// The object file below the prefix.
    pub object: RelativePath,
    /// A function that only this allocator defines.
    pub symbol: String,
    /// The spec value.
    pub origin: Origin,
}

/// Which folder of a package each place is.
#[derive(Debug, Clone)]
pub struct Layout {
    /// What this layout is.
    pub summary: String,
    /// Place → folder.
    pub places: IndexMap<PlaceName, RelativePath>,
    /// The folder that packages are installed into by default, below `/`.
    pub prefix: RelativePath,
    /// The spec value.
    pub origin: Origin,
}

impl Layout {
    /// Whether everything lies in the top folder of the package: no tree that begins below `/`.
    pub fn is_flat(&self) -> bool {
        self.places.values().all(|folder| folder.as_str() == ".")
    }
}

/// A named selection of contents.
#[derive(Debug, Clone)]
pub struct Variant {
    /// What it is for.
    pub summary: String,
    /// The layout of its packages.
    pub layout: LayoutName,
    /// The spec value.
    pub origin: Origin,
}

/// Who sees the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Those who are let in. GitHub gives it less for nothing.
    Private,
}

/// How releases are made.
#[derive(Debug, Clone)]
pub struct Release {
    /// What follows an artifact's name in the name of its signature.
    pub signature_suffix: String,
    /// Whether GitHub attests where the artifacts were built.
    pub attest: bool,
    /// The level of zstd.
    pub compression_level: u64,
    /// The release of cosign, where the lock has one.
    pub cosign: Option<ToolRelease>,
    /// The spec value.
    pub origin: Origin,
}

/// How long jobs may take.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// The build of one tool for one arch; without it, it follows from how long the parts take.
    pub build: Option<Minutes>,
    /// The test of one package.
    pub test: Minutes,
    /// The release of one version.
    pub release: Minutes,
}

/// Where the gate gets ghagen from.
#[derive(Debug, Clone)]
pub enum Generator {
    /// This repository's own source, in this folder.
    Path(RelativePath),
    /// Another repository.
    Git(GitSource),
    /// A released program.
    Release(GeneratorRelease),
}

/// A release of ghagen, fixed by checksums.
#[derive(Debug, Clone)]
pub struct GeneratorRelease {
    /// The repository that it is released in: `owner/name`.
    pub repository: String,
    /// Its version.
    pub version: Version,
    /// The checksum of its package for each arch.
    pub sha256: BTreeMap<Arch, Sha256>,
    /// The spec value.
    pub origin: Origin,
}

/// A departure from the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// What the plan said.
    pub plan: String,
    /// What is done instead.
    pub instead: String,
    /// Why.
    pub why: String,
    /// What shows it.
    pub evidence: String,
}

/// A promise and its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principle {
    /// The promise.
    pub principle: String,
    /// Where it is proved.
    pub proved_by: String,
}
