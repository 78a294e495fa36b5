//! How a spec value is told: to people with its line, to programs with its place.

use serde_json::{Value, json};

use crate::cli::console::{STRONG, styled};
use crate::explain::{Cause, Given};

/// A spec value for people, each line a step in.
pub(super) fn told(cause: &Cause) -> String {
    let Cause { file, line, column, route, text, given } = cause;
    let place = |words: &str| {
        let number = line.to_string();
        format!("  {words}{file}:{line}:{column}\n    {number} | {}", text.trim_end())
    };
    let change = format!("    to change it, write `{route}` in {file}");
    match given {
        Given::Here if route == "." => format!("  all of {file}"),
        Given::Here => format!("  {}\n{}", styled(STRONG, &format!("`{route}`")), place("  ")),
        Given::Default(value) => {
            format!("  {}: {value}\n{change}", styled(STRONG, &format!("default of `{route}`")))
        }
        Given::Absent(meaning) => {
            let meaning = if meaning.is_empty() { String::new() } else { format!("\n    {meaning}") };
            format!("  {}{meaning}\n{change}", styled(STRONG, &format!("`{route}`, which the spec does not give")))
        }
    }
}

/// A spec value for programs.
pub(super) fn as_json(cause: &Cause) -> Value {
    let Cause { file, line, column, route, text, given } = cause;
    let mut value = json!({"file": file, "route": route, "given": *given == Given::Here});
    let more = match given {
        Given::Here => json!({"line": line, "column": column, "text": text}),
        Given::Default(default) => json!({"default": default}),
        Given::Absent(meaning) => json!({"meaning": meaning}),
    };
    if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
        value.extend(more);
    }
    value
}
