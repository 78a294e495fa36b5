//! A whole workflow, and its place in the repository.

use std::fmt;

use indexmap::IndexMap;

use super::charset;
use super::comment::Comment;
use super::concurrency::Concurrency;
use super::job::Job;
use super::made::Made;
use super::name::{EnvName, JobId};
use super::text::{Literal, Text};
use super::trigger::Triggers;
use crate::source::Origin;

/// A file name that GitHub would not look at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a file name of a workflow: it must be letters, digits, `.`, `_` and `-`, and end in `.yml` or `.yaml`"
)]
pub struct WorkflowPathError(String);

/// The path of a workflow, relative to the root of the repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkflowPath(String);

impl WorkflowPath {
    /// The folder of all workflows.
    pub const FOLDER: &'static str = ".github/workflows";

    /// Checks the name of a file in [`Self::FOLDER`].
    pub fn parse(file_name: impl Into<String>) -> Result<Self, WorkflowPathError> {
        let name = file_name.into();
        let stem = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"));
        let good = stem.is_some_and(|stem| charset::is_plain(stem) && !stem.starts_with('.'));
        if good { Ok(Self(name)) } else { Err(WorkflowPathError(name)) }
    }

    /// The name of the file, by which `gh workflow run` knows the workflow.
    pub fn file_name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WorkflowPath {
    /// Writes `.github/workflows/build.yml`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Self::FOLDER, self.0)
    }
}

/// A workflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workflow {
    /// Its file.
    pub path: WorkflowPath,
    /// The name that people see.
    pub name: Literal,
    /// What stands above everything else in the file.
    pub header: Comment,
    /// The name of one run; the commit's or the pull request's title if not given.
    pub run_name: Option<Text>,
    /// What starts it.
    pub on: Triggers,
    /// The group whose runs run one at a time.
    pub concurrency: Concurrency,
    /// The variables that all steps see.
    pub env: IndexMap<EnvName, Text>,
    /// The jobs.
    pub jobs: IndexMap<JobId, Job>,
    /// The spec value that it was made from.
    pub origin: Option<Origin>,
    /// What made it, and its parts.
    pub made: Made,
}

impl Workflow {
    /// A workflow without jobs.
    #[track_caller]
    pub fn new(path: WorkflowPath, name: Literal, on: impl Into<Triggers>, concurrency: Concurrency) -> Self {
        Self {
            path,
            name,
            header: Comment::default(),
            run_name: None,
            on: on.into(),
            concurrency,
            env: IndexMap::new(),
            jobs: IndexMap::new(),
            origin: None,
            made: Made::here(),
        }
    }

    /// This workflow, with a header.
    #[must_use]
    pub fn header(mut self, header: impl Into<Comment>) -> Self {
        self.header = header.into();
        self
    }

    /// This workflow, with a name for each run.
    #[must_use]
    pub fn run_name(mut self, name: impl Into<Text>) -> Self {
        self.run_name = Some(name.into());
        self
    }

    /// This workflow, with one more variable.
    #[must_use]
    pub fn env(mut self, name: EnvName, value: impl Into<Text>) -> Self {
        self.env.insert(name, value.into());
        self
    }

    /// This workflow, with one more job. It takes the place of a job of the same id.
    #[must_use]
    pub fn job(mut self, id: JobId, job: Job) -> Self {
        self.jobs.insert(id, job);
        self
    }

    /// This workflow, with the spec value that it was made from.
    #[must_use]
    pub fn origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// This workflow, with the spec value that made a part of it, such as `on.pull_request.branches`.
    #[must_use]
    pub fn value(mut self, path: &str, origin: Origin) -> Self {
        self.made.value(path, origin);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_file_that_github_reads() {
        let path = WorkflowPath::parse("build-podman.yml").unwrap();
        assert_eq!(path.to_string(), ".github/workflows/build-podman.yml");
        assert!(WorkflowPath::parse("a.yaml").is_ok());
        for bad in ["", ".yml", "..yml", "a.yml.txt", "a", "a/b.yml", "../a.yml", "a b.yml", "a.YML"] {
            assert!(WorkflowPath::parse(bad).is_err(), "{bad}");
        }
    }
}
