//! Source texts, routes into them, and places: the vocabulary in which every later stage points back at the spec.
//!
//! Knows no YAML and no meaning. Line and column exist only here; every other stage speaks in routes.

mod files;
mod route;
mod span;

pub use files::{FileId, Sources};
pub use route::{Origin, Route, Segment};
pub use span::{LineColumn, Span, SpanIndex};
