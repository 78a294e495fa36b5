//! Relative paths that stay inside the folder they are relative to.

use std::fmt;

/// A path that is none, or that leaves its folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Outside the characters that paths may hold.
    #[error("`{0}` holds a character that a path may not hold: take letters, digits and `._-+@/`")]
    Character(String),
    /// Not below its folder.
    #[error("`{0}` must be a path below its folder: not absolute, and without `.`, `..` or empty parts")]
    Outside(String),
}

/// A path below some folder, with `/` between its names; `.` is the folder itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelativePath(String);

impl RelativePath {
    /// Checks a path. Only characters that need no quoting anywhere are allowed.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+@/".contains(&byte);
        if !text.bytes().all(allowed) {
            return Err(PathError::Character(text.to_owned()));
        }
        let inside = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.starts_with('-');
        if text != "." && !text.split('/').all(inside) {
            return Err(PathError::Outside(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last name of the path.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// This path with a name behind it.
    #[must_use]
    pub fn join(&self, name: &str) -> String {
        if self.0 == "." { name.to_owned() } else { format!("{}/{name}", self.0) }
    }

    /// The folders around the path, the nearest first; without `.`.
    pub fn parents(&self) -> impl Iterator<Item = &str> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            rest = rest.rsplit_once('/')?.0;
            Some(rest)
        })
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for good in [".", "bin/podman", "lib/systemd/system/podman-kube@.service", "a/.x"] {
            assert!(RelativePath::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "/etc", "../x", "a/../b", "a//b", "./a", "a/", "a b", "a\nb", "$x", "a/-rf", "a\\b"] {
            assert!(RelativePath::parse(bad).is_err(), "{bad}");
        }
    }
}
