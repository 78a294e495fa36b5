//! Where mistakes go while the rest of the spec is looked at, so that all of them come out of one run.
//!
//! Decides how mistakes are worded, not what is one.

use std::fmt::Display;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentName, Condition};
use crate::source::Origin;
use crate::spec::closest;

/// What a mistake is about: a value, or the key in front of it.
#[derive(Clone)]
pub(super) enum Spot {
    /// The value.
    Value(Origin),
    /// The key.
    Key(Origin),
}

impl Spot {
    /// An error here.
    pub(super) fn error(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        match self {
            Self::Value(origin) => Diagnostic::error(code, origin, message),
            Self::Key(origin) => Diagnostic::error_at_key(code, origin, message),
        }
    }
}

/// A value of the release line that a text asks for.
pub(super) struct LineValueUse {
    /// Whose text it is.
    pub(super) component: ComponentName,
    /// The key of the value.
    pub(super) key: String,
    /// Where the text applies.
    pub(super) when: Condition,
    /// The text.
    pub(super) spot: Spot,
    /// A quote that stands around the value, so that the value cannot hold it.
    pub(super) within: Option<char>,
}

/// The mistakes so far, and what can be judged only when everything is known.
#[derive(Default)]
pub(super) struct Sink {
    /// The mistakes so far.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The values of release lines that texts ask for.
    pub(super) line_values: Vec<LineValueUse>,
}

impl Sink {
    /// Keeps a mistake.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The value, or its error as a mistake at the value at `origin`.
    pub(super) fn take<T, E: Display>(&mut self, code: Code, origin: &Origin, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.push(told(Diagnostic::error, code, origin, &error.to_string()))).ok()
    }

    /// The same, as a mistake at the key at `origin`.
    pub(super) fn take_key<T, E: Display>(&mut self, code: Code, origin: &Origin, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.push(told(Diagnostic::error_at_key, code, origin, &error.to_string()))).ok()
    }

    /// Settings that do not fit together.
    pub(super) fn settings(&mut self, origin: &Origin, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::error(Code::SETTINGS, origin, message).help(help));
    }

    /// A pin of the lock that is told, and told to be unknown.
    pub(super) fn both(&mut self, origin: &Origin, name: &str) {
        let help = "keep the one that is true: `unresolved` stands for a pin that nobody has verified yet";
        let message = format!("`{name}` is pinned and `unresolved` at once");
        self.push(Diagnostic::error_at_key(Code::SETTINGS, origin, message).help(help));
    }

    /// A text that has to be one visible line.
    pub(super) fn line(&mut self, origin: &Origin, text: &str) -> String {
        if text.trim().is_empty() {
            self.no_line(origin, "is empty");
        } else {
            self.single_line(origin, text);
        }
        text.to_owned()
    }

    /// A text that may be empty, and has one line at the most.
    pub(super) fn single_line(&mut self, origin: &Origin, text: &str) {
        if text.chars().any(char::is_control) {
            self.no_line(origin, "has more than one line");
        }
    }

    fn no_line(&mut self, origin: &Origin, problem: &str) {
        let message = format!("this text {problem}, where one visible line is wanted");
        let help = "write it in one line; in YAML, `>-` folds several lines into one";
        self.push(Diagnostic::error(Code::INVALID_TEXT, origin, message).help(help));
    }
}

/// Errors of values read `what is wrong: what to do`. The second half is the help.
pub(super) fn told(
    make: fn(Code, &Origin, String) -> Diagnostic,
    code: Code,
    origin: &Origin,
    error: &str,
) -> Diagnostic {
    match split_advice(error) {
        Some((problem, advice)) => make(code, origin, problem.to_owned()).help(advice),
        None => make(code, origin, error.to_owned()),
    }
}

/// Splits at the first `: ` outside of backquotes, where the words of the user stand.
fn split_advice(error: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (position, character) in error.char_indices() {
        match character {
            '`' => quoted = !quoted,
            ':' if !quoted => {
                if let Some(advice) = error.get(position..).and_then(|rest| rest.strip_prefix(": ")) {
                    return Some((&error[..position], advice));
                }
            }
            _ => {}
        }
    }
    None
}

/// The name that was probably meant, and the words for it. To a name of one letter or two, anything of that length is near.
fn meant<'a>(name: &str, known: &[&'a str]) -> Option<(&'a str, String)> {
    let near = closest(name, known.iter().copied()).filter(|_| name.len() > 2)?;
    Some((near, format!("did you mean `{near}`?")))
}

/// A diagnostic about a name, with the one that was probably meant, and with those that there are.
pub(super) fn with_names(diagnostic: Diagnostic, name: &str, plural: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = match meant(name, known) {
        // Placeholders are parts of texts; all else is the whole of a key or a value.
        Some((near, text)) if name.starts_with('{') => diagnostic.fix_written(text, name, near),
        Some((near, text)) => diagnostic.fix(text, name, near),
        None => diagnostic,
    };
    listed(diagnostic, plural, known)
}

/// The same, where the name does not stand at the place of the diagnostic.
pub(super) fn with_names_of(diagnostic: Diagnostic, name: &str, plural: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = match meant(name, known) {
        Some((_, text)) => diagnostic.help(text),
        None => diagnostic,
    };
    listed(diagnostic, plural, known)
}

fn listed(diagnostic: Diagnostic, plural: &str, known: &[&str]) -> Diagnostic {
    /// More than that are no help but a wall.
    const MOST: usize = 20;
    if known.is_empty() {
        return diagnostic.help(format!("there are no {plural}"));
    }
    let listed: Vec<String> = known.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let rest = known.len().saturating_sub(MOST);
    let more = if rest > 0 { format!(", and {rest} more") } else { String::new() };
    diagnostic.help(format!("{plural}: {}{more}", listed.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_split_off_outside_of_what_the_user_wrote() {
        assert_eq!(split_advice("`a: b` is none: take c"), Some(("`a: b` is none", "take c")));
        assert_eq!(split_advice("`a: b` is none"), None);
        assert_eq!(split_advice("a:b"), None);
    }
}
