//! The start of a workflow by hand, with the form that GitHub shows for it.

use indexmap::IndexMap;

use crate::gha::name::InputName;
use crate::gha::text::Literal;
use crate::source::Origin;

/// A list of values of which one is chosen; the first is chosen from the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    options: Vec<Literal>,
}

impl Choice {
    /// A list with one option, the default.
    pub fn of(default: Literal) -> Self {
        Self { options: vec![default] }
    }

    /// This list, with one more option. An option that is in it already is not added again.
    #[must_use]
    pub fn or(mut self, option: Literal) -> Self {
        if !self.options.contains(&option) {
            self.options.push(option);
        }
        self
    }

    /// The options, at least one, the default first.
    pub fn options(&self) -> &[Literal] {
        &self.options
    }
}

/// What can be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputKind {
    /// Any text; GitHub calls it `string`.
    Text {
        /// What stands there from the start; nothing if not given.
        default: Option<Literal>,
    },
    /// Yes or no.
    Boolean {
        /// What is set from the start.
        default: bool,
    },
    /// A number.
    Number {
        /// What stands there from the start.
        default: Option<i64>,
    },
    /// One of a list.
    Choice(Choice),
}

/// An input of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchInput {
    /// What the form says about it.
    pub description: Literal,
    /// Whether it must be given.
    pub required: bool,
    /// What can be entered.
    pub kind: InputKind,
    /// The spec value that it was made from.
    pub origin: Option<Origin>,
}

impl DispatchInput {
    /// An input that may be left out.
    pub const fn new(description: Literal, kind: InputKind) -> Self {
        Self { description, required: false, kind, origin: None }
    }

    /// This input, which must be given.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// This input, with the spec value that it was made from.
    #[must_use]
    pub fn origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }
}

/// The start by hand; GitHub calls it `workflow_dispatch`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dispatch {
    /// The inputs, in the order of the form.
    pub inputs: IndexMap<InputName, DispatchInput>,
}

impl Dispatch {
    /// This form, with one more input.
    #[must_use]
    pub fn input(mut self, name: InputName, input: DispatchInput) -> Self {
        self.inputs.insert(name, input);
        self
    }
}
