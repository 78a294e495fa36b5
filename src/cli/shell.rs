//! `ghagen completions` and `ghagen man`: what shells and packagers ask for.

use clap::Command;
use clap_complete::Shell;

use super::console::Console;
use super::exit::{Exit, Failure};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn completions(console: &mut Console, options: &Options, command: &mut Command) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(options.shell, command, "ghagen", &mut text);
    console.print(&String::from_utf8_lossy(&text));
    Exit::Done
}

pub(super) fn man(console: &mut Console, command: Command) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    console.print(&String::from_utf8_lossy(&text));
    Ok(Exit::Done)
}
