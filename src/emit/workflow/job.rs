//! The node of a job.

use super::entries::{Entries, commented, condition, names, texts};
use super::{boolean, concurrency, integer, step};
use crate::gha::{Environment, Job, JobId, Matrix, Permissions, Row, RunsOn, Scalar, Strategy};
use crate::yaml::Node;

pub(super) fn node(job: &Job) -> Node {
    let mut entries = Entries::default();
    entries.push("name", Node::text(job.name.to_string()));
    entries.push_some("needs", needs(&job.needs));
    entries.push_some("if", job.if_.as_ref().map(condition));
    entries.push("runs-on", runs_on(&job.runs_on));
    entries.push("timeout-minutes", integer(job.timeout.get()));
    entries.push("permissions", permissions(&job.permissions));
    entries.push_some("concurrency", job.concurrency.as_ref().map(concurrency));
    entries.push_some("environment", job.environment.as_ref().map(environment));
    entries.push_some("strategy", job.strategy.as_ref().map(strategy));
    entries.push_some("outputs", texts(&job.outputs));
    entries.push_some("env", texts(&job.env));
    let steps = job.steps.iter().enumerate().map(|(position, step)| {
        let node = step::node(step);
        if position == 0 { node } else { node.with_blank_before() }
    });
    entries.push("steps", Node::sequence(steps));
    let mut node = commented(entries.node(), &job.comment);
    node.origin.clone_from(&job.origin);
    node
}

fn needs(needs: &[JobId]) -> Option<Node> {
    match needs {
        [job] => Some(Node::text(job.as_str())),
        jobs => names(jobs),
    }
}

fn runs_on(runs_on: &RunsOn) -> Node {
    match runs_on {
        RunsOn::Label(label) => Node::text(label.as_str()),
        RunsOn::Expression(expression) => Node::text(expression.to_string()),
    }
}

fn permissions(permissions: &Permissions) -> Node {
    Node::mapping(permissions.iter().map(|(scope, grant)| {
        let level = Node::text(grant.level.as_str()).with_behind(grant.reason.as_str());
        (scope.as_str().to_owned(), level)
    }))
}

fn environment(environment: &Environment) -> Node {
    let name = Node::text(environment.name.to_string());
    match &environment.url {
        None => name,
        Some(url) => Entries::default().with("name", name).with("url", Node::text(url.to_string())).node(),
    }
}

fn strategy(strategy: &Strategy) -> Node {
    let matrix = match &strategy.matrix {
        Matrix::Include(rows) => Entries::default().with("include", Node::sequence(rows.iter().map(row))).node(),
        Matrix::IncludeFrom(rows) => Entries::default().with("include", Node::text(rows.to_string())).node(),
        Matrix::From(matrix) => Node::text(matrix.to_string()),
    };
    let mut entries = Entries::default();
    entries.push("fail-fast", boolean(strategy.fail_fast));
    entries.push_some("max-parallel", strategy.max_parallel.map(|number| integer(number.get())));
    entries.push("matrix", matrix);
    entries.node()
}

fn row(row: &Row) -> Node {
    Node::mapping(row.iter().map(|(key, value)| {
        let value = match value {
            Scalar::Text(text) => Node::text(text.to_string()),
            Scalar::Integer(number) => integer(*number),
            Scalar::Bool(value) => boolean(*value),
        };
        (key.to_string(), value)
    }))
}
