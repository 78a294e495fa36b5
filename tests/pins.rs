//! Pins: the lock as a file, which pins are used, bumps by bots, audits, merges.

mod format;
