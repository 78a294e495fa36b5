//! A job: steps on one machine, with the permissions and the time that they need.

use indexmap::IndexMap;

use super::comment::Comment;
use super::concurrency::Concurrency;
use super::expression::Expression;
use super::made::Made;
use super::matrix::Strategy;
use super::minutes::Minutes;
use super::name::{EnvName, JobId, OutputName, RunnerLabel};
use super::permission::{Grant, Level, Permissions, Scope};
use super::step::Step;
use super::text::{Literal, Text};
use crate::source::Origin;

/// The machine of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunsOn {
    /// Known now.
    Label(RunnerLabel),
    /// Known when it runs, such as from the matrix.
    Expression(Expression),
}

impl From<RunnerLabel> for RunsOn {
    fn from(label: RunnerLabel) -> Self {
        Self::Label(label)
    }
}

impl From<Expression> for RunsOn {
    fn from(expression: Expression) -> Self {
        Self::Expression(expression)
    }
}

/// An environment of the repository, with its own secrets and rules of approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Its name.
    pub name: Text,
    /// What it is deployed to.
    pub url: Option<Text>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The name that people see.
    pub name: Text,
    /// The jobs that end before it starts.
    pub needs: Vec<JobId>,
    /// When it runs; if not given, when everything it needs went well.
    pub if_: Option<Expression>,
    /// The machine.
    pub runs_on: RunsOn,
    /// How long it may take.
    pub timeout: Minutes,
    /// What its token may do: nothing, unless granted.
    pub permissions: Permissions,
    /// The group whose members run one at a time.
    pub concurrency: Option<Concurrency>,
    /// The environment that it deploys to.
    pub environment: Option<Environment>,
    /// The rows for each of which it runs.
    pub strategy: Option<Strategy>,
    /// What jobs that need it can read.
    pub outputs: IndexMap<OutputName, Text>,
    /// The variables that its steps see.
    pub env: IndexMap<EnvName, Text>,
    /// What it does, in order.
    pub steps: Vec<Step>,
    /// What people should know about it, written above it.
    pub comment: Comment,
    /// The spec value that it was made from.
    pub origin: Option<Origin>,
    /// What made it, and its parts.
    pub made: Made,
}

impl Job {
    /// A job that does nothing yet and may nothing.
    #[track_caller]
    pub fn new(name: impl Into<Text>, runs_on: impl Into<RunsOn>, timeout: Minutes) -> Self {
        Self {
            name: name.into(),
            needs: Vec::new(),
            if_: None,
            runs_on: runs_on.into(),
            timeout,
            permissions: Permissions::new(),
            concurrency: None,
            environment: None,
            strategy: None,
            outputs: IndexMap::new(),
            env: IndexMap::new(),
            steps: Vec::new(),
            comment: Comment::default(),
            origin: None,
            made: Made::here(),
        }
    }

    /// This job, after one more job.
    #[must_use]
    pub fn needs(mut self, job: JobId) -> Self {
        self.needs.push(job);
        self
    }

    /// This job, run only under a condition.
    #[must_use]
    pub fn when(mut self, condition: Expression) -> Self {
        self.if_ = Some(condition);
        self
    }

    /// This job, with one more permission and its reason.
    #[must_use]
    pub fn permit(mut self, scope: Scope, level: Level, reason: Literal) -> Self {
        self.permissions.insert(scope, Grant { level, reason });
        self
    }

    /// This job, in a concurrency group.
    #[must_use]
    pub fn concurrency(mut self, concurrency: Concurrency) -> Self {
        self.concurrency = Some(concurrency);
        self
    }

    /// This job, in an environment.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
        self
    }

    /// This job, once for each row of a matrix.
    #[must_use]
    pub fn strategy(mut self, strategy: Strategy) -> Self {
        self.strategy = Some(strategy);
        self
    }

    /// This job, with one more output.
    #[must_use]
    pub fn output(mut self, name: OutputName, value: impl Into<Text>) -> Self {
        self.outputs.insert(name, value.into());
        self
    }

    /// This job, with one more variable.
    #[must_use]
    pub fn env(mut self, name: EnvName, value: impl Into<Text>) -> Self {
        self.env.insert(name, value.into());
        self
    }

    /// This job, with one more step at its end.
    #[must_use]
    pub fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// This job, with more steps at its end.
    #[must_use]
    pub fn steps(mut self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.steps.extend(steps);
        self
    }

    /// This job, explained.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<Comment>) -> Self {
        self.comment = comment.into();
        self
    }

    /// This job, with the spec value that it was made from.
    #[must_use]
    pub fn origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// This job, with the spec value that made a part of it, such as `timeout-minutes`.
    #[must_use]
    pub fn value(mut self, path: &str, origin: Origin) -> Self {
        self.made.value(path, origin);
        self
    }
}
