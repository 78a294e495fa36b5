//! What starts a workflow.

mod dispatch;

pub use dispatch::{Choice, Dispatch, DispatchInput, InputKind};

use super::comment::Comment;
use super::cron::Cron;
use super::name::{PathPattern, RefPattern};
use super::timezone::Timezone;
use crate::source::Origin;

/// A time at which a workflow starts by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// When.
    pub cron: Cron,
    /// The zone of that time; UTC if not given.
    pub timezone: Option<Timezone>,
    /// Why then.
    pub comment: Comment,
    /// The spec value that it was made from.
    pub origin: Option<Origin>,
}

/// What happened to a pull request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PullRequestType {
    /// It was opened.
    Opened,
    /// It was opened again.
    Reopened,
    /// Its branch was pushed to.
    Synchronize,
    /// It was a draft before.
    ReadyForReview,
    /// Its title, text or base changed.
    Edited,
    /// It got a label.
    Labeled,
    /// It lost a label.
    Unlabeled,
    /// It was closed or merged.
    Closed,
}

impl PullRequestType {
    /// GitHub's name of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Reopened => "reopened",
            Self::Synchronize => "synchronize",
            Self::ReadyForReview => "ready_for_review",
            Self::Edited => "edited",
            Self::Labeled => "labeled",
            Self::Unlabeled => "unlabeled",
            Self::Closed => "closed",
        }
    }
}

/// A pull request. An empty filter lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PullRequest {
    /// What happened to it; GitHub's choice (opened, synchronize, reopened) if empty.
    pub types: Vec<PullRequestType>,
    /// The branches that it would be merged into.
    pub branches: Vec<RefPattern>,
    /// The files, one of which it must change.
    pub paths: Vec<PathPattern>,
}

/// A push. An empty filter lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Push {
    /// The branches that are pushed to.
    pub branches: Vec<RefPattern>,
    /// The tags that are pushed. With branches alone, tags start nothing, and the other way round.
    pub tags: Vec<RefPattern>,
    /// The files, one of which it must change.
    pub paths: Vec<PathPattern>,
}

/// A pull request in a merge queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeGroup {
    /// The branches that it would be merged into.
    pub branches: Vec<RefPattern>,
}

/// What starts a workflow: at least one thing.
///
/// Made from its first trigger, so that there is always one: `Triggers::from(Dispatch::default()).and(PullRequest::default())`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triggers {
    schedule: Vec<Schedule>,
    dispatch: Option<Dispatch>,
    pull_request: Option<PullRequest>,
    push: Option<Push>,
    merge_group: Option<MergeGroup>,
}

impl Triggers {
    /// These and others. Schedules add up; of the others, the later of two of a kind counts.
    #[must_use]
    pub fn and(mut self, other: impl Into<Self>) -> Self {
        let other = other.into();
        self.schedule.extend(other.schedule);
        self.dispatch = other.dispatch.or(self.dispatch);
        self.pull_request = other.pull_request.or(self.pull_request);
        self.push = other.push.or(self.push);
        self.merge_group = other.merge_group.or(self.merge_group);
        self
    }

    /// The times, perhaps none.
    pub fn schedule(&self) -> &[Schedule] {
        &self.schedule
    }

    /// The start by hand or by another workflow.
    pub const fn dispatch(&self) -> Option<&Dispatch> {
        self.dispatch.as_ref()
    }

    /// The pull requests.
    pub const fn pull_request(&self) -> Option<&PullRequest> {
        self.pull_request.as_ref()
    }

    /// The pushes.
    pub const fn push(&self) -> Option<&Push> {
        self.push.as_ref()
    }

    /// The merge queue.
    pub const fn merge_group(&self) -> Option<&MergeGroup> {
        self.merge_group.as_ref()
    }

    const fn none() -> Self {
        Self { schedule: Vec::new(), dispatch: None, pull_request: None, push: None, merge_group: None }
    }
}

impl From<Schedule> for Triggers {
    fn from(schedule: Schedule) -> Self {
        Self { schedule: vec![schedule], ..Self::none() }
    }
}

impl From<Dispatch> for Triggers {
    fn from(dispatch: Dispatch) -> Self {
        Self { dispatch: Some(dispatch), ..Self::none() }
    }
}

impl From<PullRequest> for Triggers {
    fn from(pull_request: PullRequest) -> Self {
        Self { pull_request: Some(pull_request), ..Self::none() }
    }
}

impl From<Push> for Triggers {
    fn from(push: Push) -> Self {
        Self { push: Some(push), ..Self::none() }
    }
}

impl From<MergeGroup> for Triggers {
    fn from(merge_group: MergeGroup) -> Self {
        Self { merge_group: Some(merge_group), ..Self::none() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gha::{ref_pattern, text::literal};

    #[test]
    fn triggers_add_up_whatever_their_order() {
        let schedule = |text| Schedule {
            cron: Cron::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")),
            timezone: None,
            comment: Comment::default(),
            origin: None,
        };
        let push = Push { branches: vec![ref_pattern!("main")], ..Push::default() };
        let first = Triggers::from(schedule("7 1 * * *")).and(Dispatch::default()).and(MergeGroup::default());
        let second = Triggers::from(push).and(PullRequest::default()).and(schedule("8 2 * * *"));
        for all in [first.clone().and(second.clone()), second.and(first)] {
            assert_eq!(all.schedule().len(), 2);
            assert!(all.dispatch().is_some() && all.pull_request().is_some() && all.merge_group().is_some());
            assert_eq!(all.push().map(|push| push.branches.len()), Some(1));
        }
    }

    #[test]
    fn a_choice_has_each_option_once() {
        let choice = Choice::of(literal!("all")).or(literal!("one")).or(literal!("all"));
        assert_eq!(choice.options(), [literal!("all"), literal!("one")]);
    }
}
