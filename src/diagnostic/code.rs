//! The codes: each names one kind of mistake, once, for `explain` and for people who search.
//!
//! Grouped by stage: G01xx syntax and shape, G02xx names and values, G03xx graph, G04xx limits, policy and security,
//! G05xx emit, G09xx drift.

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
}

/// What is known about a code, as a user writes it: `G0101`, in any case.
pub fn explain(code: &str) -> Option<&'static Explanation> {
    CODES.iter().find(|explanation| explanation.code.as_str().eq_ignore_ascii_case(code.trim()))
}

macro_rules! codes {
    ($($name:ident = $number:literal, $title:literal, $text:literal;)*) => {
        impl Code {
            $(#[doc = $title] pub const $name: Self = Self($number);)*
        }

        /// Every code, in order.
        pub static CODES: &[Explanation] = &[
            $(Explanation { code: Code::$name, title: $title, text: $text },)*
        ];
    };
}

codes! {
    SYNTAX = "G0101", "the file is not valid YAML",
        "The file cannot be read at all: nothing of it is known. Mend the place shown first; later ones may follow from it.";
    DUPLICATE_KEY = "G0102", "a key stands twice in one mapping",
        "Most YAML readers keep one of the two silently. ghagen refuses, since nobody can tell which one was meant.";
    UNSUPPORTED_YAML = "G0103", "a feature of YAML that a spec may not use",
        "Anchors, aliases, tags, merge keys, several documents, keys that are not strings, numbers that readers disagree \
         on and characters that nobody sees hide what a file says. Write the value out, or quote it.";
    UNKNOWN_KEY = "G0104", "a key that is not known here",
        "The key is not part of the language at this place. `docs/spec.md` lists the keys, and so does the JSON Schema.";
    WRONG_TYPE = "G0105", "a value of the wrong type",
        "The value has another type than this place takes. A number that is meant as text wants quotes.";
    MISSING_KEY = "G0106", "a required key is missing",
        "The mapping lacks a key that has no default.";
    INVALID_VALUE = "G0107", "a value that this place does not take",
        "The value has the right type, but it is not one of those allowed, or it is too short, too long or too small.";
    MISSING_FILE = "G0108", "a file that every spec has is missing",
        "A project is described by `spec/ghagen.yaml`, and every outside input that it uses is fixed in `spec/ghagen.lock`. \
         Both have to be there.";
    UNKNOWN_FILE = "G0109", "a file under `spec/` that nothing reads",
        "Tools are `spec/tools/<tool>.yaml`, components are `spec/components/<component>.yaml`; what packages carry stands below \
         `spec/files`, patches below `spec/patches`. Only names that start with a dot and files named `README.md` may stand elsewhere.";
    FORBIDDEN_TEXT = "G0110", "a text that no spec may hold",
        "GitHub evaluates `${{` wherever it stands in a workflow, so that a text could become code. Control characters, and those \
         that turn the direction of a text, make a reviewer see something else than what runs.";
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
