//! Diagnostics: what a user did wrong, where, and what to do; and how they are shown.
//!
//! Places are routes; they become lines and columns only when a report is rendered.

mod code;
mod fix;
mod github;
mod human;
mod json;
mod place;
mod sarif;

pub use code::{CODES, Code, Example, Explanation, explain};
pub use fix::Fix;
pub use github::render_github;
pub use human::render_human;
pub use json::render_json;
pub use sarif::render_sarif;

use crate::source::{FileId, Origin, Route, Span};

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Generated all the same; somebody should look.
    Warning,
}

/// The part of a file that a label points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The file as a whole.
    File,
    /// The key that ends the route.
    Key(Route),
    /// The value at the route.
    Value(Route),
    /// Bytes, where no route exists yet: errors of syntax.
    Span(Span),
}

/// A place and what to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub target: Target,
    /// A few words, lower case, no full stop; may be empty.
    pub text: String,
}

/// One mistake in the spec, or one thing worth a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its number, which `ghagen explain` knows.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: one line, lower case, no full stop.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that matter, such as the first of two that conflict.
    pub related: Vec<Label>,
    /// What to write instead, where that can be told.
    pub fix: Option<Fix>,
    /// What to do about it, or what the valid values are.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error that points at the value at `origin`.
    pub fn error(code: Code, origin: &Origin, message: impl Into<String>) -> Self {
        Self::at(code, Severity::Error, origin.file, Target::Value(origin.route.clone()), message)
    }

    /// An error that points at the key at `origin`.
    pub fn error_at_key(code: Code, origin: &Origin, message: impl Into<String>) -> Self {
        Self::at(code, Severity::Error, origin.file, Target::Key(origin.route.clone()), message)
    }

    /// A warning that points at the value at `origin`.
    pub fn warning(code: Code, origin: &Origin, message: impl Into<String>) -> Self {
        Self::at(code, Severity::Warning, origin.file, Target::Value(origin.route.clone()), message)
    }

    /// A diagnostic at any place.
    pub fn at(code: Code, severity: Severity, file: FileId, target: Target, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            primary: Label { file, target, text: String::new() },
            related: Vec::new(),
            fix: None,
            help: Vec::new(),
        }
    }

    /// The same, with words at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// The same, with a second place: the value at `origin`.
    #[must_use]
    pub fn related(mut self, origin: &Origin, text: impl Into<String>) -> Self {
        let target = Target::Value(origin.route.clone());
        self.related.push(Label { file: origin.file, target, text: text.into() });
        self
    }

    /// The same, with a second place: the key at `origin`.
    #[must_use]
    pub fn related_key(mut self, origin: &Origin, text: impl Into<String>) -> Self {
        let target = Target::Key(origin.route.clone());
        self.related.push(Label { file: origin.file, target, text: text.into() });
        self
    }

    /// The same, with one more line of help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}

/// Whether any of them stops the run.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
