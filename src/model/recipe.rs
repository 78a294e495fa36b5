//! Recipes: how a component is built, one type per build system.

use super::{Bash, Conditional, RelativePath, Template, ToolRelease};

/// How a component is built.
#[derive(Debug, Clone)]
pub enum Recipe {
    /// Go programs.
    Go(Go),
    /// Rust programs.
    Cargo(Cargo),
    /// A Makefile without a configure step.
    Make(Make),
    /// `configure`, then `make`.
    Autotools(Autotools),
    /// Meson and ninja.
    Meson(Meson),
    /// CMake and ninja.
    Cmake(Cmake),
    /// Files copied as they are.
    Files(Vec<Copy>),
    /// The user's own bash.
    Script(Bash),
}

impl Recipe {
    /// The build system as the spec names it.
    pub const fn system(&self) -> &'static str {
        match self {
            Self::Go(_) => "go",
            Self::Cargo(_) => "cargo",
            Self::Make(_) => "make",
            Self::Autotools(_) => "autotools",
            Self::Meson(_) => "meson",
            Self::Cmake(_) => "cmake",
            Self::Files(_) => "files",
            Self::Script(_) => "script",
        }
    }
}

/// A file copied from below the source to below the prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// From, below the source.
    pub from: RelativePath,
    /// To, below the prefix, and where it applies.
    pub to: Conditional<RelativePath>,
}

/// Go programs.
#[derive(Debug, Clone)]
pub struct Go {
    /// The exact Go release.
    pub release: ToolRelease,
    /// Build tags.
    pub tags: Vec<Conditional<Template>>,
    /// Whether modules come from the source's `vendor` folder.
    pub vendor: bool,
    /// More arguments of `go build`.
    pub options: Vec<Conditional<Template>>,
    /// The programs.
    pub programs: Vec<GoProgram>,
}

/// One Go program.
#[derive(Debug, Clone)]
pub struct GoProgram {
    /// Where it is installed, below the prefix.
    pub path: RelativePath,
    /// The package to build.
    pub package: String,
    /// Whether C code is linked in.
    pub cgo: bool,
    /// Variables set at link time: name and value.
    pub stamps: Vec<(Template, Conditional<Template>)>,
}

/// Rust programs.
#[derive(Debug, Clone)]
pub struct Cargo {
    /// The exact Rust release.
    pub release: ToolRelease,
    /// The folder of `Cargo.toml`.
    pub directory: RelativePath,
    /// Features to switch on.
    pub features: Vec<Conditional<Template>>,
    /// More arguments of `cargo build`.
    pub options: Vec<Conditional<Template>>,
    /// Name of the binary, and where it is installed below the prefix.
    pub programs: Vec<(String, RelativePath)>,
}

/// One run of make.
#[derive(Debug, Clone, Default)]
pub struct MakeStep {
    /// Targets.
    pub targets: Vec<Conditional<Template>>,
    /// Variables.
    pub variables: Vec<(String, Conditional<Template>)>,
}

/// A Makefile without a configure step.
#[derive(Debug, Clone)]
pub struct Make {
    /// The folder of the Makefile.
    pub directory: RelativePath,
    /// The build.
    pub build: MakeStep,
    /// The installation.
    pub install: Option<MakeStep>,
    /// What is copied after that.
    pub copy: Vec<Copy>,
}

/// What makes the `configure` script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bootstrap {
    /// The source carries it.
    None,
    /// `autoreconf --force --install`.
    Autoreconf,
    /// The source's own `./autogen.sh`.
    Autogen,
}

/// `configure`, then `make`.
#[derive(Debug, Clone)]
pub struct Autotools {
    /// The folder of `configure`.
    pub directory: RelativePath,
    /// What makes the `configure` script.
    pub bootstrap: Bootstrap,
    /// Arguments of `configure`.
    pub configure: Vec<Conditional<Template>>,
    /// Variables given to `configure`.
    pub variables: Vec<(String, Conditional<Template>)>,
    /// The build.
    pub build: MakeStep,
    /// The installation.
    pub install: Option<MakeStep>,
    /// What is copied after that.
    pub copy: Vec<Copy>,
}

/// Meson and ninja.
#[derive(Debug, Clone)]
pub struct Meson {
    /// The folder of `meson.build`.
    pub directory: RelativePath,
    /// Arguments of `meson setup`.
    pub options: Vec<Conditional<Template>>,
    /// Targets; without any, everything.
    pub targets: Vec<Conditional<Template>>,
    /// Whether `meson install` follows.
    pub install: bool,
    /// What is copied after that.
    pub copy: Vec<Copy>,
}

/// CMake and ninja.
#[derive(Debug, Clone)]
pub struct Cmake {
    /// The folder of `CMakeLists.txt`.
    pub directory: RelativePath,
    /// Arguments of `cmake`.
    pub options: Vec<Conditional<Template>>,
    /// Targets; without any, everything.
    pub targets: Vec<Conditional<Template>>,
    /// Whether `cmake --install` follows.
    pub install: bool,
    /// What is copied after that.
    pub copy: Vec<Copy>,
}
