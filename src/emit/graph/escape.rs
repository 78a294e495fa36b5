//! Texts as parts of other languages: none of them can end what it stands in.

use std::fmt::Write;

/// A text in XML, as content or in quotes. What XML cannot hold at all is a question mark.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('?'),
            character if character.is_control() => escaped.push('?'),
            character => escaped.push(character),
        }
    }
    escaped
}

/// A text inside the quotes of a mermaid label, where `#` begins an entity and tags are tags.
pub(super) fn mermaid(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '#' | '<' | '>' | '&' | '`' | ';' | '\\' | '*' | '_' | '[' | ']' => {
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

/// A text inside the quotes of a dot string.
pub(super) fn dot(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                escaped.push('\\');
                escaped.push(character);
            }
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_what_it_stands_in() {
        let text = "a\"]<b>&'#`\\\n-->";
        assert_eq!(xml(text), "a&quot;]&lt;b&gt;&amp;&#39;#`\\?--&gt;");
        assert_eq!(mermaid(text), "a#34;#93;#60;b#62;#38;'#35;#96;#92; --#62;");
        assert_eq!(dot(text), "a\\\"]<b>&'#`\\\\ -->");
    }
}
