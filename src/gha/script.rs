//! The script of a `run` step.
//!
//! It holds no expression, whoever wrote it: values reach it through `env`. Knows no shell syntax.

use std::borrow::Cow;

use super::charset;

/// A script that must not stand in a workflow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// Nothing to run.
    #[error("a script is empty")]
    Empty,
    /// GitHub would paste a value into the script, where the shell runs it.
    #[error("a script holds `${{{{`: hand the value over through `env`")]
    Expression,
    /// A reader would not see all of it.
    #[error("a script holds a carriage return or another character that cannot be seen")]
    Hidden,
    /// Editors drop such blanks, and YAML must quote them.
    #[error("a line of a script ends in a space or a tab")]
    TrailingBlanks,
}

/// A script for bash, of one or more lines, without expressions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunScript(Cow<'static, str>);

impl RunScript {
    /// Checks a script that is known only at run time.
    pub fn parse(text: impl Into<String>) -> Result<Self, ScriptError> {
        let text = text.into();
        match complaint(&text) {
            Some(error) => Err(error),
            None => Ok(Self(Cow::Owned(text))),
        }
    }

    /// What `script!` makes of a literal.
    ///
    /// # Panics
    ///
    /// On a bad script; the macro calls this while compiling.
    #[doc(hidden)]
    pub const fn known(text: &'static str) -> Self {
        assert!(
            complaint(text).is_none(),
            "not a script: it must not be empty, hold expressions or unseen characters, or end lines in blanks"
        );
        Self(Cow::Borrowed(text))
    }

    /// This script, then the lines of another.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        Self(Cow::Owned(format!("{}\n{}", self.as_str(), next.as_str())))
    }

    /// The script, without empty lines at its ends.
    pub fn as_str(&self) -> &str {
        self.0.trim_matches('\n')
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.as_str().lines()
    }
}

const fn complaint(text: &str) -> Option<ScriptError> {
    if charset::contains(text, "${{") {
        Some(ScriptError::Expression)
    } else if !charset::is_visible_text(text) {
        Some(ScriptError::Hidden)
    } else if charset::has_trailing_blanks(text) {
        Some(ScriptError::TrailingBlanks)
    } else if text.trim_ascii().is_empty() {
        Some(ScriptError::Empty)
    } else {
        None
    }
}

/// A [`RunScript`] from a literal, checked while compiling. Pieces become lines: `script!("set -e", "make")`.
#[macro_export]
macro_rules! script {
    ($first:literal $(, $line:literal)* $(,)?) => {
        {
            const KNOWN: $crate::gha::RunScript = $crate::gha::RunScript::known(concat!($first $(, "\n", $line)*));
            KNOWN
        }
    };
}

pub use script;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_hold_no_expressions_and_nothing_hidden() {
        for (bad, error) in [
            ("echo ${{ github.sha }}", ScriptError::Expression),
            ("# ${{", ScriptError::Expression),
            ("a\r\n", ScriptError::Hidden),
            ("a \nb", ScriptError::TrailingBlanks),
            ("\n\n", ScriptError::Empty),
            ("", ScriptError::Empty),
        ] {
            assert_eq!(RunScript::parse(bad), Err(error), "{bad:?}");
        }
        assert_eq!(
            RunScript::parse("echo ${{").unwrap_err().to_string(),
            "a script holds `${{`: hand the value over through `env`"
        );
    }

    #[test]
    fn scripts_are_lines() {
        let script = RunScript::parse("\nset -e\n\tmake\n\n").unwrap();
        assert_eq!(script.lines().collect::<Vec<_>>(), ["set -e", "\tmake"]);
        assert_eq!(script!("a", "b").then(&script!("c")).as_str(), "a\nb\nc");
    }
}
