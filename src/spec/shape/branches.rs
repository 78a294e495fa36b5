//! A value that fits none of several branches: the branch that was meant says what is wrong.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::source::Route;

use super::{Context, types, values};

/// Explains by the branch for values of this type. Where there is none, the types of all branches are what fits.
pub(super) fn explain(
    context: &Context<'_>,
    route: &Route,
    schema: &Value,
    branches: &[Vec<ValidationError<'static>>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut types: Vec<&str> = Vec::new();
    let mut meant: Vec<&[ValidationError<'static>]> = Vec::new();
    for branch in branches {
        match branch.iter().find_map(|error| expected_type(context, route, error)) {
            Some(name) if types.contains(&name) => {}
            Some(name) => types.push(name),
            None => meant.push(branch),
        }
    }
    if let Some(options) = constants(context, route, &meant) {
        diagnostics.push(values::not_among(context, route, &options));
        return;
    }
    match meant.into_iter().min_by_key(|branch| branch.len()) {
        // `- -DX: y` is a mapping for YAML, and a text for who wrote it.
        Some(branch) if types.contains(&"string") && shares_no_key(context, route, branch) => {
            diagnostics.push(types::wrong(context, route, schema, &types));
        }
        Some(branch) => branch.iter().for_each(|error| super::explain(context, error, diagnostics)),
        None => diagnostics.push(types::wrong(context, route, schema, &types)),
    }
}

/// The type that a branch asks for, where the value has another one.
fn expected_type(context: &Context<'_>, route: &Route, error: &ValidationError<'_>) -> Option<&'static str> {
    match error.kind() {
        Kind::Type { kind: TypeKind::Single(name) } if context.route(error) == *route => Some(name.as_str()),
        _ => None,
    }
}

/// The values of an enum: every branch is one constant.
fn constants(context: &Context<'_>, route: &Route, branches: &[&[ValidationError<'static>]]) -> Option<Vec<Value>> {
    let constant = |branch: &&[ValidationError<'static>]| match branch {
        [only] if context.route(only) == *route => match only.kind() {
            Kind::Constant { expected_value } => Some((**expected_value).clone()),
            _ => None,
        },
        _ => None,
    };
    let options: Option<Vec<Value>> = branches.iter().map(constant).collect();
    options.filter(|options| !options.is_empty())
}

/// Whether a mapping has none of the keys that this branch knows.
fn shares_no_key(context: &Context<'_>, route: &Route, branch: &[ValidationError<'static>]) -> bool {
    let Some(entries) = context.value(route).as_object() else { return false };
    branch.iter().any(|error| match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            context.route(error) == *route && !entries.is_empty() && unexpected.len() == entries.len()
        }
        _ => false,
    })
}
