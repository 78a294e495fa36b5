//! The wire type of what can be entered for hooks where a build is started by hand.

use schemars::JsonSchema;
use serde::Deserialize;

/// Something that can be entered for hooks: exactly one of `options`, `pattern` and `boolean`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("dependentRequired" = {"default": ["pattern"]}))]
pub struct DispatchInput {
    /// What the form says about it.
    pub description: String,
    /// One of these; the first is the default.
    #[serde(default)]
    pub options: Option<Vec<String>>,
    /// A text of visible ASCII, 1000 characters at the most, all of which [fits this](#inputs-of-hooks).
    #[serde(default)]
    pub pattern: Option<String>,
    /// What such a text is where nothing is entered; without it, empty.
    #[serde(default)]
    pub default: Option<String>,
    /// Yes or no; this is the default.
    #[serde(default)]
    pub boolean: Option<bool>,
}
