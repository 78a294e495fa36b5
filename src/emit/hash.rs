//! Hashes: of bytes, and of texts with names.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The SHA-256 of bytes, as 64 hexadecimal digits.
pub fn of_bytes(bytes: &[u8]) -> String {
    digits(Sha256::digest(bytes).as_slice())
}

/// The SHA-256 of texts with their names. The order in which they are given has no meaning.
pub fn of_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let texts: BTreeMap<&str, &str> = texts.into_iter().collect();
    let mut hash = Sha256::new();
    for (name, text) in texts {
        // Lengths first, so that no two lists run into the same bytes.
        hash.update(format!("{} {}\n{name}", name.len(), text.len()));
        hash.update(text);
    }
    digits(hash.finalize().as_slice())
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_hash() {
        assert_eq!(of_bytes(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn names_and_texts_do_not_run_together() {
        assert_ne!(of_texts([("a", "bc")]), of_texts([("ab", "c")]));
        assert_ne!(of_texts([("a", ""), ("b", "")]), of_texts([("a", "b")]));
        assert_eq!(of_texts([("a", "1"), ("b", "2")]), of_texts([("b", "2"), ("a", "1")]));
    }
}
