//! Marks: which line of a script starts something that a spec value made.
//!
//! A mark is a value of a template like any other, made of characters that no spec can hold. It is taken out again after
//! rendering, when the number of its line is known. Where lines are to be explained there are more of them: in front of the
//! values of lists, and a table from the names that templates use to the spec values behind them.

use crate::source::{Origin, Segment};

const START: char = '\u{1}';
const END: char = '\u{2}';

/// The marks of one script.
#[derive(Debug, Default)]
pub(super) struct Marks {
    origins: Vec<Origin>,
    /// Only where lines are to be explained.
    names: Option<Vec<(String, Origin)>>,
}

impl Marks {
    /// Marks for lines that are to be explained.
    pub(super) fn explaining() -> Self {
        Self { origins: Vec::new(), names: Some(Vec::new()) }
    }

    /// A text that marks the line that it is rendered to.
    pub(super) fn mark(&mut self, origin: &Origin) -> String {
        self.origins.push(origin.clone());
        format!("{START}{}{END}", self.origins.len() - 1)
    }

    /// A text as it is; where lines are to be explained, with marks of what it was made from.
    pub(super) fn value<'a>(
        &mut self,
        text: impl Into<String>,
        origins: impl IntoIterator<Item = &'a Origin>,
    ) -> String {
        let text = text.into();
        if self.names.is_none() {
            return text;
        }
        let marks: String = origins.into_iter().map(|origin| self.mark(origin)).collect();
        marks + &text
    }

    /// The spec value behind a name that a template uses, such as `recipe.release`, and behind all that the name holds.
    pub(super) fn name(&mut self, name: &str, origin: impl FnOnce() -> Origin) {
        if let Some(names) = &mut self.names {
            names.push((name.to_owned(), origin()));
        }
    }

    /// The same for several names; the values are `a.b` below `origin`.
    pub(super) fn names(&mut self, origin: &Origin, names: &[(&str, &str)]) {
        for (name, path) in names {
            self.name(name, || path.split('.').fold(origin.clone(), |origin, key| origin.key(key)));
        }
    }

    /// The spec values behind a name, or behind the nearest name around it.
    pub(super) fn behind(&self, name: &str) -> Vec<&Origin> {
        let names = self.names.as_deref().unwrap_or_default();
        let mut name = name;
        loop {
            let found: Vec<&Origin> = names.iter().filter(|(other, _)| other == name).map(|(_, it)| it).collect();
            match name.rsplit_once('.') {
                Some((around, _)) if found.is_empty() => name = around,
                _ => return found,
            }
        }
    }

    /// The text without marks, and the lines (from 1) that they stood in, sorted.
    pub(super) fn take_from(&self, rendered: &str) -> (String, Vec<(usize, Origin)>) {
        let (text, found) = self.places(rendered);
        let mut lines = Vec::new();
        let (mut line, mut from) = (1, 0);
        for (place, origin) in found {
            line += text.get(from..place).map_or(0, |before| before.matches('\n').count());
            from = place;
            lines.push((line, origin.clone()));
        }
        (text, lines)
    }

    /// The text without marks, and the bytes of it that they stood before, in order.
    pub(super) fn places(&self, rendered: &str) -> (String, Vec<(usize, &Origin)>) {
        let mut text = String::with_capacity(rendered.len());
        let mut found = Vec::new();
        let mut rest = rendered;
        while let Some((before, mark)) = rest.split_once(START) {
            text.push_str(before);
            let (number, after) = mark.split_once(END).unwrap_or((mark, ""));
            let origin = number.parse().ok().and_then(|number: usize| self.origins.get(number));
            found.extend(origin.map(|origin| (text.len(), origin)));
            rest = after;
        }
        text.push_str(rest);
        (text, found)
    }
}

/// A value of the spec below another one, by the names of its keys.
pub(super) fn below(origin: &Origin, keys: &[&str]) -> Origin {
    let route = keys.iter().map(|key| Segment::Key((*key).to_owned()));
    Origin { file: origin.file, route: origin.route.segments().iter().cloned().chain(route).collect() }
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
        assert_eq!(marks.value("x", [&origin]), "x");
    }

    #[test]
    fn names_lead_to_what_is_nearest() {
        let origin = Origin::file(Sources::default().add("spec/a.yaml", ""));
        let mut marks = Marks::explaining();
        marks.names(&origin, &[("recipe", "recipe.go"), ("recipe.release", "recipe.go.release")]);
        let go = origin.key("recipe").key("go");
        assert_eq!(marks.behind("recipe.release"), [&go.key("release")]);
        assert_eq!(marks.behind("recipe.install.words"), [&go]);
        assert!(marks.behind("other.recipe").is_empty());
        assert_eq!(marks.value("x", [&go]), "\u{1}0\u{2}x");
    }
}
