//! Any text of a lock, beside a small spec without a mistake.

use super::{bundle, promises};

/// Compiles the small spec with this lock.
pub fn run(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let mut files = bundle::base();
        files.texts.insert("spec/ghagen.lock".to_owned(), text.to_owned());
        promises::of_spec(&files);
    }
}
