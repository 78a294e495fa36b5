//! Keys that are unknown, missing, too many or too few.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Label, Target};
use crate::source::Route;

use super::super::schema::known_keys;
use super::super::suggest::closest;
use super::{Context, key_or_file, name, words};

/// A key that the mapping at `route` does not have.
pub(super) fn unknown(context: &Context<'_>, route: &Route, schema: &Value, key: &str) -> Diagnostic {
    let message = format!("{} has no key `{key}`", owner(route));
    let target = Target::Key(route.key(key));
    let diagnostic = context.error(Code::UNKNOWN_KEY, target, message).label("unknown key");
    let diagnostic = match meant(context, route, schema, key) {
        Some(near) => diagnostic.fix(format!("did you mean `{near}`?"), key, near),
        None => diagnostic,
    };
    diagnostic.help(format!("the keys here are {}", words::quoted(known_keys(schema), "and")))
}

/// The key that a mistyped one was meant to be. One that stands here already was not meant a second time.
fn meant<'a>(context: &Context<'_>, route: &Route, schema: &'a Value, key: &str) -> Option<&'a str> {
    closest(key, known_keys(schema).filter(|known| context.value(route).get(known).is_none()))
}

/// A key that the mapping at `route` has to have. Where it is only mistyped, that is said already.
pub(super) fn missing(context: &Context<'_>, route: &Route, schema: &Value, key: &str) -> Option<Diagnostic> {
    let entries = context.value(route).as_object().into_iter().flatten();
    let mut unknown = entries.map(|(other, _)| other).filter(|other| known_keys(schema).all(|known| known != *other));
    if unknown.any(|other| meant(context, route, schema, other) == Some(key)) {
        return None;
    }
    let message = format!("{} lacks the key `{key}`", owner(route));
    let diagnostic = context.error(Code::MISSING_KEY, key_or_file(route), message);
    let diagnostic =
        if route.segments().is_empty() { diagnostic } else { diagnostic.label(format!("no `{key}` in here")) };
    let purpose =
        schema.get("properties").and_then(|properties| properties.get(key)).map(|field| purpose(context, field));
    Some(match purpose.flatten() {
        Some(purpose) => diagnostic.help(format!("`{key}`: {purpose}")),
        None => diagnostic,
    })
}

/// A mapping that says too little.
pub(super) fn too_few(context: &Context<'_>, route: &Route, schema: &Value, limit: u64) -> Diagnostic {
    let keys = words::quoted(known_keys(schema), "and");
    let message = format!("{} is empty", name(route));
    let diagnostic = context.error(Code::INVALID_VALUE, key_or_file(route), message);
    if keys.is_empty() {
        return diagnostic.help("it needs at least one entry");
    }
    let how_many = if maximum(schema) == Some(limit) { "exactly one" } else { "at least one" };
    diagnostic.help(format!("it takes {how_many} of the keys {keys}"))
}

/// A mapping that says more than one thing where only one can be. Keys that are unknown are another mistake.
pub(super) fn too_many(context: &Context<'_>, route: &Route, schema: &Value, limit: u64) -> Option<Diagnostic> {
    let value = context.value(route);
    let present: Vec<&str> = known_keys(schema).filter(|key| value.get(key).is_some()).collect();
    if u64::try_from(present.len()).is_ok_and(|count| count <= limit) {
        return None;
    }
    let message = format!("{} takes only one of {}", name(route), words::quoted(present.iter().copied(), "and"));
    let mut places = present.iter().map(|key| Target::Key(route.key(*key)));
    let first = places.next().unwrap_or_else(|| key_or_file(route));
    let mut diagnostic = context.error(Code::INVALID_VALUE, first, message);
    diagnostic.related =
        places.map(|target| Label { file: context.file, target, text: "not beside the other".to_owned() }).collect();
    Some(diagnostic.help(format!("it takes exactly one of the keys {}", words::quoted(known_keys(schema), "and"))))
}

fn maximum(schema: &Value) -> Option<u64> {
    schema.get("maxProperties").and_then(Value::as_u64)
}

/// What a key is for: the words at the field, else those at its type.
fn purpose<'a>(context: &Context<'a>, field: &'a Value) -> Option<&'a str> {
    let described = |schema: &'a Value| schema.get("description").and_then(Value::as_str);
    described(field).or_else(|| described(context.resolve(field)))
}

fn owner(route: &Route) -> String {
    if route.segments().is_empty() { "this file".to_owned() } else { format!("`{route}`") }
}
