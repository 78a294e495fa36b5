//! Words of the shell: texts and placeholders, quoted so that bash reads exactly what the spec says.

use std::borrow::Cow;

use crate::model::{HookInput, Placeholder, Segment, Template};

/// What stands for a placeholder in a word.
pub(super) enum Stand {
    /// The value of a variable, and a text behind it.
    Variable(Cow<'static, str>, &'static str),
    /// A value that is known already.
    Text(String),
}

/// Words of the shell's grammar. `esac` is read even where a pattern is expected; of the others linters ask whether they were meant.
const RESERVED: [&str; 16] = [
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "in", "select",
    "function", "time",
];

/// A text that stands behind a `=`: always in quotes. Linters take a lone `test` there for a command whose output was meant (SC2209).
pub(super) fn assigned(text: &str) -> String {
    let word = quote(text);
    if word == text { format!("'{word}'") } else { word }
}

/// A text as one word, quoted only where it has to be. NUL, which no word can hold, is refused long before and left out here.
pub fn quote(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_@%+=:./-".contains(&byte);
    // What could be read as an assignment is quoted, too: linters ask whether it was meant.
    let name = text.split_once('=').map(|(name, _)| name);
    let assigns = name.is_some_and(|name| name.bytes().all(is_of_a_name));
    if RESERVED.contains(&text) {
        return format!("'{text}'");
    }
    if !text.is_empty() && !assigns && text.bytes().all(plain) {
        return text.to_owned();
    }
    let text = text.replace('\0', "");
    // Between single quotes, linters take a dollar, a backtick and a backslash at the end for mistakes.
    let double = text.contains(['\'', '$', '`']) || text.ends_with('\\');
    if double { format!("\"{}\"", between_quotes(&text)) } else { format!("'{text}'") }
}

/// A text with placeholders as one word: `"$LINE_MODULE/x=$UNIT_COMMIT"`.
pub(super) fn word(template: &Template) -> String {
    prefixed("", template)
}

/// The same with a text before it: the word `NAME=value`.
pub(super) fn prefixed(prefix: &str, template: &Template) -> String {
    word_with(prefix, template, in_build)
}

/// A text with placeholders as one word, where something else than a build's variables stands for them.
pub(super) fn word_with(prefix: &str, template: &Template, stand: impl Fn(&Placeholder) -> Stand) -> String {
    let pieces = pieces(template, stand);
    let known: Option<Vec<&str>> = pieces
        .iter()
        .map(|piece| match piece {
            Stand::Text(text) => Some(text.as_str()),
            Stand::Variable(..) => None,
        })
        .collect();
    match known {
        Some(texts) => quote(&std::iter::once(prefix).chain(texts).collect::<String>()),
        None => format!("\"{}{}\"", between_quotes(prefix), join(&pieces)),
    }
}

/// A text with placeholders as it stands between double quotes.
pub(super) fn inside(template: &Template) -> String {
    join(&pieces(template, in_build))
}

/// The variable that holds a value of the release line.
pub(super) fn line_variable(key: &str) -> String {
    format!("LINE_{}", key.to_ascii_uppercase())
}

/// What stands for a placeholder while a component is built.
fn in_build(placeholder: &Placeholder) -> Stand {
    let name = match placeholder {
        Placeholder::Tool => "TOOL",
        Placeholder::Version => "UNIT_VERSION",
        Placeholder::Tag => "UNIT_TAG",
        Placeholder::Commit => "UNIT_COMMIT",
        Placeholder::Arch => "ARCH",
        Placeholder::GoArch => "GOARCH",
        Placeholder::Triple => "TRIPLE",
        Placeholder::Prefix => "PREFIX",
        Placeholder::Source => "SOURCE",
        Placeholder::Files => return Stand::Variable("WORKSPACE".into(), "/files"),
        Placeholder::Jobs => "JOBS",
        Placeholder::Epoch => "SOURCE_DATE_EPOCH",
        Placeholder::Line => "LINE",
        Placeholder::LineValue(key) => return Stand::Variable(line_variable(key).into(), ""),
        // No recipe can name one.
        Placeholder::Input(name) => return Stand::Variable(HookInput::variable_of(name).into(), ""),
    };
    Stand::Variable(name.into(), "")
}

