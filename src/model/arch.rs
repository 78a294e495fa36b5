//! Arches: what differs between machines, and how the project builds for them.

use std::fmt;

use crate::gha::RunnerLabel;
use crate::source::Origin;

/// A machine architecture, by the name that Go and container images give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arch {
    /// 64-bit x86.
    Amd64,
    /// 64-bit ARM.
    Arm64,
}

impl Arch {
    /// Every arch that ghagen knows.
    pub const ALL: [Self; 2] = [Self::Amd64, Self::Arm64];

    /// The arch of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|arch| arch.as_str() == name)
    }

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Amd64 => "amd64",
            Self::Arm64 => "arm64",
        }
    }

    /// The target triple of static programs: `x86_64-linux-musl`.
    pub const fn triple(self) -> &'static str {
        match self {
            Self::Amd64 => "x86_64-linux-musl",
            Self::Arm64 => "aarch64-linux-musl",
        }
    }

    /// Rust's name of the same target: `x86_64-unknown-linux-musl`.
    pub const fn rust_target(self) -> &'static str {
        match self {
            Self::Amd64 => "x86_64-unknown-linux-musl",
            Self::Arm64 => "aarch64-unknown-linux-musl",
        }
    }
}

impl fmt::Display for Arch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where an arch is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildMode {
    /// On a runner of the same arch.
    Native,
    /// On a runner of this other arch.
    CrossFrom(Arch),
}

/// How the project builds for an arch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchSettings {
    /// A runner of this arch.
    pub runner: RunnerLabel,
    /// Where it is built.
    pub build: BuildMode,
    /// The runner that builds run on.
    pub build_runner: RunnerLabel,
    /// The spec value that says so.
    pub origin: Origin,
}
