//! The values of the scripts that the project's own settings make: the builder, the toolchain, the release.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::marks::Marks;
use super::tool::UNRESOLVED;
use super::{items, word};
use crate::model::{Arch, BuildMode, BuilderKind, Compiler, ComponentName, Image, Model, Recipe};

/// How many threads compress. Fixed, because the bytes depend on whether it is one or several.
const COMPRESSION_THREADS: u64 = 4;

/// Packages of the distribution that fetch, unpack and build, whatever is built.
const BASE_PACKAGES: [&str; 11] =
    ["ca-certificates", "curl", "file", "git", "gzip", "make", "patch", "pkg-config", "tar", "xz-utils", "zstd"];

/// `build-tool.sh`.
pub(super) fn build_tool(model: &Model) -> Value {
    let builder = &model.project.builder;
    let base = builder.container_image().map(Image::reference).unwrap_or_default();
    let persistent = builder.persistent.as_ref().filter(|_| builder.kind == BuilderKind::Image);
    // Without the image that is made for it, a build can still start from the bare one.
    let (image, fallback) = match persistent {
        Some(image) => (image.name.to_string(), Some(base)),
        None => (base, builder.fallback.as_ref().map(Image::reference)),
    };
    let own = model.tools.values().filter(|tool| tool.upstream.url.is_none());
    context! {
        own_tools => items::list(own.map(|tool| word::quote(tool.name.as_str()))),
        builder => if builder.kind == BuilderKind::Runner { "runner" } else { "container" },
        image => word::quote(&image),
        by_host => persistent.is_some(),
        fallback_image => fallback.map(|image| word::quote(&image)),
    }
}

/// `package.sh`.
pub(super) fn package(model: &Model) -> Value {
    context! { zstd_level => model.project.release.compression_level, zstd_threads => COMPRESSION_THREADS }
}

/// `check-version.sh`.
pub(super) fn check(model: &Model) -> Value {
    let schedule = &model.project.schedule;
    context! {
        branch => word::assigned(&model.project.branch),
        retry_days => schedule.retry_days,
        most_builds => schedule.most_builds,
        starts_rebuilds => schedule.starts_rebuilds,
    }
}

/// The scripts of a release.
pub(super) fn release(model: &Model) -> Value {
    let release = &model.project.release;
    context! {
        signature_suffix => word::quote(&release.signature_suffix),
        attest => release.attest,
        branch => model.project.branch.as_str(),
        cosign => release.cosign.as_ref().map(|cosign| word::quote(&cosign.text)),
    }
}

/// `run-build.sh`.
pub(super) fn arches(model: &Model) -> Value {
    context! { arches => arch_values(model) }
}

/// `setup-build-env.sh`, for these components.
pub(super) fn setup(model: &Model, built: &BTreeSet<&ComponentName>, marks: &mut Marks) -> Result<Value, String> {
    let toolchain = &model.project.toolchain;
    let components: Vec<_> = built.iter().filter_map(|name| model.components.get(*name)).collect();
    let mut packages: BTreeSet<&str> = toolchain.packages.iter().map(String::as_str).collect();
    packages.extend(BASE_PACKAGES);
    if toolchain.compiler == Compiler::MuslGcc {
        packages.extend(["binutils", "g++", "gcc", "libc6-dev"]);
    }
    let mut rust = BTreeSet::new();
    let mut needs_go = false;
    for component in &components {
        packages.extend(component.packages.iter().map(String::as_str));
        match &component.recipe {
            Recipe::Go(_) => needs_go = true,
            Recipe::Cargo(cargo) => {
                rust.insert(cargo.release.version.as_str());
            }
            _ => {}
        }
    }
    let meson = components.iter().any(|component| matches!(component.recipe, Recipe::Meson(_)));
    let meson = toolchain.meson.as_ref().filter(|_| meson).map(|release| release.version.as_str());
    if meson.is_some() {
        packages.extend(["ninja-build", "python3", "python3-venv"]);
    }
    let (tag, commit, musl_origin) = match (toolchain.musl.pin(None), &toolchain.musl.unresolved) {
        (Some(pin), _) => (pin.tag.as_str(), pin.commit.as_str(), &pin.origin),
        (None, Some(_)) => ("", UNRESOLVED, &toolchain.musl.origin),
        (None, None) => return Err("a pin of musl".to_owned()),
    };
    Ok(context! {
        packages => items::list(packages),
        compiler => match toolchain.compiler {
            Compiler::Clang => "clang",
            Compiler::MuslGcc => "musl-gcc",
        },
        clang_minimum => toolchain.minimum_clang,
        musl => context! {
            url => word::quote(toolchain.musl.url.as_str()),
            tag => word::quote(tag),
            commit => commit,
            mark => marks.mark(musl_origin),
        },
        snapshot => toolchain.snapshot.map(|day| context! {
            day => day.to_string(),
            stamp => format!("{}T000000Z", day.compact()),
            mark => marks.mark(&toolchain.origin.key("snapshot")),
        }),
        meson => meson,
        needs_go => needs_go,
        rust => items::list(rust),
        arches => arch_values(model),
        packages_mark => marks.mark(&toolchain.origin.key("packages")),
    })
}

/// `Containerfile.build`.
pub(super) fn containerfile(model: &Model) -> Value {
    // An image serves all arches that are built on machines like the one that it was made on.
    let mut hosts: Vec<(Arch, Vec<&str>)> = Vec::new();
    for (arch, settings) in &model.project.arches {
        let host = match settings.build {
            BuildMode::Native => *arch,
            BuildMode::CrossFrom(host) => host,
        };
        match hosts.iter_mut().find(|(other, _)| *other == host) {
            Some((_, arches)) => arches.push(arch.as_str()),
            None => hosts.push((host, vec![arch.as_str()])),
        }
    }
    let hosts =
        hosts.into_iter().map(|(host, arches)| context! { machine => machine(host), arches => items::list(arches) });
    let image = model.project.builder.container_image().map(Image::reference);
    context! { image => image, hosts => hosts.collect::<Vec<Value>>() }
}

fn arch_values(model: &Model) -> Vec<Value> {
    let value = |arch: &Arch| {
        context! {
            arch => arch.as_str(),
            triple => arch.triple(),
            machine => machine(*arch),
            goarch => arch.as_str(),
            rust_target => arch.rust_target(),
        }
    };
    model.project.arches.keys().map(value).collect()
}

/// The name that the kernel gives a machine of this arch: the first part of its triple.
fn machine(arch: Arch) -> &'static str {
    arch.triple().split('-').next().unwrap_or_default()
}
