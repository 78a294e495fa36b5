//! From the parser's places, which count characters, to byte spans that point at what a reader of the file sees.

use saphyr_parser::{Marker, ScalarStyle};

use crate::source::Span;

/// The byte at which each character of a text starts.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, starts: text.char_indices().map(|(byte, _)| byte).collect() }
    }

    /// The byte at a marker; the end of the text for one beyond it.
    pub(super) fn byte(&self, marker: Marker) -> usize {
        self.starts.get(marker.index()).copied().unwrap_or(self.text.len())
    }

    /// What the parser says, as bytes.
    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.byte(span.start);
        Span { start, end: self.byte(span.end).max(start) }
    }

    /// The span of a scalar: of its quotes, or of its text. Empty where nothing is written.
    ///
    /// The parser's end of a quoted scalar lies behind the comment that follows it, and that of a block in the next line.
    pub(super) fn scalar(&self, span: saphyr_parser::Span, style: ScalarStyle) -> Span {
        let Span { start, end } = self.span(span);
        let text = self.text.get(start..end).unwrap_or_default();
        let length = match style {
            ScalarStyle::Plain => text.len(),
            ScalarStyle::SingleQuoted => quoted_length(text, '\''),
            ScalarStyle::DoubleQuoted => quoted_length(text, '"'),
            ScalarStyle::Literal | ScalarStyle::Folded => text.trim_end().len(),
        };
        Span { start, end: start + length }
    }

    /// Whether a collection that starts here is written in brackets.
    pub(super) fn is_flow(&self, span: saphyr_parser::Span) -> bool {
        self.text.get(self.byte(span.start)..).is_some_and(|text| text.starts_with(['[', '{']))
    }

    /// The first line above the start of a document that changes how the document is read.
    pub(super) fn directive(&self, document: saphyr_parser::Span) -> Option<Span> {
        let above = self.text.get(..self.byte(document.start))?;
        let start = if above.starts_with('%') { 0 } else { above.find("\n%")? + 1 };
        let line = above.get(start..)?.lines().next()?;
        Some(Span { start, end: start + line.trim_end().len() })
    }

    /// The first dash on the line of a marker: all there is to see of an item that holds nothing.
    pub(super) fn dash(&self, marker: Marker) -> Span {
        let at = self.byte(marker);
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let start = before.get(line..).and_then(|text| text.find('-')).map_or(at, |dash| line + dash);
        self.character(start)
    }

    /// The character at a byte. The last one that is visible, at the end of a line or of the text.
    pub(super) fn character(&self, byte: usize) -> Span {
        let rest = self.text.get(byte..).unwrap_or_default();
        if let Some(c) = rest.chars().next().filter(|c| !c.is_whitespace()) {
            return Span { start: byte, end: byte + c.len_utf8() };
        }
        let before = self.text.get(..byte).unwrap_or_default().trim_end();
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        Span { start: before.len() - last, end: before.len() }
    }
}

/// The bytes from an opening quote to behind its closing one.
fn quoted_length(text: &str, quote: char) -> usize {
    let open = text.find(quote).map_or(0, |open| open + 1);
    let mut characters = text.char_indices().skip_while(|(byte, _)| *byte < open).peekable();
    while let Some((byte, c)) = characters.next() {
        if c == '\\' && quote == '"' {
            characters.next();
        } else if c == quote && !(quote == '\'' && characters.next_if(|(_, next)| *next == '\'').is_some()) {
            return byte + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_end_where_they_are_closed() {
        assert_eq!(quoted_length("'it''s' # 'x'", '\''), 7);
        assert_eq!(quoted_length("\"a\\\"\\\\\" # \"", '"'), 7);
        assert_eq!(quoted_length("&a 'b' ", '\''), 6);
        assert_eq!(quoted_length("\"open", '"'), 5);
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        let places = Places::new("\u{e9}\u{1f980}a");
        let bytes: Vec<usize> = (0..5).map(|index| places.byte(Marker::new(index, 1, index))).collect();
        assert_eq!(bytes, [0, 2, 6, 7, 7]);
    }

    #[test]
    fn the_end_of_a_line_is_shown_by_its_last_character() {
        let places = Places::new("ab \n\u{e9}");
        assert_eq!(places.character(1), Span { start: 1, end: 2 });
        assert_eq!(places.character(3), Span { start: 1, end: 2 });
        assert_eq!(places.character(4), Span { start: 4, end: 6 });
        assert_eq!(places.character(6), Span { start: 4, end: 6 });
        assert_eq!(Places::new("\n").character(0), Span { start: 0, end: 0 });
    }
}
