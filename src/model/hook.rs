//! Hooks: steps of the user's own in the workflow of a tool, and where each of them applies.

use super::{Bash, Condition, Model, Template, Tool, VariantName};
use crate::gha::{EnvName, InputName, Level, Literal, Scope};
use crate::source::Origin;

/// When the steps of a hook run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// Before anything is built.
    BeforeBuild,
    /// After the packages are kept.
    AfterBuild,
    /// Before a package is tested.
    BeforeTest,
    /// After its test.
    AfterTest,
    /// Before the release is made.
    BeforeRelease,
    /// After it is public.
    AfterRelease,
}

impl Moment {
    /// Every moment, in its order.
    pub const ALL: [Self; 6] = [
        Self::BeforeBuild,
        Self::AfterBuild,
        Self::BeforeTest,
        Self::AfterTest,
        Self::BeforeRelease,
        Self::AfterRelease,
    ];

    /// Its name in files and jobs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BeforeBuild => "before-build",
            Self::AfterBuild => "after-build",
            Self::BeforeTest => "before-test",
            Self::AfterTest => "after-test",
            Self::BeforeRelease => "before-release",
            Self::AfterRelease => "after-release",
        }
    }

    /// The job that its steps are in.
    pub const fn job(self) -> &'static str {
        match self {
            Self::BeforeBuild | Self::AfterBuild => "build",
            Self::BeforeTest | Self::AfterTest => "test",
            Self::BeforeRelease | Self::AfterRelease => self.as_str(),
        }
    }

    /// Whether it is about one arch.
    pub const fn has_arch(self) -> bool {
        !self.is_of_release()
    }

    /// Whether it is about one package.
    pub const fn has_variant(self) -> bool {
        matches!(self, Self::BeforeTest | Self::AfterTest)
    }

    /// Whether its steps have a job of their own, beside the one that signs.
    pub const fn is_of_release(self) -> bool {
        matches!(self, Self::BeforeRelease | Self::AfterRelease)
    }
}

/// A step of the user's own.
#[derive(Debug, Clone)]
pub struct Hook {
    /// When it runs.
    pub moment: Moment,
    /// Which of its moment it is, from 1, in the file that it stands in.
    pub number: usize,
    /// What it does.
    pub name: Literal,
    /// How.
    pub action: HookAction,
    /// The variables of the step.
    pub environment: Vec<(EnvName, Template)>,
    /// Only for these variants; an empty list fits all.
    pub variants: Vec<VariantName>,
    /// Where it applies.
    pub when: Condition,
    /// What its job may do for it.
    pub permissions: Vec<HookPermission>,
    /// The spec value.
    pub origin: Origin,
}

/// What a hook does.
#[derive(Debug, Clone)]
pub enum HookAction {
    /// It runs the user's own bash.
    Run(Bash),
    /// It uses an action.
    Uses(HookUses),
}

/// An action and its inputs.
#[derive(Debug, Clone)]
pub struct HookUses {
    /// The repository of the action, which the lock pins: `owner/name`.
    pub repository: String,
    /// The action: the repository, perhaps with a folder in it.
    pub action: String,
    /// Its inputs, of one line or more.
    pub with: Vec<(InputName, Template)>,
    /// The spec value of its name.
    pub origin: Origin,
}

/// What the job of a hook may do, and what for.
#[derive(Debug, Clone)]
pub struct HookPermission {
    /// The part of the repository.
    pub scope: Scope,
    /// How far.
    pub level: Level,
    /// What for.
    pub reason: Literal,
    /// The spec value.
    pub origin: Origin,
}

impl HookPermission {
    /// Whether it is part of what makes a signature one of the release.
    pub const fn signs(&self) -> bool {
        matches!(self.scope, Scope::IdToken | Scope::Attestations)
    }

    /// The level that GitHub offers in place of one that it does not.
    pub const fn level_offered_instead(&self) -> Option<&'static str> {
        match self.level {
            _ if self.scope.offers(self.level) => None,
            Level::Read => Some(Level::Write.as_str()),
            Level::Write => Some(Level::Read.as_str()),
        }
    }
}

impl Hook {
    /// Whether it can apply in the workflow of a tool at all.
    fn fits(&self, tool: &Tool) -> bool {
        let when = &self.when;
        (when.tools.is_empty() || when.tools.contains(&tool.name))
            && (when.arches.is_empty() || when.arches.iter().any(|arch| tool.arches.contains(arch)))
            && (when.lines.is_empty() || when.lines.iter().any(|line| tool.lines.iter().any(|it| it.name == *line)))
            && (self.variants.is_empty() || self.variants.iter().any(|variant| tool.variants.contains_key(variant)))
    }
}

impl Model {
    /// The hooks of the project, then those of each tool.
    pub fn all_hooks(&self) -> impl Iterator<Item = (Option<&Tool>, &Hook)> {
        let of_tools = self.tools.values().flat_map(|tool| tool.hooks.iter().map(move |hook| (Some(tool), hook)));
        self.project.hooks.iter().map(|hook| (None, hook)).chain(of_tools)
    }

    /// Whether a hook is in any workflow: that of its tool or, for a hook of the project, of any.
    pub fn is_reached(&self, owner: Option<&Tool>, hook: &Hook) -> bool {
        owner.map_or_else(|| self.tools.values().any(|tool| hook.fits(tool)), |tool| hook.fits(tool))
    }

    /// The hooks in the workflow of a tool, in their order; those of the project, which belong to no tool, first.
    pub fn hooks_of<'a>(
        &'a self,
        tool: &'a Tool,
        moment: Moment,
    ) -> impl Iterator<Item = (Option<&'a Tool>, &'a Hook)> {
        let of_project = self.project.hooks.iter().map(|hook| (None, hook));
        let all = of_project.chain(tool.hooks.iter().map(move |hook| (Some(tool), hook)));
        all.filter(move |(_, hook)| hook.moment == moment && hook.fits(tool))
    }
}
