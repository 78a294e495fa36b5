//! The writer: a tree of values and comments to YAML text.

use super::Node;
use crate::source::Origin;

/// YAML text, and what its lines were made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The text. It ends with a newline, unless it is empty.
    pub text: String,
    /// The lines, from 1, at which a value with an origin starts, in order.
    pub origins: Vec<(usize, Origin)>,
}

/// Writes a tree.
pub fn write(_node: &Node) -> Written {
    Written::default()
}
