//! `ghagen lock`: shows the pins; below it, what audits and renews them.

mod show;
mod update;
mod verify;

use std::path::Path;

use clap::Subcommand;

use super::console::Console;
use super::exit::{Exit, Failure};

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Options {
    #[command(flatten)]
    show: show::Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Ask the network for newer tags, digests and versions, and write the lock
    Update(update::Options),
    /// Hold every pin in every generated file to the lock
    Verify(verify::Options),
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    match &options.command {
        None => show::run(console, root, &options.show),
        Some(Command::Update(options)) => update::run(console, root, options),
        Some(Command::Verify(options)) => verify::run(console, root, options),
    }
}
