//! The names of a workflow: of jobs, steps, inputs, outputs, variables, matrix keys, runners and filters.
//!
//! Each type holds good names only: `parse` checks those from outside, a macro such as `job_id!` checks literals while
//! compiling. Knows the form of a name, not whether anything bears it.

use std::borrow::Cow;
use std::fmt;

use super::charset;

/// A name that GitHub would not accept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {what}: it must be {rule}")]
pub struct NameError {
    text: String,
    what: &'static str,
    rule: &'static str,
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident, $macro:ident, $check:ident, $what:literal, $rule:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// Checks a name that is known only at run time.
            pub fn parse(text: impl Into<String>) -> Result<Self, NameError> {
                let text = text.into();
                if $check(&text) {
                    Ok(Self(Cow::Owned(text)))
                } else {
                    Err(NameError { text, what: $what, rule: $rule })
                }
            }

            #[doc = concat!("What `", stringify!($macro), "!` makes of a literal.")]
            ///
            /// # Panics
            ///
            /// On a bad name; the macro calls this while compiling.
            #[doc(hidden)]
            pub const fn known(text: &'static str) -> Self {
                assert!($check(text), concat!("not ", $what, ": it must be ", $rule));
                Self(Cow::Borrowed(text))
            }

            /// The name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

names! {
    /// The id of a job: the key under `jobs`.
    JobId, job_id, is_id, "a job id",
        "a letter or `_`, then letters, digits, `-` and `_`, under 100 characters and not starting with `__`";
    /// The id of a step, by which expressions find its outputs.
    StepId, step_id, is_id, "a step id",
        "a letter or `_`, then letters, digits, `-` and `_`, under 100 characters and not starting with `__`";
    /// The name of an input, of a run or of an action.
    InputName, input_name, is_word, "an input name", "a letter or `_`, then letters, digits, `-` and `_`";
    /// The name of an output of a job or a step.
    OutputName, output_name, is_word, "an output name", "a letter or `_`, then letters, digits, `-` and `_`";
    /// The name of a matrix value: `arch` in `matrix.arch`.
    MatrixKey, matrix_key, is_word, "a matrix key", "a letter or `_`, then letters, digits, `-` and `_`";
    /// The name of an environment variable that a workflow may set.
    EnvName, env_name, is_env, "an environment variable of ours",
        "a letter or `_`, then letters, digits and `_`, and not one of GitHub's own `GITHUB_*` and `RUNNER_*`";
    /// The label of a runner, such as `ubuntu-24.04`.
    RunnerLabel, runner_label, is_label, "a runner label", "letters, digits, `.`, `_` and `-`";
    /// A filter of branches or tags, such as `main` or `v*`; `!` in front excludes.
    RefPattern, ref_pattern, is_ref_pattern, "a filter of branches or tags",
        "without spaces and `~^:\\`, without `/` at its ends and without expressions";
    /// A filter of changed files, such as `spec/**`; `!` in front excludes.
    PathPattern, path_pattern, is_path_pattern, "a filter of paths",
        "relative to the repository's root, without `./` in front, spaces at its ends and expressions";
}

/// GitHub's rule for ids of jobs and steps; the runner reserves those with two underscores for itself.
const fn is_id(text: &str) -> bool {
    charset::is_word(text, true) && text.len() < 100 && !charset::starts_with(text, "__")
}

const fn is_word(text: &str) -> bool {
    charset::is_word(text, true)
}

/// GitHub ignores an attempt to set its own variables; `GITHUB_TOKEN` is none of them, though everybody sets it.
const fn is_env(text: &str) -> bool {
    let theirs = charset::starts_with_any(text, &["GITHUB_", "RUNNER_"]);
    let token = charset::starts_with(text, "GITHUB_TOKEN") && text.len() == "GITHUB_TOKEN".len();
    charset::is_word(text, false) && (!theirs || token)
}

const fn is_label(text: &str) -> bool {
    charset::is_plain(text)
}

const fn is_ref_pattern(text: &str) -> bool {
    let strange = charset::contains_any(text, &[" ", "~", "^", ":", "\\"]);
    is_filter(text) && !strange && !charset::ends_with(text, "/")
}

const fn is_path_pattern(text: &str) -> bool {
    let outside = charset::starts_with_any(text, &["./", "!./", "../", "!../"]);
    is_filter(text) && !outside && !charset::starts_with(text, " ") && !charset::ends_with(text, " ")
}

const fn is_filter(text: &str) -> bool {
    !matches!(text.as_bytes(), [] | [b'!'])
        && !charset::starts_with_any(text, &["/", "!/"])
        && charset::is_visible_line(text)
        && !charset::contains(text, "${{")
}

/// A [`JobId`] from a literal, checked while compiling.
#[macro_export]
macro_rules! job_id {
    ($text:literal) => {{
        const KNOWN: $crate::gha::JobId = $crate::gha::JobId::known($text);
        KNOWN
    }};
}

/// A [`StepId`] from a literal, checked while compiling.
#[macro_export]
macro_rules! step_id {
    ($text:literal) => {{
        const KNOWN: $crate::gha::StepId = $crate::gha::StepId::known($text);
        KNOWN
    }};
}

/// An [`InputName`] from a literal, checked while compiling.
#[macro_export]
macro_rules! input_name {
    ($text:literal) => {{
        const KNOWN: $crate::gha::InputName = $crate::gha::InputName::known($text);
        KNOWN
    }};
}

/// An [`OutputName`] from a literal, checked while compiling.
#[macro_export]
macro_rules! output_name {
    ($text:literal) => {{
        const KNOWN: $crate::gha::OutputName = $crate::gha::OutputName::known($text);
        KNOWN
    }};
}

/// A [`MatrixKey`] from a literal, checked while compiling.
#[macro_export]
macro_rules! matrix_key {
    ($text:literal) => {{
        const KNOWN: $crate::gha::MatrixKey = $crate::gha::MatrixKey::known($text);
        KNOWN
    }};
}

/// An [`EnvName`] from a literal, checked while compiling.
#[macro_export]
macro_rules! env_name {
    ($text:literal) => {{
        const KNOWN: $crate::gha::EnvName = $crate::gha::EnvName::known($text);
        KNOWN
    }};
}

/// A [`RunnerLabel`] from a literal, checked while compiling.
#[macro_export]
macro_rules! runner_label {
    ($text:literal) => {{
        const KNOWN: $crate::gha::RunnerLabel = $crate::gha::RunnerLabel::known($text);
        KNOWN
    }};
}

/// A [`RefPattern`] from a literal, checked while compiling.
#[macro_export]
macro_rules! ref_pattern {
    ($text:literal) => {{
        const KNOWN: $crate::gha::RefPattern = $crate::gha::RefPattern::known($text);
        KNOWN
    }};
}

/// A [`PathPattern`] from a literal, checked while compiling.
#[macro_export]
macro_rules! path_pattern {
    ($text:literal) => {{
        const KNOWN: $crate::gha::PathPattern = $crate::gha::PathPattern::known($text);
        KNOWN
    }};
}

pub use {env_name, input_name, job_id, matrix_key, output_name, path_pattern, ref_pattern, runner_label, step_id};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_rule_of_the_runner() {
        for good in ["plan", "_a", "build-arm64", "A1_b-c", &"a".repeat(99)] {
            assert!(JobId::parse(good).is_ok(), "{good}");
            assert!(StepId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "1a", "-a", "a b", "a.b", "__a", "\u{e9}", "a\n", &"a".repeat(100)] {
            assert!(JobId::parse(bad).is_err(), "{bad}");
            assert!(StepId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn variables_of_github_are_not_ours_to_set() {
        for good in ["VERSION", "_x", "GH_TOKEN", "GITHUB_TOKEN", "GITHUBBER"] {
            assert!(EnvName::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "A-B", "1A", "A=B", "GITHUB_SHA", "GITHUB_ACCESS_TOKEN", "RUNNER_OS", "RUNNER_TOKEN"] {
            assert!(EnvName::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn filters_are_relative_and_visible() {
        for good in ["main", "!main", "v*", "releases/**", "v[0-9]+"] {
            assert!(RefPattern::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "!", "/main", "main/", "a b", "a:b", "a~1", "a^", "a\\b", "${{ x }}", "a\nb"] {
            assert!(RefPattern::parse(bad).is_err(), "{bad}");
        }
        for good in ["spec/**", "!docs/**", "a b/c", "**.md"] {
            assert!(PathPattern::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "/spec", "!/spec", "./spec", "!./spec", "../x", " a", "a ", "a${{", "a\tb"] {
            assert!(PathPattern::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_error_says_what_and_why() {
        let error = RunnerLabel::parse("ubuntu 24.04").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`ubuntu 24.04` is not a runner label: it must be letters, digits, `.`, `_` and `-`"
        );
    }

    #[test]
    fn literals_are_equal_to_parsed_names() {
        assert_eq!(Ok(job_id!("plan")), JobId::parse("plan"));
        assert_eq!(env_name!("ARCH").to_string(), "ARCH");
    }
}
