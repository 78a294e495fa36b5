//! Expressions: what GitHub evaluates before a step runs.
//!
//! An [`Expression`] is kept without its `${{ }}`, so that it can be combined, and shows itself with it. Knows the lexical
//! form, not whether the names in it exist.

use std::borrow::Cow;
use std::fmt;

use super::charset;
use super::name::{InputName, JobId, MatrixKey, OutputName, StepId};

/// An expression that GitHub could not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an expression: it must be one line without `${{{{` and `}}}}`, with balanced brackets and single quotes"
)]
pub struct ExpressionError(String);

/// An expression, such as `github.sha`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Expression(Cow<'static, str>);

impl Expression {
    /// Checks an expression that is known only at run time, without its `${{ }}`.
    pub fn parse(text: impl Into<String>) -> Result<Self, ExpressionError> {
        let text = text.into();
        if is_expression(&text) { Ok(Self(Cow::Owned(text))) } else { Err(ExpressionError(text)) }
    }

    /// What `expr!` makes of a literal.
    ///
    /// # Panics
    ///
    /// On a bad expression; the macro calls this while compiling.
    #[doc(hidden)]
    pub const fn known(text: &'static str) -> Self {
        assert!(is_expression(text), "not an expression: one line, no braces, balanced brackets and single quotes");
        Self(Cow::Borrowed(text))
    }

    /// The value of an input of this run.
    pub fn input(name: &InputName) -> Self {
        Self(format!("inputs.{name}").into())
    }

    /// The value of this cell of the matrix.
    pub fn matrix(key: &MatrixKey) -> Self {
        Self(format!("matrix.{key}").into())
    }

    /// An output of a job that this one needs.
    pub fn job_output(job: &JobId, output: &OutputName) -> Self {
        Self(format!("needs.{job}.outputs.{output}").into())
    }

    /// How a job that this one needs ended: `success`, `failure`, `cancelled` or `skipped`.
    pub fn job_result(job: &JobId) -> Self {
        Self(format!("needs.{job}.result").into())
    }

    /// An output of an earlier step of this job.
    pub fn step_output(step: &StepId, output: &OutputName) -> Self {
        Self(format!("steps.{step}.outputs.{output}").into())
    }

    /// The value that this expression holds as JSON.
    #[must_use]
    pub fn from_json(&self) -> Self {
        Self(format!("fromJSON({})", self.0).into())
    }

    /// Whether this and `other` are equal.
    #[must_use]
    pub fn is(&self, other: &Self) -> Self {
        Self(format!("{} == {}", self.operand(&[" "]), other.operand(&[" "])).into())
    }

    /// Whether this and `other` differ.
    #[must_use]
    pub fn is_not(&self, other: &Self) -> Self {
        Self(format!("{} != {}", self.operand(&[" "]), other.operand(&[" "])).into())
    }

    /// Whether both hold.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(format!("{} && {}", self.operand(&["||"]), other.operand(&["||"])).into())
    }

    /// Whether one of both holds.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self(format!("{} || {}", self.operand(&["&&"]), other.operand(&["&&"])).into())
    }

    /// Whether this does not hold.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self(format!("!{}", self.operand(&[" "])).into())
    }

    /// The expression without `${{ }}`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This expression as part of another: in brackets if it holds one of `operators`, even in a quoted string, where
    /// brackets do no harm.
    fn operand(&self, operators: &[&str]) -> Cow<'_, str> {
        if operators.iter().any(|operator| self.0.contains(operator)) {
            Cow::Owned(format!("({})", self.0))
        } else {
            Cow::Borrowed(&self.0)
        }
    }
}

impl fmt::Display for Expression {
    /// Writes `${{ github.sha }}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${{{{ {} }}}}", self.0)
    }
}

/// An [`Expression`] from a literal without `${{ }}`, checked while compiling.
#[macro_export]
macro_rules! expr {
    ($text:literal) => {{
        const KNOWN: $crate::gha::Expression = $crate::gha::Expression::known($text);
        KNOWN
    }};
}

pub use expr;

const fn is_expression(text: &str) -> bool {
    charset::is_visible_line(text)
        && !charset::contains(text, "${{")
        && !charset::contains(text, "}}")
        && !charset::starts_with(text, " ")
        && !charset::ends_with(text, " ")
        && is_balanced(text.as_bytes())
}

/// Whether quotes and brackets close. A quote in a string is doubled, which closes and opens it again; `"` is no quote here.
const fn is_balanced(bytes: &[u8]) -> bool {
    let (mut round, mut square, mut quoted, mut at) = (0_usize, 0_usize, false, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\'' => quoted = !quoted,
            _ if quoted => {}
            b'(' => round += 1,
            b'[' => square += 1,
            b')' if round > 0 => round -= 1,
            b']' if square > 0 => square -= 1,
            b'"' | b')' | b']' => return false,
            _ => {}
        }
        at += 1;
    }
    !bytes.is_empty() && !quoted && round == 0 && square == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gha::{job_id, matrix_key, output_name, step_id};

    #[test]
    fn refuses_what_would_break_out_or_never_parse() {
        for bad in ["", " a", "a ", "a }} b", "${{ a }}", "a\nb", "f(a", "a)", "a[0", "a]", "'a", "a == \"b\"", ")("] {
            assert!(Expression::parse(bad).is_err(), "{bad}");
        }
        for good in ["github.sha", "f('it''s (', a[0])", "always() && !cancelled()", "'\"'"] {
            assert!(Expression::parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn shows_itself_wrapped() {
        assert_eq!(expr!("github.sha").to_string(), "${{ github.sha }}");
        assert_eq!(Expression::parse("a }}").unwrap_err().to_string().matches("${{").count(), 1);
    }

    #[test]
    fn combining_keeps_the_meaning() {
        let (a, b, c) = (expr!("a"), expr!("b"), expr!("c"));
        assert_eq!(a.or(&b).and(&c).as_str(), "(a || b) && c");
        assert_eq!(c.and(&a.or(&b)).as_str(), "c && (a || b)");
        assert_eq!(a.and(&b).or(&c).as_str(), "(a && b) || c");
        assert_eq!(c.or(&a.and(&b)).as_str(), "c || (a && b)");
        assert_eq!(a.and(&b).and(&c).as_str(), "a && b && c");
        assert_eq!(a.is(&b).negated().as_str(), "!(a == b)");
        assert_eq!(a.negated().and(&b.is_not(&expr!("''"))).as_str(), "!a && b != ''");
    }

    #[test]
    fn names_lead_to_values() {
        let output = output_name!("matrix");
        assert_eq!(
            Expression::job_output(&job_id!("plan"), &output).from_json().as_str(),
            "fromJSON(needs.plan.outputs.matrix)"
        );
        assert_eq!(Expression::step_output(&step_id!("read"), &output).as_str(), "steps.read.outputs.matrix");
        assert_eq!(Expression::matrix(&matrix_key!("arch")).as_str(), "matrix.arch");
    }
}
