//! Problems of jobs and steps.

use super::{Limit, Problem, ProblemKind};
use crate::gha::job::{Job, RunsOn};
use crate::gha::matrix::{Matrix, Row};
use crate::gha::name::{JobId, StepId};
use crate::gha::workflow::Workflow;
use crate::source::Origin;

pub(super) fn check(workflow: &Workflow, found: &mut Vec<Problem>) {
    if workflow.jobs.is_empty() {
        let kind = ProblemKind::Missing { place: "the workflow".to_owned(), what: "jobs" };
        found.push(Problem { kind, origin: workflow.origin.clone() });
    }
    let mut seen: Vec<&JobId> = Vec::new();
    for (id, job) in &workflow.jobs {
        let origin = job.origin.as_ref().or(workflow.origin.as_ref());
        let mut add = |kind| found.push(Problem { kind, origin: origin.cloned() });
        if let Some(same) = seen.iter().find(|other| other.as_str().eq_ignore_ascii_case(id.as_str())) {
            add(ProblemKind::SameJobId((*same).clone(), id.clone()));
        }
        seen.push(id);
        check_needs(workflow, id, job, &mut add);
        check_settings(workflow, id, job, &mut add);
        check_steps(id, job, origin, found);
    }
    if let Some(cycle) = cycle(workflow) {
        let origin = cycle.first().and_then(|id| workflow.jobs.get(id)).and_then(|job| job.origin.clone());
        let origin = origin.or_else(|| workflow.origin.clone());
        found.push(Problem { kind: ProblemKind::NeedsCycle(cycle), origin });
    }
}

fn check_needs(workflow: &Workflow, id: &JobId, job: &Job, add: &mut impl FnMut(ProblemKind)) {
    for (position, need) in job.needs.iter().enumerate() {
        if !workflow.jobs.contains_key(need) {
            add(ProblemKind::UnknownNeed { job: id.clone(), need: need.clone() });
        }
        if job.needs.iter().take(position).any(|earlier| earlier == need) {
            add(ProblemKind::RepeatedNeed { job: id.clone(), need: need.clone() });
        }
    }
}

fn check_settings(workflow: &Workflow, id: &JobId, job: &Job, add: &mut impl FnMut(ProblemKind)) {
    let place = || format!("job `{id}`");
    let minutes = usize::from(job.timeout.get());
    if is_hosted(&job.runs_on) && minutes > Limit::HOSTED_MINUTES.most {
        add(ProblemKind::TooMany { limit: Limit::HOSTED_MINUTES, place: place(), found: minutes });
    }
    for (scope, grant) in job.permissions.iter().filter(|(scope, grant)| !scope.offers(grant.level)) {
        add(ProblemKind::LevelNotOffered { job: id.clone(), scope: *scope, level: grant.level });
    }
    if let Some(concurrency) = &job.concurrency {
        let (own, whole) = (concurrency.group.to_string(), workflow.concurrency.group.to_string());
        if own.is_empty() {
            add(ProblemKind::Missing { place: place(), what: "name for its concurrency group" });
        } else if own.eq_ignore_ascii_case(&whole) {
            add(ProblemKind::SharedGroup(id.clone()));
        }
    }
    if let Some(Matrix::Include(rows)) = job.strategy.as_ref().map(|strategy| &strategy.matrix) {
        if rows.is_empty() || rows.iter().any(Row::is_empty) {
            add(ProblemKind::Missing {
                place: format!("the matrix of {}", place()),
                what: "rows, or a row without values",
            });
        }
        if rows.len() > Limit::MATRIX_ROWS.most {
            add(ProblemKind::TooMany { limit: Limit::MATRIX_ROWS, place: place(), found: rows.len() });
        }
    }
    if job.name.is_empty() {
        add(ProblemKind::Missing { place: place(), what: "name" });
    }
    if job.steps.is_empty() {
        add(ProblemKind::Missing { place: place(), what: "steps" });
    }
}

fn check_steps(id: &JobId, job: &Job, origin: Option<&Origin>, found: &mut Vec<Problem>) {
    let mut seen: Vec<&StepId> = Vec::new();
    for (number, step) in job.steps.iter().enumerate() {
        let mut add = |kind| found.push(Problem { kind, origin: step.origin.as_ref().or(origin).cloned() });
        if step.name.is_empty() {
            add(ProblemKind::Missing { place: format!("step {} of job `{id}`", number + 1), what: "name" });
        }
        let Some(step_id) = &step.id else { continue };
        if seen.iter().any(|other| other.as_str().eq_ignore_ascii_case(step_id.as_str())) {
            add(ProblemKind::SameStepId { job: id.clone(), id: step_id.clone() });
        }
        seen.push(step_id);
    }
}

fn is_hosted(runs_on: &RunsOn) -> bool {
    let RunsOn::Label(label) = runs_on else { return false };
    ["ubuntu-", "windows-", "macos-"].iter().any(|prefix| label.as_str().starts_with(prefix))
}

/// The first circle of needs: jobs that can start are taken away until none can, then any that is left leads to it.
fn cycle(workflow: &Workflow) -> Option<Vec<JobId>> {
    let mut waiting: Vec<&JobId> = workflow.jobs.keys().collect();
    loop {
        let before = waiting.len();
        let still: Vec<&JobId> = waiting.iter().copied().filter(|id| next(workflow, id, &waiting).is_some()).collect();
        waiting = still;
        if waiting.len() == before {
            break;
        }
    }
    let mut path = vec![*waiting.first()?];
    loop {
        let need = next(workflow, path.last()?, &waiting)?;
        if let Some(start) = path.iter().position(|id| *id == need) {
            return Some(path[start..].iter().copied().cloned().collect());
        }
        path.push(need);
    }
}

/// The first need of a job that is still waiting itself.
fn next<'a>(workflow: &'a Workflow, id: &JobId, waiting: &[&JobId]) -> Option<&'a JobId> {
    workflow.jobs.get(id)?.needs.iter().find(|need| waiting.contains(need))
}
