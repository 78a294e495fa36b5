//! What a document says, apart from how it is written.

use serde_json::{Map, Value};

/// The document with the keys of every known type sorted. The entries of a map that the user names keep their order,
/// since that order is part of the meaning: the newest line comes first, and variables are set one after another.
pub(super) fn meaning(root: &Value, schema: &Value, value: &Value) -> Value {
    let schema = resolved(root, schema, value);
    match value {
        Value::Array(items) => {
            let item_schema = schema.get("items").unwrap_or(&Value::Null);
            items.iter().map(|item| meaning(root, item_schema, item)).collect()
        }
        Value::Object(entries) => {
            let known = schema.get("properties");
            let other = schema.get("additionalProperties").unwrap_or(&Value::Null);
            let mut result: Map<String, Value> = entries
                .iter()
                .map(|(key, item)| {
                    let item_schema = known.and_then(|known| known.get(key)).unwrap_or(other);
                    (key.clone(), meaning(root, item_schema, item))
                })
                .collect();
            if known.is_some() {
                result.sort_keys();
            }
            Value::Object(result)
        }
        scalar => scalar.clone(),
    }
}

/// The schema behind a `$ref`, or the branch for a value of this type.
fn resolved<'a>(root: &'a Value, schema: &'a Value, value: &Value) -> &'a Value {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        let target = target.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        return target.map_or(&Value::Null, |target| resolved(root, target, value));
    }
    let name = match value {
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        _ => return schema,
    };
    let Some(Value::Array(branches)) = schema.get("anyOf") else { return schema };
    let mut branches = branches.iter().map(|branch| resolved(root, branch, value));
    branches.find(|branch| branch.get("type").is_some_and(|found| found == name)).unwrap_or(schema)
}
