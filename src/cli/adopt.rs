//! `ghagen adopt`: moves pins that a bot bumped in generated files into the lock.

use std::path::Path;

use super::console::Console;
use super::exit::{Exit, Failure};

#[derive(Debug, clap::Args)]
pub(super) struct Options {}

pub(super) fn run(_console: &mut Console, _root: Option<&Path>, _options: &Options) -> Result<Exit, Failure> {
    Err(Failure::Usage("`ghagen adopt` is not there yet".to_owned()))
}
