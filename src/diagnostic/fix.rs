//! What to write instead: a text in the place of another, where a diagnostic points. Proposes, and changes no file.

use super::place::{Place, Region};
use super::{Diagnostic, Label};
use crate::source::{Sources, Span};

/// What to write at the primary place of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it is, as a help: lower case, no full stop.
    pub text: String,
    /// What stands there.
    old: String,
    /// What should.
    new: New,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum New {
    /// The text of the whole key or value; it gets quotes where YAML needs them.
    Text(String),
    /// A part of the document, as it is written.
    Yaml(String),
}

/// A fix that fits the text: bytes of a file, and what comes in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patch<'s> {
    pub(super) path: &'s str,
    pub(super) region: Region,
    pub(super) replacement: String,
}

impl Diagnostic {
    /// The same, with the text that was probably meant by the key or the value that it points at.
    #[must_use]
    pub fn fix(mut self, text: impl Into<String>, old: &str, new: &str) -> Self {
        self.fix = Some(Fix { text: text.into(), old: old.to_owned(), new: New::Text(new.to_owned()) });
        self
    }

    /// The same, with another way to write the whole or a part of what it points at. That part may stand there only once.
    #[must_use]
    pub fn fix_written(mut self, text: impl Into<String>, old: &str, new: &str) -> Self {
        self.fix = Some(Fix { text: text.into(), old: old.to_owned(), new: New::Yaml(new.to_owned()) });
        self
    }

    /// Everything that may be done about it, in words: the fix comes first.
    pub fn advice(&self) -> impl Iterator<Item = &str> {
        self.fix.iter().map(|fix| fix.text.as_str()).chain(self.help.iter().map(String::as_str))
    }

    /// Its fix, where that fits what stands in the text.
    pub(super) fn patch<'s>(&self, sources: &'s Sources) -> Option<Patch<'s>> {
        let fix = self.fix.as_ref()?;
        let Label { file, .. } = self.primary;
        let Place { path, region } = Place::of(&self.primary, sources);
        let Region { span, .. } = region?;
        let written = sources.text(file).get(span.start..span.end)?;
        let (start, end, replacement) = match &fix.new {
            New::Text(new) => (0, written.len(), requoted(written, &fix.old, new)?),
            New::Yaml(new) => {
                let (start, found) = written.match_indices(&fix.old).next()?;
                let is_once = written.matches(&fix.old).count() == 1;
                (start, start + found.len(), Some(new.clone()).filter(|_| is_once)?)
            }
        };
        let region = Region::new(sources, file, Span { start: span.start + start, end: span.start + end });
        Some(Patch { path, region, replacement })
    }
}

/// A new text, in the quotes of the old one, or in new ones where it needs them. `None` where something else stands there.
fn requoted(written: &str, old: &str, new: &str) -> Option<String> {
    let inner = |quote: char| written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let single = || format!("'{}'", new.replace('\'', "''"));
    if inner('\'').is_some_and(|inner| inner.replace("''", "'") == old) {
        return Some(single());
    }
    // Where there is something to escape, it stays for people to do.
    if inner('"') == Some(old) && !new.contains(['"', '\\']) {
        return Some(format!("\"{new}\""));
    }
    (written == old).then(|| if is_plain(new) { new.to_owned() } else { single() })
}

/// Whether every reader of YAML takes this for text without quotes. Says no where it could be.
fn is_plain(text: &str) -> bool {
    /// What some version of YAML takes for something else.
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/:".contains(&byte))
        && !text.ends_with(':')
        && !WORDS.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Severity, Target};

    /// What the text is with the fix of a diagnostic about all of it.
    fn fixed(text: &str, fix: impl FnOnce(Diagnostic) -> Diagnostic) -> Option<String> {
        let mut sources = Sources::default();
        let file = sources.add("spec/x.yaml", text);
        let target = Target::Span(Span { start: 0, end: text.len() });
        let diagnostic = fix(Diagnostic::at(Code::UNKNOWN_NAME, Severity::Error, file, target, "wrong"));
        let Patch { region: Region { span, .. }, replacement, .. } = diagnostic.patch(&sources)?;
        let mut text = text.to_owned();
        text.replace_range(span.start..span.end, &replacement);
        Some(text)
    }

    #[test]
    fn a_text_keeps_its_quotes_or_gets_those_that_it_needs() {
        let fixed = |text, new| fixed(text, |it| it.fix("say", "old", new));
        for new in ["new", "/opt/new", "https://example.org/new"] {
            assert_eq!(fixed("old", new).as_deref(), Some(new));
        }
        assert_eq!(fixed("'old'", "new").as_deref(), Some("'new'"));
        assert_eq!(fixed("\"old\"", "new").as_deref(), Some("\"new\""));
        for (new, quoted) in
            [("6", "'6'"), ("on", "'on'"), ("a: b", "'a: b'"), ("a:", "'a:'"), ("it's", "'it''s'"), ("", "''")]
        {
            assert_eq!(fixed("old", new).as_deref(), Some(quoted));
            assert_eq!(fixed("'old'", new).as_deref(), Some(quoted));
        }
        assert_eq!(fixed("\"old\"", "a\"b"), None);
        assert_eq!(fixed("[old]", "new"), None);
    }

    #[test]
    fn a_part_is_replaced_where_it_is_the_only_one() {
        let fixed = |text| fixed(text, |it| it.fix_written("say", "{x}", "{y}"));
        assert_eq!(fixed("'a{x}b'").as_deref(), Some("'a{y}b'"));
        assert_eq!(fixed("{x} {x}"), None);
        assert_eq!(fixed("x"), None);
    }
}
