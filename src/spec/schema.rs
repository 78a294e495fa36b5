//! The JSON Schemas of the spec files, derived from the wire types.
//!
//! One thing differs from what the derive gives: no place takes `null`. A key with nothing behind it is more often an
//! unfinished thought than a wish for the default, so it is refused, and an optional key is simply left out.

use std::fmt;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

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

    /// Where files of this kind stand.
    pub const fn place(self) -> &'static str {
        match self {
            Self::Project => "spec/ghagen.yaml",
            Self::Tool => "spec/tools/<tool>.yaml",
            Self::Component => "spec/components/<component>.yaml",
            Self::Lock => "spec/ghagen.lock",
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
    match kind {
        Kind::Project => derived::<ProjectFile>(kind),
        Kind::Tool => derived::<ToolFile>(kind),
        Kind::Component => derived::<ComponentFile>(kind),
        Kind::Lock => derived::<LockFile>(kind),
    }
}

fn derived<T: JsonSchema>(kind: Kind) -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), Value::from(format!("ghagen {kind}: {}", kind.place())));
    schema.to_value()
}

/// Takes `null` out of what an `Option` accepts, and `format`, which only says how wide Rust's integer is.
fn without_null(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    object.shift_remove("format");
    if object.get("default").is_some_and(Value::is_null) {
        object.shift_remove("default");
    }
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            object.insert("type".to_owned(), one);
        }
    }
    let Some(Value::Array(branches)) = object.get("anyOf") else { return };
    let mut others: Vec<Value> =
        branches.iter().filter(|branch| branch.get("type").is_none_or(|name| name != "null")).cloned().collect();
    if others.len() == branches.len() {
        return;
    }
    match (others.pop(), others.is_empty()) {
        (Some(Value::Object(only)), true) => {
            object.shift_remove("anyOf");
            let outer = std::mem::replace(object, only);
            // What stands at the field is nearer to the reader than what stands at the type.
            object.extend(outer);
        }
        (last, _) => {
            others.extend(last);
            object.insert("anyOf".to_owned(), Value::Array(others));
        }
    }
}

/// The keys that a mapping of this schema may have; empty where it takes any.
pub(super) fn known_keys(schema: &Value) -> impl Iterator<Item = &str> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).map(String::as_str)
}

#[cfg(test)]
mod page;
#[cfg(test)]
mod tests;
