//! What only shows in a whole workflow: limits that are passed, references that lead nowhere, jobs that wait for each other.
//!
//! Lists all problems of a workflow and changes nothing. Limits of the written file belong to the emitter.

mod jobs;
mod limit;
mod triggers;

pub use limit::{LIMITS, Limit};

use super::name::{InputName, JobId, StepId};
use super::permission::{Level, Scope};
use super::workflow::Workflow;
use crate::source::Origin;

/// Something that GitHub would refuse, drop or never finish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The spec value that the workflow, job, step or input was made from.
    pub origin: Option<Origin>,
}

/// What a problem is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemKind {
    /// More of something than GitHub takes.
    #[error("{place} has {found} {}, and GitHub takes {} at most", .limit.what, .limit.most)]
    TooMany {
        /// The limit.
        limit: Limit,
        /// Which of many.
        place: String,
        /// How many there are.
        found: usize,
    },
    /// Something that must not be empty.
    #[error("{place} has no {what}")]
    Missing {
        /// Which of many.
        place: String,
        /// What is missing.
        what: &'static str,
    },
    /// A job that needs a job that does not exist.
    #[error("job `{job}` needs `{need}`, which is no job of this workflow")]
    UnknownNeed {
        /// The job.
        job: JobId,
        /// What it needs.
        need: JobId,
    },
    /// A job that needs another twice.
    #[error("job `{job}` needs `{need}` twice")]
    RepeatedNeed {
        /// The job.
        job: JobId,
        /// What it needs.
        need: JobId,
    },
    /// Jobs that wait for each other.
    #[error("jobs wait for each other: {}", circle(.0))]
    NeedsCycle(Vec<JobId>),
    /// Two jobs of one id; GitHub ignores case.
    #[error("the ids `{0}` and `{1}` of two jobs differ in case only")]
    SameJobId(JobId, JobId),
    /// Two steps of one id; GitHub ignores case.
    #[error("two steps of job `{job}` have the id `{id}`")]
    SameStepId {
        /// The job.
        job: JobId,
        /// The second step's.
        id: StepId,
    },
    /// Two inputs of one name; GitHub ignores case.
    #[error("the inputs `{0}` and `{1}` differ in case only")]
    SameInput(InputName, InputName),
    /// A filter that only takes away.
    #[error("the filter `{filter}` of `{event}` only excludes: nothing would start the workflow")]
    OnlyExcludes {
        /// The event.
        event: &'static str,
        /// The filter.
        filter: &'static str,
    },
    /// A level that GitHub does not know for the scope.
    #[error("job `{job}` asks for `{}: {}`, which GitHub does not offer", .scope.as_str(), .level.as_str())]
    LevelNotOffered {
        /// The job.
        job: JobId,
        /// The scope.
        scope: Scope,
        /// The level.
        level: Level,
    },
    /// A job that waits for its own workflow to end.
    #[error("job `{0}` is in the concurrency group of its own workflow: they would wait for each other")]
    SharedGroup(JobId),
}

impl Workflow {
    /// Everything that GitHub would refuse, in the order of the file.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        triggers::check(self, &mut found);
        jobs::check(self, &mut found);
        found
    }
}

