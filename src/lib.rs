//! ghagen compiles a description of what a repository ships into the workflows and scripts that ship it.
//!
//! The stages, each a module that the next one reads:
//! [`source`] and [`yaml`] read text, [`spec`] gives it a shape, `lower` gives it meaning, `rules` judge it, `plan` decides,
//! `emit` writes bytes into memory; `check` compares them with a tree and `output` writes them to one.

pub mod check;
pub mod cli;
pub mod compare;
pub mod compile;
pub mod diagnostic;
pub mod emit;
pub mod explain;
pub mod gha;
pub mod init;
pub mod lock;
pub mod lower;
pub mod model;
pub mod output;
pub mod plan;
pub mod project;
pub mod resolve;
pub mod rules;
pub mod run;
pub mod source;
pub mod spec;
pub mod yaml;
