//! The toolchain: compiler, C library, allocators and the packages that every build needs.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::model::{Allocator, AllocatorName, Compiler, Day, Toolchain};
use crate::source::Origin;
use crate::spec;

use super::sink::Sink;
use super::source::MUSL;
use super::{Context, arch, caret, condition, environment, source, text};

/// What compiles.
pub(super) fn lower(context: &Context<'_>, sink: &mut Sink, origin: &Origin) -> Option<Toolchain> {
    let wire = &context.spec.project.value.toolchain;
    let musl = source::git(context, sink, &wire.musl, MUSL, &origin.key("musl"));
    if let Some(musl) = &musl {
        source::require_pin(context, sink, musl, MUSL, None);
    }
    let packages = text::packages(sink, &origin.key("packages"), &wire.packages);
    let environment = environment::of_build(context, sink, &origin.key("environment"), &wire.environment, None);
    let meson = wire.meson.as_ref().and_then(|versions| {
        let origin = origin.key("meson");
        let versions = caret::constraint(sink, &origin, versions)?;
        context.lock.release(sink, &origin, "meson", &versions)
    });
    let snapshot =
        wire.snapshot.as_ref().and_then(|day| sink.take(Code::INVALID_FORM, &origin.key("snapshot"), Day::parse(day)));
    let allocators = allocators(context, sink, &origin.key("allocators"));
    Some(Toolchain {
        compiler: match wire.compiler {
            spec::Compiler::Clang => Compiler::Clang,
            spec::Compiler::MuslGcc => Compiler::MuslGcc,
        },
        minimum_clang: wire.minimum_clang,
        musl: musl?,
        packages,
        environment,
        snapshot,
        meson,
        allocators,
        thread_stack: wire.thread_stack,
        seconds: arch::seconds(context, sink, &origin.key("seconds"), &wire.seconds),
        origin: origin.clone(),
    })
}

fn allocators(context: &Context<'_>, sink: &mut Sink, origin: &Origin) -> BTreeMap<AllocatorName, Allocator> {
    let mut allocators = BTreeMap::new();
    for (name, wire) in &context.spec.project.value.toolchain.allocators {
        let origin = origin.key(name);
        if matches!(name.as_str(), "libc" | "none") {
            let message =
                format!("`{name}` cannot be the name of an allocator: in a program it has a meaning of its own");
            sink.settings(&origin, message, "take another name");
        }
        let name = sink.take_key(Code::INVALID_NAME, &origin, AllocatorName::parse(name));
        let component = context.names.component(sink, &origin.key("component"), &wire.component);
        let object = condition::path(sink, &origin.key("object"), &wire.object);
        let symbol = text::SYMBOL.check(sink, &origin.key("symbol"), &wire.symbol);
        let (Some(name), Some(component), Some(object)) = (name, component, object) else { continue };
        allocators.insert(name, Allocator { component, object, symbol, origin });
    }
    allocators
}
