//! Names and words that go into commands as they are: packages, variables of build systems, programs, branches.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Origin;

use super::sink::Sink;

/// The name of a variable of make or configure, which is a key.
pub(super) fn variable(sink: &mut Sink, origin: &Origin, name: &str) -> Option<String> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if starts_well && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte)) {
        return Some(name.to_owned());
    }
    let message = format!("`{name}` is not the name of a variable");
    let help = "take letters, digits, `_`, `.` and `-`, the first one a letter or `_`";
    sink.push(Diagnostic::error_at_key(Code::ENVIRONMENT_NAME, origin, message).help(help));
    None
}

/// Packages of the distribution.
pub(super) fn packages(sink: &mut Sink, origin: &Origin, names: &[String]) -> Vec<String> {
    let is_package = |name: &str| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+.:-".contains(&byte);
        name.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
            && name.bytes().all(allowed)
    };
    for (index, name) in names.iter().enumerate().filter(|(_, name)| !is_package(name)) {
        let message = format!("`{name}` is not the name of a package");
        let help =
            "take the name that `apt-get install` takes: lower-case letters, digits and `+.:-`, without a version";
        let diagnostic = Diagnostic::error(Code::PACKAGE_NAME, &origin.index(index), message);
        sink.push(match name.split_once(['=', '/']).filter(|(bare, _)| is_package(bare)) {
            Some((bare, _)) => diagnostic.fix(help, name, bare),
            None => diagnostic.help(help),
        });
    }
    names.to_vec()
}

/// A word of some other naming: what it is, which bytes it may hold, and how to say so.
pub(super) struct Word {
    /// What it is, with its article.
    pub(super) what: &'static str,
    /// Which bytes it may hold, besides letters and digits.
    pub(super) marks: &'static [u8],
    /// What it must not start with.
    pub(super) not_first: &'static [char],
    /// How it is to be.
    pub(super) rule: &'static str,
}

/// The branch that releases are made from.
pub(super) const BRANCH: Word = Word {
    what: "the name of a branch",
    marks: b"._-/",
    not_first: &['-', '/', '.'],
    rule: "take letters, digits and `._-/`, such as `main`",
};

/// What follows an artifact's name in the name of its signature.
pub(super) const SUFFIX: Word = Word {
    what: "the end of a file's name",
    marks: b"._-",
    not_first: &['-', '_'],
    rule: "start with a dot, then letters, digits and `._-`, such as `.bundle`",
};

/// A program of cargo.
pub(super) const BINARY: Word = Word {
    what: "the name of a binary",
    marks: b"_-",
    not_first: &['-'],
    rule: "take the name from Cargo.toml: letters, digits, `_` and `-`",
};

/// A function of C.
pub(super) const SYMBOL: Word = Word {
    what: "the name of a function",
    marks: b"_",
    not_first: &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    rule: "take letters, digits and `_`, such as `mi_malloc`",
};

impl Word {
    /// Whether a text is one.
    fn fits(&self, text: &str) -> bool {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || self.marks.contains(&byte);
        !text.is_empty()
            && !text.starts_with(self.not_first)
            && text.bytes().all(allowed)
            && !text.contains("..")
            && !text.ends_with(['/', '.'])
            && !text.contains("//")
    }

    /// Checks a text.
    pub(super) fn check(&self, sink: &mut Sink, origin: &Origin, text: &str) -> String {
        if !self.fits(text) {
            let message = format!("`{text}` is not {}", self.what);
            sink.push(Diagnostic::error(Code::INVALID_NAME, origin, message).help(self.rule));
        }
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hold_nothing_to_quote() {
        assert!(BRANCH.fits("release/1.x") && SUFFIX.fits(".sigstore.json") && SYMBOL.fits("mi_malloc"));
        for bad in ["", "-x", "a b", "a..b", "a/", "/a", "a//b", "a*"] {
            assert!(!BRANCH.fits(bad), "{bad}");
        }
        assert!(!SYMBOL.fits("1x") && !BINARY.fits("a.b"));
    }
}
