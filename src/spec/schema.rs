//! The JSON Schemas of the spec files, derived from the wire types.

use std::fmt;

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::{ComponentFile, LockFile, ProjectFile, ToolFile};

/// A kind of spec file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `spec/ghagen.yaml`.
    Project,
    /// `spec/tools/<tool>.yaml`.
    Tool,
    /// `spec/components/<name>.yaml`.
    Component,
    /// `spec/ghagen.lock`.
    Lock,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Project, Self::Tool, Self::Component, Self::Lock];

    /// The name of the kind: `project`, `tool`, `component`, `lock`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Tool => "tool",
            Self::Component => "component",
            Self::Lock => "lock",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The JSON Schema (draft 2020-12) of a kind of spec file.
pub fn schema(kind: Kind) -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let schema = match kind {
        Kind::Project => generator.into_root_schema_for::<ProjectFile>(),
        Kind::Tool => generator.into_root_schema_for::<ToolFile>(),
        Kind::Component => generator.into_root_schema_for::<ComponentFile>(),
        Kind::Lock => generator.into_root_schema_for::<LockFile>(),
    };
    schema.to_value()
}
