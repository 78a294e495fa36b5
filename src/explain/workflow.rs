//! The lines of a workflow.

use std::collections::BTreeSet;

use super::file::text;
use super::{Line, Maker};
use crate::emit::workflow::routes;
use crate::emit::{Artifact, with_header};
use crate::gha::{Action, Job, Made, Step, Workflow};
use crate::model::Model;
use crate::plan::PlannedWorkflow;
use crate::source::{FileId, Origin, Route, Segment, Sources};

/// What made each line.
pub(super) fn lines(sources: &Sources, model: &Model, planned: &PlannedWorkflow, artifact: &Artifact) -> Vec<Line> {
    let workflow = with_header(sources, planned);
    let routes = routes(&workflow);
    let text = text(artifact);
    let line = |(index, route): (usize, &Route)| {
        let after = artifact.origins.partition_point(|(start, _)| *start <= index + 1);
        let asked_by = after.checked_sub(1).and_then(|place| artifact.origins.get(place)).map(|(_, origin)| origin);
        let text = text.lines().nth(index).unwrap_or_default();
        line(model, &workflow, &planned.files, (text, route), asked_by)
    };
    routes.iter().enumerate().map(line).collect()
}

/// A job or a step of it that a line belongs to.
struct Place<'a> {
    job: Option<(&'a str, &'a Job)>,
    step: Option<(usize, &'a Step)>,
    /// How many segments of the route lead to it.
    depth: usize,
}

fn place<'a>(workflow: &'a Workflow, route: &[Segment]) -> Place<'a> {
    let mut place = Place { job: None, step: None, depth: 0 };
    let [Segment::Key(jobs), Segment::Key(id), rest @ ..] = route else { return place };
    let job = workflow.jobs.iter().find(|(other, _)| jobs == "jobs" && other.as_str() == id);
    let Some((id, job)) = job else { return place };
    (place.job, place.depth) = (Some((id.as_str(), job)), 2);
    if let [Segment::Key(steps), Segment::Index(index), ..] = rest
        && steps == "steps"
        && let Some(step) = job.steps.get(*index)
    {
        (place.step, place.depth) = (Some((*index, step)), 4);
    }
    place
}

fn line(
    model: &Model,
    workflow: &Workflow,
    files: &BTreeSet<FileId>,
    (text, route): (&str, &Route),
    asked_by: Option<&Origin>,
) -> Line {
    let segments = route.segments();
    let place = place(workflow, segments);
    let below = |depth: usize| segments.iter().skip(depth).cloned().collect::<Route>();
    let mut part_of = vec![format!("the workflow \"{}\"", workflow.name.as_str())];
    let (mut values, mut conditions) = values(&workflow.made, &below(0));
    let mut made = &workflow.made;
    if let Some((id, job)) = place.job {
        part_of.push(format!("the job `{id}` (\"{}\")", job.name));
        let more = self::values(&job.made, &below(2));
        values.extend(more.0);
        conditions.extend(more.1);
        made = &job.made;
    }
    if let Some((index, step)) = place.step {
        part_of.push(format!("step {} (\"{}\")", index + 1, step.name));
        let more = self::values(&step.made, &below(4));
        values.extend(more.0);
        conditions.extend(more.1);
        values.extend(pin(model, step, &below(4)));
        made = &step.made;
    }
    let rest = below(place.depth);
    if !rest.segments().is_empty() {
        part_of.push(format!("its `{rest}`"));
    } else if segments.is_empty() {
        part_of.push("its header, which names the files of the spec".to_owned());
        values.extend(files.iter().map(|file| Origin::file(*file)));
    }
    let maker =
        Maker { kind: "module of the plan", file: made.file().to_owned(), line: usize::try_from(made.line()).ok() };
    let asked_by = asked_by.filter(|origin| !values.contains(origin) && !conditions.contains(origin)).cloned();
    if text.is_empty() {
        // What separates two values is made by neither.
        values.clear();
    }
    let is_constant = values.is_empty() && conditions.is_empty();
    Line { part_of, maker, values, conditions, is_constant, asked_by }
}

/// The values that made what is at a route, and those that made what is around it.
fn values(made: &Made, route: &Route) -> (Vec<Origin>, Vec<Origin>) {
    let route = route.to_string();
    let (mut here, mut around) = (Vec::new(), Vec::new());
    for (path, origin) in made.values() {
        match route.strip_prefix(path) {
            Some("") => here.push(origin.clone()),
            Some(rest) if path.is_empty() || rest.starts_with(['.', '[']) => around.push(origin.clone()),
            _ => {}
        }
    }
    (here, around)
}

/// The pin of the action that a line uses.
fn pin(model: &Model, step: &Step, route: &Route) -> Option<Origin> {
    let Action::Uses(uses) = &step.action else { return None };
    let is_use = matches!(route.segments(), [Segment::Key(key)] if key == "uses");
    is_use.then(|| model.project.lock.key("actions").key(uses.action.action()))
}
