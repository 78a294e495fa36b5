//! Names of environment variables: of recipes, of whole builds, of hooks. What ghagen sets itself nobody else sets.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::gha::EnvName;
use crate::model::{Conditional, Template};
use crate::source::Origin;
use crate::spec::{Argument, Recipe};

use super::sink::{Sink, Spot};
use super::{Context, condition};

/// What ghagen sets for every recipe, and what decides which programs a recipe finds. The container's scripts read these,
/// so another value would break them, or lead around the compiler of the target.
const RESERVED: [&str; 45] = [
    "ALLOCATOR_OBJECT",
    "AR",
    "ARCH",
    "BASHOPTS",
    "BASH_ENV",
    "BASH_VERSINFO",
    "CACHE",
    "CC",
    "COMMIT",
    "COMPILE_FLAGS",
    "CXX",
    "EPOCH",
    "EUID",
    "GOARCH",
    "GOTOOLCHAIN",
    "HOME",
    "IFS",
    "JOBS",
    "LC_ALL",
    "LINE",
    "LINKS",
    "LINK_FLAGS",
    "MACHINE",
    "NM",
    "PATH",
    "PKG_CONFIG",
    "PKG_CONFIG_LIBDIR",
    "PPID",
    "PREFIX",
    "RANLIB",
    "RUST_TARGET",
    "SHELLOPTS",
    "SOURCE",
    "SOURCE_DATE_EPOCH",
    "STRIP",
    "TOOL",
    "TOOLCHAIN",
    "TRIPLE",
    "UID",
    "UNIT",
    "VARIANT",
    "VERSION",
    "WORK",
    "WORKSPACE",
    "scripts",
];

const RESERVED_PREFIXES: [&str; 3] = ["GHAGEN_", "LINE_", "UNIT_"];

/// What the recipe `go` sets, whatever it was before.
const OF_GO: [&str; 10] =
    ["CGO_ENABLED", "GOAMD64", "GOARM64", "GOCACHE", "GOENV", "GOFLAGS", "GOOS", "GOPATH", "GOROOT", "GOWORK"];

/// What the recipe `cargo` sets, and what would win over it.
const OF_CARGO: [&str; 8] = [
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_HOME",
    "CARGO_INCREMENTAL",
    "CARGO_PROFILE_RELEASE_STRIP",
    "CARGO_TARGET_DIR",
    "RUSTC",
    "RUSTFLAGS",
];

/// The same for one target, by the beginnings of the names.
const OF_CARGO_PREFIXES: [&str; 4] = ["AR_", "CARGO_TARGET_", "CC_", "CXX_"];

fn is_of_cargo(name: &str) -> bool {
    OF_CARGO.contains(&name) || OF_CARGO_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// The recipe that sets a variable itself, where it is this one.
fn set_by(recipe: &Recipe, name: &str) -> Option<&'static str> {
    if recipe.go.is_some() && OF_GO.contains(&name) {
        Some("go")
    } else if recipe.cargo.is_some() && is_of_cargo(name) {
        Some("cargo")
    } else {
        None
    }
}

/// What the script of each component sets, so that a value for all of them would have no effect.
const OF_COMPONENT: [&str; 5] = ["CFLAGS", "CPPFLAGS", "CXXFLAGS", "LDFLAGS", "STEP"];

/// What a step of a hook has already, and what would change the shell or the runner beneath it.
const OF_HOOK: [&str; 21] = [
    "ARCH",
    "ARTIFACT",
    "BASHOPTS",
    "BASH_ENV",
    "BASH_VERSINFO",
    "COMMIT",
    "ENV",
    "EUID",
    "GH_TOKEN",
    "GITHUB_TOKEN",
    "HOME",
    "IFS",
    "LINE",
    "PATH",
    "PPID",
    "RELEASE_TAG",
    "SHELLOPTS",
    "TOOL",
    "UID",
    "VARIANT",
    "VERSION",
];

/// Of these, `INPUT_` is how an action reads its inputs.
const OF_HOOK_PREFIXES: [&str; 4] = ["ACTIONS_", "DISPATCH_", "GHAGEN_", "INPUT_"];

