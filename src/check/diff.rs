//! Unified diffs between what is there and what should be.

use similar::TextDiff;

/// Longer texts are compared by their hashes alone: nobody reads such a diff, and making it takes long.
const LONGEST: usize = 1 << 20;

/// The diff of two texts; `None` where they are the same, too long, or no texts.
pub(super) fn unified(path: &str, is: &[u8], should_be: &[u8]) -> Option<String> {
    if is == should_be || is.len().max(should_be.len()) > LONGEST {
        return None;
    }
    let (is, should_be) = (text(is)?, text(should_be)?);
    let (before, after) = (format!("a/{path}"), format!("b/{path}"));
    Some(TextDiff::from_lines(is, should_be).unified_diff().header(&before, &after).to_string())
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_a_diff_and_other_bytes_have_none() {
        let diff = unified("x", b"a\nb\n", b"a\nc\n").unwrap();
        assert_eq!(diff, "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        assert_eq!(unified("x", b"a", b"a"), None);
        assert_eq!(unified("x", b"\xff", b"a"), None);
        assert_eq!(unified("x", b"a\0", b"a"), None);
    }
}
