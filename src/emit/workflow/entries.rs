//! Small parts that all of a workflow is made of: mappings built key by key, lists on a line, variables, comments.

use indexmap::IndexMap;

use super::boolean;
use crate::gha::{Comment, Expression, Switch, Text};
use crate::yaml::Node;

/// A list that is longer than this is written one item a line.
const LONGEST_LINE: usize = 80;

/// A mapping that is being put together, in the order of its keys.
#[derive(Default)]
pub(super) struct Entries(Vec<(String, Node)>);

impl Entries {
    /// Adds a key.
    pub(super) fn push(&mut self, key: &str, value: Node) {
        self.0.push((key.to_owned(), value));
    }

    /// Adds a key, if there is a value for it.
    pub(super) fn push_some(&mut self, key: &str, value: Option<Node>) {
        if let Some(value) = value {
            self.push(key, value);
        }
    }

    /// These entries and one more.
    pub(super) fn with(mut self, key: &str, value: Node) -> Self {
        self.push(key, value);
        self
    }

    /// The mapping.
    pub(super) fn node(self) -> Node {
        Node::mapping(self.0)
    }
}

/// Puts a comment above a node.
pub(super) fn commented(mut node: Node, comment: &Comment) -> Node {
    node.above.extend_from_slice(comment.lines());
    node
}

/// A list of names: on one line if it fits, nothing if it is empty.
pub(super) fn names<T: AsRef<str>>(names: &[T]) -> Option<Node> {
    if names.is_empty() {
        return None;
    }
    let length: usize = names.iter().map(|name| name.as_ref().chars().count() + 2).sum();
    let list = Node::sequence(names.iter().map(|name| Node::text(name.as_ref())));
    Some(if length <= LONGEST_LINE { list.with_flow() } else { list })
}

/// A list with one item a line, nothing if it is empty.
pub(super) fn lines<T: AsRef<str>>(lines: &[T]) -> Option<Node> {
    (!lines.is_empty()).then(|| Node::sequence(lines.iter().map(|line| Node::text(line.as_ref()))))
}

/// A mapping of names to texts, nothing if it is empty.
pub(super) fn texts<N: AsRef<str>>(texts: &IndexMap<N, Text>) -> Option<Node> {
    let entries = texts.iter().map(|(name, text)| (name.as_ref().to_owned(), Node::text(text.to_string())));
    (!texts.is_empty()).then(|| Node::mapping(entries))
}

/// Yes, no, or an expression.
pub(super) fn flag(switch: &Switch) -> Node {
    match switch {
        Switch::Is(value) => boolean(*value),
        Switch::When(expression) => Node::text(expression.to_string()),
    }
}

/// A condition. GitHub takes it bare, as people write it, unless it starts with what YAML takes for its own, such as `!`.
pub(super) fn condition(expression: &Expression) -> Node {
    let is_bare = expression.as_str().starts_with(|c: char| c.is_ascii_alphabetic());
    Node::text(if is_bare { expression.as_str().to_owned() } else { expression.to_string() })
}
