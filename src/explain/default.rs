//! What holds for a value that the spec does not give: its default, from the schema; or what its documentation says.

use serde_json::Value;

use super::Given;
use crate::source::{Route, Segment};
use crate::spec::{Kind, schema};

/// What holds for the value at a route of a file, which does not give it.
pub(super) fn of(file: &str, route: &Route) -> Given {
    let root = schema(kind(file));
    let mut here = Some(&root);
    let mut outer = None;
    for segment in route.segments() {
        let Some(at) = here.map(|at| resolved(&root, at)) else { break };
        let next = match segment {
            Segment::Key(key) => {
                at.get("properties").and_then(|all| all.get(key)).or_else(|| at.get("additionalProperties"))
            }
            Segment::Index(_) => at.get("items"),
        };
        // Mappings that are not given can have defaults inside of them all the same.
        outer = next.filter(|next| next.is_object()).or(outer);
        here = next.filter(|next| next.is_object());
    }
    let Some(field) = here.or(outer) else { return Given::Absent(String::new()) };
    let nothing = |value: &&Value| {
        value.is_null()
            || value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(serde_json::Map::is_empty)
    };
    match field.get("default").filter(|value| !nothing(value)) {
        Some(Value::String(text)) => Given::Default(text.clone()),
        Some(value) => Given::Default(value.to_string()),
        None => {
            let told = field.get("description").or_else(|| resolved(&root, field).get("description"));
            Given::Absent(told.and_then(Value::as_str).unwrap_or_default().replace('\n', " "))
        }
    }
}

fn kind(file: &str) -> Kind {
    if file.starts_with("spec/tools/") {
        Kind::Tool
    } else if file.starts_with("spec/components/") {
        Kind::Component
    } else if file == "spec/ghagen.lock" {
        Kind::Lock
    } else {
        Kind::Project
    }
}

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| root.pointer(target)).unwrap_or(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_come_from_the_schema() {
        let route = |keys: &[&str]| keys.iter().fold(Route::root(), |route, key| route.key(*key));
        let of = |keys: &[&str]| of("spec/ghagen.yaml", &route(keys));
        assert_eq!(of(&["timeouts", "test"]), Given::Default("20".to_owned()));
        assert_eq!(of(&["schedule", "rebuilds"]), Given::Default("propose".to_owned()));
        let Given::Absent(text) = of(&["timeouts", "build"]) else { panic!("it has no fixed default") };
        assert!(text.contains("`seconds`"), "{text}");
    }
}
