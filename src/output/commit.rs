//! Commits what a run wrote, through the machine's own git, and nothing else that lies around there.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The message of the commit.
const MESSAGE: &str = "Regenerate from the spec";

/// Why nothing was committed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// There is no repository.
    #[error("`--commit` needs a git repository, and `{root}` is in none; nothing was written", root = .0.display())]
    NoRepository(PathBuf),
    /// There is no git.
    #[error("`--commit` needs git, which cannot be started: {0}")]
    NoGit(#[source] io::Error),
    /// git refused.
    #[error("the files were written, but `git {command}` failed:\n{said}")]
    Failed {
        /// What was asked.
        command: &'static str,
        /// What it said.
        said: String,
    },
}

/// What became of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    /// There is a new commit.
    Yes,
    /// The last commit holds these files already.
    Nothing,
}

/// A folder that is under git.
#[derive(Debug, Clone)]
pub struct Repository {
    root: PathBuf,
}

impl Repository {
    /// Finds the repository of a folder, before anything is written into it.
    pub fn find(root: &Path) -> Result<Self, CommitError> {
        let repository = Self { root: root.to_owned() };
        let output = repository.run(&["rev-parse", "--is-inside-work-tree"], &[])?;
        let is_inside = output.status.success() && output.stdout.trim_ascii() == b"true";
        if is_inside { Ok(repository) } else { Err(CommitError::NoRepository(root.to_owned())) }
    }

    /// Commits these files as they are now; those that are gone as removed. Paths are relative to the folder.
    pub fn commit(&self, paths: &[&str]) -> Result<Committed, CommitError> {
        // git refuses a path of which it never knew, so those that came and went without it are left out.
        let known = self.must("ls-files", &["ls-files", "-z", "--"], paths)?;
        let is_known = |path: &str| known.split(|byte| *byte == 0).any(|known| known == path.as_bytes());
        let is_there = |path: &&str| std::fs::symlink_metadata(self.root.join(path)).is_ok();
        let paths: Vec<&str> = paths.iter().copied().filter(|path| is_there(path) || is_known(path)).collect();
        let there: Vec<&str> = paths.iter().copied().filter(is_there).collect();
        if !there.is_empty() {
            self.must("add", &["add", "--pathspec-from-file=-", "--pathspec-file-nul"], &there)?;
        }
        let differs = self.must("status", &["status", "--porcelain", "-z", "--"], &paths)?;
        if paths.is_empty() || differs.is_empty() {
            return Ok(Committed::Nothing);
        }
        let commit =
            ["commit", "--quiet", "--only", "--message", MESSAGE, "--pathspec-from-file=-", "--pathspec-file-nul"];
        self.must("commit", &commit, &paths)?;
        Ok(Committed::Yes)
    }

    fn must(&self, command: &'static str, args: &[&str], paths: &[&str]) -> Result<Vec<u8>, CommitError> {
        let output = self.run(args, paths)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let mut said = String::from_utf8_lossy(&output.stderr).into_owned();
        said.push_str(&String::from_utf8_lossy(&output.stdout));
        Err(CommitError::Failed { command, said: said.trim_end().to_owned() })
    }

    /// Runs git with paths: behind `--` as arguments, or on its standard input where it reads them there.
    fn run(&self, args: &[&str], paths: &[&str]) -> Result<Output, CommitError> {
        let are_arguments = args.last() == Some(&"--");
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(&self.root)
            .args(args)
            .args(if are_arguments { paths } else { &[] })
            // A path is a path, whatever characters are in it.
            .env("GIT_LITERAL_PATHSPECS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(CommitError::NoGit)?;
        if let Some(mut input) = child.stdin.take()
            && !are_arguments
        {
            // If git does not read to the end it says itself why.
            let _ = input.write_all(paths.join("\0").as_bytes());
        }
        child.wait_with_output().map_err(CommitError::NoGit)
    }
}
