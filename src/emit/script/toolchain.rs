//! The values of the scripts that the project's own settings make: the builder, the toolchain, the release.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value, context};

use super::marks::{Marks, below};
use super::tool::UNRESOLVED;
use super::{items, recipe, word};
use crate::model::{Arch, ArchSettings, BuildMode, BuilderKind, Compiler, ComponentName, Image, Model, Recipe};
use crate::source::Origin;

/// How many threads compress. Fixed, because the bytes depend on whether it is one or several.
const COMPRESSION_THREADS: u64 = 4;

/// Packages of the distribution that fetch, unpack and build, whatever is built.
const BASE_PACKAGES: [&str; 11] =
    ["ca-certificates", "curl", "file", "git", "gzip", "make", "patch", "pkg-config", "tar", "xz-utils", "zstd"];

/// `build-tool.sh`.
pub(super) fn build_tool(model: &Model, marks: &mut Marks) -> Value {
    let builder = &model.project.builder;
    marks.names(
        &builder.origin,
        &[
            ("builder", "kind"),
            ("by_host", "kind"),
            ("by_host", "persistent_image"),
            ("image", "image"),
            ("fallback_image", "fallback_image"),
        ],
    );
    if builder.kind == BuilderKind::Image {
        marks.names(&builder.origin, &[("image", "persistent_image.name")]);
    }
    image_names(model, marks);
    marks.name("fallback_image", || builder.origin.key("persistent_image"));
    let base = builder.container_image().map(Image::reference).unwrap_or_default();
    let persistent = builder.persistent.as_ref().filter(|_| builder.kind == BuilderKind::Image);
    // Without the image that is made for it, a build can still start from the bare one.
    let (image, fallback) = match persistent {
        Some(image) => (image.name.to_string(), Some(base)),
        None => (base, builder.fallback.as_ref().map(Image::reference)),
    };
    let own = model.tools.values().filter(|tool| tool.upstream.url.is_none());
    let own: Vec<String> =
        own.map(|tool| marks.value(word::quote(tool.name.as_str()), [&tool.upstream.origin.key("self")])).collect();
    context! {
        own_tools => items::list(own),
        builder => if builder.kind == BuilderKind::Runner { "runner" } else { "container" },
        image => word::quote(&image),
        by_host => persistent.is_some(),
        fallback_image => fallback.map(|image| word::quote(&image)),
    }
}

/// The pins of the images.
fn image_names(model: &Model, marks: &mut Marks) {
    let builder = &model.project.builder;
    for (name, image) in [("image", builder.image.as_ref()), ("fallback_image", builder.fallback.as_ref())] {
        let Some(image) = image else { continue };
        marks.name(name, || below(&model.project.lock, &["images", image.name.as_str()]));
    }
}

/// `package.sh`.
pub(super) fn package(model: &Model, marks: &mut Marks) -> Value {
    marks.names(&model.project.release.origin, &[("zstd_level", "compression_level")]);
    context! { zstd_level => model.project.release.compression_level, zstd_threads => COMPRESSION_THREADS }
}

/// `check-version.sh`.
pub(super) fn check(model: &Model, marks: &mut Marks) -> Value {
    let schedule = &model.project.schedule;
    marks.names(
        &model.project.origin,
        &[
            ("branch", "project.branch"),
            ("retry_days", "schedule.retry_days"),
            ("most_builds", "schedule.most_builds"),
            ("starts_rebuilds", "schedule.rebuilds"),
        ],
    );
    context! {
        branch => word::assigned(&model.project.branch),
        retry_days => schedule.retry_days,
        most_builds => schedule.most_builds,
        starts_rebuilds => schedule.starts_rebuilds,
    }
}

/// The scripts of a release.
pub(super) fn release(model: &Model, marks: &mut Marks) -> Value {
    let release = &model.project.release;
    marks.names(
        &model.project.origin,
        &[
            ("branch", "project.branch"),
            ("signature_suffix", "release.signature_suffix"),
            ("attest", "release.attest"),
            ("attest", "repository.visibility"),
        ],
    );
    marks.name("cosign", || below(&model.project.lock, &["tools", "cosign"]));
    context! {
        signature_suffix => word::quote(&release.signature_suffix),
        attest => release.attest,
        branch => model.project.branch.as_str(),
        cosign => release.cosign.as_ref().map(|cosign| word::quote(&cosign.text)),
    }
}

/// `run-build.sh`.
pub(super) fn arches(model: &Model, marks: &mut Marks) -> Value {
    context! { arches => arch_values(model, marks) }
}

