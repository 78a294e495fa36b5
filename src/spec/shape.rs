//! Errors of shape: what the JSON Schema refuses, as diagnostics.
//!
//! Only this module and those below it know `jsonschema`. They judge a document; they do not know what it is for.

mod branches;
mod keys;
mod meaning;
mod text;
mod types;
mod values;
mod words;

use std::sync::LazyLock;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Severity, Target};
use crate::source::{FileId, Route, Segment, Sources};

use super::schema::{Kind as FileKind, schema};

/// A schema, ready to be used. Compiled once in a run, however many files there are.
struct Shape {
    schema: Value,
    validator: Result<Validator, String>,
}

impl Shape {
    fn new(kind: FileKind) -> Self {
        let schema = schema(kind);
        let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string());
        Self { schema, validator }
    }

    fn of(kind: FileKind) -> &'static Self {
        static PROJECT: LazyLock<Shape> = LazyLock::new(|| Shape::new(FileKind::Project));
        static TOOL: LazyLock<Shape> = LazyLock::new(|| Shape::new(FileKind::Tool));
        static COMPONENT: LazyLock<Shape> = LazyLock::new(|| Shape::new(FileKind::Component));
        static LOCK: LazyLock<Shape> = LazyLock::new(|| Shape::new(FileKind::Lock));
        match kind {
            FileKind::Project => &PROJECT,
            FileKind::Tool => &TOOL,
            FileKind::Component => &COMPONENT,
            FileKind::Lock => &LOCK,
        }
    }
}

/// Everything that is wrong with the shape of a document, in the order of its text.
pub(super) fn check(kind: FileKind, sources: &Sources, file: FileId, document: &Value) -> Vec<Diagnostic> {
    let shape = Shape::of(kind);
    let validator = match &shape.validator {
        Ok(validator) => validator,
        Err(error) => return vec![bug(file, &format!("the schema of a {kind} cannot be used: {error}"))],
    };
    let context = Context { sources, file, document, schema: &shape.schema };
    let mut diagnostics = Vec::new();
    for error in validator.iter_errors(document) {
        explain(&context, &error, &mut diagnostics);
    }
    types::refuse_whole_fractions(&context, &mut diagnostics);
    diagnostics.extend(text::check(file, document));
    diagnostics.sort_by_key(|diagnostic| start(sources, diagnostic));
    diagnostics
}

/// What a document says, apart from how it is written.
pub(super) fn meaning(kind: FileKind, document: &Value) -> Value {
    let schema = &Shape::of(kind).schema;
    meaning::meaning(schema, schema, document)
}

/// A mistake of ghagen's own, at the file where it came to light.
pub(super) fn bug(file: FileId, what: &str) -> Diagnostic {
    let message = format!("ghagen does not understand itself: {what}");
    Diagnostic::at(Code::INVALID_VALUE, Severity::Error, file, Target::File, message)
        .help("this is a bug of ghagen, not of the spec; please report it")
}

fn start(sources: &Sources, diagnostic: &Diagnostic) -> usize {
    let file = diagnostic.primary.file;
    let span = match &diagnostic.primary.target {
        Target::File => None,
        Target::Key(route) => sources.key_span(file, route),
        Target::Value(route) => sources.value_span(file, route),
        Target::Span(span) => Some(*span),
    };
    span.map_or(0, |span| span.start)
}

/// What explaining an error needs to know.
struct Context<'a> {
    sources: &'a Sources,
    file: FileId,
    document: &'a Value,
    schema: &'a Value,
}

impl<'a> Context<'a> {
    fn error(&self, code: Code, target: Target, message: String) -> Diagnostic {
        Diagnostic::at(code, Severity::Error, self.file, target, message)
    }

