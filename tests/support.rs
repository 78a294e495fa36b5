//! What the tests share: projects in temporary folders, ghagen as a process, trees of files, tools and linters.
//!
//! Knows ghagen only from outside: its arguments, its exit codes, what it prints and writes.

mod github;
mod golden;
mod lint;
mod output;
mod project;
mod random;
mod remotes;
mod small;
mod tools;
mod tree;

use std::path::Path;

pub(crate) use github::{Fault, GitHub, READER, Request};
pub(crate) use golden::{assert_golden_text, assert_golden_tree, assert_same_text, assert_same_tree};
pub(crate) use lint::{lint_scripts, lint_workflows, script_findings, workflow_findings};
pub(crate) use output::Output;
pub(crate) use project::Project;
pub(crate) use random::Random;
pub(crate) use remotes::Remotes;
pub(crate) use small::{edit, generated, small};
pub(crate) use tools::tool;
pub(crate) use tree::{Entry, Tree};

/// The root of this repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
