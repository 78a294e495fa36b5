//! What stands on a disk, as a value: so that comparing needs no disk.

use std::collections::BTreeMap;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file.
    File {
        /// Its content.
        bytes: Vec<u8>,
        /// Whether its owner may execute it.
        executable: bool,
    },
    /// A symbolic link, wherever it leads.
    Link,
    /// A folder.
    Folder,
    /// A pipe, a device or the like.
    Other,
}

/// What stands in some folders of a project, by path below the project, with `/` between names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree(BTreeMap<String, Entry>);

impl Tree {
    /// Takes up what stands at a path.
    pub fn insert(&mut self, path: impl Into<String>, entry: Entry) {
        self.0.insert(path.into(), entry);
    }

    /// Forgets what stands at a path.
    pub fn remove(&mut self, path: &str) {
        self.0.remove(path);
    }

    /// What stands at a path.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.0.get(path)
    }

    /// Everything, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// What keeps a file from standing at a path, in words: no file there, or no folder above it.
    pub(super) fn obstacle(&self, path: &str) -> Option<String> {
        let above = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        let is_in_the_way = |path: &str, entry: &Entry| match entry {
            Entry::Folder => None,
            Entry::File { .. } => Some(format!("`{path}`, which is a file and not a folder")),
            Entry::Link => Some(format!("`{path}`, which is a symbolic link and not a folder")),
            Entry::Other => Some(format!("`{path}`, which is not a folder")),
        };
        let mut above = above.filter_map(|path| Some((path, self.get(path)?)));
        above.find_map(|(path, entry)| is_in_the_way(path, entry)).or_else(|| match self.get(path)? {
            Entry::File { .. } => None,
            Entry::Folder => Some("a folder".to_owned()),
            Entry::Link => Some("a symbolic link".to_owned()),
            Entry::Other => Some("something that is no file".to_owned()),
        })
    }
}

impl FromIterator<(String, Entry)> for Tree {
    fn from_iter<I: IntoIterator<Item = (String, Entry)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_needs_folders_above_it_and_nothing_else_in_its_place() {
        let mut tree = Tree::default();
        tree.insert("generated", Entry::Folder);
        tree.insert("generated/a", Entry::File { bytes: Vec::new(), executable: false });
        tree.insert("generated/link", Entry::Link);
        tree.insert("generated/folder", Entry::Folder);
        assert_eq!(tree.obstacle("generated/new/file"), None);
        assert_eq!(tree.obstacle("generated/a"), None);
        assert_eq!(tree.obstacle("generated/link").as_deref(), Some("a symbolic link"));
        assert_eq!(tree.obstacle("generated/folder").as_deref(), Some("a folder"));
        let message = tree.obstacle("generated/link/x/y").unwrap();
        assert_eq!(message, "`generated/link`, which is a symbolic link and not a folder");
        assert!(tree.obstacle("generated/a/x").unwrap().contains("which is a file"));
    }
}
