//! Workflows as facts, as GitHub takes them: comments and origins are none of them.
//!
//! Pins of actions are told once for all workflows, and what several workflows have in common is one sentence.

use std::collections::BTreeMap;

use super::Change;
use super::difference::{differences as compare, granted};
use super::step;
use super::thing::{FILE, JOB, Thing};
use super::words::{list, texts};
use crate::gha::{
    Concurrency, Dispatch, DispatchInput, Environment, InputKind, Job, Matrix, RunsOn, Scalar, Strategy, Switch, Text,
    Triggers, Workflow,
};
use crate::plan::Plan;

/// Sentences about workflows.
pub(super) fn differences(old: &Plan, new: &Plan) -> Vec<Change> {
    let of = |plan: &Plan| -> BTreeMap<String, Thing> {
        let named = plan.workflows.iter().map(|it| (it.workflow.path.file_name().to_owned(), thing(&it.workflow)));
        named.collect()
    };
    let (before, after) = (of(old), of(new));
    let mut sentences: Vec<(String, Vec<String>)> = Vec::new();
    for (file, thing) in &after {
        let told = match before.get(file) {
            Some(old) => compare(old, thing),
            None => [vec![format!("adds the workflow {FILE}")], granted(thing)].concat(),
        };
        for sentence in told {
            match sentences.iter_mut().find(|(known, _)| *known == sentence) {
                Some((_, files)) => files.push(file.clone()),
                None => sentences.push((sentence, vec![file.clone()])),
            }
        }
    }
    let mut sentences = merged(sentences);
    let gone = before.keys().filter(|file| !after.contains_key(*file));
    sentences
        .extend(gone.map(|file| (format!("drops the workflow {FILE}"), vec![(String::new(), vec![file.clone()])])));
    sentences.into_iter().map(|(sentence, jobs)| change(new, &sentence, &jobs)).collect()
}

/// Jobs and the files that have them; the job is empty where a sentence is about no job, or begins with one.
type Jobs = Vec<(String, Vec<String>)>;

/// Makes one sentence of those that differ by their job alone.
fn merged(sentences: Vec<(String, Vec<String>)>) -> Vec<(String, Jobs)> {
    let mut merged: Vec<(String, Jobs)> = Vec::new();
    for (sentence, files) in sentences {
        let parts: Vec<&str> = sentence.split(JOB).collect();
        let (sentence, job) = match parts.as_slice() {
            [before, job, after] if *before != "the " => {
                let after = after.strip_prefix(&format!(" job of {FILE}")).unwrap_or(after);
                (format!("{}{FILE}{after}", before.strip_suffix("the ").unwrap_or(before)), (*job).to_owned())
            }
            _ => (sentence.replace(JOB, ""), String::new()),
        };
        match merged.iter_mut().find(|(known, jobs)| *known == sentence && !job.is_empty() && !jobs.is_empty()) {
            Some((_, jobs)) => jobs.push((job, files)),
            None => merged.push((sentence, vec![(job, files)])),
        }
    }
    merged
}

fn change(plan: &Plan, sentence: &str, jobs: &Jobs) -> Change {
    let mut by_files: Vec<(&[String], Vec<String>)> = Vec::new();
    for (job, files) in jobs {
        match by_files.iter_mut().find(|(known, _)| *known == files.as_slice()) {
            Some((_, ids)) => ids.push(job.clone()),
            None => by_files.push((files, vec![job.clone()])),
        }
    }
    let changes: Vec<Change> = by_files.iter().map(|(files, ids)| place(plan, files, ids)).collect();
    let subjects: Vec<String> = changes.iter().map(|change| change.sentence.clone()).collect();
    let tools = match changes.as_slice() {
        [one] => one.tools.clone(),
        _ => Vec::new(),
    };
    Change { tools, sentence: sentence.replace(FILE, &list(&subjects)) }
}

/// How the jobs of some files are called, and the tools that they are of.
fn place(plan: &Plan, files: &[String], jobs: &[String]) -> Change {
    let tool = |file: &String| {
        let name = file.strip_prefix("build-")?.strip_suffix(".yml")?;
        plan.tools.iter().find(|tool| tool.name.as_str() == name).map(|tool| tool.name.to_string())
    };
    let tools: Vec<String> = files.iter().filter_map(tool).collect();
    let is_every = tools.len() == plan.tools.len() && tools.len() > 1;
    let names = if is_every && tools.len() == files.len() { "every build workflow".to_owned() } else { list(files) };
    let is_shared = is_every || tools.len() != files.len();
    let jobs: Vec<String> = jobs.iter().filter(|job| !job.is_empty()).cloned().collect();
    let sentence = match jobs.len() {
        0 => names,
        1 => format!("the {} job of {names}", list(&jobs)),
        _ => format!("the {} jobs of {names}", list(&jobs)),
    };
    Change { tools: if is_shared { Vec::new() } else { tools }, sentence }
}

fn thing(workflow: &Workflow) -> Thing {
    let Workflow { path: _, name, header: _, run_name, on, concurrency, env, jobs, made: _, origin: _ } = workflow;
    let thing = Thing::new(FILE)
        .is("name", name)
        .maybe("name of runs", run_name.as_ref())
        .map("variable", pairs(env))
        .is("concurrency", of_concurrency(concurrency));
    triggers(thing, on).parts(jobs.iter().map(|(id, job)| ("job", id.to_string(), of_job(id.as_str(), job))))
}

