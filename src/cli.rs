//! The command line: arguments, wording, colours and exit codes. No logic of its own.

mod adopt;
mod build;
mod check;
mod console;
mod exit;
mod explain;
mod format;
mod generate;
mod graph;
mod init;
mod lock;
mod panic;
mod plan;
mod schema;
mod shell;
mod table;
mod validate;
mod watch;
mod work;

pub use panic::report_panics;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use console::{Console, Volume};
use exit::{Exit, Failure};

/// A compiler for release pipelines: from a typed spec to GitHub Actions workflows and build scripts.
#[derive(Debug, Parser)]
#[command(name = "ghagen", version, propagate_version = false, after_help = exit::HELP, disable_help_subcommand = true)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Args)]
struct Common {
    /// The folder that holds spec/ghagen.yaml [default: the nearest one, from here upwards]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Say only what is wrong, and what was asked for
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: the project, what stays as it is, the time that it took
    #[arg(long, short, global = true)]
    verbose: bool,
}

impl Common {
    const fn volume(&self) -> Volume {
        match (self.quiet, self.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new project, which compiles at once; writes no file that is there already
    Init(init::Options),
    /// Compile the spec and write workflows, scripts and all else; prints what changed
    Generate(generate::Options),
    /// Compare what is committed with what the spec says; names the cause for each file
    Check(check::Options),
    /// Move pins that a bot bumped in generated files into the lock, then generate
    Adopt(adopt::Options),
    /// Show every pin and what uses it; audit them, or renew them
    Lock(lock::Options),
    /// Check the spec alone; shows all mistakes in one run
    Validate(validate::Options),
    /// Show every cell, those left out too, and every unit with who shares it
    Plan(plan::Options),
    /// Draw the pipeline, or that of a tool with what its build builds
    Graph(graph::Options),
    /// Build a tool on this machine, with the script, the image and the environment of CI
    Build(build::Options),
    /// Explain the code of a message, or where a generated file or a line of it comes from
    Explain(explain::Options),
    /// Print the JSON Schemas of the spec files, for editors
    Schema(schema::Options),
    /// Print the completions of a shell
    Completions(shell::Options),
    /// Print the manual page
    Man,
}

/// Runs one command. Can be called many times in a process: nothing is kept, and nothing is set for good.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = Arguments::command().try_get_matches_from(arguments).and_then(|mut matches| {
        // By hand, since clap looks for `--color` only after it has parsed the rest.
        Arguments::from_arg_matches_mut(&mut matches)
    });
    match parsed {
        Ok(arguments) => {
            let mut console = Console::new(arguments.common.color, arguments.common.volume());
            let started = Instant::now();
            let exit = dispatch(&mut console, &arguments).unwrap_or_else(|failure| {
                console.error(&failure.to_string());
                failure.exit()
            });
            console.detail(&format!("exit code {} after {} ms", exit.number(), started.elapsed().as_millis()));
            exit.code()
        }
        Err(error) => {
            let mut console = Console::new(ColorChoice::Auto, Volume::Normal);
            let text = error.render().ansi().to_string();
            if error.use_stderr() {
                console.note(text.trim_end());
                Exit::Usage.code()
            } else {
                console.print(text.trim_end());
                Exit::Done.code()
            }
        }
    }
}

fn dispatch(console: &mut Console, arguments: &Arguments) -> Result<Exit, Failure> {
    let root = arguments.common.root.as_deref();
    if console.is_verbose()
        && !matches!(arguments.command, Command::Init(_))
        && let Ok(found) = work::root(root)
    {
        console.detail(&format!("project: {}", found.display()));
    }
    match &arguments.command {
        Command::Init(options) => init::run(console, root, options),
        Command::Generate(options) => generate::run(console, root, options),
        Command::Check(options) => check::run(console, root, options),
        Command::Adopt(options) => adopt::run(console, root, options),
        Command::Lock(options) => lock::run(console, root, options),
        Command::Validate(options) => validate::run(console, root, options),
        Command::Plan(options) => plan::run(console, root, options),
        Command::Graph(options) => graph::run(console, root, options),
        Command::Build(options) => build::run(console, root, options),
        Command::Explain(options) => explain::run(console, root, options),
        Command::Schema(options) => Ok(schema::run(console, options)),
        Command::Completions(options) => Ok(shell::completions(console, options, &mut Arguments::command())),
        Command::Man => shell::man(console, Arguments::command()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        Arguments::command().debug_assert();
    }
}
