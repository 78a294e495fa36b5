//! Concurrency groups: of all runs or jobs with one group, one runs at a time.

use super::comment::Comment;
use super::expression::Expression;
use super::text::Text;

/// Yes, no, or what an expression says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Switch {
    /// Known now.
    Is(bool),
    /// Known when it runs.
    When(Expression),
}

impl From<bool> for Switch {
    fn from(value: bool) -> Self {
        Self::Is(value)
    }
}

impl From<Expression> for Switch {
    fn from(expression: Expression) -> Self {
        Self::When(expression)
    }
}

/// A concurrency group, and what happens to a member that runs when the next one comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concurrency {
    /// The name of the group; GitHub ignores its case.
    pub group: Text,
    /// Whether the one that runs is cancelled. If not, the next one waits, and a third one takes the second one's place.
    pub cancel_in_progress: Switch,
    /// Why it is so.
    pub comment: Comment,
}

impl Concurrency {
    /// A group whose members wait for each other.
    pub fn new(group: impl Into<Text>) -> Self {
        Self { group: group.into(), cancel_in_progress: Switch::Is(false), comment: Comment::default() }
    }

    /// This group, with members that are cancelled by the next one, always or sometimes.
    #[must_use]
    pub fn cancel_in_progress(mut self, switch: impl Into<Switch>) -> Self {
        self.cancel_in_progress = switch.into();
        self
    }

    /// This group, explained.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<Comment>) -> Self {
        self.comment = comment.into();
        self
    }
}