fn pieces(template: &Template, stand: impl Fn(&Placeholder) -> Stand) -> Vec<Stand> {
    let piece = |segment: &Segment| match segment {
        Segment::Literal(text) => Stand::Text(text.clone()),
        Segment::Placeholder(placeholder) => stand(placeholder),
    };
    template.segments().iter().map(piece).collect()
}

fn join(pieces: &[Stand]) -> String {
    let mut text = String::new();
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Stand::Text(literal) => text.push_str(&between_quotes(literal)),
            Stand::Variable(name, tail) => {
                let glued =
                    tail.is_empty() && matches!(pieces.peek(), Some(Stand::Text(next)) if continues_a_name(next));
                // `${COMMIT:-}` comes as `COMMIT:-`, and needs its braces.
                let simple = name.bytes().all(is_of_a_name);
                let variable = if simple && !glued { format!("${name}") } else { format!("${{{name}}}") };
                text.push_str(&variable);
                text.push_str(tail);
            }
        }
    }
    text
}

/// A text as it stands between double quotes.
pub(super) fn between_quotes(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if matches!(character, '\\' | '"' | '$' | '`') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn continues_a_name(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| is_of_a_name(first) || first == b'[')
}

fn is_of_a_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(word(&Template::parse(text).unwrap()), expected, "{text}");
    }

    #[test]
    fn plain_texts_are_quoted_only_where_needed() {
        check("-O2", "-O2");
        check("--a=b", "--a=b");
        check("a,b", "'a,b'");
        check("a=b", "'a=b'");
        check("", "''");
        check("-O2 -fPIC", "'-O2 -fPIC'");
        check("esac", "'esac'");
        check("a\\b\"c", "'a\\b\"c'");
        check("a b\\", "\"a b\\\\\"");
        check("it's a\\b", "\"it's a\\\\b\"");
        check("$HOME `id`", "\"\\$HOME \\`id\\`\"");
    }

    #[test]
    fn assigned_texts_are_always_quoted() {
        assert_eq!(assigned("test"), "'test'");
        assert_eq!(assigned("it's"), quote("it's"));
    }

    #[test]
    fn placeholders_become_variables() {
        check("{version}", "\"$UNIT_VERSION\"");
        check("{triple}-clang", "\"$TRIPLE-clang\"");
        check("{line.module}/x={commit}", "\"$LINE_MODULE/x=$UNIT_COMMIT\"");
        check("{files}/x", "\"$WORKSPACE/files/x\"");
        check("{files}x", "\"$WORKSPACE/filesx\"");
        check("{version}b", "\"${UNIT_VERSION}b\"");
        check("{version}[x", "\"${UNIT_VERSION}[x\"");
        check("a\"$`\\{jobs}", "\"a\\\"\\$\\`\\\\$JOBS\"");
    }

    #[test]
    fn a_prefix_is_part_of_the_word() {
        assert_eq!(prefixed("A=", &Template::literal("b c")), "'A=b c'");
        assert_eq!(prefixed("A=", &Template::parse("{jobs}").unwrap()), "\"A=$JOBS\"");
    }

    #[test]
    fn a_known_value_needs_no_variable() {
        let template = Template::parse("crun {version}").unwrap();
        assert_eq!(word_with("", &template, |_| Stand::Text("1.29".into())), "'crun 1.29'");
        let variable = |_: &Placeholder| Stand::Variable("COMMIT:-".into(), "");
        assert_eq!(word_with("", &template, variable), "\"crun ${COMMIT:-}\"");
    }
}
