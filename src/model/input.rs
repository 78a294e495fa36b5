//! Inputs of hooks: what can be entered where a build is started by hand, and what holds where nothing is.

use super::{InputPattern, Model, Tool};
use crate::gha::{EnvName, InputName, Literal};
use crate::source::Origin;

/// Something that can be entered.
#[derive(Debug, Clone)]
pub struct HookInput {
    /// Its name: lower-case letters, digits and `_`.
    pub name: InputName,
    /// The variable that holds it.
    pub variable: EnvName,
    /// What the form says about it.
    pub description: Literal,
    /// What can be entered.
    pub kind: HookInputKind,
    /// The spec value.
    pub origin: Origin,
}

/// What can be entered.
#[derive(Debug, Clone)]
pub enum HookInputKind {
    /// The first of these, which is the default, or one of the others.
    Choice(Literal, Vec<Literal>),
    /// Yes or no, with the default.
    Boolean(bool),
    /// A text.
    Text {
        /// What all of it fits.
        pattern: InputPattern,
        /// What it is where nothing is entered; nothing, if not given.
        default: Option<Literal>,
    },
}

impl HookInput {
    /// The start of every variable that holds one.
    pub const PREFIX: &'static str = "INPUT_";

    /// The variable that holds an input of this name.
    pub fn variable_of(name: &str) -> String {
        format!("{}{}", Self::PREFIX, name.to_ascii_uppercase())
    }
}

impl Model {
    /// The inputs in the workflow of a tool; those of the project first. Without a tool, these alone.
    pub fn inputs_of<'a>(&'a self, tool: Option<&'a Tool>) -> impl Iterator<Item = &'a HookInput> {
        let own = tool.into_iter().flat_map(|tool| &tool.dispatch_inputs);
        self.project.dispatch_inputs.iter().chain(own)
    }
}
