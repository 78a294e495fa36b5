//! The typed workflow: what GitHub Actions accepts, and nothing else. Names are GitHub's words.
//!
//! A value of these types can be written as it is: names, pins, schedules and expressions are checked where they are made,
//! literals of this program while compiling. What only shows in the whole (limits, references, cycles) is listed by
//! [`Workflow::problems`]. Knows nothing of tools, components or YAML.
//!
//! ```compile_fail
//! let id = ghagen::job_id!("not an id");
//! ```
//! ```compile_fail
//! let script = ghagen::script!("echo ${{ github.head_ref }}");
//! ```
//! ```
//! let name = ghagen::text!("Build for ", ghagen::expr!("matrix.arch"));
//! assert_eq!(name.to_string(), "Build for ${{ matrix.arch }}");
//! ```
//!
//! What is fixed for every workflow is no field: at the top `permissions: {}`, as the shell bash with `pipefail`.

mod action;
mod charset;
mod comment;
mod concurrency;
mod cron;
mod expression;
mod job;
mod made;
mod matrix;
mod minutes;
mod name;
mod permission;
mod problem;
mod script;
mod step;
mod text;
mod timezone;
mod trigger;
mod workflow;

pub use action::{ActionRef, ActionRefError};
pub use comment::Comment;
pub use concurrency::{Concurrency, Switch};
pub use cron::{Cron, CronError, CronField, ItemError};
pub use expression::{Expression, ExpressionError, expr};
pub use job::{Environment, Job, RunsOn};
pub use made::Made;
pub use matrix::{Matrix, Row, Scalar, Strategy};
pub use minutes::{Minutes, MinutesError};
pub use name::{
    EnvName, InputName, JobId, MatrixKey, NameError, OutputName, PathPattern, RefPattern, RunnerLabel, StepId,
    env_name, input_name, job_id, matrix_key, output_name, path_pattern, ref_pattern, runner_label, step_id,
};
pub use permission::{Grant, Level, Permissions, Scope};
pub use problem::{LIMITS, Limit, Problem, ProblemKind};
pub use script::{RunScript, ScriptError, script};
pub use step::{Action, Step, Uses, WithValue};
pub use text::{Literal, LiteralError, Part, Text, literal, text};
pub use timezone::{Timezone, TimezoneError};
pub use trigger::{
    Choice, Dispatch, DispatchInput, InputKind, MergeGroup, PullRequest, PullRequestType, Push, Schedule, Triggers,
};
pub use workflow::{Workflow, WorkflowPath, WorkflowPathError};
