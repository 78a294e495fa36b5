//! Drift in words for people: each file with its cause, and at the end the one thing to do.

use crate::check::{Cause, Drift, Report, Verdict};
use crate::cli::console::{DIM, GREEN, RED, STRONG, YELLOW, styled};
use crate::cli::work::number;
use crate::compile::VERSION;

/// Lines of a diff that are shown of one file.
const LINES: usize = 12;

/// Characters of a line that are shown: those of the manifest are long.
const COLUMNS: usize = 160;

/// Files of which a diff is shown; the others are named.
const FILES_WITH_DIFF: usize = 10;

/// What is said about a report.
pub(super) fn text(report: &Report, files: usize) -> String {
    if report.drifts.is_empty() {
        return format!("{} as the spec says", number(files, "generated file"));
    }
    let mut parts = Vec::new();
    for (position, drift) in report.drifts.iter().enumerate() {
        parts.push(one(drift, position < FILES_WITH_DIFF));
    }
    parts.push(format!("\n{}", ending(report)));
    parts.join("\n")
}

fn one(drift: &Drift, with_diff: bool) -> String {
    let causes: Vec<String> = drift.causes.iter().map(|cause| words(*cause, drift)).collect();
    let mut text = format!("{}: {}", styled(STRONG, &drift.path), styled(YELLOW, &causes.join("; ")));
    // What is missing or left over differs in every line: that is no news.
    let is_whole = drift.causes.contains(&Cause::Missing) || drift.causes.contains(&Cause::Orphan);
    if let Some(diff) = drift.diff.as_deref().filter(|_| with_diff && !is_whole) {
        text.push('\n');
        text.push_str(&shortened(diff));
    }
    text
}

/// A cause in plain words.
pub(super) fn words(cause: Cause, drift: &Drift) -> String {
    match cause {
        Cause::Missing => "is missing".to_owned(),
        Cause::HandEdited => "was edited by hand".to_owned(),
        Cause::SpecChanged => "is older than the spec, which has changed".to_owned(),
        Cause::GeneratorChanged => "was made by another version of ghagen, or with other templates".to_owned(),
        Cause::PinsBumped => "has pins that are not in spec/ghagen.lock".to_owned(),
        Cause::Orphan => "is not generated any more".to_owned(),
        Cause::ModeChanged => "has the wrong executable bit".to_owned(),
        Cause::Foreign => {
            let obstacle = drift.obstacle.as_deref().unwrap_or("something else");
            format!("cannot be written: in its place is {obstacle}")
        }
    }
}

/// The first lines of a diff, behind a bar, so that no line of a file can be taken for one of ours.
pub(super) fn shortened(diff: &str) -> String {
    let lines: Vec<&str> = diff.lines().skip(2).collect();
    let mut shown: Vec<String> = lines.iter().take(LINES).map(|line| coloured(&cut(line))).collect();
    if lines.len() > LINES {
        let more = number(lines.len() - LINES, "line");
        shown.push(styled(DIM, &format!("  | ... and {more} more; `ghagen generate --dry-run --diff` shows all")));
    }
    shown.join("\n")
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(COLUMNS) {
        Some((end, _)) => format!("{} ...", line.get(..end).unwrap_or(line)),
        None => line.to_owned(),
    }
}

/// A line of a diff.
pub(in crate::cli) fn coloured(line: &str) -> String {
    let text: String = line.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect();
    match line.as_bytes().first() {
        Some(b'+') => format!("  | {}", styled(GREEN, &text)),
        Some(b'-') => format!("  | {}", styled(RED, &text)),
        _ => format!("  | {text}"),
    }
}

/// What to do, in the end.
fn ending(report: &Report) -> String {
    let has = |cause| report.drifts.iter().any(|drift| drift.causes.contains(&cause));
    let differ = match report.drifts.len() {
        1 => "1 file differs.".to_owned(),
        count => format!("{count} files differ."),
    };
    let command = styled(STRONG, "ghagen generate");
    let mut lines = vec![differ];
    if let Some(version) = &report.other_version {
        lines.push(format!(
            "They were written by ghagen {version}; this is {VERSION}. Use that one, or move on to this one."
        ));
    }
    if has(Cause::Foreign) {
        lines.push("Move or remove first what is not ghagen's.".to_owned());
    }
    if has(Cause::HandEdited) {
        lines.push("Edits by hand are undone: say in the spec what they were for.".to_owned());
    }
    if report.verdict() == Verdict::OnlyPins {
        lines.push("Only pins were moved, as bots do. Nobody has verified where the commits come from.".to_owned());
        let (adopt, verify) = (styled(STRONG, "ghagen adopt"), styled(STRONG, "ghagen lock verify --online"));
        lines.push(format!("To mend this: {adopt}, then commit what it writes. {verify} asks the repositories."));
        return lines.join("\n");
    }
    lines.push(format!("To mend this: {command}, then commit what it writes."));
    lines.join("\n")
}

/// What to do about a cause.
pub(super) const fn help(cause: Cause) -> &'static str {
    match cause {
        Cause::HandEdited => "say in the spec what the edit was for, then run `ghagen generate`, which undoes it here",
        Cause::PinsBumped => {
            "run `ghagen adopt`, which takes the pins into `spec/ghagen.lock`, and commit what it writes"
        }
        Cause::Foreign => "move or remove what stands there, then run `ghagen generate`",
        Cause::GeneratorChanged => {
            "use the version of ghagen that the project names, or run `ghagen generate` with this one"
        }
        Cause::Missing | Cause::SpecChanged | Cause::Orphan | Cause::ModeChanged => {
            "run `ghagen generate` and commit what it changes"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_diff_is_cut_and_says_so() {
        let diff = format!("--- a\n+++ b\n{}", "-x\n".repeat(LINES + 3));
        let text = anstream::adapter::strip_str(&shortened(&diff)).to_string();
        assert_eq!(text.lines().count(), LINES + 1);
        assert!(text.ends_with("  | ... and 3 lines more; `ghagen generate --dry-run --diff` shows all"), "{text}");
    }

    #[test]
    fn no_line_of_a_file_reaches_the_start_of_a_line() {
        assert_eq!(
            anstream::adapter::strip_str(&coloured(" ::error::x\u{1b}[31m")).to_string(),
            "  |  ::error::x\u{fffd}[31m"
        );
    }
}
