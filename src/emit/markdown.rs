//! Markdown: tables whose cells cannot break out of them.

/// A table with a header; every text becomes one cell.
pub(super) fn table<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    rows: impl IntoIterator<Item = [String; COLUMNS]>,
) -> String {
    let mut text = line(header.iter().map(|title| (*title).to_owned()));
    text.push_str(&"|---".repeat(COLUMNS));
    text.push_str("|\n");
    for row in rows {
        text.push_str(&line(row.into_iter()));
    }
    text
}

/// A text as a paragraph of its own: whatever it begins with, it is no heading, list, quote, rule or block of code.
pub(super) fn paragraph(text: &str) -> String {
    let escaped = escape(text);
    let digits = escaped.len() - escaped.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    match escaped.get(digits..).and_then(|rest| rest.chars().next()) {
        // `1.` and `1)` begin a list.
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        Some('#' | '-' | '+' | '>' | '=' | '~' | '`') if digits == 0 && !begins_with_code(&escaped) => {
            format!("\\{escaped}")
        }
        _ => escaped,
    }
}

/// Whether a line begins with words in backticks, and not with a block of code or a backtick that nothing closes.
fn begins_with_code(line: &str) -> bool {
    line.strip_prefix('`').is_some_and(|rest| !rest.starts_with('`') && rest.contains('`'))
}

/// A text as the content of a cell, or of a line of prose.
pub fn escape(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(text.len());
    let mut code = false;
    for (position, character) in text.char_indices() {
        match character {
            // A backtick that nothing closes is one, and no code.
            '`' if !code && !text[position + 1..].contains('`') => escaped.push_str("\\`"),
            '`' => {
                code = !code;
                escaped.push('`');
            }
            '\\' if !code => escaped.push_str("\\\\"),
            '&' if !code => escaped.push_str("&amp;"),
            '|' => escaped.push_str("\\|"),
            '<' if !code => escaped.push_str("&lt;"),
            '*' | '_' | '[' | ']' if !code => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A text as code.
pub fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_nothing_else_whatever_it_begins_with() {
        let cases = [
            ("# x", "\\# x"),
            ("- x", "\\- x"),
            ("+ x", "\\+ x"),
            ("* x", "\\* x"),
            ("> x", "\\> x"),
            ("---", "\\---"),
            ("~~~", "\\~~~"),
            ("```", "\\``\\`"),
            ("12. x", "12\\. x"),
            ("1) x", "1\\) x"),
            ("1 x", "1 x"),
            ("`code` x", "`code` x"),
            ("a `x", "a \\`x"),
            ("a\\*b &amp; c", "a\\\\\\*b &amp;amp; c"),
        ];
        for (text, expected) in cases {
            assert_eq!(paragraph(text), expected, "{text}");
        }
    }

    #[test]
    fn no_text_breaks_out_of_its_cell() {
        let rows = [[escape("a|b\nc"), escape("`x_y` <b> z_w")]];
        assert_eq!(table(["one", "two"], rows), "| one | two |\n|---|---|\n| a\\|b c | `x_y` &lt;b> z\\_w |\n");
    }
}
