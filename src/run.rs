//! Runs a generated script as a process: its lines as they come, its end, and an interrupt that reaches it.
//!
//! Knows no recipe, no container and no terminal: what is run is the script that CI runs, and how it looks is the matter of `cli`.

mod event;
mod process;

pub use event::{Event, State, Unit};
pub use process::{End, Invocation, Stream, run};
