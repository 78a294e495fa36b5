//! Byte spans, and the index from routes to spans that a reader fills.

use std::collections::BTreeMap;

use super::Route;

/// A range of bytes of a source text, end excluded. It starts and ends at character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// A place as editors show it: both numbers count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Where each value of a document, and each key, stands in its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpanIndex {
    keys: BTreeMap<Route, Span>,
    values: BTreeMap<Route, Span>,
}

impl SpanIndex {
    /// Records where the key that ends `route` stands.
    pub fn insert_key(&mut self, route: Route, span: Span) {
        self.keys.insert(route, span);
    }

    /// Records where the value at `route` stands.
    pub fn insert_value(&mut self, route: Route, span: Span) {
        self.values.insert(route, span);
    }

    /// The span of the key that ends `route`, if that is a key.
    pub fn key(&self, route: &Route) -> Option<Span> {
        self.keys.get(route).copied()
    }

    /// The span of the value at `route`.
    pub fn value(&self, route: &Route) -> Option<Span> {
        self.values.get(route).copied()
    }

    /// Every value, in the order of routes.
    pub fn values(&self) -> impl Iterator<Item = (&Route, Span)> {
        self.values.iter().map(|(route, span)| (route, *span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_have_places_of_their_own() {
        let (key, value) = (Span { start: 0, end: 1 }, Span { start: 3, end: 4 });
        let route = Route::root().key("a");
        let mut spans = SpanIndex::default();
        spans.insert_value(route.clone(), value);
        spans.insert_value(Route::root(), key);
        spans.insert_key(route.clone(), key);
        assert_eq!((spans.key(&route), spans.value(&route)), (Some(key), Some(value)));
        assert_eq!((spans.key(&Route::root()), spans.value(&route.index(0))), (None, None));
        assert_eq!(spans.values().collect::<Vec<_>>(), [(&Route::root(), key), (&route, value)]);
    }
}
