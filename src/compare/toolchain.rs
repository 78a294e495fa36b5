//! What compiles, as facts.

use super::thing::Thing;
use super::words::{texts, when};
use crate::model::{Compiler, GitSource, Toolchain};

/// Adds what is known of the toolchain, but for its allocators.
pub(super) fn facts(thing: Thing, toolchain: &Toolchain) -> Thing {
    let Toolchain {
        compiler,
        minimum_clang,
        musl,
        packages,
        environment,
        snapshot,
        meson,
        allocators: _,
        thread_stack,
        seconds,
        origin: _,
    } = toolchain;
    let compiler = match compiler {
        Compiler::Clang => "clang",
        Compiler::MuslGcc => "musl-gcc",
    };
    let seconds = seconds.iter().map(|(arch, seconds)| (arch.to_string(), seconds.to_string())).collect();
    let environment = environment.iter().map(|(name, it)| (format!("{name}{}", when(&it.when)), it.value.text()));
    let mut thing = thing
        .is("compiler", compiler)
        .is("oldest clang", minimum_clang)
        .has("package of every build", texts(packages))
        .map("environment variable of every build", environment.collect())
        .maybe("day of the distribution's packages", *snapshot)
        .maybe("release of meson", meson.as_ref().map(|it| &it.text))
        .maybe("stack of threads in bytes", *thread_stack)
        .map("time in seconds to set up the toolchain for", seconds);
    if let Some(pin) = musl.pin(None) {
        thing = thing.pin("musl", pin.version.as_str(), pin.commit.as_str());
    }
    git(thing, "musl", musl)
}

/// Adds where a git repository is; its pins are told by what is built of them.
pub(super) fn git(thing: Thing, of: &str, source: &GitSource) -> Thing {
    let GitSource { url, tags, versions, submodules, pins: _, unresolved, origin: _ } = source;
    let what = |what: &str| if of.is_empty() { what.to_owned() } else { format!("{what} of {of}") };
    thing
        .is(&what("repository"), url)
        .is(&what("pattern of tags"), tags.as_str())
        .is(&what("range of versions"), versions)
        .flag(&what("use of submodules"), *submodules)
        .maybe(&what("reason for no pin"), unresolved.as_ref())
}
