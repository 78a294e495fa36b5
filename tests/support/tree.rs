//! A folder as a value: every file and link under it, with bytes and the executable bit.

use std::{
    collections::{BTreeMap, BTreeSet},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A regular file. Of its mode only the executable bit counts: the rest belongs to the umask.
    File {
        /// Its content.
        bytes: Vec<u8>,
        /// Whether its owner may execute it.
        executable: bool,
    },
    /// A symbolic link, never followed.
    Link {
        /// Where it points to, as written.
        target: PathBuf,
    },
}

/// The files and links under a folder, by path with `/` between names. Folders count only for what they hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tree(BTreeMap<String, Entry>);

impl Tree {
    /// Reads a folder, without `.git`. A folder that does not exist is empty.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut tree = Self::default();
        if folder.exists() {
            tree.read_into("", folder);
        }
        tree
    }

    fn read_into(&mut self, prefix: &str, folder: &Path) {
        for item in fs_err::read_dir(folder).unwrap() {
            let item = item.unwrap();
            let name = item.file_name().into_string().unwrap_or_else(|name| panic!("{} is no UTF-8", name.display()));
            let path = format!("{prefix}{name}");
            let kind = item.file_type().unwrap();
            if kind.is_symlink() {
                self.0.insert(path, Entry::Link { target: fs_err::read_link(item.path()).unwrap() });
            } else if kind.is_file() {
                let executable = item.metadata().unwrap().permissions().mode() & 0o100 != 0;
                self.0.insert(path, Entry::File { bytes: fs_err::read(item.path()).unwrap(), executable });
            } else if kind.is_dir() && path != ".git" {
                self.read_into(&format!("{path}/"), &item.path());
            }
        }
    }

    /// The same tree with one more text file.
    pub(crate) fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), Entry::File { bytes: text.as_bytes().to_vec(), executable: false });
        self
    }

    /// The part of the tree whose paths `keep` accepts.
    pub(crate) fn only(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|path, _| keep(path));
        self
    }

    /// Whether it holds no file and no link.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What lies at this path.
    pub(crate) fn get(&self, path: &str) -> Option<&Entry> {
        self.0.get(path)
    }

    /// All paths, sorted.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The paths of this tree and of another, sorted.
    pub(crate) fn paths_of_both<'a>(&'a self, other: &'a Self) -> BTreeSet<&'a str> {
        self.paths().chain(other.paths()).collect()
    }

    /// Writes every entry below `folder`, over what is there.
    pub(crate) fn write_to(&self, folder: &Path) {
        for (path, entry) in &self.0 {
            let path = folder.join(path);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            if path.is_symlink() {
                fs_err::remove_file(&path).unwrap();
            }
            match entry {
                Entry::File { bytes, executable } => {
                    fs_err::write(&path, bytes).unwrap();
                    let mode = if *executable { 0o755 } else { 0o644 };
                    fs_err::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
                }
                Entry::Link { target } => fs_err::os::unix::fs::symlink(target, &path).unwrap(),
            }
        }
    }
}