/// `setup-build-env.sh`, for these components.
pub(super) fn setup(model: &Model, built: &BTreeSet<&ComponentName>, marks: &mut Marks) -> Result<Value, String> {
    let toolchain = &model.project.toolchain;
    let components: Vec<_> = built.iter().filter_map(|name| model.components.get(*name)).collect();
    marks.names(
        &toolchain.origin,
        &[("compiler", "compiler"), ("clang_minimum", "minimum_clang"), ("snapshot", "snapshot"), ("meson", "meson")],
    );
    marks.name("meson", || below(&model.project.lock, &["tools", "meson"]));
    let mut packages: BTreeMap<&str, Vec<Origin>> = BTreeMap::new();
    for (index, name) in toolchain.packages.iter().enumerate() {
        packages.entry(name).or_default().push(toolchain.origin.key("packages").index(index));
    }
    for tool in model.tools.values() {
        for (index, name) in tool.packages.iter().enumerate() {
            packages.entry(name).or_default().push(tool.origin.key("packages").index(index));
        }
    }
    for name in BASE_PACKAGES {
        packages.entry(name).or_default();
    }
    if toolchain.compiler == Compiler::MuslGcc {
        for name in ["binutils", "g++", "gcc", "libc6-dev"] {
            packages.entry(name).or_default().push(toolchain.origin.key("compiler"));
        }
    }
    let mut rust: BTreeMap<&str, Vec<Origin>> = BTreeMap::new();
    let mut needs_go = false;
    for component in &components {
        for (index, name) in component.packages.iter().enumerate() {
            packages.entry(name).or_default().push(component.origin.key("packages").index(index));
        }
        let recipe = component.origin.key("recipe");
        match &component.recipe {
            Recipe::Go(_) => {
                needs_go = true;
                marks.name("needs_go", || recipe.key("go"));
            }
            Recipe::Cargo(cargo) => {
                marks.name("rust", || recipe.key("cargo"));
                let origins = rust.entry(cargo.release.version.as_str()).or_default();
                origins.push(below(&recipe, &["cargo", "release"]));
                origins.extend(recipe::release_of(model, component));
            }
            _ => {}
        }
    }
    let meson = components.iter().any(|component| matches!(component.recipe, Recipe::Meson(_)));
    let meson = toolchain.meson.as_ref().filter(|_| meson).map(|release| release.version.as_str());
    if meson.is_some() {
        for name in ["ninja-build", "python3", "python3-venv"] {
            packages.entry(name).or_default().push(toolchain.origin.key("meson"));
        }
    }
    let marked = |values: BTreeMap<&str, Vec<Origin>>, marks: &mut Marks| {
        items::list(values.into_iter().map(|(value, origins)| marks.value(value, &origins)).collect::<Vec<String>>())
    };
    let (tag, commit, musl_origin) = match (toolchain.musl.pin(None), &toolchain.musl.unresolved) {
        (Some(pin), _) => (pin.tag.as_str(), pin.commit.as_str(), &pin.origin),
        (None, Some(_)) => ("", UNRESOLVED, &toolchain.musl.origin),
        (None, None) => return Err("a pin of musl".to_owned()),
    };
    Ok(context! {
        packages => marked(packages, marks),
        compiler => match toolchain.compiler {
            Compiler::Clang => "clang",
            Compiler::MuslGcc => "musl-gcc",
        },
        clang_minimum => toolchain.minimum_clang,
        musl => context! {
            url => marks.value(word::quote(toolchain.musl.url.as_str()), [&toolchain.musl.origin]),
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
        rust => marked(rust, marks),
        arches => arch_values(model, marks),
        packages_mark => marks.mark(&toolchain.origin.key("packages")),
    })
}

/// `Containerfile.build`.
pub(super) fn containerfile(model: &Model, marks: &mut Marks) -> Value {
    marks.names(&model.project.builder.origin, &[("image", "image")]);
    image_names(model, marks);
    // An image serves all arches that are built on machines like the one that it was made on.
    let mut hosts: Vec<(Arch, Vec<String>)> = Vec::new();
    for (arch, settings) in &model.project.arches {
        let host = match settings.build {
            BuildMode::Native => *arch,
            BuildMode::CrossFrom(host) => host,
        };
        let name = marks.value(arch.as_str(), [&settings.origin]);
        match hosts.iter_mut().find(|(other, _)| *other == host) {
            Some((_, arches)) => arches.push(name),
            None => hosts.push((host, vec![name])),
        }
    }
    let hosts =
        hosts.into_iter().map(|(host, arches)| context! { machine => machine(host), arches => items::list(arches) });
    let image = model.project.builder.container_image().map(Image::reference);
    context! { image => image, hosts => hosts.collect::<Vec<Value>>() }
}

fn arch_values(model: &Model, marks: &mut Marks) -> Vec<Value> {
    let value = |(arch, settings): (&Arch, &ArchSettings)| {
        context! {
            arch => marks.value(arch.as_str(), [&settings.origin]),
            triple => arch.triple(),
            machine => machine(*arch),
            goarch => arch.as_str(),
            rust_target => arch.rust_target(),
        }
    };
    model.project.arches.iter().map(value).collect()
}

/// The name that the kernel gives a machine of this arch: the first part of its triple.
fn machine(arch: Arch) -> &'static str {
    arch.triple().split('-').next().unwrap_or_default()
}
