//! The numbers that GitHub sets, as data.

/// A number that GitHub sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What is counted.
    pub what: &'static str,
    /// The greatest number that is taken.
    pub most: usize,
    /// What happens above it.
    pub above: &'static str,
}

impl Limit {
    /// Rows of a matrix.
    pub const MATRIX_ROWS: Self =
        Self { what: "matrix rows", most: 256, above: "the run fails, or rows are dropped without a word" };

    /// Inputs of a start by hand.
    pub const DISPATCH_INPUTS: Self = Self { what: "dispatch inputs", most: 25, above: "the file is invalid" };

    /// Minutes of a job on a machine of GitHub's.
    pub const HOSTED_MINUTES: Self =
        Self { what: "minutes on a hosted runner", most: 360, above: "the job is cancelled earlier than it says" };

    /// Characters of a value that holds an expression: GitHub turns all of it into one expression.
    pub const EVALUATED_CHARACTERS: Self =
        Self { what: "characters in a value with an expression", most: 21_000, above: "the whole file is invalid" };

    /// Bytes of a file. GitHub says 500 KB; the smaller reading is the safe one.
    pub const FILE_BYTES: Self = Self { what: "bytes", most: 500_000, above: "no run starts" };
}

/// Every limit that is checked, here or where the file is written.
pub const LIMITS: [Limit; 5] =
    [Limit::MATRIX_ROWS, Limit::DISPATCH_INPUTS, Limit::HOSTED_MINUTES, Limit::EVALUATED_CHARACTERS, Limit::FILE_BYTES];
