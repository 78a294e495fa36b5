//! `spec/components/<tool>.yaml` of a new project: a recipe that is right for a typical project of each build system; and the
//! allocator that C programs link.

use super::node::{list, map, number, some, text, truth};
use super::{System, Tool};
use crate::yaml::Node;

/// Where the allocator is written.
pub(super) const ALLOCATOR_PATH: &str = "spec/components/mimalloc.yaml";

const SCHEMA: &str = "yaml-language-server: $schema=../../generated/schema/component.json";

/// The component of the tool.
pub(super) fn node(tool: &Tool) -> Node {
    let name = tool.name.as_str();
    let header = format!(
        "{SCHEMA}\n\nHow {name} is built. No flag for linking here: what `program` declares is added to every link, and proved\n\
         after the build and again in the package."
    );
    let license =
        "An SPDX expression, such as MIT. NOASSERTION says that nobody has looked yet: look, and write it here.";
    let source = map([("upstream", text(name).with_above("The version and the commit of the run."))]);
    let recipe = map([(tool.system.as_str(), recipe(tool.system, name))]);
    map([
        ("component", text(name).with_blank_before()),
        ("kind", text("program")),
        ("summary", text(format!("The {name} of this run"))),
        ("license", text("NOASSERTION").with_above(license)),
        ("source", source.with_blank_before()),
        ("recipe", recipe.with_blank_before()),
        ("outputs", outputs(tool.system, name).with_blank_before()),
    ])
    .with_above(header)
}

fn recipe(system: System, name: &str) -> Node {
    let installed = format!("bin/{name}");
    match system {
        System::Cargo => map([
            (
                "release",
                text(">=1.85")
                    .with_above("The oldest Rust that builds it. The highest one that fits in the lock is taken."),
            ),
            ("options", list(["--bin", name]).with_above("Of a workspace, this program alone.")),
            (
                "programs",
                map([(name, text(installed))]).with_above("The name of the binary, and where it is installed."),
            ),
        ]),
        System::Go => go(name, &installed),
        System::Make => {
            let compiler = "On the command line, so that a `CC = gcc` in the Makefile does not win.";
            let variables = map([("CC", text("{triple}-clang").with_above(compiler))]);
            let copy = "Where `make` leaves the program, and where it belongs. With `install: {targets: [install]}` its own rule does it.";
            map([("build", map([("variables", variables)])), ("copy", map([(name, text(installed))]).with_above(copy))])
        }
        System::Autotools => {
            let bootstrap = "Git has no `configure`, only what it is made from. `none` where it is committed, `autogen` for autogen.sh.";
            let configure = "Each build starts from nothing, so that nothing is ever built a second time.";
            map([
                ("bootstrap", text("autoreconf").with_above(bootstrap)),
                ("configure", list(["--disable-dependency-tracking"]).with_above(configure)),
                ("install", map([("targets", list(["install"]))])),
            ])
        }
        System::Meson => {
            let install = "Below {prefix}; what is not named under `outputs` is in no package.";
            map([
                ("options", list(["-Dauto_features=disabled"]).with_above(
                    "Nothing is taken because the machine happens to have it. Switch on what is wanted: -DNAME=enabled.",
                )),
                ("install", truth(true).with_above(install)),
            ])
        }
        System::Cmake => {
            let install = "Below {prefix}; what is not named under `outputs` is in no package.";
            map([
                ("options", list(["-DBUILD_TESTING=OFF"]).with_above("Tests would be built, and not be run.")),
                ("install", truth(true).with_above(install)),
            ])
        }
    }
}

fn go(name: &str, installed: &str) -> Node {
    let stamp = "What many programs print as their version. Where there is no such variable, Go does not say so.";
    let program = map([
        ("package", text(".").with_above(format!("Where its `package main` is; often ./cmd/{name}."))),
        (
            "cgo",
            truth(false).with_above("Without C the program needs no C library at all. `true` if it cannot do without."),
        ),
        ("stamps", map([("main.version", text("{version}"))]).with_above(stamp)),
    ]);
    map([
        (
            "release",
            text(">=1.26, <1.27")
                .with_above("Newer releases of Go do not build everything: raise it when upstream does."),
        ),
        ("vendor", truth(false).with_above("`true` if upstream commits its `vendor` folder.")),
        ("programs", Node::mapping([(installed.to_owned(), program)])),
    ])
}

fn outputs(system: System, name: &str) -> Node {
    let (link, allocator, reason, size) = match system {
        System::Cargo => {
            ("static-pie", "libc", Some("Rust's musl target brings a C library of its own, with its malloc."), 300_000)
        }
        System::Go => {
            ("static", "none", Some("Go manages its memory itself, and without cgo there is no malloc."), 1_000_000)
        }
        System::Make | System::Autotools | System::Meson | System::Cmake => ("static", "mimalloc", None, 30_000),
    };
    let size_why = "A guard against what is empty or cut off. Raise it to half the size of a good build.";
    let check = "It has to answer with its version. Without this key it is not run during the build.";
    let check = version_check().with_above(check);
    let program = some([
        Some(("link", text(link))),
        Some(("allocator", text(allocator))),
        reason.map(|reason| ("reason", text(reason))),
        Some(("minimum_size", number(size).with_above(size_why))),
        Some(("version_check", check)),
    ]);
    let files = Node::sequence([text(format!("bin/{name}"))]).with_flow();
    map([(name, map([("files", files), ("place", text("bin")), ("program", program)]))])
}

fn version_check() -> Node {
    map([("arguments", list(["--version"])), ("expect", text("{version}"))])
}

/// The allocator, as this repository builds it.
pub(super) fn allocator() -> Node {
    let script = "\"$CC\" -O3 -DNDEBUG -DMI_MALLOC_OVERRIDE=1 -DMI_STATIC_LIB -DMI_LIBC_MUSL=1 -fPIC -ftls-model=initial-exec \\\n\
                  \x20 -fno-builtin-malloc -Iinclude -c src/static.c -o mimalloc.o\n\
                  install -D --mode=0644 mimalloc.o \"$PREFIX/lib/mimalloc.o\"\n";
    let why = "Not CMake: it makes an archive, which is silently ignored behind -lc. malloc and free become mimalloc's\n\
               (MI_MALLOC_OVERRIDE), nothing of glibc is expected (MI_LIBC_MUSL), and the compiler may not reason about the\n\
               malloc that is being defined here (no-builtin-malloc).";
    let git = map([
        ("url", text("https://github.com/microsoft/mimalloc")),
        ("tags", text("^v(?<version>3[.][0-9]+[.][0-9]+)$").with_above("Lines 1, 2 and 3 live side by side.")),
        ("versions", text(">=3.4, <4")),
    ]);
    map([
        ("component", text("mimalloc").with_blank_before()),
        ("kind", text("library")),
        ("summary", text("An allocator, as one object file")),
        ("license", text("MIT")),
        ("source", map([("git", git)]).with_blank_before()),
        ("recipe", map([("script", map([("run", text(script))]).with_above(why))]).with_blank_before()),
    ])
    .with_above(SCHEMA)
}