fn triggers(thing: Thing, on: &Triggers) -> Thing {
    let crons = on.schedule().iter().map(|it| {
        let zone = it.timezone.as_ref().map(|zone| format!(" in {zone}")).unwrap_or_default();
        format!("{}{zone}", it.cron)
    });
    let crons: Vec<String> = crons.collect();
    let thing = thing.maybe("schedule", (!crons.is_empty()).then(|| crons.join(", ")));
    let thing = match on.dispatch() {
        Some(Dispatch { inputs }) => inputs.iter().fold(thing.flag("start by hand", true), |thing, (name, input)| {
            thing.part("dispatch input", name.as_str(), of_input(name.as_str(), input))
        }),
        None => thing.flag("start by hand", false),
    };
    let pull_request = on.pull_request();
    let push = on.push();
    let group = on.merge_group();
    thing
        .flag("run on pull requests", pull_request.is_some())
        .has(
            "kind of event of pull requests",
            pull_request.map_or_else(Vec::new, |it| it.types.iter().map(|it| it.as_str().to_owned()).collect()),
        )
        .has("branch of pull requests", pull_request.map_or_else(Vec::new, |it| texts(&it.branches)))
        .has("path of pull requests", pull_request.map_or_else(Vec::new, |it| texts(&it.paths)))
        .flag("run on pushes", push.is_some())
        .has("branch of pushes", push.map_or_else(Vec::new, |it| texts(&it.branches)))
        .has("tag of pushes", push.map_or_else(Vec::new, |it| texts(&it.tags)))
        .has("path of pushes", push.map_or_else(Vec::new, |it| texts(&it.paths)))
        .flag("run in the merge queue", group.is_some())
        .has("branch of the merge queue", group.map_or_else(Vec::new, |it| texts(&it.branches)))
}

fn of_input(name: &str, input: &DispatchInput) -> Thing {
    let DispatchInput { description, required, kind, origin: _ } = input;
    let thing = Thing::new(format!("the dispatch input {name} of {FILE}"))
        .is("text", description)
        .flag("need for a value", *required);
    match kind {
        InputKind::Text { default } => thing.is("kind", "text").maybe("default", default.as_ref()),
        InputKind::Boolean { default } => thing.is("kind", "yes or no").flag("default", *default),
        InputKind::Number { default } => thing.is("kind", "number").maybe("default", *default),
        InputKind::Choice(choice) => thing.is("kind", "choice").has("option", texts(choice.options())),
    }
}

fn of_job(id: &str, job: &Job) -> Thing {
    let Job {
        name,
        needs,
        if_,
        runs_on,
        timeout,
        permissions,
        concurrency,
        environment,
        strategy,
        outputs,
        env,
        steps,
        comment: _,
        made: _,
        origin: _,
    } = job;
    let runs_on = match runs_on {
        RunsOn::Label(label) => label.to_string(),
        RunsOn::Expression(expression) => expression.to_string(),
    };
    let permissions = permissions.iter().map(|(scope, grant)| format!("{}: {}", scope.as_str(), grant.level.as_str()));
    let environment = environment.as_ref().map(|it| {
        let Environment { name, url } = it;
        url.as_ref().map_or_else(|| name.to_string(), |url| format!("{name} at {url}"))
    });
    let thing = Thing::new(format!("the {JOB}{id}{JOB} job of {FILE}"))
        .may(permissions.collect())
        .is("name", name)
        .has("job before it", texts(needs))
        .maybe("condition", if_.as_ref())
        .is("runner", runs_on)
        .is("time limit", format!("{} min", timeout.get()))
        .maybe("concurrency", concurrency.as_ref().map(of_concurrency))
        .maybe("environment", environment)
        .maybe("matrix", strategy.as_ref().map(of_strategy))
        .map("result", pairs(outputs))
        .map("variable", pairs(env));
    step::parts(thing, id, steps)
}

fn of_strategy(strategy: &Strategy) -> String {
    let Strategy { matrix, fail_fast, max_parallel } = strategy;
    let matrix = match matrix {
        Matrix::Include(rows) => {
            let cell = |value: &Scalar| match value {
                Scalar::Text(text) => text.to_string(),
                Scalar::Integer(number) => number.to_string(),
                Scalar::Bool(value) => value.to_string(),
            };
            let row = |row: &crate::gha::Row| -> String {
                row.iter().map(|(key, value)| format!("{key}={}", cell(value))).collect::<Vec<_>>().join(" ")
            };
            rows.iter().map(row).collect::<Vec<_>>().join("; ")
        }
        Matrix::IncludeFrom(rows) => format!("include {rows}"),
        Matrix::From(matrix) => matrix.to_string(),
    };
    let fail = if *fail_fast { ", stopped at the first failure" } else { "" };
    let most = max_parallel.map(|most| format!(", {most} at once")).unwrap_or_default();
    format!("{matrix}{fail}{most}")
}

fn of_concurrency(concurrency: &Concurrency) -> String {
    let Concurrency { group, cancel_in_progress, comment: _ } = concurrency;
    match cancel_in_progress {
        Switch::Is(false) => group.to_string(),
        Switch::Is(true) => format!("{group}, the older one cancelled"),
        Switch::When(expression) => format!("{group}, the older one cancelled if {expression}"),
    }
}

/// Names with texts.
pub(super) fn pairs<K: ToString>(values: &indexmap::IndexMap<K, Text>) -> Vec<(String, String)> {
    values.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}
