//! Marks: which line of a script starts something that a spec value made.
//!
//! A mark is a value of a template like any other, made of characters that no spec can hold. It is taken out again after
//! rendering, when the number of its line is known.

use crate::source::Origin;

const START: char = '\u{1}';
const END: char = '\u{2}';

/// The marks of one script.
#[derive(Debug, Default)]
pub(super) struct Marks {
    origins: Vec<Origin>,
}

impl Marks {
    /// A text that marks the line that it is rendered to.
    pub(super) fn mark(&mut self, origin: &Origin) -> String {
        self.origins.push(origin.clone());
        format!("{START}{}{END}", self.origins.len() - 1)
    }

    /// The text without marks, and the lines (from 1) that they stood in, sorted.
    pub(super) fn take_from(&self, rendered: &str) -> (String, Vec<(usize, Origin)>) {
        let mut text = String::with_capacity(rendered.len());
        let mut found = Vec::new();
        let mut line = 1;
        let mut rest = rendered;
        while let Some((before, mark)) = rest.split_once(START) {
            line += before.matches('\n').count();
            text.push_str(before);
            let (number, after) = mark.split_once(END).unwrap_or((mark, ""));
            let origin = number.parse().ok().and_then(|number: usize| self.origins.get(number));
            found.extend(origin.map(|origin| (line, origin.clone())));
            rest = after;
        }
        text.push_str(rest);
        (text, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn marks_leave_and_tell_their_lines() {
        let origin = Origin::file(Sources::default().add("spec/a.yaml", ""));
        let mut marks = Marks::default();
        let (one, two) = (marks.mark(&origin.key("one")), marks.mark(&origin.key("two")));
        let (text, found) = marks.take_from(&format!("a\n{one}b\n\nc{two}\n"));
        assert_eq!(text, "a\nb\n\nc\n");
        assert_eq!(found, [(2, origin.key("one")), (4, origin.key("two"))]);
    }
}
