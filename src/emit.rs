//! From decisions to bytes in memory: same input, same bytes.
//!
//! Decides nothing and writes no file.

pub mod workflow;
