//! One line of text with expressions in it: names, values of variables, groups.
//!
//! What is literal and what is evaluated is kept apart, so a value from a spec can never become an expression.

use std::borrow::Cow;
use std::fmt;

use super::charset;
use super::expression::{Expression, expr};

/// A text that cannot stand in a workflow as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LiteralError {
    /// Nothing to show.
    #[error("a text is empty")]
    Empty,
    /// GitHub would evaluate it.
    #[error("`{0}` holds `${{{{`, which GitHub would evaluate")]
    Expression(String),
    /// A reader would not see all of it.
    #[error("{0:?} holds a line break or another character that cannot be seen")]
    Hidden(String),
}

/// One visible line that GitHub takes as it is. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Literal(Cow<'static, str>);

impl Literal {
    /// Checks a text that is known only at run time.
    pub fn parse(text: impl Into<String>) -> Result<Self, LiteralError> {
        let text = text.into();
        if text.is_empty() {
            Err(LiteralError::Empty)
        } else if !charset::is_visible_line(&text) {
            Err(LiteralError::Hidden(text))
        } else if charset::contains(&text, "${{") {
            Err(LiteralError::Expression(text))
        } else {
            Ok(Self(Cow::Owned(text)))
        }
    }

    /// What `literal!` makes of a literal.
    ///
    /// # Panics
    ///
    /// On a bad text; the macro calls this while compiling.
    #[doc(hidden)]
    pub const fn known(text: &'static str) -> Self {
        assert!(
            !text.is_empty() && charset::is_visible_line(text) && !charset::contains(text, "${{"),
            "not a literal: it must be one visible line without an expression"
        );
        Self(Cow::Borrowed(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Literal {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A piece of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Taken as it is.
    Literal(Literal),
    /// Evaluated.
    Expression(Expression),
}

/// One line of literals and expressions. It may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    parts: Vec<Part>,
}

impl Text {
    /// The empty text.
    pub const fn empty() -> Self {
        Self { parts: Vec::new() }
    }

    /// A text that is known only at run time and holds no expression.
    pub fn parse(text: impl Into<String>) -> Result<Self, LiteralError> {
        let text = text.into();
        if text.is_empty() { Ok(Self::empty()) } else { Literal::parse(text).map(Self::from) }
    }

    /// This text with another behind it.
    #[must_use]
    pub fn and(mut self, other: impl Into<Self>) -> Self {
        for part in other.into().parts {
            self.push(part);
        }
        self
    }

    /// The pieces. No two literals are neighbours.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    fn push(&mut self, part: Part) {
        let Part::Literal(next) = part else {
            self.parts.push(part);
            return;
        };
        if !matches!(self.parts.last(), Some(Part::Literal(_))) {
            self.parts.push(Part::Literal(next));
            return;
        }
        let Some(Part::Literal(last)) = self.parts.pop() else { return };
        let joined = format!("{last}{next}");
        // Neither holds `${{`, but together they may: then the dollar is handed over as a value.
        let Some((before, after)) = joined.split_once("${{") else {
            self.parts.push(Part::Literal(Literal(Cow::Owned(joined))));
            return;
        };
        if !before.is_empty() {
            self.parts.push(Part::Literal(Literal(Cow::Owned(before.to_owned()))));
        }
        self.parts.push(Part::Expression(expr!("'$'")));
        self.parts.push(Part::Literal(Literal(Cow::Owned(format!("{{{{{after}")))));
    }
}

impl From<Literal> for Text {
    fn from(literal: Literal) -> Self {
        Self { parts: vec![Part::Literal(literal)] }
    }
}

impl From<Expression> for Text {
    fn from(expression: Expression) -> Self {
        Self { parts: vec![Part::Expression(expression)] }
    }
}

impl fmt::Display for Text {
    /// Writes the text as GitHub reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Literal(literal) => literal.fmt(f)?,
                Part::Expression(expression) => expression.fmt(f)?,
            }
        }
        Ok(())
    }
}

/// A [`Literal`] from a literal, checked while compiling.
#[macro_export]
macro_rules! literal {
    ($text:literal) => {{
        const KNOWN: $crate::gha::Literal = $crate::gha::Literal::known($text);
        KNOWN
    }};
}

/// A [`Text`] from its pieces: literals, checked while compiling, and anything that becomes a text, such as an expression:
/// `text!("release-", tag, "-", expr!("github.run_id"))`.
#[macro_export]
macro_rules! text {
    (@ $text:expr $(,)?) => { $text };
    (@ $text:expr, $piece:literal $($rest:tt)*) => {
        $crate::gha::text!(@ $text.and($crate::gha::literal!($piece)) $($rest)*)
    };
    (@ $text:expr, $piece:expr $(, $($rest:tt)*)?) => {
        $crate::gha::text!(@ $text.and($piece), $($($rest)*)?)
    };
    ($($piece:tt)+) => { $crate::gha::text!(@ $crate::gha::Text::empty(), $($piece)+) };
}

pub use {literal, text};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gha::expr;

    #[test]
    fn literals_are_visible_lines_without_expressions() {
        assert_eq!(Literal::parse(""), Err(LiteralError::Empty));
        assert_eq!(Literal::parse("a\nb"), Err(LiteralError::Hidden("a\nb".to_owned())));
        assert_eq!(Literal::parse("${{ secrets.X }}"), Err(LiteralError::Expression("${{ secrets.X }}".to_owned())));
        assert_eq!(Literal::parse("^v(.*)$").unwrap(), literal!("^v(.*)$"));
        assert!(Text::parse("").unwrap().is_empty());
    }

    #[test]
    fn an_error_shows_the_braces_once() {
        let error = Literal::parse("${{").unwrap_err();
        assert_eq!(error.to_string(), "`${{` holds `${{`, which GitHub would evaluate");
    }

    #[test]
    fn pieces_become_one_line() {
        let tag = Text::parse("v1").unwrap();
        assert_eq!(text!("plain").to_string(), "plain");
        assert_eq!(
            text!("release-", tag, "-", expr!("github.run_id"), ".").to_string(),
            "release-v1-${{ github.run_id }}."
        );
        assert_eq!(text!(expr!("a"), expr!("b")).to_string(), "${{ a }}${{ b }}");
        assert_eq!(text!("a", "b").parts(), [Part::Literal(literal!("ab"))]);
    }

    #[test]
    fn two_literals_never_make_an_expression() {
        for (first, second) in [("a$", "{{ b }}"), ("a${", "{ b }}")] {
            let joined = Text::parse(first).unwrap().and(Text::parse(second).unwrap());
            assert_eq!(joined.to_string(), "a${{ '$' }}{{ b }}");
        }
        assert_eq!(Text::parse("$").unwrap().and(Text::parse("{{").unwrap()).to_string(), "${{ '$' }}{{");
        let thrice = text!("$", "{", "{");
        assert_eq!(thrice.to_string(), "${{ '$' }}{{");
    }
}
