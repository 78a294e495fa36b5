//! The tree that the writer writes: values with comments, blank lines and origins.

use crate::source::Origin;

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// No value: `key:` with nothing behind it.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A string; the writer chooses its style.
    Text(String),
    /// A list. An empty one is written `[]`.
    Sequence(Vec<Node>),
    /// Keys and values, in this order. An empty one is written `{}`.
    Mapping(Vec<(String, Node)>),
}

/// A value and how it is presented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub kind: Kind,
    /// Lines written above the key or the item, each behind `# `. An empty line is a lone `#`.
    pub above: Vec<String>,
    /// A comment behind the value (behind the key, for a collection).
    pub behind: Option<String>,
    /// Whether an empty line separates this entry from the one before it.
    pub blank_before: bool,
    /// Whether a collection of scalars is written on one line: `[a, b]`.
    pub flow: bool,
    /// The spec value that this node was made from.
    pub origin: Option<Origin>,
}

impl Node {
    /// A node that holds `kind` and nothing else.
    pub const fn new(kind: Kind) -> Self {
        Self { kind, above: Vec::new(), behind: None, blank_before: false, flow: false, origin: None }
    }

    /// A string.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Kind::Text(text.into()))
    }

    /// A list.
    pub fn sequence(items: impl IntoIterator<Item = Self>) -> Self {
        Self::new(Kind::Sequence(items.into_iter().collect()))
    }

    /// Keys and values.
    pub fn mapping(entries: impl IntoIterator<Item = (String, Self)>) -> Self {
        Self::new(Kind::Mapping(entries.into_iter().collect()))
    }

    /// This node, with one more comment line above it.
    #[must_use]
    pub fn with_above(mut self, line: impl Into<String>) -> Self {
        self.above.push(line.into());
        self
    }

    /// This node, with a comment behind it.
    #[must_use]
    pub fn with_behind(mut self, comment: impl Into<String>) -> Self {
        self.behind = Some(comment.into());
        self
    }

    /// This node, set off by an empty line.
    #[must_use]
    pub const fn with_blank_before(mut self) -> Self {
        self.blank_before = true;
        self
    }

    /// This node, on one line.
    #[must_use]
    pub const fn with_flow(mut self) -> Self {
        self.flow = true;
        self
    }

    /// This node, with the spec value that it was made from.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }
}
