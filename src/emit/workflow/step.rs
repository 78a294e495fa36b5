//! The node of a step.

use super::entries::{Entries, commented, condition, texts};
use super::{boolean, integer};
use crate::gha::{Action, RunScript, Step, Uses, WithValue};
use crate::yaml::Node;

pub(super) fn node(step: &Step) -> Node {
    let mut entries = Entries::default();
    entries.push("name", Node::text(step.name.to_string()));
    entries.push_some("id", step.id.as_ref().map(|id| Node::text(id.as_str())));
    entries.push_some("if", step.if_.as_ref().map(condition));
    entries.push_some("continue-on-error", step.continue_on_error.then(|| boolean(true)));
    entries.push_some("timeout-minutes", step.timeout.map(|minutes| integer(minutes.get())));
    match &step.action {
        Action::Uses(used) => {
            entries.push("uses", uses(used));
            entries.push_some("with", with(used));
            entries.push_some("env", texts(&step.env));
        }
        // What a script is given stands before it, so that it is known when it is read.
        Action::Run(script) => {
            entries.push_some("env", texts(&step.env));
            entries.push("run", run(script));
        }
    }
    let mut node = commented(entries.node(), &step.comment);
    node.origin.clone_from(&step.origin);
    node
}

/// The commit, with its version behind it in the form that Renovate and Dependabot look for.
fn uses(uses: &Uses) -> Node {
    Node::text(uses.action.to_string()).with_behind(uses.action.version())
}

fn with(uses: &Uses) -> Option<Node> {
    let inputs = uses.with.iter().map(|(name, value)| {
        let value = match value {
            WithValue::Text(text) => Node::text(text.to_string()),
            WithValue::Lines(lines) => Node::text(block(lines.iter().map(ToString::to_string))),
            WithValue::Integer(number) => integer(*number),
            WithValue::Bool(value) => boolean(*value),
        };
        (name.to_string(), value)
    });
    (!uses.with.is_empty()).then(|| Node::mapping(inputs))
}

fn run(script: &RunScript) -> Node {
    Node::text(block(script.lines().map(str::to_owned)))
}

/// One line as it is; several as a block, which ends with a newline.
fn block(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    if lines.len() > 1 { lines.join("\n") + "\n" } else { lines.concat() }
}
