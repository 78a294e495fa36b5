//! What changes between two states of a project, in words of the model: for those who review a pull request.
//!
//! Compares what specs mean. Where everything that is generated stays the same but for its headers there is no change, whatever
//! the difference of the specs in bytes; where it does not, there is at least one sentence. Reads nothing, and knows no git.

mod cells;
mod component;
mod difference;
mod hook;
mod pins;
mod project;
mod recipe;
mod rest;
mod step;
mod thing;
mod tool;
mod toolchain;
mod words;
mod workflow;

use std::collections::BTreeSet;

use crate::emit::Artifact;
use crate::model::{ComponentName, Model, ToolName};
use crate::plan::Plan;

/// A state of a project.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    /// What the spec means.
    pub model: &'a Model,
    /// What follows from it.
    pub plan: &'a Plan,
    /// What is generated.
    pub artifacts: &'a [Artifact],
}

/// Something that changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The tools that it is about, sorted; without any, it is about the project.
    pub tools: Vec<String>,
    /// What changes.
    pub sentence: String,
}

/// Says what changes: what the project has in common first, then tool by tool, then what some tools share.
pub fn compare(old: State<'_>, new: State<'_>) -> Vec<Change> {
    let differing = rest::differing(old, new);
    if differing.is_empty() {
        return Vec::new();
    }
    let mut changes = Vec::new();
    let mut say = |tools: &[String], sentences: Vec<String>| {
        changes.extend(sentences.into_iter().map(|sentence| Change { tools: tools.to_vec(), sentence }));
    };
    say(&[], difference::differences(&project::thing(old.model), &project::thing(new.model)));
    let tools: BTreeSet<&ToolName> = old.model.tools.keys().chain(new.model.tools.keys()).collect();
    for name in tools {
        say(&[name.to_string()], tool::differences(name, old, new));
    }
    let components: BTreeSet<&ComponentName> = old.model.components.keys().chain(new.model.components.keys()).collect();
    for name in components {
        // What shares the source of another component has its pin.
        let has_source = |model: &Model| model.components.get(name).is_none_or(|it| it.shares_source_of.is_none());
        let mut sentences = Vec::new();
        if has_source(old.model) || has_source(new.model) {
            sentences.extend(pins::differences(name, old.plan, new.plan));
        }
        sentences.extend(component::differences(name, old.model, new.model));
        say(&users(name, old, new), sentences);
    }
    changes.extend(workflow::differences(old.plan, new.plan));
    changes.extend(rest::untold(&differing, &changes));
    changes.sort_by_key(|change| (change.tools.len() > 1, change.tools.clone()));
    changes.dedup();
    changes
}

/// The tools that build a component, in either state; none, if all do.
fn users(name: &ComponentName, old: State<'_>, new: State<'_>) -> Vec<String> {
    let builds = |plan: &Plan| -> Vec<String> {
        let tools = plan.tools.iter().filter(|tool| tool.units.iter().any(|unit| &unit.component == name));
        tools.map(|tool| tool.name.to_string()).collect()
    };
    let users: BTreeSet<String> = builds(old.plan).into_iter().chain(builds(new.plan)).collect();
    if users.len() > 1 && users.len() == new.plan.tools.len() { Vec::new() } else { users.into_iter().collect() }
}

#[cfg(test)]
mod tests;
