//! What made a line of a generated file: the spec values in it, the defaults, and what of ghagen itself. And of a cell: every
//! value that its package is built with, and where it was set.
//!
//! Looks at what is generated, not at what is on disk. Knows no wording of a terminal.

mod cause;
mod cell;
mod default;
mod file;
mod other;
mod recipe;
mod script;
mod workflow;

pub use cause::{Cause, Given};
pub use cell::{CellFacts, Fact, UnitFacts, cell};
pub use file::{ExplainError, lines};

use crate::source::Origin;

/// What made a line of a generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is a part of, from the outside to the inside.
    pub part_of: Vec<String>,
    /// What of ghagen itself wrote it.
    pub maker: Maker,
    /// The spec values that stand in it.
    pub values: Vec<Origin>,
    /// The spec values without which it would not be there, or would be another.
    pub conditions: Vec<Origin>,
    /// Whether it is the same in every project that has it.
    pub is_constant: bool,
    /// The spec value that asks for the whole that it is a part of.
    pub asked_by: Option<Origin>,
}

/// What of ghagen itself wrote a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maker {
    /// What it is: a template, a module of the plan, or a module that writes files.
    pub kind: &'static str,
    /// Its file in the source of ghagen.
    pub file: String,
    /// The line of that file, where there is one.
    pub line: Option<usize>,
}
