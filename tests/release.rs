//! The release line: the generated scripts and workflows are run, with the real gh, git and cosign, against a mock of GitHub's API
//! and local repositories.

mod check;
mod check_traps;
mod fixture;
mod inputs;
mod killed;
mod plan;
mod publish;
mod publish_faults;
mod report;
mod runner;
mod sign;
mod upstream;
mod workflow;
