//! YAML in and out: a reader that keeps the place of every value, and a writer that keeps comments.
//!
//! Knows no meaning: neither what a spec says nor what a workflow is. Only the writer knows quoting.

mod node;
mod reader;
#[cfg(test)]
mod round_trip;
mod scalar;
mod writer;

pub use node::{Kind, Node};
pub use reader::{Document, read};
pub use writer::{Written, routes, write};
