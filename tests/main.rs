//! The integration tests: one binary, so that they link once and share one way of running ghagen.
//!
//! What the tests share is in `support`; each other module is one subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "in a test, a panic with a place is the best report"
)]
#![allow(
    clippy::assigning_clones,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::type_complexity,
    reason = "in a test, the short form is the clear one"
)]

mod against;
mod architecture;
mod book;
mod bots;
mod commands;
mod determinism;
mod diagnostics;
mod diagnostics_examples;
mod diagnostics_fixes;
mod diagnostics_index;
mod diagnostics_shape;
mod drift;
mod elsewhere;
mod explain;
mod factory;
mod faults;
mod fuzz_corpus;
mod gate;
mod generate;
mod golden;
mod graph;
mod harness;
mod init;
mod install;
mod licenses;
mod limits;
mod links;
mod lock_update;
mod own_tool;
mod pins;
mod random_specs;
mod real_spec;
mod release;
mod repository;
mod sbom;
mod schema_lines;
mod smoke;
mod sources;
mod support;
mod times;
mod transcripts;
mod units;
mod watch;
