//! A spec value as people find it: its place and its line; or, where the spec does not give it, what holds instead.

use super::default;
use crate::source::{Origin, Route, Segment, Sources};

/// Whether the spec gives a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// It does.
    Here,
    /// It does not, and this holds.
    Default(String),
    /// It does not; this is what the value would say.
    Absent(String),
}

/// A spec value as people find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The file.
    pub file: String,
    /// Its line in the file, from 1; of what is nearest, where it is not given.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Its route, such as `timeouts.test`; `.` for all of the file.
    pub route: String,
    /// The line of the file.
    pub text: String,
    /// Whether it is given.
    pub given: Given,
}

impl Cause {
    /// The spec value at an origin.
    pub fn of(sources: &Sources, origin: &Origin) -> Self {
        let mut route = origin.route.clone();
        let mut absent: Vec<Segment> = Vec::new();
        while !sources.has(origin.file, &route) {
            let Some(parent) = route.parent() else { break };
            absent.extend(route.segments().last().cloned());
            route = parent;
        }
        // A text alone stands for a list of it: there is no such item, but what is around it is the value.
        let is_missing = absent.iter().any(|segment| matches!(segment, Segment::Key(_)));
        let file = sources.path(origin.file).to_owned();
        let start = sources.key_span(origin.file, &route).map_or(0, |span| span.start);
        let place = sources.line_column(origin.file, start);
        let text = sources.text(origin.file).lines().nth(place.line - 1).unwrap_or_default().to_owned();
        let given = if is_missing { default::of(&file, &origin.route) } else { Given::Here };
        let shown: &Route = if is_missing { &origin.route } else { &route };
        Self { file, line: place.line, column: place.column, route: shown.to_string(), text, given }
    }
}
