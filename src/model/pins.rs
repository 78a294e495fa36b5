//! Who keeps the pins of the lock new.

use crate::gha::{Cron, EnvName};
use crate::source::Origin;

/// Who keeps the pins of the lock new.
#[derive(Debug, Clone)]
pub struct Pins {
    /// The workflow that asks for new ones.
    pub update: Option<UpdatePins>,
    /// The workflow that completes the pull requests of a bot.
    pub adopt: Option<AdoptPins>,
    /// Whether Dependabot bumps actions.
    pub dependabot: bool,
    /// Whether Renovate bumps actions.
    pub renovate: bool,
    /// The spec value.
    pub origin: Origin,
}

/// The workflow that asks for new pins.
#[derive(Debug, Clone)]
pub struct UpdatePins {
    /// When.
    pub cron: Cron,
    /// How old a tag must be, in days.
    pub cooldown: u64,
    /// What opens the pull request; without it, an issue is opened.
    pub app: Option<App>,
    /// The spec value.
    pub origin: Origin,
}

/// The workflow that completes the pull requests of a bot.
#[derive(Debug, Clone)]
pub struct AdoptPins {
    /// When it looks for them.
    pub cron: Cron,
    /// What pushes the commit.
    pub app: App,
    /// The spec value.
    pub origin: Origin,
}

/// A GitHub App.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// The configuration variable that holds its client ID.
    pub client_id: EnvName,
    /// The secret that holds its private key.
    pub private_key: EnvName,
}
