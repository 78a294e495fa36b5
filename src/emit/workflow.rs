//! From the typed workflow to its file.
//!
//! Knows the order in which people write keys and where they leave lines empty. Knows no quoting: that is the YAML writer's.

mod entries;
mod error;
mod job;
mod limits;
mod proof;
mod step;
mod triggers;

pub use error::EmitError;

use entries::{Entries, commented, flag, texts};

use crate::gha::{Concurrency, Workflow};
use crate::source::Route;
use crate::yaml::{self, Kind, Node, Written};

/// Writes a workflow, reads it again and compares, so that no byte that says something else ever leaves.
///
/// # Errors
///
/// A limit of GitHub's for files, or a bug of the writer.
pub fn emit(workflow: &Workflow) -> Result<Written, EmitError> {
    emit_with(workflow, yaml::write)
}

/// The route of the innermost value that each line of the file belongs to, in the order of the lines.
pub fn routes(workflow: &Workflow) -> Vec<Route> {
    yaml::routes(&to_node(workflow))
}

/// [`emit`] with a writer of choice, so that tests can hand in one that lies.
fn emit_with(workflow: &Workflow, write: impl Fn(&Node) -> Written) -> Result<Written, EmitError> {
    let node = to_node(workflow);
    limits::check_values(&workflow.path, &node)?;
    let written = write(&node);
    limits::check_size(workflow, &written.text)?;
    proof::compare(&workflow.path, &node, &written.text)?;
    Ok(written)
}

/// The tree that is written for a workflow.
pub fn to_node(workflow: &Workflow) -> Node {
    let mut top = Entries::default();
    top.push("name", Node::text(workflow.name.as_str()).with_blank_before());
    top.push_some("run-name", workflow.run_name.as_ref().map(|name| Node::text(name.to_string())));
    top.push("on", triggers::node(&workflow.on).with_blank_before());
    // Every job says what it may do; without this line, one that says nothing could do what the repository allows.
    top.push("permissions", Node::mapping([]).with_blank_before());
    top.push("concurrency", concurrency(&workflow.concurrency).with_blank_before());
    // Named, bash stops at a failure inside a pipe; as the unnamed default it would not.
    let shell = Entries::default().with("shell", Node::text("bash"));
    top.push("defaults", Entries::default().with("run", shell.node()).node().with_blank_before());
    top.push_some("env", texts(&workflow.env).map(Node::with_blank_before));
    let jobs = workflow.jobs.iter().enumerate().map(|(position, (id, job))| {
        let node = job::node(job);
        (id.to_string(), if position == 0 { node } else { node.with_blank_before() })
    });
    top.push("jobs", Node::mapping(jobs).with_blank_before());
    let mut root = commented(top.node(), &workflow.header);
    root.origin.clone_from(&workflow.origin);
    root
}

fn concurrency(concurrency: &Concurrency) -> Node {
    let mut entries = Entries::default();
    entries.push("group", Node::text(concurrency.group.to_string()));
    entries.push("cancel-in-progress", flag(&concurrency.cancel_in_progress));
    commented(entries.node(), &concurrency.comment)
}

fn boolean(value: bool) -> Node {
    Node::new(Kind::Bool(value))
}

fn integer(value: impl Into<i64>) -> Node {
    Node::new(Kind::Integer(value.into()))
}

#[cfg(test)]
mod tests;
