//! Any texts of the files of a spec.

use super::{bundle, promises};

/// Compiles a bundle.
pub fn run(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        promises::of_spec(&bundle::files(text));
    }
}
