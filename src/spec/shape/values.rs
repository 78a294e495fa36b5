//! Values of the right type that their place does not take all the same.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Target};
use crate::source::Route;

use super::super::suggest::closest;
use super::{Context, name, words};

/// A value that is not one of those allowed.
pub(super) fn not_among(context: &Context<'_>, route: &Route, options: &[Value]) -> Diagnostic {
    let options: Vec<String> =
        options.iter().map(|option| option.as_str().map_or_else(|| option.to_string(), str::to_owned)).collect();
    let options = || options.iter().map(String::as_str);
    let value = context.value(route);
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let message = format!("{} cannot be `{}`", name(route), shown.escape_debug());
    let diagnostic = context.error(Code::INVALID_VALUE, Target::Value(route.clone()), message);
    let diagnostic = match closest(&shown, options()) {
        Some(near) => diagnostic.fix(format!("did you mean `{near}`?"), &shown, near),
        None => diagnostic,
    };
    diagnostic.help(format!("it takes {}", words::quoted(options(), "or")))
}

/// A number below or above its limits.
pub(super) fn out_of_range(context: &Context<'_>, route: &Route, schema: &Value) -> Diagnostic {
    let limits = match (schema.get("minimum"), schema.get("maximum")) {
        (Some(low), Some(high)) if low == high => format!("{low}"),
        (Some(low), Some(high)) => format!("a whole number from {low} to {high}"),
        (Some(low), None) => format!("a whole number from {low} up"),
        (None, Some(high)) => format!("a whole number up to {high}"),
        (None, None) => "another number".to_owned(),
    };
    let message = format!("{} takes {limits}, not {}", name(route), context.value(route));
    with_purpose(context.error(Code::INVALID_VALUE, Target::Value(route.clone()), message), schema)
}

/// A list without items, where one at least is needed.
pub(super) fn empty_list(context: &Context<'_>, route: &Route, schema: &Value) -> Diagnostic {
    let message = format!("{} is empty", name(route));
    let diagnostic = context.error(Code::INVALID_VALUE, Target::Value(route.clone()), message);
    with_purpose(diagnostic.help("it needs at least one item"), schema)
}

/// A text that does not match its pattern.
pub(super) fn wrong_form(context: &Context<'_>, route: &Route, schema: &Value, pattern: &str) -> Diagnostic {
    let message = format!("{} does not have the form that it needs", name(route));
    let diagnostic = context.error(Code::INVALID_VALUE, Target::Value(route.clone()), message);
    with_purpose(diagnostic, schema).help(format!("it has to match `{pattern}`"))
}

fn with_purpose(diagnostic: Diagnostic, schema: &Value) -> Diagnostic {
    match schema.get("description").and_then(Value::as_str) {
        Some(purpose) => diagnostic.help(purpose),
        None => diagnostic,
    }
}
