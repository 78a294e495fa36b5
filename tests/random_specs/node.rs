//! The parts that random YAML is put together from.

use ghagen::yaml::{Kind, Node};

/// A text.
pub(super) fn text(text: impl Into<String>) -> Node {
    Node::text(text)
}

/// A number.
pub(super) fn number(number: usize) -> Node {
    Node::new(Kind::Integer(i64::try_from(number).unwrap()))
}

/// Yes or no.
pub(super) fn flag(value: bool) -> Node {
    Node::new(Kind::Bool(value))
}

/// A list of texts.
pub(super) fn texts<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Node {
    Node::sequence(items.into_iter().map(text))
}

/// A mapping.
pub(super) fn mapping<K: Into<String>>(entries: impl IntoIterator<Item = (K, Node)>) -> Node {
    Node::mapping(entries.into_iter().map(|(key, node)| (key.into(), node)))
}
