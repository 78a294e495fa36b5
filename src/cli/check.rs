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
    let (found, exit) = match &compilation.made {
        Some(made) => {
            let found = check::check(&made.artifacts, &output::read_tree(&root)?);
            let exit = Exit::from(found.verdict());
            (found, exit)
        }
        None => (check::Report::default(), Exit::Invalid),
    };
    if let Some(text) = report::render(options.format, &compilation, &found, exit) {
        console.print(&text);
    }
    if matches!(options.format, Format::Human | Format::Github) {
        work::show(console, &compilation.sources, &compilation.diagnostics);
    }
    if let Some(made) = &compilation.made {
        let text = human::text(&found, made.artifacts.len());
        match options.format {
            Format::Human if exit == Exit::Done => console.tell(&text),
            Format::Human => console.print(&text),
            // Annotations hold no diffs; the log does.
            Format::Github => console.note(&text),
            Format::Json | Format::Sarif => {}
        }
    }
    Ok(exit)
}
