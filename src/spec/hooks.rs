//! The wire types of hooks: steps of one's own around what every workflow of a tool does.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{OneOrMany, When};

/// Steps of your own, before and after the build, the test and the release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Hooks {
    /// In the job `build`, once per arch, before anything is built.
    pub before_build: Vec<Hook>,
    /// In the job `build`, once the packages are kept: what these steps do to them reaches nobody.
    pub after_build: Vec<Hook>,
    /// In the job `test`, once per package, before it is tested. It is `dist/$ARTIFACT`.
    pub before_test: Vec<Hook>,
    /// In the job `test`, after a test that went well.
    pub after_test: Vec<Hook>,
    /// In a job `before-release` of its own, after all tests of what is to be published. All packages are in `dist`.
    pub before_release: Vec<Hook>,
    /// In a job `after-release` of its own, once the release is public.
    pub after_release: Vec<Hook>,
}

/// A step of your own: bash, or an action. Exactly one of `run` and `uses`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("dependentRequired" = {"with": ["uses"]}))]
pub struct Hook {
    /// What it does: a few words, by which its log is found.
    pub name: String,
    /// Bash of your own, in the repository as it is checked out; see [hooks](#hooks) for what is in its environment.
    #[serde(default)]
    pub run: Option<String>,
    /// An action that the lock pins: `owner/repository`, perhaps with a folder in it.
    #[serde(default)]
    pub uses: Option<String>,
    /// The inputs of the action, by name. [Placeholders](#hooks) work in them.
    #[serde(default)]
    pub with: IndexMap<String, String>,
    /// Environment variables of the step, of one line each. The same placeholders work.
    #[serde(default)]
    pub environment: IndexMap<String, String>,
    /// Only for these variants; default: all. For hooks of the test.
    #[serde(default)]
    pub variant: Option<OneOrMany>,
    /// Where it applies.
    #[serde(default)]
    pub when: Option<When>,
    /// What the job may do besides reading the repository, by GitHub's name of it, such as `discussions`. For hooks of the release.
    #[serde(default)]
    pub permissions: IndexMap<String, Permission>,
}

/// Something that a job may do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// How far it goes.
    pub level: PermissionLevel,
    /// What for: a few words, in the workflow and in `PIPELINE.md`.
    pub reason: String,
}

/// How far a permission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PermissionLevel {
    /// Look.
    Read,
    /// Look and change.
    Write,
}
