//! Patterns of texts that are entered: regular expressions that Rust and bash read alike.
//!
//! Bash takes those of POSIX. What is the same in both, and no more, is a pattern here: characters, `.`, classes, groups,
//! alternatives and repetitions. A text is visible ASCII only, so that no locale has a say.

use regex::Regex;

/// A pattern that is none, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not the pattern of an input: {advice}")]
pub struct InputPatternError {
    text: String,
    advice: &'static str,
}

/// What an entered text has to fit as a whole.
#[derive(Debug, Clone)]
pub struct InputPattern {
    text: String,
    regex: Regex,
}

impl InputPattern {
    /// The longest text that can be entered.
    pub const MOST: usize = 1000;

    /// Checks a pattern.
    pub fn parse(text: &str) -> Result<Self, InputPatternError> {
        let error = |advice| InputPatternError { text: text.to_owned(), advice };
        Scan::new(text).all().map_err(error)?;
        let regex = Regex::new(&format!("^(?:{text})$")).map_err(|_| error("it is too large, so repeat less in it"))?;
        Ok(Self { text: text.to_owned(), regex })
    }

    /// The pattern as text, without anchors.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a text can be entered.
    pub fn fits(&self, text: &str) -> bool {
        text.len() <= Self::MOST && text.bytes().all(is_visible) && self.regex.is_match(text)
    }
}

const fn is_visible(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// What stands for something else, but for a backslash in front of it.
const SPECIAL: &[u8] = b".+*?()[]{}|^$\\";

/// The most that anything is repeated: what every implementation of POSIX takes.
const MOST_REPEATED: u32 = 255;

/// A walk over a pattern.
struct Scan<'a> {
    rest: &'a [u8],
    depth: usize,
    /// Whether the alternative has anything in it so far.
    is_empty: bool,
    /// Whether there is something in front that can be repeated.
    can_repeat: bool,
}

impl<'a> Scan<'a> {
    const fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes(), depth: 0, is_empty: true, can_repeat: false }
    }

    const fn next(&mut self) -> Option<u8> {
        let Some((first, rest)) = self.rest.split_first() else { return None };
        self.rest = rest;
        Some(*first)
    }

    const fn atom(&mut self) {
        (self.is_empty, self.can_repeat) = (false, true);
    }

    fn all(mut self) -> Result<(), &'static str> {
        while let Some(byte) = self.next() {
            match byte {
                b'\\' => {
                    if !self.next().is_some_and(|byte| SPECIAL.contains(&byte)) {
                        return Err("put a backslash only before one of `.+*?()[]{}|^$\\`; for digits write `[0-9]`");
                    }
                    self.atom();
                }
                b'(' => {
                    if self.rest.first() == Some(&b'?') {
                        return Err("bash knows plain groups only, so write `(...)` without `?`");
                    }
                    (self.depth, self.is_empty, self.can_repeat) = (self.depth + 1, true, false);
                }
                b')' if self.depth == 0 || self.is_empty => {
                    return Err("give each `)` a `(`, with something between them");
                }
                b')' => {
                    self.depth -= 1;
                    self.atom();
                }
                b'|' if self.is_empty => return Err("put something at both sides of `|`"),
                b'|' => (self.is_empty, self.can_repeat) = (true, false),
                b'*' | b'+' | b'?' | b'{' if !self.can_repeat => {
                    return Err("repeat something, and only once; for the character itself put a backslash in front");
                }
                b'*' | b'+' | b'?' => self.can_repeat = false,
                b'{' => self.count()?,
                b'[' => self.class()?,
                b']' | b'}' => return Err("put a backslash before a bracket or brace that closes nothing"),
                b'^' | b'$' => return Err("leave `^` and `$` out, since all of the text has to fit anyway"),
                _ if is_visible(byte) => self.atom(),
                _ => return Err("take visible characters of ASCII only"),
            }
        }
        if self.depth > 0 || self.is_empty { Err("close all groups, and leave nothing empty") } else { Ok(()) }
    }

    /// The rest of `{2}`, `{2,}` or `{2,5}`.
    fn count(&mut self) -> Result<(), &'static str> {
        const ADVICE: &str = "repeat it `{2}`, `{2,}` or `{2,5}` times, 255 at the most";
        let least = self.number().ok_or(ADVICE)?;
        let mut end = self.next();
        if end == Some(b',') {
            if self.rest.first() != Some(&b'}') && self.number().ok_or(ADVICE)? < least {
                return Err(ADVICE);
            }
            end = self.next();
        }
        self.can_repeat = false;
        if end == Some(b'}') { Ok(()) } else { Err(ADVICE) }
    }

    fn number(&mut self) -> Option<u32> {
        let digits = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = self.rest.split_at(digits);
        self.rest = rest;
        let number = std::str::from_utf8(number).ok()?.parse().ok()?;
        (number <= MOST_REPEATED).then_some(number)
    }

    /// The rest of `[a-z0-9_.-]`.
    fn class(&mut self) -> Result<(), &'static str> {
        const ADVICE: &str = "in brackets, take letters, digits, ranges of them such as `a-z`, and marks but for `[]\\^&~`, with `-` at the end";
        if self.rest.first() == Some(&b'^') {
            self.next();
        }
        let mut is_empty = true;
        loop {
            match (self.next(), self.rest) {
                (Some(b']'), _) if !is_empty => break,
                (Some(b'-'), [b']', ..]) => {}
                (Some(from), [b'-', to, ..]) if *to != b']' => {
                    let is_range = [u8::is_ascii_digit, u8::is_ascii_lowercase, u8::is_ascii_uppercase]
                        .iter()
                        .any(|kind| kind(&from) && kind(to) && from <= *to);
                    if !is_range {
                        return Err(ADVICE);
                    }
                    self.rest = self.rest.get(2..).unwrap_or_default();
                }
                (Some(byte), _) if is_visible(byte) && !b"[]\\^&~-".contains(&byte) => {}
                _ => return Err(ADVICE),
            }
            is_empty = false;
        }
        self.atom();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_what_rust_and_bash_read_alike() {
        for good in ["[a-z0-9 ]{0,40}", "(a|b)+c?", r"v[0-9]+(\.[0-9]+)*", "[^/-]*", ".{2,}", r"a\{2\}", "x{255}"] {
            InputPattern::parse(good).unwrap();
        }
        let bad = [
            "",
            "a|",
            "|a",
            "()",
            "(a",
            "a)",
            "(?:a)",
            "(?i)a",
            r"\d+",
            r"\b",
            "^a",
            "a$",
            "a**",
            "a+?",
            "*",
            "{2}",
            "a{,2}",
            "a{3,2}",
            "a{256}",
            "a{2",
            "[",
            "[]",
            "[^]",
            "[z-a]",
            "[a-Z]",
            "[[:alpha:]]",
            "[a&&b]",
            r"[\d]",
            "[--/]",
            "[a-z-9]",
            "]",
            "}",
            "\u{e9}",
            "a\nb",
            "((a{255}){255}){255}",
        ];
        for bad in bad {
            assert!(InputPattern::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn all_of_a_text_has_to_fit() {
        let pattern = InputPattern::parse("a|[b-d]+").unwrap();
        assert!(pattern.fits("a") && pattern.fits("dcb"));
        assert!(!pattern.fits("") && !pattern.fits("ab") && !pattern.fits("a\n"));
        let any = InputPattern::parse("[^x]*").unwrap();
        assert!(any.fits("") && any.fits(&"a".repeat(1000)));
        assert!(!any.fits("a\tb") && !any.fits("\u{e9}") && !any.fits(&"a".repeat(1001)));
    }
}
