//! The generated scripts, run for real: containers started by podman, sources cloned and compiled, programs and packages proved.
//!
//! What is built is the project in `factory/project`: real programs whose sources are had from Debian and the crate registry, by the
//! recipes of this repository's own spec. Whatever this machine needs for its containers is in its `CONTAINERS_CONF`, the
//! image comes by `GHAGEN_IMAGE`, so the scripts run as they are committed.
//!
//! The builds take minutes: they run in `make test`, or with `GHAGEN_FACTORY=1`; as root, with what `machine` lists.

mod builds;
mod command;
mod environment;
mod machine;
mod project;
mod refusals;
mod table;
