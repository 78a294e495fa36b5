//! The only writer: carries out what a comparison found, and reads what stands on the disk before.
//!
//! Knows nothing of contents. Follows no symbolic link, and removes only what `check` found to be ours.

mod change;
mod claim;
mod commit;
mod disk;
mod error;
mod leftover;
mod step;
mod write;

pub use claim::Claim;
pub use commit::{CommitError, Committed, Repository};
pub use disk::read_tree;
pub use error::OutputError;
pub use write::refuse;
