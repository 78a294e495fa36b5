//! How a string is written so that every YAML reader reads the same string: plain, quoted, or as a literal block.
//!
//! Judges one string at a time; knows neither trees nor indentation. When in doubt it quotes.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Words that YAML 1.1 or 1.2 readers take for a boolean or for null, in any case.
const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// Where a string stands on its line, which decides what it may hold unquoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// A value or a key on a line of its own.
    Block,
    /// Inside `[ ]` or `{ }`.
    Flow,
}

/// The string on one line: as it is where that is safe, else in double quotes.
pub(super) fn one_line(text: &str, context: Context) -> Cow<'_, str> {
    if is_plain(text, context) { Cow::Borrowed(text) } else { Cow::Owned(quoted(text)) }
}

/// A key on one line. `on` stays plain, since every workflow is written so: GitHub reads YAML 1.2, where it is a string.
pub(super) fn key(text: &str, context: Context) -> Cow<'_, str> {
    if text == "on" { Cow::Borrowed(text) } else { one_line(text, context) }
}

/// The header of the literal block that holds this string, if it can be one.
///
/// Left out are strings whose first line is indented (the reader would take that for the block's indentation), lines of
/// nothing but white space (editors strip them) and characters that readers take for different things.
pub(super) fn literal(text: &str) -> Option<&'static str> {
    let is_safe = !text.starts_with(['\n', ' ', '\t'])
        && text.contains('\n')
        && !text.chars().any(|c| c != '\n' && c != '\t' && is_hidden(c))
        && text.lines().all(|line| line.is_empty() || !line.trim_matches([' ', '\t']).is_empty());
    if !is_safe {
        return None;
    }
    Some(match text.strip_suffix('\n') {
        None => "|-",
        Some(rest) if rest.ends_with('\n') => "|+",
        Some(_) => "|",
    })
}

/// A comment as the lines that can stand behind `# `. A line may be empty.
///
/// Whatever a reader could take for the end of a line is one, so that no part of a comment is ever read as content.
pub(super) fn comment_lines(text: &str) -> impl Iterator<Item = String> {
    text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).map(|line| {
        let visible: String = line.replace('\t', " ").chars().filter(|c| !is_hidden(*c)).collect();
        visible.trim_end().to_owned()
    })
}

/// Whether a character must never stand in YAML text as it is: controls, line ends that only some readers know, marks that
/// reorder or hide what a reviewer sees, and code points that are no characters. A tab counts as one; so does a newline.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || u32::from(c) & 0xFFFE == 0xFFFE
        || matches!(c,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            | '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

fn is_plain(text: &str, context: Context) -> bool {
    let starts_well =
        text.starts_with("./") || text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '$' | '_'));
    starts_well
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(is_hidden)
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        // `?`, `:` and a last `-` end a plain string in some readers' flow collections.
        && (context == Context::Block
            || !(text.contains([',', '[', ']', '{', '}', '?', ':']) || text.ends_with(" -")))
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_hidden(c) => escape(&mut out, u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn escape(out: &mut String, code: u32) {
    // Writing to a `String` cannot fail.
    let _ = match code {
        0..=0xFF => write!(out, "\\x{code:02X}"),
        0x100..=0xFFFF => write!(out, "\\u{code:04X}"),
        _ => write!(out, "\\U{code:08X}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_harmless_stays_plain() {
        let texts = "a,v4.2.2,./x,/usr,$HOME,_x,${{ github.ref }},a:b,a#b,it's,onward,a\u{e4}";
        for text in texts.split(',') {
            assert_eq!(one_line(text, Context::Block), text);
        }
    }

    #[test]
    fn what_a_reader_could_take_for_something_else_is_quoted() {
        let texts = ", a,a ,a:,a: b,a #b,1,1.5,12:30,0x1f,2001-01-01,-,- a,? a,~,No,ON,nULL,y,.inf,.,<<,=,*a,&a,!a,|,>,%a,@a,`a,\
                     #a,[a],{a},'a',+1,---";
        for text in texts.split(',') {
            assert_eq!(one_line(text, Context::Block), format!("\"{text}\""));
        }
    }

    #[test]
    fn flow_collections_quote_more() {
        for text in ["a,b", "a[0]", "${{ x }}", "a:b", "a?b", "a -"] {
            assert_eq!(one_line(text, Context::Flow), format!("\"{text}\""));
        }
        assert_eq!(one_line("ubuntu-24.04", Context::Flow), "ubuntu-24.04");
    }

    #[test]
    fn quotes_escape_all_that_hides() {
        let text = "\"\\\n\t\r\0\u{1b}\u{7f}\u{85}\u{202e}\u{2028}\u{feff}\u{ffff}\u{e0041}\u{1f980}";
        let expected = "\"\\\"\\\\\\n\\t\\r\\x00\\x1B\\x7F\\x85\\u202E\\u2028\\uFEFF\\uFFFF\\U000E0041\u{1f980}\"";
        assert_eq!(one_line(text, Context::Block), expected);
    }

    #[test]
    fn blocks_say_how_they_end() {
        assert_eq!(literal("a\nb"), Some("|-"));
        assert_eq!(literal("a\nb\n"), Some("|"));
        assert_eq!(literal("a\n\nb\n\n"), Some("|+"));
        assert_eq!(literal("a\n\tb\n"), Some("|"));
    }

    #[test]
    fn blocks_that_would_read_back_differently_are_none() {
        for text in
            ["a", "\na\n", " a\nb", "\ta\nb", "a\n \nb", "a\r\nb", "a\n\0", "a\n\u{2028}b", "a\n\u{202e}b", "\n"]
        {
            assert_eq!(literal(text), None, "{text:?}");
        }
    }

    #[test]
    fn comments_never_leave_their_line() {
        let lines: Vec<String> = comment_lines("a\tb \r\u{2028}\u{0}c\u{202e}d\n").collect();
        assert_eq!(lines, ["a b", "", "cd", ""]);
    }
}
