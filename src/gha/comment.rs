//! What is said to people who read the file.
//!
//! Anything can be said; nothing that is said changes what the workflow does.

use super::charset;

/// What is said about a part of a workflow. It may be empty; characters that would end a comment become spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Comment(Vec<String>);

impl Comment {
    /// Its lines.
    pub fn lines(&self) -> &[String] {
        &self.0
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Comment {
    fn from(text: &str) -> Self {
        Self(text.lines().map(seen).collect())
    }
}

impl From<String> for Comment {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

fn seen(line: &str) -> String {
    let seen: String =
        line.chars().map(|c| if charset::is_visible_line(c.encode_utf8(&mut [0; 4])) { c } else { ' ' }).collect();
    seen.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_cannot_end_itself() {
        let comment = Comment::from("one\r\ntwo\u{85}three\u{2028}four\rfive  \n\nsix\u{0}");
        assert_eq!(comment.lines(), ["one", "two three four five", "", "six"]);
    }
}
