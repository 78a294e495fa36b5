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

    /// Whether a file has a value at `route`.
    pub fn has(&self, file: FileId, route: &Route) -> bool {
        self.files.get(file.0).is_some_and(|file| file.spans.value(route).is_some() || file.spans.key(route).is_some())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_keep_their_numbers() {
        let mut sources = Sources::default();
        let first = sources.add("spec/ghagen.yaml", "a: b\n");
        let second = sources.add("spec/tools/podman.yaml", "");
        assert_eq!((sources.path(first), sources.text(first)), ("spec/ghagen.yaml", "a: b\n"));
        assert_eq!((sources.path(second), sources.text(second)), ("spec/tools/podman.yaml", ""));
        let files: Vec<_> = sources.files().collect();
        assert_eq!(files, [(first, "spec/ghagen.yaml"), (second, "spec/tools/podman.yaml")]);
    }

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let file = sources.add("x", "a\u{e9}b\n\n\u{1f980}c");
        let at = |byte| {
            let LineColumn { line, column } = sources.line_column(file, byte);
            (line, column)
        };
        assert_eq!([0, 1, 3, 4].map(at), [(1, 1), (1, 2), (1, 3), (1, 4)]);
        assert_eq!([5, 6, 10, 11, 99].map(at), [(2, 1), (3, 1), (3, 2), (3, 3), (3, 3)]);
    }

    #[test]
    fn a_value_without_a_place_is_shown_by_what_is_around_it() {
        let mut sources = Sources::default();
        let file = sources.add("x", "a: [b]\n");
        let route = Route::root().key("a");
        assert_eq!(sources.value_span(file, &route), None);
        let mut spans = SpanIndex::default();
        spans.insert_key(route.clone(), Span { start: 0, end: 1 });
        spans.insert_value(route.clone(), Span { start: 3, end: 6 });
        sources.set_spans(file, spans);
        let value = Some(Span { start: 3, end: 6 });
        assert_eq!(sources.value_span(file, &route), value);
        assert_eq!(sources.value_span(file, &route.index(7).key("c")), value);
        assert_eq!(sources.key_span(file, &route), Some(Span { start: 0, end: 1 }));
        assert_eq!(sources.key_span(file, &route.index(0)), value);
        assert_eq!(sources.value_span(file, &Route::root()), None);
    }
}
