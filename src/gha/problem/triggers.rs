//! Problems of what starts a workflow.

use super::{Limit, Problem, ProblemKind};
use crate::gha::name::InputName;
use crate::gha::trigger::Dispatch;
use crate::gha::workflow::Workflow;

pub(super) fn check(workflow: &Workflow, found: &mut Vec<Problem>) {
    if let Some(dispatch) = workflow.on.dispatch() {
        check_inputs(workflow, dispatch, found);
    }
    if workflow.concurrency.group.is_empty() {
        let kind = ProblemKind::Missing { place: "the workflow".to_owned(), what: "concurrency group" };
        found.push(Problem { kind, origin: workflow.origin.clone() });
    }
    check_filters(workflow, found);
}

fn check_filters(workflow: &Workflow, found: &mut Vec<Problem>) {
    let mut check = |event, filter, excludes| {
        if excludes {
            found.push(Problem { kind: ProblemKind::OnlyExcludes { event, filter }, origin: workflow.origin.clone() });
        }
    };
    if let Some(push) = workflow.on.push() {
        check("push", "branches", only_excludes(&push.branches));
        check("push", "tags", only_excludes(&push.tags));
        check("push", "paths", only_excludes(&push.paths));
    }
    if let Some(pull_request) = workflow.on.pull_request() {
        check("pull_request", "branches", only_excludes(&pull_request.branches));
        check("pull_request", "paths", only_excludes(&pull_request.paths));
    }
    if let Some(merge_group) = workflow.on.merge_group() {
        check("merge_group", "branches", only_excludes(&merge_group.branches));
    }
}

fn check_inputs(workflow: &Workflow, dispatch: &Dispatch, found: &mut Vec<Problem>) {
    let limit = Limit::DISPATCH_INPUTS;
    if dispatch.inputs.len() > limit.most {
        let kind = ProblemKind::TooMany { limit, place: "the workflow".to_owned(), found: dispatch.inputs.len() };
        found.push(Problem { kind, origin: workflow.origin.clone() });
    }
    let mut seen: Vec<&InputName> = Vec::new();
    for (name, input) in &dispatch.inputs {
        if let Some(same) = seen.iter().find(|other| other.as_str().eq_ignore_ascii_case(name.as_str())) {
            let kind = ProblemKind::SameInput((*same).clone(), name.clone());
            found.push(Problem { kind, origin: input.origin.clone().or_else(|| workflow.origin.clone()) });
        }
        seen.push(name);
    }
}

fn only_excludes(patterns: &[impl AsRef<str>]) -> bool {
    !patterns.is_empty() && patterns.iter().all(|pattern| pattern.as_ref().starts_with('!'))
}
