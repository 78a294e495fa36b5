//! From the plan to bytes in memory. Makes no decisions: same plan, same bytes.
//!
//! YAML is written from typed trees by [`crate::yaml`], scripts from templates by `script`; nothing else knows either.

mod artifact;
mod markdown;
mod pipeline_md;
pub mod script;
pub mod workflow;

pub use artifact::Artifact;
