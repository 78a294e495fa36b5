//! The report of `ghagen lock update`: for people, for programs, for issues. Tags and complaints come from strangers, so
//! none of them can become markup.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::cli::console::{DIM, GREEN, RED, STRONG, YELLOW, styled};
use crate::cli::work::number;
use crate::lock::{self, Kind};
use crate::resolve::{Change, Outcome, Point, State};

/// What a run came to.
pub(super) struct Report<'a> {
    pub(super) outcomes: &'a [Outcome],
    pub(super) pruned: &'a [String],
    /// Whether the lock is not what it was.
    pub(super) is_new: bool,
    pub(super) is_dry: bool,
}

impl Report<'_> {
    fn count(&self, fits: impl Fn(&State) -> bool) -> usize {
        self.outcomes.iter().filter(|outcome| fits(&outcome.state)).count()
    }

    pub(super) fn human(&self) -> String {
        let mut text = String::new();
        for outcome in self.outcomes {
            lines(&mut text, outcome);
        }
        for name in self.pruned {
            let _ = writeln!(text, "{} {name}: nothing uses it", styled(RED, "remove"));
        }
        text + &self.summary()
    }

    /// `2 pins updated, 30 as they were, 1 failed; spec/ghagen.lock is written`.
    fn summary(&self) -> String {
        let updated = self.count(|state| matches!(state, State::Tags(..) | State::Digest(_)));
        let failed = self.outcomes.iter().filter(|outcome| outcome.is_failure()).count();
        let still = self.outcomes.len() - updated - failed;
        let failed = if failed == 0 { String::new() } else { format!(", {failed} failed") };
        let written = match (self.is_new, self.is_dry) {
            (false, _) => "the lock stays as it is".to_owned(),
            (true, true) => format!("{} would be written", lock::PATH),
            (true, false) => format!("{} is written: now run `ghagen generate`", lock::PATH),
        };
        format!("{} updated, {still} as before{failed}; {written}", number(updated, "pin"))
    }

    pub(super) fn json(&self) -> String {
        let pins: Vec<Value> = self.outcomes.iter().map(as_json).collect();
        let value = json!({
            "schema_version": 1,
            "dry_run": self.is_dry,
            "changed": self.is_new,
            "pins": pins,
            "removed": self.pruned,
        });
        format!("{value:#}")
    }

    pub(super) fn markdown(&self) -> String {
        let mut text = String::new();
        let changed: Vec<_> = self.outcomes.iter().filter(|outcome| !outcome.changes.is_empty()).collect();
        if !changed.is_empty() {
            text.push_str("| kind | name | locked | new | |\n|---|---|---|---|---|\n");
        }
        for outcome in changed {
            for change in &outcome.changes {
                let old = change.old.as_ref().map_or_else(String::new, |old| code(&both(old)));
                let link = change.compare.as_ref().map_or_else(String::new, |url| format!("[compare]({url})"));
                let (kind, name) = (outcome.kind.as_str(), code(&outcome.name));
                let _ = writeln!(text, "| {kind} | {name} | {old} | {} | {link} |", code(&both(&change.new)));
            }
        }
        let mut told = Vec::new();
        for outcome in self.outcomes {
            let name = code(&outcome.name);
            match &outcome.state {
                State::Moved(what) => told.push(format!("- **moved** {name}: {}", code(what))),
                State::Failed(what) => told.push(format!("- **failed** {name}: {}", code(what))),
                State::Current | State::Tags(..) | State::Digest(_) | State::NotResolved(_) => {}
            }
            told.extend(outcome.notes.iter().map(|note| format!("- {name}: {}", code(note))));
        }
        told.extend(self.pruned.iter().map(|name| format!("- removed, since nothing uses it: {}", code(name))));
        if !told.is_empty() {
            let _ = write!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, told.join("\n"));
        }
        if text.is_empty() { "Every pin is the newest that the spec allows.".to_owned() } else { text }
    }
}

fn lines(text: &mut String, outcome: &Outcome) {
    let name = &outcome.name;
    for change in &outcome.changes {
        let old = change.old.as_ref().map_or_else(|| "new".to_owned(), short);
        let old_and_new = format!("{old} -> {}", short(&change.new));
        let _ = writeln!(text, "{} {}: {old_and_new}", styled(GREEN, "update"), styled(STRONG, name));
        if let Some(url) = &change.compare {
            let _ = writeln!(text, "       {}", styled(DIM, url));
        }
    }
    match &outcome.state {
        State::Moved(what) => {
            let _ = writeln!(text, "{} {}: {what}", styled(RED.bold(), "MOVED "), styled(STRONG, name));
        }
        State::Failed(what) => {
            let _ = writeln!(text, "{} {}: {what}", styled(RED.bold(), "failed"), styled(STRONG, name));
        }
        State::NotResolved(why) => {
            let _ = writeln!(text, "{} {name}: not resolved by ghagen: {why}", styled(DIM, "skip  "));
        }
        State::Current | State::Tags(..) | State::Digest(_) => {}
    }
    for note in &outcome.notes {
        let _ = writeln!(text, "{} {name}: {note}", styled(YELLOW, "note  "));
    }
}

/// `v1.2.3 0123456789ab`: enough to tell commits of one tag apart.
fn short(point: &Point) -> String {
    let fixed = point.fixed.strip_prefix("sha256:").unwrap_or(&point.fixed);
    format!("{} {}", point.tag, fixed.get(..12).unwrap_or(fixed))
}

fn both(point: &Point) -> String {
    format!("{} {}", point.tag, point.fixed)
}

fn as_json(outcome: &Outcome) -> Value {
    let (state, reason) = match &outcome.state {
        State::Current => ("current", None),
        State::Tags(..) | State::Digest(_) => ("updated", None),
        State::Failed(what) => ("failed", Some(what.as_str())),
        State::Moved(what) => ("moved", Some(what.as_str())),
        State::NotResolved(why) => ("not-resolved", Some(*why)),
    };
    let fixed = |point: &Point| match outcome.kind {
        Kind::Image => json!({"tag": point.tag, "digest": point.fixed}),
        Kind::Action | Kind::Source | Kind::Tool => json!({"tag": point.tag, "commit": point.fixed}),
    };
    let change = |change: &Change| json!({"old": change.old.as_ref().map(fixed), "new": fixed(&change.new), "compare": change.compare});
    json!({
        "kind": outcome.kind.as_str(),
        "name": outcome.name,
        "state": state,
        "reason": reason,
        "changes": outcome.changes.iter().map(change).collect::<Vec<_>>(),
        "notes": outcome.notes,
    })
}

/// A text that stays a text in Markdown, in a cell of a table, too.
fn code(text: &str) -> String {
    let quiet = |character: char| match character {
        '`' => '\'',
        '|' => '/',
        _ if character.is_control() => ' ',
        _ => character,
    };
    format!("`{}`", text.chars().map(quiet).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strange_tag_is_no_markup() {
        assert_eq!(code("v1`|@all\n# x"), "`v1'/@all # x`");
    }
}
