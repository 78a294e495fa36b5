//! The codes: each names one kind of mistake, once, for `explain` and for people who search.
//!
//! Grouped by stage: G01xx syntax and shape, G02xx names and values, G03xx graph, G04xx limits, policy and security,
//! G05xx emit, G09xx drift.

mod table;

pub use table::CODES;

use std::fmt;

/// The number of a kind of mistake, such as `G0101`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The code as it is printed.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What `ghagen explain` says about a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// A few words.
    pub title: &'static str,
    /// Why it is a mistake and how to mend it; plain text in short lines.
    pub text: &'static str,
    /// The mistake and how it looks mended.
    pub example: Example,
}

/// A mistake as it stands in a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// Parts of files of one small project, each behind a line `# spec/...` that names its file.
    Snippets {
        /// With the mistake, and with no other one.
        wrong: &'static str,
        /// Without it.
        right: &'static str,
    },
    /// There is none: why not.
    None(&'static str),
}

/// What is known about a code, as a user writes it: `G0101`, in any case.
pub fn explain(code: &str) -> Option<&'static Explanation> {
    CODES.iter().find(|explanation| explanation.code.as_str().eq_ignore_ascii_case(code.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_stand_for_one_thing() {
        assert!(CODES.is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn codes_are_a_letter_and_four_digits() {
        for explanation in CODES {
            let digits = explanation.code.as_str().strip_prefix('G').unwrap_or_default();
            assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{}", explanation.code);
            assert!(!explanation.title.is_empty() && explanation.text.ends_with('.'), "{}", explanation.code);
        }
    }

    #[test]
    fn every_code_is_explained() {
        for explanation in CODES {
            assert_eq!(explain(explanation.code.as_str()), Some(explanation));
        }
        assert_eq!(explain(" g0101 ").map(|explanation| explanation.code), Some(Code::SYNTAX));
        assert_eq!(explain("G0000"), None);
    }
}
