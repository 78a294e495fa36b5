//! `ghagen check`: what is committed against what the spec says.

mod human;
mod report;

pub(super) use human::coloured;

use std::path::Path;

use super::console::Console;
use super::exit::{Exit, Failure};
use super::format::Format;
use super::work;
use crate::check;
use crate::output;

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// For whom to write
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let root = work::root(root)?;
    let compilation = work::compiled(&root)?;
    let Some(made) = &compilation.made else {
        match report::render(options.format, &compilation, &check::Report::default(), Exit::Invalid) {
            Some(text) => console.print(&text),
            None => work::show(console, &compilation.sources, &compilation.diagnostics),
        }
        return Ok(Exit::Invalid);
    };
    let found = check::check(&made.artifacts, &output::read_tree(&root)?);
    let exit = Exit::from(found.verdict());
    let text = report::render(options.format, &compilation, &found, exit);
    if let Some(text) = &text {
        console.print(text);
    } else {
        work::show(console, &compilation.sources, &compilation.diagnostics);
    }
    match options.format {
        Format::Human => console.print(&human::text(&found, made.artifacts.len())),
        // Annotations hold no diffs; the log does.
        Format::Github => console.note(&human::text(&found, made.artifacts.len())),
        Format::Json | Format::Sarif => {}
    }
    Ok(exit)
}
