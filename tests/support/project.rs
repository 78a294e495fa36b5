//! A project in a temporary folder, and ghagen run in it with an environment that says nothing about this machine.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use super::{Output, Tree, repository};

/// A folder with a spec in it, removed when the value is dropped.
///
/// The home folder of the processes lies beside it, so that nothing they leave there shows up in the project.
pub(crate) struct Project {
    temporary: TempDir,
    root: PathBuf,
}

impl Project {
    /// An empty project.
    pub(crate) fn new() -> Self {
        let temporary = tempfile::Builder::new().prefix("ghagen-test-").tempdir().unwrap();
        // Links resolved: a process that asks for its folder gets the same text that the assertions look for.
        let root = fs_err::canonicalize(temporary.path()).unwrap().join("project");
        fs_err::create_dir(&root).unwrap();
        fs_err::create_dir(temporary.path().join("home")).unwrap();
        Self { temporary, root }
    }

    /// A copy of a folder of this repository, such as `tests/golden/cargo`, modes and links included.
    pub(crate) fn copy_of(folder: &str) -> Self {
        let tree = Tree::read(&repository().join(folder));
        assert!(!tree.is_empty(), "nothing to copy in {folder}");
        Self::of(&tree)
    }

    /// A project with these files.
    pub(crate) fn of(tree: &Tree) -> Self {
        let project = Self::new();
        tree.write_to(&project.root);
        project
    }

    /// The same project with this file written, its folders made.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    /// The root of the project.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file, its folders made.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }

    /// The text of a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs_err::read_to_string(self.root.join(path)).unwrap()
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) {
        fs_err::remove_file(self.root.join(path)).unwrap();
    }

    /// All files of the project.
    pub(crate) fn tree(&self) -> Tree {
        Tree::read(&self.root)
    }

    /// Runs ghagen in the project.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Output {
        self.output(self.command(env!("CARGO_BIN_EXE_ghagen")).args(args))
    }

    /// A process that is yet to start, in the project and with the scrubbed environment; for tests that change either.
    ///
    /// The environment is PATH, a home folder, a temporary folder, the C locale, UTC and no colours: nothing else.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.temporary.path().join("home"))
            .env("TMPDIR", std::env::temp_dir())
            .env("LANG", "C")
            .env("TZ", "UTC")
            .env("NO_COLOR", "1");
        command
    }

    /// Runs a process that [`Project::command`] prepared.
    pub(crate) fn output(&self, command: &mut Command) -> Output {
        Output::of(command, &self.root)
    }
}
