//! Pins: the lock as text, which pins a project uses, and pins as lines of generated files hold them.
//!
//! Reads and writes values and texts alone: no disk, no network, no wording of reports.

mod audit;
mod bump;
mod edit;
mod line;
mod used;
mod write;

pub use audit::{Audit, Finding, audit};
pub use bump::{Bumps, Fixed, Moved, Place, Refused, Text, bumps};
pub use edit::{prune, set_action, set_image, set_source, set_tool, set_unresolved, take};
pub use used::{Kind, Unresolved, Used, used};
pub use write::write;

/// Where the lock is.
pub const PATH: &str = "spec/ghagen.lock";
