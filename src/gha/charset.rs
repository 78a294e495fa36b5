//! Which characters a text may hold. Every check is a `const fn`, so that literals in this program are checked by the compiler.
//!
//! Knows no type of this module's family: it takes texts and answers yes or no.

/// Whether `needle` occurs in `text`.
pub(super) const fn contains(text: &str, needle: &str) -> bool {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let mut start = 0;
    while start + needle.len() <= text.len() {
        if matches_at(text, start, needle) {
            return true;
        }
        start += 1;
    }
    false
}

/// Whether one of `needles` occurs in `text`.
pub(super) const fn contains_any(text: &str, needles: &[&str]) -> bool {
    let mut at = 0;
    while at < needles.len() {
        if contains(text, needles[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether `text` begins with one of `prefixes`.
pub(super) const fn starts_with_any(text: &str, prefixes: &[&str]) -> bool {
    let mut at = 0;
    while at < prefixes.len() {
        if starts_with(text, prefixes[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether `text` begins with `prefix`.
pub(super) const fn starts_with(text: &str, prefix: &str) -> bool {
    text.len() >= prefix.len() && matches_at(text.as_bytes(), 0, prefix.as_bytes())
}

/// Whether `text` ends with `suffix`.
pub(super) const fn ends_with(text: &str, suffix: &str) -> bool {
    text.len() >= suffix.len() && matches_at(text.as_bytes(), text.len() - suffix.len(), suffix.as_bytes())
}

/// Whether `text` is a letter or `_`, then letters, digits, `_` and, where `dashes`, `-`.
pub(super) const fn is_word(text: &str, dashes: bool) -> bool {
    let bytes = text.as_bytes();
    if bytes.is_empty() || !(bytes[0].is_ascii_alphabetic() || bytes[0] == b'_') {
        return false;
    }
    let mut at = 1;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_' || (dashes && bytes[at] == b'-')) {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether `text` is one or more of: letters, digits, `.`, `_`, `-`.
pub(super) const fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'.' | b'_' | b'-')) {
            return false;
        }
        at += 1;
    }
    !bytes.is_empty()
}

/// Whether somebody who reads `text` sees all of it on one line: no control character, no line break of any alphabet,
/// no byte order mark, nothing that turns the direction of writing.
pub(super) const fn is_visible_line(text: &str) -> bool {
    !has_hidden(text.as_bytes(), false)
}

/// The same for several lines: newlines and tabs are allowed, carriage returns are not.
pub(super) const fn is_visible_text(text: &str) -> bool {
    !has_hidden(text.as_bytes(), true)
}

/// Whether a line of `text` ends in a space or a tab.
pub(super) const fn has_trailing_blanks(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let ends_line = at + 1 == bytes.len() || bytes[at + 1] == b'\n';
        if ends_line && matches!(bytes[at], b' ' | b'\t') {
            return true;
        }
        at += 1;
    }
    false
}

const fn matches_at(text: &[u8], start: usize, needle: &[u8]) -> bool {
    let mut at = 0;
    while at < needle.len() {
        if text[start + at] != needle[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The bytes of UTF-8 are looked at directly, because `char_indices` does not exist in a `const fn`.
const fn has_hidden(bytes: &[u8], lines: bool) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        let second = if at + 1 < bytes.len() { bytes[at + 1] } else { 0 };
        let third = if at + 2 < bytes.len() { bytes[at + 2] } else { 0 };
        let hidden = match (bytes[at], second, third) {
            (b'\n' | b'\t', ..) => !lines,
            (0x00..=0x1f | 0x7f, ..)             // control characters of ASCII
            | (0xc2, 0x80..=0x9f, _)             // and of Latin-1, the line break U+0085 among them
            | (0xe2, 0x80, 0xa8..=0xae)          // U+2028, U+2029, U+202A to U+202E
            | (0xe2, 0x81, 0xa6..=0xa9)          // U+2066 to U+2069
            | (0xef, 0xbb, 0xbf) => true,        // U+FEFF
            _ => false,
        };
        if hidden {
            return true;
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_texts_in_texts() {
        assert!(contains("a ${{ b", "${{"));
        assert!(contains("${{", "${{"));
        assert!(!contains("${ {", "${{"));
        assert!(!contains("", "${{"));
        assert!(starts_with("GITHUB_TOKEN", "GITHUB_") && !starts_with("GITHUB", "GITHUB_"));
        assert!(ends_with("build.yml", ".yml") && !ends_with("yml", ".yml"));
    }

    #[test]
    fn knows_what_cannot_be_seen() {
        for hidden in
            ["a\nb", "a\tb", "a\rb", "\u{0}", "\u{7f}", "\u{85}", "\u{2028}", "\u{202e}", "\u{2066}", "\u{feff}a"]
        {
            assert!(!is_visible_line(hidden), "{hidden:?}");
        }
        for seen in ["", "plain", "\u{e9}t\u{e9}", "\u{2713}", "\u{a0}", "\u{1f980}"] {
            assert!(is_visible_line(seen), "{seen:?}");
        }
        assert!(is_visible_text("a\n\tb\n"));
        assert!(!is_visible_text("a\r\n"));
    }

    #[test]
    fn finds_blanks_at_the_end_of_lines() {
        for bad in ["a ", "a\t\nb", " "] {
            assert!(has_trailing_blanks(bad), "{bad:?}");
        }
        for good in ["", "a\n\n b\n"] {
            assert!(!has_trailing_blanks(good), "{good:?}");
        }
    }
}
