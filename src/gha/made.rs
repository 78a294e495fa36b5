//! What made a part of a workflow: the place in this program, and the spec values that stand in it.
//!
//! It is what people are told of the part, and no part of what it is: two parts that say the same are equal, whatever made them.

use std::panic::Location;

use crate::source::Origin;

/// What made a part of a workflow.
#[derive(Debug, Clone)]
pub struct Made {
    at: &'static Location<'static>,
    values: Vec<(String, Origin)>,
}

impl Made {
    /// Made where the caller is called.
    #[track_caller]
    pub(super) const fn here() -> Self {
        Self { at: Location::caller(), values: Vec::new() }
    }

    /// The file of this program.
    pub fn file(&self) -> &'static str {
        self.at.file()
    }

    /// The line of that file.
    pub fn line(&self) -> u32 {
        self.at.line()
    }

    /// The spec values in it: each with the path of what it made, such as `env.TITLE`.
    pub fn values(&self) -> impl Iterator<Item = (&str, &Origin)> {
        self.values.iter().map(|(path, origin)| (path.as_str(), origin))
    }

    pub(super) fn value(&mut self, path: &str, origin: Origin) {
        self.values.push((path.to_owned(), origin));
    }
}

impl PartialEq for Made {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Made {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_made_a_part_is_no_part_of_it() {
        let (one, other) = (Made::here(), Made::here());
        assert_eq!(one, other);
        assert!(one.file().ends_with("made.rs"));
        assert_eq!(one.line(), other.line());
    }
}
