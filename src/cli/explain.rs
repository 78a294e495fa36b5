//! `ghagen explain`: what a thing that ghagen shows or makes means, and where it comes from.

mod code;

use super::console::Console;
use super::exit::{Exit, Failure};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The code, such as G0102; without one, all are listed
    what: Option<String>,
}

pub(super) fn run(console: &mut Console, options: &Options) -> Result<Exit, Failure> {
    match &options.what {
        None => code::list(console),
        Some(code) => code::explain(console, code)?,
    }
    Ok(Exit::Done)
}
