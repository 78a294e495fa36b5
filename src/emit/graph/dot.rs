//! The graph in the language of Graphviz.

use std::fmt::Write;

use super::escape::dot as escape;
use super::{Graph, Kind, Node};

/// A directed graph.
pub fn dot(graph: &Graph) -> String {
    let mut text = format!("digraph \"{}\" {{\n", escape(&graph.title));
    text.push_str("  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
    for at in graph.members(None) {
        let _ = writeln!(text, "  {}", node(graph, at));
    }
    for (group, title) in graph.groups.iter().enumerate() {
        let _ = writeln!(text, "  subgraph cluster_{group} {{\n    label=\"{}\";", escape(title));
        for at in graph.members(Some(group)) {
            let _ = writeln!(text, "    {}", node(graph, at));
        }
        text.push_str("  }\n");
    }
    for edge in &graph.edges {
        let label = if edge.label.is_empty() { String::new() } else { format!(" [label=\"{}\"]", escape(edge.label)) };
        let _ = writeln!(text, "  n{} -> n{}{label};", edge.from, edge.to);
    }
    text.push_str("}\n");
    text
}

fn node(graph: &Graph, at: usize) -> String {
    let Some(Node { title, note, kind, .. }) = graph.nodes.get(at) else { return String::new() };
    let shape = if matches!(kind, Kind::Spec | Kind::Release) { ", shape=oval" } else { "" };
    // `\n` is a new line here: the backslashes of texts are doubled.
    format!("n{at} [label=\"{}\\n{}\"{shape}];", escape(title), escape(note))
}
