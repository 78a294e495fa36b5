//! `ghagen generate`: makes what is committed what the spec says.

use std::path::Path;

use super::check::coloured;
use super::console::{Console, DIM, GREEN, RED, YELLOW, styled};
use super::exit::{Exit, Failure};
use super::{watch, work};
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
    #[arg(long, conflicts_with_all = ["dry_run", "watch"])]
    commit: bool,
    #[command(flatten)]
    watch: watch::Watching,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let root = work::root(root)?;
    watch::run(console, &options.watch, &root, |console| generate(console, &root, options))
}

fn generate(console: &mut Console, root: &Path, options: &Options) -> Result<Exit, Failure> {
    // Before the spec is read: it must not become another one while this writes.
    let claim = if options.dry_run { None } else { Some(Claim::take(root).map_err(Failure::writing(AGAIN))?) };
    let made = match work::made(console, work::compiled(root)?) {
        Ok(made) => made,
        Err(exit) => return Ok(exit),
    };
    let repository = if options.commit { Some(Repository::find(root)?) } else { None };
    let report = check::check(&made.artifacts, &output::read_tree(root)?);
    match &claim {
        Some(claim) => claim.write(&made.artifacts, &report),
        None => output::refuse(&report),
    }
    .map_err(Failure::writing(AGAIN))?;
    // What a dry run would do is its result.
    let say = if options.dry_run { Console::print } else { Console::tell };
    say(console, &changes(&report, options.diff));
    if console.is_verbose() {
        let same =
            made.artifacts.iter().filter(|made| report.drifts.iter().all(|drift| drift.path != made.path.as_str()));
        same.for_each(|made| console.detail(&format!("same   {}", made.path)));
    }
    say(console, &summary(&report, made.artifacts.len(), options.dry_run));
    if let Some(repository) = repository {
        let paths: Vec<&str> =
            report.drifts.iter().filter(|it| is_change(it)).map(|drift| drift.path.as_str()).collect();
        console.tell(match repository.commit(&paths)? {
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