    /// The route of the value that an error is about. Whether `5` is a key or a position, only the document knows.
    fn route(&self, error: &ValidationError<'_>) -> Route {
        let mut value = self.document;
        let mut segments = Vec::new();
        for raw in error.instance_path().as_str().split('/').skip(1) {
            let key = raw.replace("~1", "/").replace("~0", "~");
            let (segment, next) = match (value, key.parse()) {
                (Value::Array(items), Ok(index)) => (Segment::Index(index), items.get(index)),
                _ => (Segment::Key(key.clone()), value.get(&key)),
            };
            segments.push(segment);
            value = next.unwrap_or(&Value::Null);
        }
        segments.into_iter().collect()
    }

    /// The value at a route.
    fn value(&self, route: &Route) -> &'a Value {
        route.segments().iter().fold(self.document, |value, segment| {
            let next = match segment {
                Segment::Key(key) => value.get(key),
                Segment::Index(index) => value.get(index),
            };
            next.unwrap_or(&Value::Null)
        })
    }

    /// The schema that holds the keyword that an error comes from.
    fn schema_of(&self, error: &ValidationError<'_>) -> &'a Value {
        let path = error.schema_path().as_str();
        let pointer = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        self.schema.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The schema behind a `$ref`.
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        target.and_then(|pointer| self.schema.pointer(pointer)).unwrap_or(schema)
    }
}

/// The key that a message is about; the file, where the message is about all of it.
fn key_or_file(route: &Route) -> Target {
    if route.segments().is_empty() { Target::File } else { Target::Key(route.clone()) }
}

/// `outputs.podman.mode`, in backticks; or the file.
fn name(route: &Route) -> String {
    if route.segments().is_empty() { "the file".to_owned() } else { format!("`{route}`") }
}

/// Turns one error of the validator into one or more diagnostics.
fn explain(context: &Context<'_>, error: &ValidationError<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let route = context.route(error);
    let schema = context.schema_of(error);
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            diagnostics.extend(unexpected.iter().map(|key| keys::unknown(context, &route, schema, key)));
        }
        Kind::Required { property } => {
            diagnostics.extend(keys::missing(context, &route, schema, property.as_str().unwrap_or_default()));
        }
        Kind::MinProperties { limit } => diagnostics.push(keys::too_few(context, &route, schema, *limit)),
        Kind::MaxProperties { limit } => diagnostics.extend(keys::too_many(context, &route, schema, *limit)),
        Kind::Type { kind: TypeKind::Single(expected) } => {
            diagnostics.push(types::wrong(context, &route, schema, &[expected.as_str()]));
        }
        Kind::Type { kind: TypeKind::Multiple(expected) } => {
            let expected: Vec<&str> = expected.iter().map(jsonschema::JsonType::as_str).collect();
            diagnostics.push(types::wrong(context, &route, schema, &expected));
        }
        Kind::AnyOf { context: branches } | Kind::OneOfNotValid { context: branches } => {
            branches::explain(context, &route, schema, branches, diagnostics);
        }
        Kind::Constant { expected_value } => {
            diagnostics.push(values::not_among(context, &route, &[(**expected_value).clone()]));
        }
        Kind::Enum { options } => {
            diagnostics.push(values::not_among(context, &route, options.as_array().map_or(&[], Vec::as_slice)));
        }
        // A fraction has the wrong type, which is said already.
        Kind::Minimum { .. } | Kind::Maximum { .. } if context.value(&route).is_f64() => {}
        Kind::Minimum { .. } | Kind::Maximum { .. } => diagnostics.push(values::out_of_range(context, &route, schema)),
        Kind::MinItems { .. } => diagnostics.push(values::empty_list(context, &route, schema)),
        Kind::Pattern { pattern } => diagnostics.push(values::wrong_form(context, &route, schema, pattern)),
        _ => {
            let message = format!("{} is not valid here: {}", name(&route), error.masked());
            diagnostics.push(context.error(Code::INVALID_VALUE, Target::Value(route), message));
        }
    }
}

#[cfg(test)]
mod tests;
