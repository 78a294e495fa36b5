//! The linters over this repository's own workflows and scripts, the generated and the hand-written.

use std::path::Path;

use crate::support::{lint_scripts, lint_workflows, repository};

#[test]
fn workflows_are_clean() {
    lint_workflows(repository());
}

#[test]
fn scripts_are_clean() {
    for folder in [".ci", "tests/tools", "tests/factory", "generated"].map(|folder| repository().join(folder)) {
        if Path::exists(&folder) {
            lint_scripts(&folder);
        }
    }
}
