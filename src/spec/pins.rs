//! The wire types of `pins` in `spec/ghagen.yaml`: who keeps the pins of the lock new.

use schemars::JsonSchema;
use serde::Deserialize;

/// Who keeps the pins of the lock new. Without any of these keys: people, by `ghagen lock update`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pins {
    /// `update-pins.yml`: runs `ghagen lock update` and tells what is new.
    #[serde(default)]
    pub update: Option<UpdatePins>,
    /// `adopt-pins.yml`: adds to a bot's pull request the commit that it lacks, by what `ghagen adopt` makes of its bump.
    #[serde(default)]
    pub adopt: Option<AdoptPins>,
    /// Whether `.github/dependabot.yml` is written. Dependabot bumps actions, which `ghagen adopt` takes over.
    #[serde(default)]
    pub dependabot: bool,
    /// Whether `generated/renovate.json` is written: a preset for Renovate, to be named under `extends` in the settings of the
    /// repository. Renovate bumps actions, which `ghagen adopt` takes over.
    #[serde(default)]
    pub renovate: bool,
}

/// `update-pins.yml`: runs `ghagen lock update` and tells what is new.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdatePins {
    /// When: five fields of cron, in UTC. Once a week is often enough.
    pub cron: String,
    /// How old a tag must be, in days, to be taken.
    #[serde(default = "cooldown")]
    #[schemars(range(max = 365))]
    pub cooldown: u64,
    /// The GitHub App that opens a pull request. Without one an issue is opened, with the patch as an artifact: the token
    /// of a job cannot push changes of workflows.
    #[serde(default)]
    pub app: Option<App>,
}

/// `adopt-pins.yml`: adds to a bot's pull request the commit that it lacks, by what `ghagen adopt` makes of its bump.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptPins {
    /// When it looks for pull requests of the bot: five fields of cron, in UTC.
    pub cron: String,
    /// The GitHub App that pushes the commit: a push by the token of a job starts no checks.
    pub app: App,
}

const fn cooldown() -> u64 {
    3
}

/// A GitHub App that is installed in the repository, with write access to contents, pull requests and workflows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// The configuration variable of the repository that holds the client ID, such as `PINS_APP_CLIENT_ID`.
    pub client_id: String,
    /// The secret of the repository that holds the private key, such as `PINS_APP_PRIVATE_KEY`.
    pub private_key: String,
}
