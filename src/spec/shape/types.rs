//! Values of another type than their place takes.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Target};
use crate::source::Route;

use super::super::schema::known_keys;
use super::{Context, key_or_file, name, words};

/// A value at `route` that has none of the `expected` types.
pub(super) fn wrong(context: &Context<'_>, route: &Route, schema: &Value, expected: &[&str]) -> Diagnostic {
    let value = context.value(route);
    let takes = words::listed(expected.iter().map(|name| words::of_type(name)), "or");
    let diagnostic = if value.is_null() {
        nothing(context, route, &takes)
    } else {
        let message = format!("{} takes {takes}, not {}", name(route), words::of_value(value));
        context
            .error(Code::WRONG_TYPE, Target::Value(route.clone()), message)
            .label(format!("this is {}", words::of_value(value)))
    };
    let mut diagnostic = diagnostic;
    diagnostic.help.extend(advice(context, route, schema, expected));
    match rewritten(context, route, expected) {
        Some((text, new)) => diagnostic.fix_written(text, &written(context, route), &new),
        None => diagnostic,
    }
}

/// The value in another way of writing, where that is the whole mistake.
fn rewritten(context: &Context<'_>, route: &Route, expected: &[&str]) -> Option<(String, String)> {
    let takes = |name: &str| expected.contains(&name);
    let written = written(context, route);
    match context.value(route) {
        Value::Bool(_) | Value::Number(_) if takes("string") => {
            Some((format!("in quotes it is text: '{written}'"), format!("'{written}'")))
        }
        Value::String(text) if takes("integer") && text.parse::<u64>().is_ok() => {
            Some((format!("without quotes it is a number: {text}"), text.clone()))
        }
        Value::String(_) if takes("array") => {
            let list = format!("[{written}]");
            Some((format!("a list of one is written `{list}`"), list))
        }
        _ => None,
    }
}

/// A key with nothing behind it, or a file that says nothing.
fn nothing(context: &Context<'_>, route: &Route, takes: &str) -> Diagnostic {
    if route.segments().is_empty() {
        return context.error(Code::WRONG_TYPE, Target::File, "the file says nothing".to_owned());
    }
    let message = format!("{} has no value", name(route));
    context
        .error(Code::WRONG_TYPE, key_or_file(route), message)
        .label("nothing stands behind this")
        .help(format!("it takes {takes}; to have none of it, leave it out"))
}

/// What to write instead, where that can be told.
fn advice(context: &Context<'_>, route: &Route, schema: &Value, expected: &[&str]) -> Option<String> {
    let takes = |name: &str| expected.contains(&name);
    match context.value(route) {
        // What `rewritten` says.
        Value::Bool(_) | Value::Number(_) if takes("string") => None,
        Value::String(text) if takes("integer") && text.parse::<u64>().is_ok() => None,
        Value::String(text) if takes("boolean") => Some(format!("in YAML 1.2 `{}` is text", text.escape_debug())),
        Value::String(_) if takes("array") => None,
        Value::Object(_) if takes("string") => {
            Some("a text that holds `: ` or ends with `:` has to stand in quotes".to_owned())
        }
        value if takes("object") && !value.is_object() => {
            let keys = words::quoted(known_keys(schema), "and");
            (!keys.is_empty()).then(|| format!("the keys here are {keys}"))
        }
        _ => None,
    }
}

/// A scalar as it stands in the text, so that `1.10` is not shown as `1.1`.
fn written(context: &Context<'_>, route: &Route) -> String {
    let span = context.sources.value_span(context.file, route);
    let text = span.and_then(|span| context.sources.text(context.file).get(span.start..span.end));
    match text.map(str::trim) {
        Some(text) if !text.is_empty() && !text.contains(['\n', '"', '\\']) => text.to_owned(),
        _ => context.value(route).to_string(),
    }
}

/// Refuses `19.0` where a whole number is due: a whole number for JSON Schema, but not for the types behind it. No place
/// of a spec takes a fraction, so one that nobody else refused is such a number.
pub(super) fn refuse_whole_fractions(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    collect_fractions(&Route::root(), context.document, &mut found);
    for route in found {
        let target = Target::Value(route.clone());
        if diagnostics.iter().all(|diagnostic| diagnostic.primary.target != target) {
            diagnostics.push(wrong(context, &route, &Value::Null, &["integer"]));
        }
    }
}

fn collect_fractions(route: &Route, value: &Value, found: &mut Vec<Route>) {
    match value {
        Value::Number(number) if number.is_f64() => found.push(route.clone()),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(position, item)| collect_fractions(&route.index(position), item, found));
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(key, item)| collect_fractions(&route.key(key), item, found));
        }
        _ => {}
    }
}
