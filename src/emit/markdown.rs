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

/// A text as the content of a cell, or of a line of prose.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut code = false;
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match character {
            '`' => {
                code = !code;
                escaped.push('`');
            }
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
pub(super) fn code(text: &str) -> String {
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
    fn no_text_breaks_out_of_its_cell() {
        let rows = [[escape("a|b\nc"), escape("`x_y` <b> z_w")]];
        assert_eq!(table(["one", "two"], rows), "| one | two |\n|---|---|\n| a\\|b c | `x_y` &lt;b> z\\_w |\n");
    }
}
