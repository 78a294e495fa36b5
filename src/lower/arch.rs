//! The arches of the project: runners, target triples, and who builds for whom.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::gha::RunnerLabel;
use crate::model::{Arch, ArchSettings, BuildMode};
use crate::source::Origin;
use crate::spec::{self, Compiler};

use super::Context;
use super::sink::{Sink, with_names};

/// The arches, in the order of the spec.
pub(super) fn lower(context: &Context<'_>, sink: &mut Sink, origin: &Origin) -> IndexMap<Arch, ArchSettings> {
    let wires = &context.spec.project.value.arches;
    let mut arches = IndexMap::new();
    for (name, wire) in wires {
        let origin = origin.key(name);
        let Some(arch) = Arch::parse(name) else {
            let diagnostic =
                Diagnostic::error_at_key(Code::UNKNOWN_NAME, &origin, format!("no arch is named `{name}`"));
            sink.push(with_names(diagnostic, name, "arches that ghagen knows", &Arch::ALL.map(Arch::as_str)));
            continue;
        };
        triple(sink, &origin.key("triple"), arch, &wire.triple);
        let runner = sink.take(Code::INVALID_RUNNER, &origin.key("runner"), RunnerLabel::parse(&wire.runner));
        let build = build(context, sink, &origin, name, wire);
        let (Some(runner), Some(build)) = (runner, build) else { continue };
        let build_runner = match build {
            BuildMode::Native => Some(runner.clone()),
            // A label that is none was told at its own arch.
            BuildMode::CrossFrom(host) => {
                wires.get(host.as_str()).and_then(|host| RunnerLabel::parse(&host.runner).ok())
            }
        };
        let Some(build_runner) = build_runner else { continue };
        arches.insert(arch, ArchSettings { runner, build, build_runner, origin });
    }
    arches
}

/// Seconds by arch.
pub(super) fn seconds(
    context: &Context<'_>,
    sink: &mut Sink,
    origin: &Origin,
    wires: &IndexMap<String, u64>,
) -> BTreeMap<Arch, u64> {
    let mut seconds = BTreeMap::new();
    for (name, number) in wires {
        let arch = context.names.arch_key(sink, &origin.key(name), name);
        seconds.extend(arch.map(|arch| (arch, *number)));
    }
    seconds
}

fn triple(sink: &mut Sink, origin: &Origin, arch: Arch, triple: &str) {
    if triple != arch.triple() {
        let message = format!("`{triple}` is not the target of {arch}");
        let help = format!("static programs for {arch} are built for `{}`", arch.triple());
        sink.push(Diagnostic::error(Code::SETTINGS, origin, message).fix(help, triple, arch.triple()));
    }
}

fn build(context: &Context<'_>, sink: &mut Sink, origin: &Origin, name: &str, wire: &spec::Arch) -> Option<BuildMode> {
    let project = &context.spec.project.value;
    if wire.build == spec::BuildMode::Native {
        if wire.cross_from.is_some() {
            let message = format!("`{name}` is built natively, so there is nothing to cross from");
            sink.settings(&origin.key("cross_from"), message, "remove `cross_from`, or say `build: cross`");
        }
        return Some(BuildMode::Native);
    }
    if project.toolchain.compiler == Compiler::MuslGcc {
        let message = format!("`musl-gcc` builds natively only, and `{name}` is built by a cross compiler");
        sink.settings(&origin.key("build"), message, "say `build: native` here, or `compiler: clang` in the toolchain");
    }
    let mut natives = project.arches.iter().filter(|(_, wire)| wire.build == spec::BuildMode::Native);
    let Some(host) = &wire.cross_from else {
        let native = natives.next();
        if native.is_none() {
            let message = format!("`{name}` is built by a cross compiler, but no arch is native to run it on");
            sink.settings(&origin.key("build"), message, "say `build: native` for one of the arches");
        }
        return native.and_then(|(host, _)| Arch::parse(host)).map(BuildMode::CrossFrom);
    };
    let at = origin.key("cross_from");
    let arch = context.names.arch(sink, &at, host)?;
    if project.arches.get(host).is_some_and(|host| host.build == spec::BuildMode::Native) {
        return Some(BuildMode::CrossFrom(arch));
    }
    let names: Vec<String> = natives.map(|(name, _)| format!("`{name}`")).collect();
    let help = if names.is_empty() {
        "say `build: native` for one of the arches".to_owned()
    } else {
        format!("native arches: {}", names.join(", "))
    };
    sink.settings(&at, format!("`{host}` is not native, so nothing can be built on it for `{name}`"), help);
    None
}
