//! The wire types of `spec/ghagen.lock`: every outside input, fixed.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// `spec/ghagen.lock`: every outside input, fixed. Entries are sorted, one pin a block, so that branches merge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LockFile {
    /// The version of this format: 1.
    #[schemars(range(min = 1, max = 1))]
    pub lock: u64,
    /// Actions by `owner/name`.
    #[serde(default)]
    pub actions: IndexMap<String, LockedAction>,
    /// Container images by name and tag.
    #[serde(default)]
    pub images: IndexMap<String, LockedImage>,
    /// Git sources by the name of their tool or component.
    #[serde(default)]
    pub sources: IndexMap<String, LockedSource>,
    /// Versions of programs that a build or a workflow runs.
    #[serde(default)]
    pub tools: IndexMap<String, Vec<LockedToolVersion>>,
}

/// An action: a full version tag and the commit that it points to, or why neither is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "dependentRequired" = {"tag": ["commit"], "commit": ["tag"]}))]
pub struct LockedAction {
    /// The tag, such as `v7.0.1`.
    #[serde(default)]
    pub tag: Option<String>,
    /// The commit: 40 hexadecimal digits, never a tag's own object.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[0-9a-f]{40}$"))]
    pub commit: Option<String>,
    /// In place of both: why no commit is known. No workflow can use the action then.
    #[serde(default)]
    pub unresolved: Option<String>,
}

/// An image: the digest of its index, or why it has none. Exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
pub struct LockedImage {
    /// `sha256:` and 64 hexadecimal digits.
    #[serde(default)]
    #[schemars(regex(pattern = r"^sha256:[0-9a-f]{64}$"))]
    pub digest: Option<String>,
    /// Why no digest is known.
    #[serde(default)]
    pub unresolved: Option<String>,
}

/// A git source and its pinned tags, or why it has none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LockedSource {
    /// The address that the commits were read from.
    pub url: String,
    /// The tags, the oldest version first.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub pins: Vec<LockedTag>,
    /// In place of `pins`: why no commit is known.
    #[serde(default)]
    pub unresolved: Option<String>,
}

/// A tag and the commit that it points to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LockedTag {
    /// The tag.
    pub tag: String,
    /// The commit: 40 hexadecimal digits, never a tag's own object.
    #[schemars(regex(pattern = r"^[0-9a-f]{40}$"))]
    pub commit: String,
}

/// A version of a program that a build or a workflow runs, or why none is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "dependentRequired" = {"version": ["checked_by"], "checked_by": ["version"]}))]
pub struct LockedToolVersion {
    /// The version.
    #[serde(default)]
    pub version: Option<String>,
    /// What checks the download, such as `the Go checksum database`.
    #[serde(default)]
    pub checked_by: Option<String>,
    /// In place of both: why no version is known. Nothing can run the program then.
    #[serde(default)]
    pub unresolved: Option<String>,
}