fn circle(jobs: &[JobId]) -> String {
    let names: Vec<String> = jobs.iter().chain(jobs.first()).map(|job| format!("`{job}`")).collect();
    names.join(" -> ")
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;
    use crate::gha::{
        Concurrency, Dispatch, DispatchInput, InputKind, Job, Literal, Matrix, MergeGroup, Minutes, PullRequest, Push,
        Row, RunScript, Step, Strategy, Text, Triggers, WorkflowPath, input_name, job_id, literal, matrix_key,
        path_pattern, ref_pattern, runner_label, script, step_id, text,
    };

    const RUN: RunScript = script!("true");

    fn job() -> Job {
        Job::new(text!("Job"), runner_label!("ubuntu-24.04"), Minutes::of::<5>()).step(Step::run(text!("Run"), RUN))
    }

    fn workflow(on: impl Into<Triggers>) -> Workflow {
        let path = WorkflowPath::parse("a.yml").unwrap();
        Workflow::new(path, literal!("A"), on, Concurrency::new(text!("a")))
    }

    fn messages(workflow: &Workflow) -> Vec<String> {
        workflow.problems().into_iter().map(|problem| problem.kind.to_string()).collect()
    }

    fn of_job(job: Job) -> Vec<String> {
        messages(&workflow(Dispatch::default()).job(job_id!("a"), job))
    }

    #[test]
    fn a_good_workflow_has_none() {
        let workflow = workflow(PullRequest { branches: vec![ref_pattern!("main")], ..PullRequest::default() })
            .job(job_id!("a"), job())
            .job(job_id!("b"), job().needs(job_id!("a")))
            .job(job_id!("c"), job().needs(job_id!("a")).needs(job_id!("b")));
        assert_eq!(messages(&workflow), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_missing() {
        let mut empty = workflow(Dispatch::default());
        empty.concurrency.group = Text::empty();
        assert_eq!(messages(&empty), ["the workflow has no concurrency group", "the workflow has no jobs"]);
        let mut bare = job().concurrency(Concurrency::new(Text::empty()));
        bare.name = Text::empty();
        bare.steps.clear();
        assert_eq!(
            of_job(bare),
            ["job `a` has no name for its concurrency group", "job `a` has no name", "job `a` has no steps"]
        );
        assert_eq!(of_job(job().step(Step::run(Text::empty(), RUN))), ["step 2 of job `a` has no name"]);
        let empty_rows = Matrix::Include(vec![Row::new()]);
        assert_eq!(
            of_job(job().strategy(Strategy::new(empty_rows))),
            ["the matrix of job `a` has no rows, or a row without values"]
        );
    }

    #[test]
    fn limits_hold_up_to_their_number() {
        let rows = |count| {
            let row = Row::from([(matrix_key!("arch"), text!("amd64").into())]);
            of_job(job().strategy(Strategy::new(Matrix::Include(vec![row; count]))))
        };
        assert_eq!(rows(256), Vec::<String>::new());
        assert_eq!(rows(257), ["job `a` has 257 matrix rows, and GitHub takes 256 at most"]);

        let inputs = |count| {
            let input = DispatchInput::new(literal!("What"), InputKind::Boolean { default: false });
            let inputs: IndexMap<_, _> =
                (0..count).map(|n| (InputName::parse(format!("i{n}")).unwrap(), input.clone())).collect();
            messages(&workflow(Dispatch { inputs }).job(job_id!("a"), job()))
        };
        assert_eq!(inputs(25), Vec::<String>::new());
        assert_eq!(inputs(26), ["the workflow has 26 dispatch inputs, and GitHub takes 25 at most"]);

        let mut long = job();
        long.timeout = Minutes::of::<361>();
        assert_eq!(of_job(long.clone()), ["job `a` has 361 minutes on a hosted runner, and GitHub takes 360 at most"]);
        long.timeout = Minutes::of::<360>();
        assert_eq!(of_job(long.clone()), Vec::<String>::new());
        long.timeout = Minutes::of::<361>();
        long.runs_on = runner_label!("our-own").into();
        assert_eq!(of_job(long), Vec::<String>::new());
    }

    #[test]
    fn needs_lead_somewhere_and_end() {
        let workflow = workflow(Dispatch::default())
            .job(job_id!("start"), job())
            .job(job_id!("after"), job().needs(job_id!("b")).needs(job_id!("none")))
            .job(job_id!("a"), job().needs(job_id!("start")).needs(job_id!("c")))
            .job(job_id!("b"), job().needs(job_id!("a")).needs(job_id!("a")))
            .job(job_id!("c"), job().needs(job_id!("b")));
        assert_eq!(
            messages(&workflow),
            [
                "job `after` needs `none`, which is no job of this workflow",
                "job `b` needs `a` twice",
                "jobs wait for each other: `b` -> `a` -> `c` -> `b`",
            ]
        );
        assert_eq!(of_job(job().needs(job_id!("a"))), ["jobs wait for each other: `a` -> `a`"]);
    }

    #[test]
    fn names_differ_in_more_than_case() {
        let input = |text| DispatchInput::new(text, InputKind::Text { default: None });
        let form = Dispatch::default()
            .input(input_name!("arch"), input(literal!("One")))
            .input(input_name!("ARCH"), input(literal!("Two")));
        let step = |id| Step::run(text!("Run"), RUN).id(id);
        let workflow = workflow(form)
            .job(job_id!("a"), job().step(step(step_id!("x"))).step(step(step_id!("X"))))
            .job(job_id!("A"), job());
        assert_eq!(
            messages(&workflow),
            [
                "the inputs `arch` and `ARCH` differ in case only",
                "two steps of job `a` have the id `X`",
                "the ids `a` and `A` of two jobs differ in case only",
            ]
        );
    }

    #[test]
    fn filters_let_something_through() {
        let on = Triggers::from(Push { paths: vec![path_pattern!("!docs/**")], ..Push::default() })
            .and(PullRequest { branches: vec![ref_pattern!("!old"), ref_pattern!("**")], ..PullRequest::default() })
            .and(MergeGroup { branches: vec![ref_pattern!("!old")] });
        assert_eq!(
            messages(&workflow(on).job(job_id!("a"), job())),
            [
                "the filter `paths` of `push` only excludes: nothing would start the workflow",
                "the filter `branches` of `merge_group` only excludes: nothing would start the workflow",
            ]
        );
    }

    #[test]
    fn settings_make_sense() {
        let reason = || Literal::parse("why").unwrap();
        let granted = job().permit(Scope::IdToken, Level::Read, reason()).permit(Scope::Models, Level::Read, reason());
        assert_eq!(of_job(granted), ["job `a` asks for `id-token: read`, which GitHub does not offer"]);
        assert_eq!(
            of_job(job().concurrency(Concurrency::new(text!("A")))),
            ["job `a` is in the concurrency group of its own workflow: they would wait for each other"]
        );
    }

    #[test]
    fn every_limit_is_listed_once() {
        for limit in LIMITS {
            assert_eq!(LIMITS.iter().filter(|other| other.what == limit.what).count(), 1, "{}", limit.what);
        }
    }

    #[test]
    fn a_problem_points_at_the_nearest_spec_value() {
        let mut sources = crate::source::Sources::default();
        let spec = Origin::file(sources.add("spec/a.yaml", ""));
        let broken = job().step(Step::run(Text::empty(), RUN).origin(spec.key("step"))).needs(job_id!("none"));
        let workflow = workflow(Dispatch::default()).origin(spec.clone()).job(job_id!("a"), broken);
        let origins: Vec<_> = workflow.problems().into_iter().map(|problem| problem.origin).collect();
        assert_eq!(origins, [Some(spec.clone()), Some(spec.key("step"))]);
    }
}
