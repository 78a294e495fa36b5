//! What sentences speak of: things with facts, and with parts that are things themselves. Says nothing of them.

/// Stands for the name of a workflow's file until it is known which files a sentence is about. No text of a spec can hold it.
pub(super) const FILE: &str = "\u{0}";

/// Stands at both sides of the name of a job.
pub(super) const JOB: &str = "\u{1}";

/// Something that sentences speak of.
#[derive(Debug, Default)]
pub(super) struct Thing {
    /// How sentences call it; nothing for the project.
    pub(super) name: String,
    pub(super) facts: Vec<(String, Fact)>,
    pub(super) parts: Vec<(&'static str, String, Self)>,
}

/// What is the case.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// It is this; `None`: there is none.
    Is(Option<String>),
    /// It is this version, at this commit or digest.
    Pin { version: String, exact: String },
    /// It is something that is too long to be shown.
    Long(String),
    /// It has these, in this order.
    Has(Vec<String>),
    /// It has these values under these names, in this order.
    Map(Vec<(String, String)>),
    /// It may do this, which is told even where the whole thing is new.
    May(Vec<String>),
}

impl Thing {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// This thing, of which `what` is a value.
    #[must_use]
    pub(super) fn is(self, what: &str, value: impl ToString) -> Self {
        self.maybe(what, Some(value))
    }

    /// This thing, of which `what` is a value, if there is one.
    #[must_use]
    pub(super) fn maybe(self, what: &str, value: Option<impl ToString>) -> Self {
        self.fact(what, Fact::Is(value.map(|value| value.to_string())))
    }

    /// This thing, which is so or not.
    #[must_use]
    pub(super) fn flag(self, what: &str, value: bool) -> Self {
        self.is(what, if value { "yes" } else { "no" })
    }

    /// This thing, with something at a version.
    #[must_use]
    pub(super) fn pin(self, what: &str, version: &str, exact: &str) -> Self {
        self.fact(what, Fact::Pin { version: version.to_owned(), exact: exact.to_owned() })
    }

    /// This thing, with a text that nobody wants to read in a sentence.
    #[must_use]
    pub(super) fn long(self, what: &str, text: impl Into<String>) -> Self {
        self.fact(what, Fact::Long(text.into()))
    }

    /// This thing, with items; `noun` is what one of them is.
    #[must_use]
    pub(super) fn has(self, noun: &str, items: Vec<String>) -> Self {
        self.fact(noun, Fact::Has(items))
    }

    /// This thing, with named values; `noun` is what one of them is.
    #[must_use]
    pub(super) fn map(self, noun: &str, values: Vec<(String, String)>) -> Self {
        self.fact(noun, Fact::Map(values))
    }

    /// This thing, which may do something.
    #[must_use]
    pub(super) fn may(self, items: Vec<String>) -> Self {
        self.fact("", Fact::May(items))
    }

    /// This thing, with a part of a name; `noun` is what it is.
    #[must_use]
    pub(super) fn part(mut self, noun: &'static str, key: &str, part: Self) -> Self {
        self.parts.push((noun, key.to_owned(), part));
        self
    }

    /// This thing, with parts.
    #[must_use]
    pub(super) fn parts(mut self, parts: impl IntoIterator<Item = (&'static str, String, Self)>) -> Self {
        self.parts.extend(parts);
        self
    }

    fn fact(mut self, what: &str, fact: Fact) -> Self {
        self.facts.push((what.to_owned(), fact));
        self
    }

    /// What is known under a name.
    pub(super) fn find(&self, what: &str) -> Option<&Fact> {
        self.facts.iter().find(|(name, _)| name == what).map(|(_, fact)| fact)
    }

    /// The part of a name.
    pub(super) fn has_part(&self, noun: &str, key: &str) -> Option<&Self> {
        self.parts.iter().find(|(of, name, _)| *of == noun && name == key).map(|(.., part)| part)
    }
}
