//! The writer: a tree of values and comments to YAML text, and from its lines back to what they were made from.
//!
//! Lays out lines; how a string is spelled is decided in `scalar`. Writes neither anchors nor folded lines, ever.

#[cfg(test)]
mod tests;

use super::scalar::{self, Context};
use super::{Kind, Node};
use crate::source::{Origin, Route, Segment};

/// Readers look for the `:` of a key within 1024 characters only. Longer keys are marked by `? `.
const LONGEST_KEY: usize = 1000;

const STEP: usize = 2;

/// YAML text, and what its lines were made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The text. It ends with a newline, unless it is empty.
    pub text: String,
    /// Where each value that has an origin starts, in order: the line, from 1, with the comments above it included. A value
    /// without one stands here with the origin of the value around it, so the last entry at or above a line explains it.
    pub origins: Vec<(usize, Origin)>,
}

impl Written {
    /// What the line was made from, as closely as is known.
    pub fn origin_of_line(&self, line: usize) -> Option<&Origin> {
        let after = self.origins.partition_point(|(start, _)| *start <= line);
        self.origins.get(after.checked_sub(1)?).map(|(_, origin)| origin)
    }
}

/// Writes a tree as one document.
///
/// Keys of a mapping must differ: the writer does not look.
pub fn write(node: &Node) -> Written {
    let mut writer = Writer { out: Written::default(), line: 1, trace: None };
    writer.root(node);
    writer.out
}

/// The innermost value that each line of the written document belongs to, in the order of the lines. An empty line, and what is
/// on one line with its collection, belongs to what stands before it.
pub fn routes(node: &Node) -> Vec<Route> {
    let mut writer = Writer { out: Written::default(), line: 1, trace: Some(Trace::default()) };
    writer.root(node);
    let trace = writer.trace.unwrap_or_default();
    let mut routes = vec![Route::root(); writer.line - 1];
    for (position, (start, route)) in trace.starts.iter().enumerate() {
        let end = trace.starts.get(position + 1).map_or(writer.line, |(next, _)| *next);
        let lines = routes.get_mut(*start - 1..end - 1).unwrap_or_default();
        for line in lines {
            line.clone_from(route);
        }
    }
    routes
}

/// Where values start, for those who ask.
#[derive(Default)]
struct Trace {
    here: Vec<Segment>,
    starts: Vec<(usize, Route)>,
}

struct Writer {
    out: Written,
    line: usize,
    trace: Option<Trace>,
}

impl Writer {
    fn root(&mut self, node: &Node) {
        let around = self.record(node, None);
        self.comments(node, 0);
        if is_block(node) {
            // There is no key for the comment to stand behind.
            for line in node.behind.iter().flat_map(|comment| scalar::comment_lines(comment)) {
                self.comment(&line, 0);
            }
            self.block(node, 0, around, false);
        } else {
            self.scalar_or_flow(node, 0, "");
        }
    }

