//! What several commands begin with: find the project, read it, compile it.

use std::path::{Path, PathBuf};

use super::console::Console;
use super::exit::{Exit, Failure};
use super::format::Format;
use crate::compile::{Compilation, Made, compile};
use crate::diagnostic::{Diagnostic, render_github, render_human, render_json, render_sarif};
use crate::project;
use crate::source::Sources;

/// The root of the project: what was given, or the nearest one.
pub(super) fn root(given: Option<&Path>) -> Result<PathBuf, Failure> {
    match given {
        Some(root) if root.is_dir() => Ok(root.to_owned()),
        Some(root) => Err(Failure::Usage(format!("`--root {}`: there is no such folder", root.display()))),
        None => Ok(project::find_root(Path::new("."))?),
    }
}

/// Reads and compiles a project.
pub(super) fn compiled(root: &Path) -> Result<Compilation, Failure> {
    Ok(compile(&project::read_files(root)?)?)
}

/// What was made of a project, once its diagnostics are shown. `Err` is how the run ends where nothing was made.
pub(super) fn made(console: &mut Console, compilation: Compilation) -> Result<Made, Exit> {
    show(console, &compilation.sources, &compilation.diagnostics);
    compilation.made.ok_or(Exit::Invalid)
}

/// Shows diagnostics to people.
pub(super) fn show(console: &mut Console, sources: &Sources, diagnostics: &[Diagnostic]) {
    if !diagnostics.is_empty() {
        console.note(&render_human(sources, diagnostics, true));
    }
}

/// Diagnostics in a format for programs; `None` for people.
pub(super) fn render(format: Format, sources: &Sources, diagnostics: &[Diagnostic]) -> Option<String> {
    match format {
        Format::Human => None,
        Format::Json => Some(render_json(sources, diagnostics)),
        Format::Github => Some(render_github(sources, diagnostics)),
        Format::Sarif => Some(render_sarif(sources, diagnostics)),
    }
}

/// `1 file`, `2 files`.
pub(super) fn number(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// About how long something takes: `45 s`, `7 min`.
pub(super) fn about(seconds: u64) -> String {
    if seconds < 90 { format!("{seconds} s") } else { format!("{} min", (seconds + 30) / 60) }
}