/// The placeholders in the environment of a whole build: what is the same for every recipe of it.
const OF_BUILD: [&str; 4] = ["tool", "arch", "goarch", "triple"];

/// The name of an environment variable of a recipe, which is a key.
pub(super) fn of_recipe(sink: &mut Sink, origin: &Origin, recipe: &Recipe, name: &str) -> Option<EnvName> {
    let parsed = parse(sink, origin, name, "a recipe")?;
    if is_reserved(name) {
        return refuse(
            sink,
            origin,
            format!("`{name}` is set by ghagen for every recipe"),
            "what it says follows from the toolchain and from what the programs declare; for another variable take another name",
        );
    }
    if let Some(recipe) = set_by(recipe, name) {
        let help =
            format!("say it with the keys of `recipe.{recipe}`, such as `options`, or with what the programs declare");
        return refuse(sink, origin, format!("`{name}` is set by the recipe `{recipe}` itself"), &help);
    }
    Some(parsed)
}

/// The environment of every recipe of a build. `lines` are those of the tool; without them, it is that of all tools.
pub(super) fn of_build(
    context: &Context<'_>,
    sink: &mut Sink,
    origin: &Origin,
    wires: &IndexMap<String, Argument>,
    lines: Option<&[&str]>,
) -> Vec<(EnvName, Conditional<Template>)> {
    let mut environment = Vec::new();
    for (name, value) in wires {
        let origin = origin.key(name);
        let (text, at, when) = match value {
            Argument::Always(text) => (text, origin.clone(), None),
            Argument::When(it) => (&it.value, origin.key("value"), Some(&it.when)),
        };
        let when = condition::of_file(&context.names, sink, when, &origin.key("when"), lines);
        // The values of a build go from script to script one a line.
        sink.single_line(&at, text);
        let value = condition::placeholders(sink, &Spot::Value(at), text, &OF_BUILD);
        let name = name_of_build(sink, &origin, name);
        environment.extend(name.zip(value).map(|(name, value)| (name, Conditional { value, when })));
    }
    environment
}

fn name_of_build(sink: &mut Sink, origin: &Origin, name: &str) -> Option<EnvName> {
    let parsed = parse(sink, origin, name, "a build")?;
    if is_reserved(name) {
        let help = "what it says follows from the toolchain and from what the programs declare; for another variable take another name";
        return refuse(sink, origin, format!("`{name}` is set by ghagen for every recipe"), help);
    }
    let is_of_system = OF_GO.contains(&name) || is_of_cargo(name) || OF_COMPONENT.contains(&name);
    if is_of_system {
        let help = "a component can say it: in its `recipe`, or in an `environment` of its own";
        return refuse(sink, origin, format!("`{name}` is set by the recipes themselves, one by one"), help);
    }
    Some(parsed)
}

/// The name of an environment variable of a hook, which is a key.
pub(super) fn of_hook(sink: &mut Sink, origin: &Origin, name: &str) -> Option<EnvName> {
    let parsed = parse(sink, origin, name, "a hook")?;
    if OF_HOOK.contains(&name) || OF_HOOK_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
        let help = "for another value take another name; a bash hook reads the ones that are set already";
        return refuse(sink, origin, format!("`{name}` is not for a hook to set: ghagen or GitHub does"), help);
    }
    Some(parsed)
}

fn parse(sink: &mut Sink, origin: &Origin, name: &str, whose: &str) -> Option<EnvName> {
    let parsed = EnvName::parse(name).ok();
    if parsed.is_none() {
        let message = format!("`{name}` is not a variable that {whose} can set");
        let help = "take a letter or `_`, then letters, digits and `_`; `GITHUB_*` and `RUNNER_*` are GitHub's own";
        refuse::<()>(sink, origin, message, help);
    }
    parsed
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name) || RESERVED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn refuse<T>(sink: &mut Sink, origin: &Origin, message: String, help: &str) -> Option<T> {
    sink.push(Diagnostic::error_at_key(Code::ENVIRONMENT_NAME, origin, message).help(help));
    None
}
