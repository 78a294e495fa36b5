//! Programs that tests run beside ghagen, such as linters: where they are, and what happens where they are not.

use std::{io::Write, os::unix::fs::PermissionsExt, path::PathBuf};

use super::repository;

/// The path of a tool: the one that tests/tools/install.sh installed, else the one on PATH.
///
/// Where it is missing the test says that it is skipped, and passes; where `CI=true`, it fails.
#[track_caller]
pub(crate) fn tool(name: &str) -> Option<PathBuf> {
    let is_ci = std::env::var_os("CI").is_some_and(|value| value == "true");
    // Straight to the stream: the test runner hides what the print macros of a passing test write.
    look_up(name, is_ci, &mut std::io::stderr())
}

#[track_caller]
fn look_up(name: &str, is_ci: bool, report: &mut dyn Write) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let own = repository().join("target/tools/bin");
    let found = std::iter::once(own).chain(std::env::split_paths(&path)).map(|folder| folder.join(name)).find(|file| {
        file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
    });
    if found.is_none() {
        let thread = std::thread::current();
        let message = format!("SKIPPED {}: {name} is not installed; run make test", thread.name().unwrap_or("test"));
        assert!(!is_ci, "{message}");
        writeln!(report, "{message}").unwrap();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_tool_is_reported_where_it_may_be_missing() {
        let mut report = Vec::new();
        assert!(look_up("bash", true, &mut report).is_some());
        assert_eq!(look_up("no-such-tool", false, &mut report), None);
        let name = "support::tools::tests::a_missing_tool_is_reported_where_it_may_be_missing";
        let expected = format!("SKIPPED {name}: no-such-tool is not installed; run make test\n");
        assert_eq!(String::from_utf8(report).unwrap(), expected);
    }

    #[test]
    fn a_missing_tool_fails_on_ci() {
        assert!(std::panic::catch_unwind(|| look_up("no-such-tool", true, &mut Vec::new())).is_err());
    }
}
