//! A step of a job: an action that is used, or a script that is run.

use indexmap::IndexMap;

use super::action::ActionRef;
use super::comment::Comment;
use super::expression::Expression;
use super::made::Made;
use super::minutes::Minutes;
use super::name::{EnvName, InputName, StepId};
use super::script::RunScript;
use super::text::Text;
use crate::source::Origin;

/// The value of an input of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WithValue {
    /// One line.
    Text(Text),
    /// Several lines, such as a list of paths.
    Lines(Vec<Text>),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
}

impl<T: Into<Text>> From<T> for WithValue {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for WithValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for WithValue {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<Vec<Text>> for WithValue {
    fn from(lines: Vec<Text>) -> Self {
        Self::Lines(lines)
    }
}

/// An action and its inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uses {
    /// The action.
    pub action: ActionRef,
    /// Its inputs.
    pub with: IndexMap<InputName, WithValue>,
}

impl Uses {
    /// An action without inputs.
    pub fn new(action: ActionRef) -> Self {
        Self { action, with: IndexMap::new() }
    }

    /// This action, with one more input.
    #[must_use]
    pub fn with(mut self, input: InputName, value: impl Into<WithValue>) -> Self {
        self.with.insert(input, value.into());
        self
    }
}

impl From<ActionRef> for Uses {
    fn from(action: ActionRef) -> Self {
        Self::new(action)
    }
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// It uses an action.
    Uses(Uses),
    /// It runs a script.
    Run(RunScript),
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The name that its log is found by.
    pub name: Text,
    /// The name that expressions find its outputs by.
    pub id: Option<StepId>,
    /// When it runs; if not given, when everything before it went well.
    pub if_: Option<Expression>,
    /// What it does.
    pub action: Action,
    /// The variables that it sees besides those of the job.
    pub env: IndexMap<EnvName, Text>,
    /// Whether the job goes on, and counts as successful, if this step fails.
    pub continue_on_error: bool,
    /// How long it may take; as long as the job if not given.
    pub timeout: Option<Minutes>,
    /// What people should know about it, written above it.
    pub comment: Comment,
    /// The spec value that it was made from.
    pub origin: Option<Origin>,
    /// What made it, and its parts.
    pub made: Made,
}

impl Step {
    /// A step that runs a script.
    #[track_caller]
    pub fn run(name: impl Into<Text>, script: RunScript) -> Self {
        Self::new(name.into(), Action::Run(script))
    }

    /// A step that uses an action.
    #[track_caller]
    pub fn uses(name: impl Into<Text>, uses: impl Into<Uses>) -> Self {
        Self::new(name.into(), Action::Uses(uses.into()))
    }

    /// This step, with an id.
    #[must_use]
    pub fn id(mut self, id: StepId) -> Self {
        self.id = Some(id);
        self
    }

    /// This step, run only under a condition.
    #[must_use]
    pub fn when(mut self, condition: Expression) -> Self {
        self.if_ = Some(condition);
        self
    }

    /// This step, with a variable.
    #[must_use]
    pub fn env(mut self, name: EnvName, value: impl Into<Text>) -> Self {
        self.env.insert(name, value.into());
        self
    }

    /// This step, allowed to fail.
    #[must_use]
    pub fn continue_on_error(mut self) -> Self {
        self.continue_on_error = true;
        self
    }

    /// This step, with a time limit of its own.
    #[must_use]
    pub fn timeout(mut self, minutes: Minutes) -> Self {
        self.timeout = Some(minutes);
        self
    }

    /// This step, explained.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<Comment>) -> Self {
        self.comment = comment.into();
        self
    }

    /// This step, with the spec value that it was made from.
    #[must_use]
    pub fn origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// This step, with the spec value that made a part of it, such as `env.TITLE`.
    #[must_use]
    pub fn value(mut self, path: &str, origin: Origin) -> Self {
        self.made.value(path, origin);
        self
    }

    #[track_caller]
    fn new(name: Text, action: Action) -> Self {
        Self {
            name,
            id: None,
            if_: None,
            action,
            env: IndexMap::new(),
            continue_on_error: false,
            timeout: None,
            comment: Comment::default(),
            origin: None,
            made: Made::here(),
        }
    }
}