    /// Writes the entries of a collection. `is_begun` says that the line of the first one holds its indentation already.
    fn block(&mut self, node: &Node, indent: usize, around: Option<&Origin>, is_begun: bool) {
        match &node.kind {
            Kind::Mapping(entries) => {
                for (position, (key, value)) in entries.iter().enumerate() {
                    let is_begun = position == 0 && is_begun;
                    if !is_begun {
                        self.separate(value, position, indent);
                    }
                    self.enter(|| Segment::Key(key.clone()));
                    let around = self.record(value, around);
                    if !is_begun {
                        self.comments(value, indent);
                        self.push_indent(indent);
                    }
                    self.entry(key, value, indent, around);
                    self.leave();
                }
            }
            Kind::Sequence(items) => {
                for (position, item) in items.iter().enumerate() {
                    let is_begun = position == 0 && is_begun;
                    if !is_begun {
                        self.separate(item, position, indent);
                    }
                    self.enter(|| Segment::Index(position));
                    let around = self.record(item, around);
                    if !is_begun {
                        self.comments_of_item(item, indent);
                        self.push_indent(indent);
                    }
                    self.item(item, indent, around);
                    self.leave();
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Integer(_) | Kind::Text(_) => {}
        }
    }

    /// Notes that what follows is this part of what was entered before.
    fn enter(&mut self, segment: impl FnOnce() -> Segment) {
        if let Some(trace) = &mut self.trace {
            trace.here.push(segment());
            trace.starts.push((self.line, trace.here.iter().cloned().collect()));
        }
    }

    fn leave(&mut self) {
        if let Some(trace) = &mut self.trace {
            trace.here.pop();
        }
    }

    fn entry(&mut self, key: &str, value: &Node, indent: usize, around: Option<&Origin>) {
        let key = scalar::key(key, Context::Block);
        if key.len() > LONGEST_KEY {
            self.push("? ");
            self.push(&key);
            self.end_line();
            self.push_indent(indent);
        } else {
            self.push(&key);
        }
        self.push(":");
        self.value(value, indent, around);
    }

    fn item(&mut self, item: &Node, indent: usize, around: Option<&Origin>) {
        self.push("-");
        if shares_line_with_dash(item) {
            self.push(" ");
            self.block(item, indent + STEP, around, true);
        } else {
            self.value(item, indent, around);
        }
    }

    /// Writes what follows `key:` or `-`.
    fn value(&mut self, node: &Node, indent: usize, around: Option<&Origin>) {
        if is_block(node) {
            self.behind(node, " ");
            self.end_line();
            self.block(node, indent + STEP, around, false);
        } else {
            self.scalar_or_flow(node, indent, " ");
        }
    }

    fn scalar_or_flow(&mut self, node: &Node, indent: usize, before: &str) {
        let block = match &node.kind {
            Kind::Text(text) => scalar::literal(text).map(|header| (text, header)),
            _ => None,
        };
        if let Some((text, header)) = block {
            self.push(before);
            self.push(header);
            self.behind(node, " ");
            self.end_line();
            self.lines(text, indent + STEP);
            return;
        }
        let start = self.out.text.len();
        // A lone null is nothing at all, and a comment behind it needs no second space.
        if node.kind != Kind::Null {
            self.push(before);
            self.inline(node, Context::Block);
        }
        self.behind(node, if self.out.text.len() == start { before } else { " " });
        // The null document is an empty file.
        if !self.out.text.is_empty() && !self.out.text.ends_with('\n') {
            self.end_line();
        }
    }

    fn inline(&mut self, node: &Node, context: Context) {
        match &node.kind {
            Kind::Null => self.push("null"),
            Kind::Bool(value) => self.push(if *value { "true" } else { "false" }),
            Kind::Integer(value) => self.push(&value.to_string()),
            Kind::Text(text) => self.push(&scalar::one_line(text, context)),
            Kind::Sequence(items) => {
                self.push("[");
                for (position, item) in items.iter().enumerate() {
                    self.push(if position == 0 { "" } else { ", " });
                    self.record(item, None);
                    self.inline(item, Context::Flow);
                }
                self.push("]");
            }
            Kind::Mapping(entries) => {
                self.push("{");
                for (position, (key, value)) in entries.iter().enumerate() {
                    self.push(if position == 0 { "" } else { ", " });
                    self.record(value, None);
                    self.push(&scalar::key(key, Context::Flow));
                    self.push(": ");
                    self.inline(value, Context::Flow);
                }
                self.push("}");
            }
        }
    }

    /// Writes the lines of a literal block. Empty ones get no indentation.
    fn lines(&mut self, text: &str, indent: usize) {
        for line in text.lines() {
            if !line.is_empty() {
                self.push_indent(indent);
                self.push(line);
            }
            self.end_line();
        }
    }

    /// Writes the empty line before an entry. The first of a collection has nothing to be separated from, except a header.
    /// A block that keeps its last newlines ends with an empty line, and one more would become part of it.
    fn separate(&mut self, node: &Node, position: usize, indent: usize) {
        let has_something_above = position > 0 || (indent == 0 && !self.out.text.is_empty());
        if node.blank_before && has_something_above && !self.out.text.ends_with("\n\n") {
            self.end_line();
        }
    }

    fn comments(&mut self, node: &Node, indent: usize) {
        for line in node.above.iter().flat_map(|text| scalar::comment_lines(text)) {
            self.comment(&line, indent);
        }
    }

    /// Writes the comments above an item, and those above the entries that share the line with its dash.
    fn comments_of_item(&mut self, item: &Node, indent: usize) {
        self.comments(item, indent);
        if !shares_line_with_dash(item) {
            return;
        }
        match &item.kind {
            Kind::Sequence(items) => items.first().into_iter().for_each(|first| self.comments_of_item(first, indent)),
            Kind::Mapping(entries) => entries.first().into_iter().for_each(|(_, first)| self.comments(first, indent)),
            Kind::Null | Kind::Bool(_) | Kind::Integer(_) | Kind::Text(_) => {}
        }
    }

    fn comment(&mut self, line: &str, indent: usize) {
        self.push_indent(indent);
        self.push(if line.is_empty() { "#" } else { "# " });
        self.push(line);
        self.end_line();
    }

    fn behind(&mut self, node: &Node, before: &str) {
        let Some(comment) = &node.behind else { return };
        let words: Vec<String> = scalar::comment_lines(comment).filter(|line| !line.is_empty()).collect();
        if !words.is_empty() {
            self.push(before);
            self.push("# ");
            self.push(&words.join(" "));
        }
    }

    /// Notes that a value starts on this line. Gives the origin for the values in it that have none.
    fn record<'a>(&mut self, node: &'a Node, around: Option<&'a Origin>) -> Option<&'a Origin> {
        let is_news = |origin: &&Origin| self.out.origins.last().is_none_or(|(_, last)| last != *origin);
        let entry = node.origin.as_ref().or_else(|| around.filter(is_news));
        if let Some(origin) = entry {
            self.out.origins.push((self.line, origin.clone()));
        }
        node.origin.as_ref().or(around)
    }

    fn push(&mut self, text: &str) {
        self.out.text.push_str(text);
    }

    fn push_indent(&mut self, indent: usize) {
        self.out.text.extend(std::iter::repeat_n(' ', indent));
    }

    fn end_line(&mut self) {
        self.out.text.push('\n');
        self.line += 1;
    }
}

/// Whether the node is written over several lines, one for each entry.
fn is_block(node: &Node) -> bool {
    let is_empty = match &node.kind {
        Kind::Sequence(items) => items.is_empty(),
        Kind::Mapping(entries) => entries.is_empty(),
        Kind::Null | Kind::Bool(_) | Kind::Integer(_) | Kind::Text(_) => true,
    };
    let is_flow = node.flow && fits_on_line(node);
    !is_empty && !is_flow
}

/// Whether the first entry of an item stands behind its dash. A comment would have no place there.
fn shares_line_with_dash(item: &Node) -> bool {
    is_block(item) && item.behind.is_none()
}

/// Whether nothing of the collection would be lost on one line: no comment, no long key, no collection that wants lines.
fn fits_on_line(node: &Node) -> bool {
    let is_bare = |child: &Node| child.above.is_empty() && child.behind.is_none() && !is_block(child);
    match &node.kind {
        Kind::Sequence(items) => items.iter().all(is_bare),
        Kind::Mapping(entries) => {
            entries.iter().all(|(key, value)| scalar::key(key, Context::Flow).len() <= LONGEST_KEY && is_bare(value))
        }
        Kind::Null | Kind::Bool(_) | Kind::Integer(_) | Kind::Text(_) => true,
    }
}
