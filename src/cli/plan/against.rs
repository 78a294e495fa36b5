//! `ghagen plan --against REV`: what changes against a revision, for those who review a pull request.

use std::path::Path;

use serde_json::json;

use super::{Format, Options};
use crate::cli::console::{Console, STRONG, styled};
use crate::cli::exit::{Exit, Failure};
use crate::cli::work;
use crate::compare::{Change, State, compare};
use crate::compile::{Made, compile};
use crate::emit::markdown;
use crate::project::{Revision, read_revision};

/// What is said where nothing changes.
const NONE: &str = "no change";

pub(super) fn run(
    console: &mut Console,
    root: &Path,
    revision: &str,
    options: &Options,
    new: &Made,
) -> Result<Exit, Failure> {
    let Revision { commit, files } = read_revision(root, revision)?;
    let old = compile(&files)?;
    let Some(before) = old.made else {
        console.error(&format!(
            "the spec at `{revision}` is not valid for this ghagen, so nothing can be compared with it; it says this there:"
        ));
        work::show(console, &old.sources, &old.diagnostics);
        return Ok(Exit::Invalid);
    };
    let mut changes = compare(state(&before), state(new));
    if let Some(tool) = &options.tool {
        changes.retain(|change| change.tools.is_empty() || change.tools.contains(tool));
    }
    console.print(&match options.format {
        Format::Table => as_text(&changes),
        Format::Json => as_json(revision, &commit, &changes),
        Format::Markdown => as_markdown(revision, &changes),
    });
    Ok(Exit::Done)
}

fn state(made: &Made) -> State<'_> {
    State { model: &made.model, plan: &made.plan, artifacts: &made.artifacts }
}

/// The changes by what they are about, in their order.
fn groups(changes: &[Change]) -> impl Iterator<Item = (String, &[Change])> {
    changes.chunk_by(|one, other| one.tools == other.tools).map(|group| {
        let tools = group.first().map(|change| change.tools.join(", ")).unwrap_or_default();
        (if tools.is_empty() { "the project".to_owned() } else { tools }, group)
    })
}

fn as_text(changes: &[Change]) -> String {
    if changes.is_empty() {
        return NONE.to_owned();
    }
    let group = |(title, changes): (String, &[Change])| {
        let lines: Vec<String> = changes.iter().map(|change| format!("  {}", change.sentence)).collect();
        format!("{}\n{}", styled(STRONG, &title), lines.join("\n"))
    };
    groups(changes).map(group).collect::<Vec<_>>().join("\n\n")
}

fn as_markdown(revision: &str, changes: &[Change]) -> String {
    let heading = format!("## What changes against {}", markdown::code(revision));
    if changes.is_empty() {
        return format!("{heading}\n\n{NONE}");
    }
    let group = |(title, changes): (String, &[Change])| {
        let line = |change: &Change| format!("- {}", markdown::escape(&change.sentence));
        let lines: Vec<String> = changes.iter().map(line).collect();
        format!("**{}**\n\n{}", markdown::escape(&title), lines.join("\n"))
    };
    format!("{heading}\n\n{}", groups(changes).map(group).collect::<Vec<_>>().join("\n\n"))
}

fn as_json(revision: &str, commit: &str, changes: &[Change]) -> String {
    let change = |change: &Change| json!({"tools": change.tools, "sentence": change.sentence});
    let changes: Vec<_> = changes.iter().map(change).collect();
    format!(
        "{:#}",
        json!({"schema_version": 1, "against": {"revision": revision, "commit": commit}, "changes": changes})
    )
}
