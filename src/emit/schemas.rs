//! `generated/schema/<kind>.json`: the JSON Schemas of the spec files, for editors.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Artifact, Request, header};

pub(super) fn emit(request: &Request<'_>) -> Vec<Artifact> {
    request.schemas.iter().map(|(kind, schema)| file(kind, schema)).collect()
}

fn file(kind: &str, schema: &Value) -> Artifact {
    // `$comment`: the one key for words that every validator passes over.
    let mut keys = Map::from_iter([("$comment".to_owned(), Value::String(header::lines([]).join(" ")))]);
    if let Value::Object(schema) = schema {
        keys.extend(
            schema.iter().filter(|(key, _)| *key != "$comment").map(|(key, value)| (key.clone(), value.clone())),
        );
    }
    Artifact {
        path: format!("generated/schema/{kind}.json"),
        bytes: format!("{:#}\n", Value::Object(keys)).into_bytes(),
        executable: false,
        files: BTreeSet::new(),
        origins: Vec::new(),
    }
}
