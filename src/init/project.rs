//! `spec/ghagen.yaml` of a new project.

use super::node::{line, list, map, number, some, text};
use super::{System, Tool};
use crate::yaml::Node;

/// Where it is written.
pub const PATH: &str = "spec/ghagen.yaml";

/// Where ghagen comes from, as its own package says.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// In place of an address that nobody knows: one that can never exist, so that nothing of a stranger is ever fetched from it.
const NOWHERE: &str = "https://ghagen.invalid/ghagen";

/// Whether this program knows where it comes from.
pub(super) const fn has_home() -> bool {
    !HOME.is_empty()
}

/// Where the gate is to get ghagen from.
pub(super) const fn home() -> &'static str {
    if has_home() { HOME } else { NOWHERE }
}

/// The file.
pub(super) fn node(tool: &Tool) -> Node {
    let name = tool.name.as_str();
    let project = map([
        ("name", text(name.replace(['_', '.'], "-"))),
        ("summary", text(format!("{name} for Linux, as one static program"))),
        ("branch", text("main").with_above("Releases are made from it, and pull requests against it are checked.")),
    ]);
    let header = "yaml-language-server: $schema=../generated/schema/project.json\n\n\
                  What holds for every tool of this repository. The tools are in tools/, what they are built from in components/,\n\
                  every outside input is fixed in ghagen.lock. `ghagen schema` has all keys. After a change: `ghagen generate`.";
    map([
        ("project", project.with_blank_before()),
        ("schedule", schedule(name).with_blank_before()),
        ("builder", builder().with_blank_before()),
        ("arches", arches().with_blank_before()),
        ("toolchain", toolchain(tool.system).with_blank_before()),
        ("layouts", layouts().with_blank_before()),
        ("variants", variants().with_blank_before()),
        ("release", release().with_blank_before()),
        ("gate", gate().with_blank_before()),
    ])
    .with_above(header)
}

fn schedule(name: &str) -> Node {
    // Another minute for each name, so that not all projects ask at once; none that many others take.
    let minute = 2 + name.bytes().fold(0, |sum: u32, byte| (sum * 31 + u32::from(byte)) % 56);
    let minute = if minute % 5 == 0 { minute + 1 } else { minute };
    let why = "Every day, in UTC: each upstream is asked for a new version. At an odd minute, because GitHub delays or drops\n\
               runs at the start of an hour.";
    map([("cron", text(format!("{minute} 4 * * *")).with_above(why))])
}

fn builder() -> Node {
    let why = "Every build runs in a new container of this image, on GitHub as on your machine.";
    map([("image", text("docker.io/ubuntu:24.04").with_above(why))])
}

fn arches() -> Node {
    let arch =
        |triple: &str, runner: Node| map([("triple", text(triple)), ("runner", runner), ("build", text("native"))]);
    let arm = "Runners of this kind are free for public repositories. Without them take arm64 out: packages are tried out on a\n\
               machine of their own arch, however they are built.";
    map([
        ("amd64", arch("x86_64-linux-musl", text("ubuntu-24.04"))),
        ("arm64", arch("aarch64-linux-musl", text("ubuntu-24.04-arm").with_above(arm))),
    ])
}

fn toolchain(system: System) -> Node {
    let musl = map([
        ("url", text("https://git.musl-libc.org/git/musl")),
        ("tags", text("^v(?<version>[0-9]+[.][0-9]+[.][0-9]+)$")),
        ("versions", text(">=1.2.6, <2")),
    ]);
    let packages = match system {
        System::Autotools => Some(list(["autoconf", "automake", "libtool"])),
        System::Cmake => Some(list(["cmake", "ninja-build"])),
        System::Cargo | System::Go | System::Make | System::Meson => None,
    };
    let packages = packages.map(|packages| {
        packages.with_above(
            "What the recipes call by name. The compiler, make and what fetches and unpacks come by themselves.",
        )
    });
    let meson = matches!(system, System::Meson).then(|| {
        text(">=1.4")
            .with_above("From its package index, at the version of the lock: that of the distribution may be older.")
    });
    let object = "The object, not an archive: an archive behind the -lc that the compiler adds is silently ignored.";
    let allocators = system.is_c().then(|| {
        let mimalloc = map([
            ("component", text("mimalloc")),
            ("object", text("lib/mimalloc.o").with_above(object)),
            ("symbol", text("mi_malloc")),
        ]);
        map([("mimalloc", mimalloc)]).with_above("musl's own malloc is slow where threads share it.")
    });
    some([
        Some(("minimum_clang", number(18).with_above("The clang of the image above. Older ones were not tried."))),
        Some((
            "musl",
            musl.with_above(
                "The C library of every program, built from source: nothing of the distribution's is linked.",
            ),
        )),
        packages.map(|packages| ("packages", packages)),
        meson.map(|meson| ("meson", meson)),
        allocators.map(|allocators| ("allocators", allocators)),
    ])
}

fn layouts() -> Node {
    let flat = map([("summary", text("The program at the top of the package")), ("places", line([("bin", ".")]))]);
    map([("flat", flat.with_above("Which folder of a package each place is."))])
}

fn variants() -> Node {
    let default = map([("summary", text("The program alone")), ("layout", text("flat"))]);
    let why = "The one of this name gives TOOL-linux-ARCH.tar.zst, another one TOOL-VARIANT-linux-ARCH.tar.zst.";
    map([("default", default.with_above(why))])
}

fn release() -> Node {
    map([(
        "signature_suffix",
        text(".sigstore.json").with_above("The name by which OpenSSF Scorecard finds signatures."),
    )])
}

fn gate() -> Node {
    let why = "Pull requests build ghagen from here, at the commit of the lock, to hold what is committed to the spec. Nothing\n\
               else needs ghagen: the workflows run generated scripts.";
    let unknown = "Put the address of ghagen's repository, or of your copy of it, in place of this one. The gate fails until then.";
    let why = if has_home() { why.to_owned() } else { format!("{why}\n{unknown}") };
    let git = map([("url", text(home()).with_above(why)), ("tags", text("^v(?<version>[0-9]+[.][0-9]+[.][0-9]+)$"))]);
    map([("generator", map([("git", git)]))])
}
