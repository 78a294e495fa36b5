//! The only writer: carries out what a comparison found, and reads what stands on the disk before.
//!
//! Knows nothing of contents. Follows no symbolic link, and removes only what `check` found to be ours.

mod commit;
mod disk;
mod lock;
mod new;
mod write;

pub use commit::{CommitError, Committed, Repository};
pub use disk::read_tree;
pub use lock::write_lock;
pub use new::write_new;
pub use write::{OutputError, refuse, write};
