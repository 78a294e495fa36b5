//! For whom a report is written.

use clap::ValueEnum;

/// For whom a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// For programs; carries the version of its format
    Json,
    /// As annotations of a GitHub Actions run
    Github,
    /// As SARIF 2.1.0, for code scanning
    Sarif,
}
