//! Short ways to say trees of YAML.

use crate::yaml::{Kind, Node};

/// Keys and values, one a line.
pub(super) fn map<const N: usize>(entries: [(&str, Node); N]) -> Node {
    Node::mapping(entries.map(|(key, value)| (key.to_owned(), value)))
}

/// Keys and values, some of them left out.
pub(super) fn some<const N: usize>(entries: [Option<(&str, Node)>; N]) -> Node {
    Node::mapping(entries.into_iter().flatten().map(|(key, value)| (key.to_owned(), value)))
}

/// Keys and texts on one line.
pub(super) fn line<const N: usize>(entries: [(&str, &str); N]) -> Node {
    map(entries.map(|(key, value)| (key, text(value)))).with_flow()
}

/// Texts on one line.
pub(super) fn list<const N: usize>(items: [&str; N]) -> Node {
    Node::sequence(items.map(text)).with_flow()
}

/// A text.
pub(super) fn text(text: impl Into<String>) -> Node {
    Node::text(text)
}

/// A whole number.
pub(super) const fn number(number: i64) -> Node {
    Node::new(Kind::Integer(number))
}

/// `true` or `false`.
pub(super) const fn truth(truth: bool) -> Node {
    Node::new(Kind::Bool(truth))
}
