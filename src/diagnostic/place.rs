//! From labels, which speak in routes, to the places that reports print. Decides nothing about how they look.

use super::{Label, Target};
use crate::source::{FileId, LineColumn, Route, Sources, Span};

/// What a label points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<'s> {
    /// The path of the file.
    pub(super) path: &'s str,
    /// The bytes in it, with their lines. `None` for a file as a whole.
    pub(super) region: Option<Region>,
}

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) span: Span,
    pub(super) start: LineColumn,
    /// The place behind the last character.
    pub(super) end: LineColumn,
}

impl<'s> Place<'s> {
    pub(super) fn of(label: &Label, sources: &'s Sources) -> Self {
        let span = match &label.target {
            Target::File => None,
            Target::Key(route) => sources.key_span(label.file, route),
            Target::Value(route) => sources.value_span(label.file, route),
            Target::Span(span) => Some(*span),
        };
        let region = span.map(|span| Region::new(sources, label.file, span));
        Self { path: sources.path(label.file), region }
    }
}

impl Region {
    /// The lines and columns of these bytes, as far as the file has them.
    pub(super) fn new(sources: &Sources, file: FileId, span: Span) -> Self {
        let text = sources.text(file);
        let end = boundary(text, span.end);
        let span = Span { start: boundary(text, span.start).min(end), end };
        let [start, end] = [span.start, span.end].map(|byte| sources.line_column(file, byte));
        Self { span, start, end }
    }
}

/// The route that a label names, if it names one.
pub(super) fn route(label: &Label) -> Option<&Route> {
    match &label.target {
        Target::File | Target::Span(_) => None,
        Target::Key(route) | Target::Value(route) => Some(route),
    }
}

/// The nearest byte at or before this one at which a character starts.
fn boundary(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0)
}
