//! `ghagen lock verify`.

use std::path::Path;

use crate::cli::console::Console;
use crate::cli::exit::{Exit, Failure};

#[derive(Debug, clap::Args)]
pub(super) struct Options {}

pub(super) fn run(_console: &mut Console, _root: Option<&Path>, _options: &Options) -> Result<Exit, Failure> {
    Err(Failure::Usage("`ghagen lock verify` is not there yet".to_owned()))
}
