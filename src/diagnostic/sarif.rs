//! Diagnostics as sarif.

use super::Diagnostic;
use crate::source::Sources;

/// Renders diagnostics, in the order given.
pub fn render_sarif(_sources: &Sources, _diagnostics: &[Diagnostic]) -> String {
    String::new()
}
