//! `ghagen generate`: makes what is committed what the spec says.

use std::path::Path;

use super::check::coloured;
use super::console::{Console, DIM, GREEN, RED, YELLOW, styled};
use super::exit::{Exit, Failure};
use super::work;
use crate::check::{self, Drift, Remedy, Report};
use crate::output::{self, Claim, Committed, Repository};

/// What to run after a failure.
const AGAIN: &str = "ghagen generate";

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Write nothing; print what would change
    #[arg(long)]
    dry_run: bool,
    /// Show the changes of each file
    #[arg(long)]
    diff: bool,
    /// Commit what was written, and nothing else
    #[arg(long, conflicts_with = "dry_run")]
    commit: bool,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let root = work::root(root)?;
    // Before the spec is read: it must not become another one while this writes.
    let claim = if options.dry_run { None } else { Some(Claim::take(&root).map_err(Failure::writing(AGAIN))?) };
    let made = match work::made(console, work::compiled(&root)?) {
        Ok(made) => made,
        Err(exit) => return Ok(exit),
    };
    let repository = if options.commit { Some(Repository::find(&root)?) } else { None };
    let report = check::check(&made.artifacts, &output::read_tree(&root)?);
    match &claim {
        Some(claim) => claim.write(&made.artifacts, &report),
        None => output::refuse(&report),
    }
    .map_err(Failure::writing(AGAIN))?;
    console.print(&changes(&report, options.diff));
    console.print(&summary(&report, made.artifacts.len(), options.dry_run));
    if let Some(repository) = repository {
        let paths: Vec<&str> =
            report.drifts.iter().filter(|it| is_change(it)).map(|drift| drift.path.as_str()).collect();
        console.print(match repository.commit(&paths)? {
            Committed::Yes => "committed",
            Committed::Nothing => "nothing to commit",
        });
    }
    Ok(Exit::Done)
}

fn is_change(drift: &Drift) -> bool {
    !matches!(drift.remedy, Remedy::LetGo | Remedy::Refuse)
}

fn changes(report: &Report, with_diff: bool) -> String {
    let mut lines = Vec::new();
    for drift in &report.drifts {
        let (style, verb) = match drift.remedy {
            Remedy::Create => (GREEN, "create"),
            Remedy::Replace => (YELLOW, "update"),
            Remedy::SetMode => (YELLOW, "mode"),
            Remedy::Remove => (RED, "remove"),
            Remedy::LetGo => (DIM, "keep"),
            Remedy::Refuse => (RED, "refuse"),
        };
        let kept = if drift.remedy == Remedy::LetGo {
            "  (not generated any more; it was changed, so it is yours)"
        } else {
            ""
        };
        lines.push(format!("{} {}{kept}", styled(style, &format!("{verb:<6}")), drift.path));
        if with_diff && is_change(drift) {
            lines.extend(drift.diff.iter().flat_map(|diff| diff.lines()).map(coloured));
        }
    }
    lines.join("\n")
}

/// `3 files written, 1 removed, 120 unchanged`.
fn summary(report: &Report, files: usize, is_dry: bool) -> String {
    let count = |remedies: &[Remedy]| report.drifts.iter().filter(|drift| remedies.contains(&drift.remedy)).count();
    let written = count(&[Remedy::Create, Remedy::Replace, Remedy::SetMode]);
    let removed = count(&[Remedy::Remove]);
    if written + removed == 0 {
        return format!("nothing to do: {} as the spec says", work::number(files, "generated file"));
    }
    let would_be = if is_dry { " would be" } else { "" };
    format!("{}{would_be} written, {removed} removed, {} unchanged", work::number(written, "file"), files - written)
}
