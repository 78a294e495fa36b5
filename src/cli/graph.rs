//! `ghagen graph`: the pipeline as a picture.

use std::path::Path;

use clap::ValueEnum;

use super::console::Console;
use super::exit::{Exit, Failure};
use super::work;
use crate::emit::graph::{Graph, dot, mermaid, svg};
use crate::model::ToolName;

/// What draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For Markdown: GitHub draws it
    Mermaid,
    /// For Graphviz
    Dot,
    /// A picture, for light and dark
    Svg,
}

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The tool, with what its build builds; without one, the pipelines of all
    tool: Option<String>,
    /// What is to draw it
    #[arg(long, value_enum, default_value_t = Format::Mermaid)]
    format: Format,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let made = match work::made(console, work::compiled(&work::root(root)?)?) {
        Ok(made) => made,
        Err(exit) => return Ok(exit),
    };
    let tool = match &options.tool {
        Some(name) => Some(made.model.tools.keys().find(|tool| tool.as_str() == name).ok_or_else(|| {
            let known: Vec<&str> = made.model.tools.keys().map(ToolName::as_str).collect();
            Failure::Usage(format!("no tool is named `{name}`; there are: {}", known.join(", ")))
        })?),
        None => None,
    };
    let graph = Graph::new(&made.model, &made.plan, tool);
    console.print(&match options.format {
        Format::Mermaid => mermaid(&graph),
        Format::Dot => dot(&graph),
        Format::Svg => svg(&graph),
    });
    Ok(Exit::Done)
}
