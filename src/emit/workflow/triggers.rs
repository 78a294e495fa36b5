//! The node of `on`.

use super::entries::{Entries, commented, lines, names};
use super::{boolean, integer};
use crate::gha::{Dispatch, DispatchInput, InputKind, MergeGroup, PullRequest, Push, Schedule, Triggers};
use crate::yaml::{Kind, Node};

pub(super) fn node(triggers: &Triggers) -> Node {
    let mut on = Entries::default();
    if !triggers.schedule().is_empty() {
        on.push("schedule", Node::sequence(triggers.schedule().iter().map(schedule)));
    }
    on.push_some("workflow_dispatch", triggers.dispatch().map(dispatch));
    on.push_some("pull_request", triggers.pull_request().map(pull_request));
    on.push_some("push", triggers.push().map(push));
    on.push_some("merge_group", triggers.merge_group().map(merge_group));
    on.node()
}

fn schedule(schedule: &Schedule) -> Node {
    let mut entries = Entries::default();
    entries.push("cron", Node::text(schedule.cron.as_str()));
    entries.push_some("timezone", schedule.timezone.as_ref().map(|zone| Node::text(zone.as_str())));
    let mut node = commented(entries.node(), &schedule.comment);
    node.origin.clone_from(&schedule.origin);
    node
}

fn dispatch(dispatch: &Dispatch) -> Node {
    let inputs = dispatch.inputs.iter().map(|(name, input)| (name.to_string(), dispatch_input(input)));
    let mut entries = Entries::default();
    if !dispatch.inputs.is_empty() {
        entries.push("inputs", Node::mapping(inputs));
    }
    or_nothing(entries)
}

fn dispatch_input(input: &DispatchInput) -> Node {
    let (name, default, options) = match &input.kind {
        InputKind::Text { default } => ("string", default.as_ref().map(|text| Node::text(text.as_str())), None),
        InputKind::Boolean { default } => ("boolean", Some(boolean(*default)), None),
        InputKind::Number { default } => ("number", default.map(integer), None),
        InputKind::Choice(choice) => {
            let default = choice.options().first().map(|option| Node::text(option.as_str()));
            ("choice", default, names(choice.options()))
        }
    };
    let mut entries = Entries::default();
    entries.push("description", Node::text(input.description.as_str()));
    entries.push("type", Node::text(name));
    entries.push_some("required", input.required.then(|| boolean(true)));
    entries.push_some("default", default);
    entries.push_some("options", options);
    let mut node = entries.node();
    node.origin.clone_from(&input.origin);
    node
}

fn pull_request(pull_request: &PullRequest) -> Node {
    let types: Vec<&str> = pull_request.types.iter().map(|kind| kind.as_str()).collect();
    let mut entries = Entries::default();
    entries.push_some("types", names(&types));
    entries.push_some("branches", names(&pull_request.branches));
    entries.push_some("paths", lines(&pull_request.paths));
    or_nothing(entries)
}

fn push(push: &Push) -> Node {
    let mut entries = Entries::default();
    entries.push_some("branches", names(&push.branches));
    entries.push_some("tags", names(&push.tags));
    entries.push_some("paths", lines(&push.paths));
    or_nothing(entries)
}

fn merge_group(merge_group: &MergeGroup) -> Node {
    let mut entries = Entries::default();
    entries.push_some("branches", names(&merge_group.branches));
    or_nothing(entries)
}

/// An event without settings is a key with nothing behind it.
fn or_nothing(entries: Entries) -> Node {
    let node = entries.node();
    if node.kind == Kind::Mapping(Vec::new()) { Node::new(Kind::Null) } else { node }
}
