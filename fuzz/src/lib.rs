//! What the fuzz targets try, apart from the fuzzer: the tests of ghagen run the same over the committed corpus.
//!
//! Each module takes bytes that anybody could have written, and panics where ghagen breaks a promise. No disk.

pub mod bundle;
pub mod lock;
pub mod manifest;
pub mod promises;
pub mod spec;
pub mod yaml;
