//! `ghagen explain`: what a thing that ghagen shows or makes means, and where it comes from.

mod cause;
mod cell;
mod code;
mod line;
mod target;

use std::path::Path;

use clap::ValueEnum;

use super::console::Console;
use super::exit::{Exit, Failure};
use super::work;
use crate::diagnostic;
use target::Target;

/// For whom an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs; carries the version of its format
    Json,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ghagen explain G0102
  ghagen explain .github/workflows/verify.yml
  ghagen explain generated/scripts/build-tool.sh:40
  ghagen explain podman/full/arm64
  ghagen explain podman@5 full arm64")]
pub(super) struct Options {
    /// A code such as G0102; a generated file, PATH or PATH:LINE; or a cell, TOOL/VARIANT/ARCH or TOOL@LINE/VARIANT/ARCH,
    /// in one word or in three; without anything, all codes are listed
    #[arg(num_args = 0..=3)]
    what: Vec<String>,
    /// For whom to write
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let (what, rest) = match options.what.as_slice() {
        [] => {
            code::list(console);
            return Ok(Exit::Done);
        }
        [what] => (what, None),
        [tool, variant, arch] => (tool, Some((variant, arch))),
        _ => {
            let message = "one thing at a time: a code, PATH:LINE, or TOOL VARIANT ARCH";
            return Err(Failure::Usage(message.to_owned()));
        }
    };
    let what = rest.map_or_else(|| what.clone(), |(variant, arch)| format!("{what}/{variant}/{arch}"));
    let what = what.as_str();
    if diagnostic::explain(what).is_some() || target::looks_like_a_code(what) {
        code::explain(console, what)?;
        return Ok(Exit::Done);
    }
    let root = work::root(root)?;
    let compilation = work::compiled(&root)?;
    let sources = compilation.sources.clone();
    let Some(made) = compilation.made else {
        work::show(console, &sources, &compilation.diagnostics);
        return Ok(Exit::Invalid);
    };
    if let Some(cell) = cell::of(&made, what)? {
        cell::show(console, &sources, &cell, options.format);
        return Ok(Exit::Done);
    }
    match target::of(&root, &made, what)? {
        Target::File(artifact) => line::file(console, &root, &sources, &made, artifact, options.format)?,
        Target::Line(artifact, number) => {
            line::line(console, &root, &sources, &made, artifact, number, options.format)?;
        }
    }
    Ok(Exit::Done)
}
