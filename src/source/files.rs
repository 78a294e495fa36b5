//! The source texts of one run, by number, with the spans that reading them found.

use super::{LineColumn, Route, Span, SpanIndex};

/// The number of a source text within one run of ghagen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(usize);

#[derive(Debug, Clone)]
struct File {
    path: String,
    text: String,
    spans: SpanIndex,
}

/// All source texts of a run. Paths are relative to the project, with `/` between names.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<File>,
}

impl Sources {
    /// Adds a text and gives it the next number.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(File { path: path.into(), text: text.into(), spans: SpanIndex::default() });
        FileId(self.files.len() - 1)
    }

    /// Keeps what a reader found out about the places of values.
    pub fn set_spans(&mut self, file: FileId, spans: SpanIndex) {
        if let Some(entry) = self.files.get_mut(file.0) {
            entry.spans = spans;
        }
    }

    /// The path of a file, relative to the project.
    pub fn path(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |entry| entry.path.as_str())
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |entry| entry.text.as_str())
    }

    /// The span of the value at `route`; of the nearest value around it where that one has none.
    pub fn value_span(&self, file: FileId, route: &Route) -> Option<Span> {
        let spans = &self.files.get(file.0)?.spans;
        let mut route = route.clone();
        loop {
            if let Some(span) = spans.value(&route) {
                return Some(span);
            }
            route = route.parent()?;
        }
    }

    /// The span of the key that ends `route`; of its value where it has no key.
    pub fn key_span(&self, file: FileId, route: &Route) -> Option<Span> {
        let spans = &self.files.get(file.0)?.spans;
        spans.key(route).or_else(|| self.value_span(file, route))
    }

    /// The line and column of a byte of a file.
    pub fn line_column(&self, file: FileId, byte: usize) -> LineColumn {
        let text = self.text(file);
        let before = text.get(..byte.min(text.len())).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        LineColumn {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).map_or(0, |line| line.chars().count()) + 1,
        }
    }

    /// Every file, in the order in which it was added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &str)> {
        self.files.iter().enumerate().map(|(number, file)| (FileId(number), file.path.as_str()))
    }
}
