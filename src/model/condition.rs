//! Conditions as data, and the situation that they are asked about.

use super::{Arch, LineName, ToolName};

/// What is being built: the facts that a condition can ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// The tool.
    pub tool: &'a ToolName,
    /// Its line.
    pub line: &'a LineName,
    /// The arch.
    pub arch: Arch,
}

/// A condition. An empty list asks nothing; otherwise one of its items has to fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// Arches that fit.
    pub arches: Vec<Arch>,
    /// Tools that fit.
    pub tools: Vec<ToolName>,
    /// Lines that fit.
    pub lines: Vec<LineName>,
}

impl Condition {
    /// Whether it holds everywhere.
    pub const fn is_always(&self) -> bool {
        self.arches.is_empty() && self.tools.is_empty() && self.lines.is_empty()
    }

    /// Whether it holds in a situation.
    pub fn fits(&self, situation: Situation<'_>) -> bool {
        (self.arches.is_empty() || self.arches.contains(&situation.arch))
            && (self.tools.is_empty() || self.tools.contains(situation.tool))
            && (self.lines.is_empty() || self.lines.contains(situation.line))
    }
}

/// A value and where it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditional<T> {
    /// The value.
    pub value: T,
    /// Where it applies.
    pub when: Condition,
}

impl<T> Conditional<T> {
    /// A value that applies everywhere.
    pub fn always(value: T) -> Self {
        Self { value, when: Condition::default() }
    }
}
