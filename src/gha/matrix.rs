//! The matrix of a job: one run of the job for each row.

use std::num::NonZeroU16;

use indexmap::IndexMap;

use super::expression::Expression;
use super::name::MatrixKey;
use super::text::Text;

/// A single value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// A string.
    Text(Text),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
}

impl<T: Into<Text>> From<T> for Scalar {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<bool> for Scalar {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// The values of one run of the job.
pub type Row = IndexMap<MatrixKey, Scalar>;

/// Where the rows come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matrix {
    /// Known now.
    Include(Vec<Row>),
    /// A JSON list of rows, known when an earlier job has ended.
    IncludeFrom(Expression),
    /// A whole matrix, `include` and all, known when an earlier job has ended.
    From(Expression),
}

/// How a job is run for each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strategy {
    /// The rows.
    pub matrix: Matrix,
    /// Whether the first row that fails cancels the others.
    pub fail_fast: bool,
    /// How many rows may run at a time; as many as there are runners if not given.
    pub max_parallel: Option<NonZeroU16>,
}

impl Strategy {
    /// Every row runs to its end, whatever happens to the others.
    pub const fn new(matrix: Matrix) -> Self {
        Self { matrix, fail_fast: false, max_parallel: None }
    }
}
