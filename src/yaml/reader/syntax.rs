//! Texts that are no YAML at all: the parser's words for it made into words for people, and characters that nobody can see.

use saphyr_parser::ScanError;

use super::place::Places;
use crate::diagnostic::{Code, Diagnostic, Severity, Target};
use crate::source::{FileId, Span};
use crate::yaml::scalar::is_hidden;

/// What the parser stopped at.
pub(super) fn broken(file: FileId, places: &Places<'_>, error: &ScanError) -> Diagnostic {
    let span = places.character(places.byte(*error.marker()));
    let info = error.info();
    let words = WORDS.iter().find(|(theirs, ..)| info.contains(theirs));
    let (code, message, help) =
        words.map_or((Code::SYNTAX, info, ""), |(_, code, message, help)| (*code, *message, *help));
    let diagnostic = Diagnostic::at(code, Severity::Error, file, Target::Span(span), message);
    if help.is_empty() { diagnostic } else { diagnostic.help(help) }
}

/// The first character of the text that may not stand in a file as it is.
pub(super) fn hidden(file: FileId, text: &str) -> Option<Diagnostic> {
    let is_refused = |(byte, c): &(usize, char)| {
        let is_text = matches!(c, '\n' | '\t')
            || (*c == '\r' && text.get(byte + 1..).is_some_and(|rest| rest.starts_with('\n')))
            || (*c == '\u{FEFF}' && *byte == 0);
        is_hidden(*c) && !is_text
    };
    let mut refused = text.char_indices().filter(is_refused);
    let (start, c) = refused.next()?;
    let target = Target::Span(Span { start, end: start + c.len_utf8() });
    let (code, kind) = if c.is_control() { (Code::SYNTAX, "control") } else { (Code::UNSUPPORTED_YAML, "invisible") };
    let message = format!("the {kind} character U+{:04X} in the text of the file", u32::from(c));
    let diagnostic = Diagnostic::at(code, Severity::Error, file, target, message);
    let diagnostic = match refused.count() {
        0 => diagnostic,
        more => diagnostic.label(format!("the first of {}", more + 1)),
    };
    Some(diagnostic.help(if c.is_control() {
        "take it out; a carriage return is allowed only at the end of a line"
    } else {
        "take it out, or write it as an escape in double quotes, so that everybody can see it"
    }))
}

const QUOTE: &str = "text that starts with a special character, or holds `: ` or ` #`, wants quotes";
const SPACES: &str = "indent with spaces";
const COLUMN: &str = "entries of one list or mapping start in the same column";

/// A part of the parser's words, and ours: code, message, help.
const WORDS: &[(&str, Code, &str, &str)] = &[
    ("quoted scalar, found unexpected end of stream", Code::SYNTAX, "this quote is never closed", ""),
    (
        "quoted scalar, found unexpected document indicator",
        Code::SYNTAX,
        "this quote is not closed where the document ends",
        "",
    ),
    (
        "invalid indentation in quoted scalar",
        Code::SYNTAX,
        "this quoted text goes on in a line that is not indented",
        "",
    ),
    ("invalid trailing content after", Code::SYNTAX, "something stands behind a closing quote", ""),
    (
        "found unknown escape character",
        Code::SYNTAX,
        "this text in double quotes holds a `\\` that starts no known escape",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "expected hexadecimal number",
        Code::SYNTAX,
        "this text holds a `\\x`, `\\u` or `\\U` with too few hexadecimal digits",
        "",
    ),
    (
        "invalid Unicode character escape code",
        Code::SYNTAX,
        "this text holds an escape for a character that does not exist",
        "",
    ),
    ("tab cannot be used as indentation", Code::SYNTAX, "a tab cannot indent", SPACES),
    ("tabs disallowed", Code::SYNTAX, "a tab cannot indent", SPACES),
    ("found a tab", Code::SYNTAX, "a tab cannot indent", SPACES),
    ("cannot start with a tab", Code::SYNTAX, "a tab cannot indent", SPACES),
    ("valid YAML whitespace", Code::SYNTAX, "a tab stands where YAML wants a space", ""),
    ("mapping values are not allowed", Code::SYNTAX, "a `:` where no key can stand", QUOTE),
    ("illegal placement of ':'", Code::SYNTAX, "a key over several lines inside `[ ]`", "is a `]` missing above?"),
    ("mapping keys are not allowed", Code::SYNTAX, "a key where none can stand", QUOTE),
    ("block sequence entries are not allowed", Code::SYNTAX, "a list item where none can stand", QUOTE),
    ("\"-\" is only valid inside a block", Code::SYNTAX, "a `- ` inside brackets", QUOTE),
    ("simple key expect", Code::SYNTAX, "a line that is neither `key: value` nor a list item", "write `key: value`"),
    ("did not find expected key", Code::SYNTAX, "this fits no mapping around it", COLUMN),
    ("did not find expected '-'", Code::SYNTAX, "this fits no list around it", COLUMN),
    ("invalid indentation", Code::SYNTAX, "the indentation fits nothing around it", COLUMN),
    (
        "wrongly indented line in block",
        Code::SYNTAX,
        "this line is indented less than the block that it belongs to",
        "",
    ),
    ("indentation indicator equal to 0", Code::SYNTAX, "a block cannot be indented by 0", ""),
    (
        "block scalar, did not find expected comment",
        Code::SYNTAX,
        "something stands behind `|` or `>`",
        "start the text in the next line",
    ),
    ("expected ',' or '}'", Code::SYNTAX, "a `,` or `}` is missing here", ""),
    ("expected ',' or ']'", Code::SYNTAX, "a `,` or `]` is missing here", ""),
    ("misplaced bracket", Code::SYNTAX, "a closing bracket that nothing opened", QUOTE),
    ("unexpected character", Code::SYNTAX, "no text can start with this character", QUOTE),
    ("cannot start with '-' followed by", Code::SYNTAX, "no text can start like this inside brackets", QUOTE),
    ("unexpected end of plain scalar", Code::SYNTAX, "a bracket is not closed before this", ""),
    ("comment intercepting", Code::SYNTAX, "a comment in the midst of a text over several lines", ""),
    ("expected node content", Code::SYNTAX, "a value is missing here", ""),
    ("byte order mark", Code::SYNTAX, "a byte order mark inside the file", ""),
    ("recursion limit", Code::UNSUPPORTED_YAML, "nested too deeply", ""),
    ("unknown anchor", Code::UNSUPPORTED_YAML, ALIAS, ALIAS_HELP),
    ("anchor or alias", Code::UNSUPPORTED_YAML, ALIAS, ALIAS_HELP),
    ("tag", Code::UNSUPPORTED_YAML, TAG, TAG_HELP),
    ("TAG", Code::UNSUPPORTED_YAML, TAG, TAG_HELP),
    ("the handle wasn't declared", Code::UNSUPPORTED_YAML, TAG, TAG_HELP),
];

pub(super) const ALIAS: &str = "an alias (`*name`)";
pub(super) const ALIAS_HELP: &str = "write the value out; text that starts with `*` or `&` wants quotes";
pub(super) const TAG: &str = "a tag (`!name`)";
pub(super) const TAG_HELP: &str = "leave it out; text that starts with `!` wants quotes";
