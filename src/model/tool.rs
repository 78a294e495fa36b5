//! Tools: what is released on its own, its lines, and what its variants contain.

use indexmap::IndexMap;

use super::{
    Arch, Bash, ComponentName, Condition, Conditional, Constraint, GitUrl, Hook, HookInput, LineName, OutputName, Pin,
    PlaceName, TagPattern, Template, ToolName, VariantName, Version,
};
use crate::gha::EnvName;
use crate::source::Origin;

/// A program that is released on its own.
#[derive(Debug, Clone)]
pub struct Tool {
    /// Its name.
    pub name: ToolName,
    /// Its name as people write it.
    pub title: String,
    /// What it is.
    pub summary: String,
    /// Where its versions come from.
    pub upstream: Upstream,
    /// Its lines, the newest first; at least one.
    pub lines: Vec<Line>,
    /// The arches it is built for.
    pub arches: Vec<Arch>,
    /// What each variant contains, in the order of the project's variants.
    pub variants: IndexMap<VariantName, ToolVariant>,
    /// Cells that are left out.
    pub exclusions: Vec<Exclusion>,
    /// Commands that try out a package.
    pub smoke: Vec<SmokeTest>,
    /// Packages of the distribution that its builds need.
    pub packages: Vec<String>,
    /// Environment variables of every recipe in its builds.
    pub environment: Vec<(EnvName, Conditional<Template>)>,
    /// Steps of the user's own in its workflow.
    pub hooks: Vec<Hook>,
    /// What can be entered for hooks, besides that of the project.
    pub dispatch_inputs: Vec<HookInput>,
    /// The spec file.
    pub origin: Origin,
}

impl Tool {
    /// The line of a version.
    pub fn line_of(&self, version: &Version) -> Option<&Line> {
        self.lines.iter().find(|line| line.versions.fits(version))
    }

    /// The reason why a cell is left out, if it is.
    pub fn exclusion(&self, cell: &Cell) -> Option<&Exclusion> {
        self.exclusions.iter().find(|exclusion| exclusion.fits(cell))
    }
}

/// Tool × variant × arch, for one line: one tarball.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The variant.
    pub variant: VariantName,
    /// The arch.
    pub arch: Arch,
    /// The line.
    pub line: LineName,
}

/// Where the versions of a tool come from.
#[derive(Debug, Clone)]
pub struct Upstream {
    /// The repository; `None`: this very one.
    pub url: Option<GitUrl>,
    /// Which tags are versions.
    pub tags: TagPattern,
    /// Where upstream tells about a version: an address with `{tag}` or `{version}` in it.
    pub page: Option<String>,
    /// Tags that never count: regular expressions.
    pub exclude: Vec<String>,
    /// Whether prereleases are released by themselves.
    pub prereleases: bool,
    /// Whether submodules are fetched too.
    pub submodules: bool,
    /// The last known good versions, from the lock.
    pub pins: Vec<Pin>,
    /// Why the lock has none, where it says so.
    pub unresolved: Option<String>,
    /// The spec value.
    pub origin: Origin,
}

/// A range of versions that are built the same way.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name.
    pub name: LineName,
    /// Its versions.
    pub versions: Constraint,
    /// Narrower versions of components.
    pub components: IndexMap<ComponentName, Constraint>,
    /// Texts of this line for recipes.
    pub values: IndexMap<String, String>,
    /// The last known good version, from the lock.
    pub tested: Option<Pin>,
    /// The spec value.
    pub origin: Origin,
}

/// What a variant contains.
#[derive(Debug, Clone)]
pub struct ToolVariant {
    /// The contents, in the order of the spec.
    pub contents: IndexMap<ComponentName, Content>,
    /// The spec value.
    pub origin: Origin,
}

/// What of a component goes into a package, and where.
#[derive(Debug, Clone)]
pub struct Content {
    /// Only these outputs; otherwise all.
    pub outputs: Option<Vec<OutputName>>,
    /// These places instead of the outputs' own.
    pub places: Option<Vec<PlaceName>>,
    /// Where it applies.
    pub when: Condition,
    /// The spec value.
    pub origin: Origin,
}

/// Cells that are left out. An empty list fits all.
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// The variants.
    pub variants: Vec<VariantName>,
    /// The arches.
    pub arches: Vec<Arch>,
    /// The lines.
    pub lines: Vec<LineName>,
    /// Why.
    pub reason: String,
    /// The spec value.
    pub origin: Origin,
}

impl Exclusion {
    fn fits(&self, cell: &Cell) -> bool {
        (self.variants.is_empty() || self.variants.contains(&cell.variant))
            && (self.arches.is_empty() || self.arches.contains(&cell.arch))
            && (self.lines.is_empty() || self.lines.contains(&cell.line))
    }
}

/// Commands that try out a package on a machine of its arch.
#[derive(Debug, Clone)]
pub struct SmokeTest {
    /// What is tried.
    pub name: String,
    /// The user's own bash.
    pub run: Bash,
    /// Whether it runs where the package is unpacked below `/`.
    pub installed: bool,
    /// Whether it may be not shown on GitHub.
    pub optional: bool,
    /// Only for these variants; an empty list fits all.
    pub variants: Vec<VariantName>,
    /// Where it applies.
    pub when: Condition,
    /// The spec value.
    pub origin: Origin,
}
