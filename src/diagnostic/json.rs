//! Diagnostics as json.

use super::Diagnostic;
use crate::source::Sources;

/// Renders diagnostics, in the order given.
pub fn render_json(_sources: &Sources, _diagnostics: &[Diagnostic]) -> String {
    String::new()
}
