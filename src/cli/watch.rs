//! `--watch`: runs a command again whenever something below `spec/` changes. Writes nothing itself, and ends with the process.

use std::path::Path;
use std::thread;
use std::time::Duration;

use super::console::{Console, DIM, styled};
use super::exit::{Exit, Failure};
use crate::project;
use crate::spec::Files;

/// How often is looked. Somebody who saved a file does not notice it.
const PAUSE: Duration = Duration::from_millis(300);

#[derive(Debug, clap::Args)]
pub(super) struct Watching {
    /// Run again whenever a file below spec/ changes; Ctrl-C ends
    #[arg(long)]
    pub(super) watch: bool,
}

/// Runs a command once, or for as long as somebody watches. A run that fails is followed by the next all the same.
pub(super) fn run(
    console: &mut Console,
    options: &Watching,
    root: &Path,
    command: impl Fn(&mut Console) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    if !options.watch {
        return command(console);
    }
    let mut seen = None;
    let mut runs = 0_u64;
    loop {
        // Before the run, so that what changes meanwhile is seen after it.
        let now = contents(root);
        if seen.as_ref() != Some(&now) {
            let exit = command(console).unwrap_or_else(|failure| {
                console.error(&failure.to_string());
                failure.exit()
            });
            runs += 1;
            let ended = if exit == Exit::Done { "done" } else { "failed" };
            console.note(&styled(DIM, &format!("run {runs} {ended}; waiting for a change below spec/")));
            seen = Some(now);
        }
        thread::sleep(PAUSE);
    }
}

/// What is compared: all that a spec consists of, or why it cannot be read. Times of files say less, and cost the same here.
fn contents(root: &Path) -> Result<Files, String> {
    project::read_files(root).map_err(|error| error.to_string())
}
