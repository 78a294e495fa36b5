//! A job and its steps as YAML should say them, taken from the typed values field by field, and not by the emitter.

use ghagen::gha::{Action, Expression, Job, Matrix, RunsOn, Scalar, Step, WithValue};
use serde_yaml::{Mapping, Value};

/// What a job must read back as.
pub(super) fn job(job: &Job) -> Value {
    let Job { name, needs, if_, runs_on, timeout, permissions, concurrency, environment, strategy, .. } = job;
    let mut value = Mapping::new();
    put(&mut value, "name", name.to_string());
    match &needs[..] {
        [] => {}
        [one] => put(&mut value, "needs", one.as_str()),
        many => put(&mut value, "needs", many.iter().map(|id| Value::from(id.as_str())).collect::<Vec<_>>()),
    }
    put_some(&mut value, "if", if_.as_ref().map(condition));
    let label = match runs_on {
        RunsOn::Label(label) => label.as_str().to_owned(),
        RunsOn::Expression(expression) => expression.to_string(),
    };
    put(&mut value, "runs-on", label);
    put(&mut value, "timeout-minutes", timeout.get());
    let grants = permissions.iter().map(|(scope, grant)| (scope.as_str().to_owned(), grant.level.as_str().to_owned()));
    put(&mut value, "permissions", mapping(grants));
    // How these two are written has tests of its own; that they are there is what counts here.
    for (key, is_there) in [("concurrency", concurrency.is_some()), ("environment", environment.is_some())] {
        if is_there {
            put(&mut value, key, Value::Null);
        }
    }
    if let Some(strategy) = strategy {
        let mut said = Mapping::new();
        put(&mut said, "fail-fast", strategy.fail_fast);
        put_some(&mut said, "max-parallel", strategy.max_parallel.map(|number| number.get().into()));
        let matrix = match &strategy.matrix {
            Matrix::From(matrix) => matrix.to_string().into(),
            Matrix::IncludeFrom(rows) => mapping([("include".to_owned(), rows.to_string())]),
            Matrix::Include(rows) => {
                let rows = rows.iter().map(|row| {
                    let cells = row.iter().map(|(key, cell)| (Value::from(key.to_string()), scalar(cell)));
                    Value::Mapping(cells.collect())
                });
                Value::Mapping([(Value::from("include"), Value::Sequence(rows.collect()))].into_iter().collect())
            }
        };
        put(&mut said, "matrix", matrix);
        put(&mut value, "strategy", said);
    }
    put_texts(&mut value, "outputs", job.outputs.iter().map(|(name, text)| (name.to_string(), text.to_string())));
    put_texts(&mut value, "env", job.env.iter().map(|(name, text)| (name.to_string(), text.to_string())));
    put(&mut value, "steps", job.steps.iter().map(step).collect::<Vec<_>>());
    Value::Mapping(value)
}

/// What was read of a job, without what `job` leaves out.
pub(super) fn comparable(read: &Value) -> Value {
    let mut read = read.as_mapping().unwrap().clone();
    for key in ["concurrency", "environment"] {
        if let Some(value) = read.get_mut(key) {
            *value = Value::Null;
        }
    }
    Value::Mapping(read)
}

fn step(step: &Step) -> Value {
    let mut value = Mapping::new();
    put(&mut value, "name", step.name.to_string());
    put_some(&mut value, "id", step.id.as_ref().map(|id| id.as_str().into()));
    put_some(&mut value, "if", step.if_.as_ref().map(condition));
    put_some(&mut value, "continue-on-error", step.continue_on_error.then(|| true.into()));
    put_some(&mut value, "timeout-minutes", step.timeout.map(|minutes| minutes.get().into()));
    match &step.action {
        Action::Run(script) => put(&mut value, "run", block(script.lines())),
        Action::Uses(uses) => {
            put(&mut value, "uses", uses.action.to_string());
            let with: Mapping = uses.with.iter().map(|(name, given)| (name.to_string().into(), input(given))).collect();
            put_some(&mut value, "with", (!with.is_empty()).then(|| with.into()));
        }
    }
    put_texts(&mut value, "env", step.env.iter().map(|(name, text)| (name.to_string(), text.to_string())));
    Value::Mapping(value)
}

fn input(value: &WithValue) -> Value {
    match value {
        WithValue::Text(text) => text.to_string().into(),
        WithValue::Lines(lines) => block(lines.iter().map(ToString::to_string)).into(),
        WithValue::Integer(number) => (*number).into(),
        WithValue::Bool(value) => (*value).into(),
    }
}

fn scalar(cell: &Scalar) -> Value {
    match cell {
        Scalar::Text(text) => text.to_string().into(),
        Scalar::Integer(number) => (*number).into(),
        Scalar::Bool(value) => (*value).into(),
    }
}

/// Bare where YAML lets it be, which GitHub takes for the same.
fn condition(expression: &Expression) -> Value {
    let bare = expression.as_str();
    if bare.starts_with(|c: char| c.is_ascii_alphabetic()) { bare.into() } else { expression.to_string().into() }
}

/// Several lines end with a newline, one does not.
fn block<T: AsRef<str>>(lines: impl Iterator<Item = T>) -> String {
    let lines: Vec<T> = lines.collect();
    match &lines[..] {
        [line] => line.as_ref().to_owned(),
        lines => lines.iter().map(|line| format!("{}\n", line.as_ref())).collect(),
    }
}

fn mapping(entries: impl IntoIterator<Item = (String, String)>) -> Value {
    Value::Mapping(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
}

fn put(mapping: &mut Mapping, key: &str, value: impl Into<Value>) {
    mapping.insert(key.into(), value.into());
}

fn put_some(mapping: &mut Mapping, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        put(mapping, key, value);
    }
}

fn put_texts(value: &mut Mapping, key: &str, entries: impl Iterator<Item = (String, String)>) {
    let entries: Vec<_> = entries.collect();
    put_some(value, key, (!entries.is_empty()).then(|| mapping(entries)));
}
