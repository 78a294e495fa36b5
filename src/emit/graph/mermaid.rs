//! The graph as mermaid, which GitHub draws in Markdown.

use std::fmt::Write;

use super::escape::mermaid as escape;
use super::{Graph, Kind, Node};

/// A flow chart.
pub fn mermaid(graph: &Graph) -> String {
    let mut text = "flowchart LR\n".to_owned();
    for at in graph.members(None) {
        let _ = writeln!(text, "  {}", node(graph, at));
    }
    for (group, title) in graph.groups.iter().enumerate() {
        let _ = writeln!(text, "  subgraph g{group}[\"{}\"]", escape(title));
        for at in graph.members(Some(group)) {
            let _ = writeln!(text, "    {}", node(graph, at));
        }
        text.push_str("  end\n");
    }
    for edge in &graph.edges {
        let label = if edge.label.is_empty() { String::new() } else { format!("|\"{}\"|", escape(edge.label)) };
        let _ = writeln!(text, "  n{} -->{label} n{}", edge.from, edge.to);
    }
    text
}

fn node(graph: &Graph, at: usize) -> String {
    let Some(Node { title, note, kind, .. }) = graph.nodes.get(at) else { return String::new() };
    let label = format!("\"{}<br>{}\"", escape(title), escape(note));
    match kind {
        Kind::Spec | Kind::Release => format!("n{at}([{label}])"),
        Kind::Workflow | Kind::Job | Kind::Unit => format!("n{at}[{label}]"),
    }
}
