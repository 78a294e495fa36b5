//! What a process said and how it ended, with assertions that show all of it when they fail.

use std::{fmt, path::Path, process::Command};

/// A finished process. Its texts are UTF-8, and hold `[ROOT]` where the process wrote the folder of its project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    command: String,
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Output {
    /// Runs `command` to its end, with nothing on its standard input; `root` becomes `[ROOT]` in what it prints.
    pub(crate) fn of(command: &mut Command, root: &Path) -> Self {
        let shown = format!("{command:?}");
        let output = command
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("{shown} does not start: {error}"));
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap_or_else(|error| panic!("{shown} wrote no UTF-8: {error}"));
            text.replace(&root.to_string_lossy().into_owned(), "[ROOT]")
        };
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        Self { command: shown, status: output.status.code(), stdout, stderr }
    }

    /// What it wrote on its standard output.
    pub(crate) fn stdout(&self) -> &str {
        &self.stdout
    }

    /// What it wrote on its standard error.
    pub(crate) fn stderr(&self) -> &str {
        &self.stderr
    }

    /// Whether it ended with exit code 0.
    pub(crate) fn is_success(&self) -> bool {
        self.status == Some(0)
    }

    /// Whether a signal ended it.
    pub(crate) fn was_killed(&self) -> bool {
        self.status.is_none()
    }

    /// Asserts the exit code.
    #[track_caller]
    pub(crate) fn status(&self, expected: i32) -> &Self {
        assert!(self.status == Some(expected), "expected exit code {expected}\n{self}");
        self
    }

    /// Asserts that the standard output holds `part`.
    #[track_caller]
    pub(crate) fn stdout_has(&self, part: &str) -> &Self {
        assert!(self.stdout.contains(part), "expected on standard output: {part}\n{self}");
        self
    }

    /// Asserts that the standard error holds `part`.
    #[track_caller]
    pub(crate) fn stderr_has(&self, part: &str) -> &Self {
        assert!(self.stderr.contains(part), "expected on standard error: {part}\n{self}");
        self
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.map_or("none, a signal ended it".to_owned(), |code| code.to_string());
        writeln!(f, "command: {}\nexit code: {status}", self.command)?;
        writeln!(f, "--- standard output\n{}", self.stdout.trim_end())?;
        write!(f, "--- standard error\n{}", self.stderr.trim_end())
    }
}
