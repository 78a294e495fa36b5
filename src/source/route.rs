//! Routes: the symbolic address of a value inside a file, and origins: a route with its file.

use std::fmt;

use super::FileId;

/// One step of a [`Route`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// The value under this key of a mapping.
    Key(String),
    /// The item at this position of a sequence, counted from 0.
    Index(usize),
}

/// The way from the root of a document to one of its values, such as `lines[0].versions`.
///
/// The empty route is the whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Vec<Segment>);

impl Route {
    /// The whole document.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// This route, one key further down.
    #[must_use]
    pub fn key(&self, key: impl Into<String>) -> Self {
        self.with(Segment::Key(key.into()))
    }

    /// This route, one item further down.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    /// The route of the value that holds this one; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.0.split_last()?;
        Some(Self(rest.to_vec()))
    }

    /// The segments, from the root down.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    fn with(&self, segment: Segment) -> Self {
        let mut segments = Vec::with_capacity(self.0.len() + 1);
        segments.extend_from_slice(&self.0);
        segments.push(segment);
        Self(segments)
    }
}

impl FromIterator<Segment> for Route {
    fn from_iter<I: IntoIterator<Item = Segment>>(segments: I) -> Self {
        Self(segments.into_iter().collect())
    }
}

impl fmt::Display for Route {
    /// Writes `outputs.podman.files[0]`, the form that people read; `.` is the root.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str(".");
        }
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if position == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The value of a spec file that something was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The value in it.
    pub route: Route,
}

impl Origin {
    /// The whole of a file.
    pub const fn file(file: FileId) -> Self {
        Self { file, route: Route::root() }
    }

    /// This origin, one key further down.
    #[must_use]
    pub fn key(&self, key: impl Into<String>) -> Self {
        Self { file: self.file, route: self.route.key(key) }
    }

    /// This origin, one item further down.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self { file: self.file, route: self.route.index(index) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn routes_read_as_people_write_them() {
        let route = Route::root().key("lines").index(0).key("needs").index(12);
        assert_eq!(route.to_string(), "lines[0].needs[12]");
        assert_eq!(Route::root().to_string(), ".");
        assert_eq!(Route::root().index(3).key("a").to_string(), "[3].a");
    }

    #[test]
    fn parents_lead_to_the_root() {
        let route = Route::root().key("a").index(1);
        assert_eq!(route.parent(), Some(Route::root().key("a")));
        assert_eq!(route.parent().and_then(|route| route.parent()), Some(Route::root()));
        assert_eq!(Route::root().parent(), None);
        assert_eq!(route.segments().iter().cloned().collect::<Route>(), route);
    }

    #[test]
    fn origins_go_down_with_their_file() {
        let file = Sources::default().add("x", "");
        let origin = Origin::file(file).key("a").index(2);
        assert_eq!(origin, Origin { file, route: Route::root().key("a").index(2) });
    }
}
