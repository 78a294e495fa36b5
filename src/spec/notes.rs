//! The wire types of texts for people: what `PIPELINE.md` says besides.

use schemars::JsonSchema;
use serde::Deserialize;

/// Texts for `PIPELINE.md`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notes {
    /// Where this project departs from what was planned.
    #[serde(default)]
    pub departures: Vec<Departure>,
    /// What the project promises, and where it is proved.
    #[serde(default)]
    pub principles: Vec<Principle>,
}

/// A departure from the plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Principle {
    /// The promise.
    pub principle: String,
    /// Where it is proved.
    pub proved_by: String,
}
