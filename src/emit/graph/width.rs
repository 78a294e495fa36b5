//! How wide a text can be at most, in whatever font a browser takes: no font is loaded, so none is known.

/// The size and the weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// The title of a box.
    Title,
    /// What stands below it, and at arrows.
    Note,
    /// The title of a frame.
    Frame,
}

impl Style {
    /// Its size in pixels.
    pub(super) const fn size(self) -> u32 {
        match self {
            Self::Title | Self::Frame => 13,
            Self::Note => 11,
        }
    }

    const fn is_bold(self) -> bool {
        matches!(self, Self::Title | Self::Frame)
    }
}

/// The width of a character in hundredths of the size, in the widest of the usual fonts (Verdana and `DejaVu Sans`).
const fn hundredths(character: char) -> u32 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '|' | ':' | ';' | '!' | ' ' | 'I' => 40,
        'f' | 't' | 'r' | '-' | '/' | '(' | ')' | '[' | ']' => 46,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 100,
        'A'..='Z' | '+' | '=' | '<' | '>' | '~' | '#' | '&' | '_' => 80,
        ' '..='~' => 65,
        // Signs of other scripts can be as wide as they are high, and a little more.
        _ => 110,
    }
}

/// The most pixels that a text takes.
pub(super) fn width(text: &str, style: Style) -> u32 {
    let hundredths: u32 = text.chars().map(hundredths).sum();
    let bold = if style.is_bold() { 112 } else { 100 };
    (hundredths * style.size() * bold).div_ceil(10_000)
}

/// The text, or as much of its beginning as there is room for.
pub(super) fn fitted(text: &str, style: Style, room: u32) -> String {
    if width(text, style) <= room {
        return text.to_owned();
    }
    let mut shown: String = text.to_owned();
    while shown.pop().is_some() {
        let cut = format!("{shown}...");
        if width(&cut, style) <= room {
            return cut;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_to_their_room() {
        assert_eq!(fitted("podman", Style::Title, 100), "podman");
        let cut = fitted(&"w".repeat(80), Style::Title, 100);
        assert!(cut.ends_with("...") && cut.len() > 5 && width(&cut, Style::Title) <= 100, "{cut}");
        assert_eq!(fitted("podman", Style::Title, 3), "");
        assert!(width("podman", Style::Title) > width("podman", Style::Note));
    }
}
