//! Whole builds by `build-tool.sh`: C by make, autotools, meson and cmake, Rust, Go with C; for both arches, in all layouts.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    time::Instant,
};

use crate::support::{Output, Project, Tree, assert_same_tree, edit, repository};

use super::{
    environment::Real,
    machine::{BASE, Machine, machine, run},
    table::{programs, table, times},
};

/// The version of a tool of the project.
fn version(tool: &str) -> &'static str {
    if tool == "skopeo" { "1.18.0" } else { "1.0.0" }
}

/// The scripts that are committed.
pub(super) fn scripts() -> PathBuf {
    repository().join("tests/factory/project/generated/scripts")
}

/// The image in which this repository's own script has set up the environment: the project's script does the same.
pub(super) fn image(machine: &Machine) -> String {
    Real::new(machine).image(machine)
}

/// Runs `build-tool.sh` of these scripts.
fn build(machine: &Machine, scripts: &Path, [tool, arch]: [&str; 2], image: &str, folder: &Path) -> Output {
    let mut command = machine.command(scripts.join("build-tool.sh"));
    command.args([tool, arch, "all"]).env("VERSION", version(tool)).env("COMMIT", &machine.commits()[tool]);
    run(command.env("GHAGEN_BUILD", folder).env("GHAGEN_IMAGE", image))
}

/// Builds the small tool for amd64 in the prepared image, once; its work folder.
pub(super) fn probe(machine: &mut Machine) -> PathBuf {
    let work = machine.folder().join("tmp/probe/probe-amd64");
    if !machine.is_probe_built() {
        let folder = machine.scratch("probe");
        let image = image(machine);
        build(machine, &scripts(), ["probe", "amd64"], &image, &folder).status(0);
        machine.set_probe_built();
    }
    work
}

/// What the packages hold; folders stand for themselves.
fn expected(tool: &str, arch: &str, variant: &str) -> Vec<&'static str> {
    let both = ["README.txt", "usr/", "usr/local/", "usr/local/bin/"];
    let mut paths = match (tool, variant) {
        ("skopeo", "standalone") => vec!["skopeo"],
        ("probe", "standalone") => vec!["probe"],
        ("skopeo", _) => [&both[..], &["etc/", "etc/containers/", "etc/containers/policy.json"]].concat(),
        _ => [&both[..], &["usr/local/bin/lookup", "usr/local/bin/probe"]].concat(),
    };
    match (tool, variant) {
        ("skopeo", "default") => paths.push("usr/local/bin/skopeo"),
        ("skopeo", "full") => {
            paths.extend(["usr/local/bin/skopeo", "usr/local/bin/fuse-overlayfs", "usr/local/bin/pasta"]);
            paths.extend(["usr/local/lib/", "usr/local/lib/podman/"]);
            paths.extend(["usr/local/lib/podman/aardvark-dns", "usr/local/lib/podman/catatonit"]);
            if arch == "amd64" {
                paths.push("usr/local/bin/pasta.avx2");
            }
        }
        ("probe", "full") => paths.extend(["usr/local/bin/churn", "usr/local/bin/churn-link"]),
        _ => {}
    }
    paths.sort_unstable();
    paths
}

/// Holds the archives of a build to the names and the contents that they must have, read by other programs than the scripts'.
fn assert_archives(work: &Path, tool: &str, arch: &str) {
    for variant in ["standalone", "default", "full"] {
        let middle = if variant == "default" { String::new() } else { format!("-{variant}") };
        let archive = work.join("dist").join(format!("{tool}{middle}-linux-{arch}.tar.zst"));
        let list = run(std::process::Command::new("tar")
            .args(["--zstd", "--list", "--verbose", "--numeric-owner", "--full-time", "--utc", "--file"])
            .arg(&archive));
        list.status(0);
        let top = format!("{tool}-v{}/", version(tool));
        let mut paths = Vec::new();
        for line in list.stdout().lines() {
            let words: Vec<_> = line.split_whitespace().collect();
            assert_eq!(words[1], "0/0", "{line}");
            // The commits of all sources are of this second.
            assert_eq!(&words[3..5], ["2023-11-14", "22:13:20"], "{line}");
            let path = words[5].strip_prefix(&top).unwrap_or_else(|| panic!("{line}"));
            let mode = match (&line[..1], path.ends_with(".txt") || path.ends_with(".json")) {
                ("d", _) => "drwxr-xr-x",
                ("l", _) => "lrwxrwxrwx",
                (_, true) => "-rw-r--r--",
                (_, false) => "-rwxr-xr-x",
            };
            assert_eq!(words[0], mode, "{line}");
            paths.push(path.to_owned());
        }
        assert!(paths.is_sorted(), "{paths:?}");
        paths.retain(|path| !path.is_empty());
        assert_eq!(paths, expected(tool, arch, variant), "{}", archive.display());
    }
}

#[test]
fn every_program_is_built_and_proved() {
    let Some(mut machine) = machine() else { return };
    let image = image(&machine);
    probe(&mut machine);
    let mut units = Vec::new();
    let mut files = Vec::new();
    let mut sums = Vec::new();
    for (tool, arch) in [("skopeo", "amd64"), ("skopeo", "arm64"), ("probe", "arm64")] {
        let folder = machine.scratch(&format!("{tool}-{arch}"));
        let start = Instant::now();
        let output = build(&machine, &scripts(), [tool, arch], &image, &folder);
        output.status(0);
        let seconds = start.elapsed().as_secs();
        let times = times(&output);
        units.extend(times.iter().map(|(unit, time)| [unit.clone(), arch.to_owned(), time.to_string()]));
        let sum: u64 = times.values().sum();
        assert!(sum < 30 * 60, "the units of {tool} for {arch} take {sum} s");
        sums.push([tool.to_owned(), arch.to_owned(), sum.to_string(), seconds.to_string()]);
        let work = folder.join(format!("{tool}-{arch}"));
        assert_archives(&work, tool, arch);
        let top = work.join("stage/full").join(format!("{tool}-v{}", version(tool)));
        let made = programs(&top);
        // Each was proved with its symbols, after its build, and without them, in every package that holds it.
        let logs = run(std::process::Command::new("grep").args(["-rh", ": proved$"]).arg(work.join("logs")));
        assert_eq!(logs.stdout().lines().count(), made.len(), "{logs}");
        for [path, size, kind, type_] in made {
            let wanted = if arch == "amd64" { "Advanced Micro Devices X86-64" } else { "AArch64" };
            assert_eq!(kind, wanted, "{path}");
            let proved = format!("{}: proved", path.rsplit('/').next().unwrap());
            assert!(output.stderr().contains(&proved), "{proved}\n{output}");
            files.push([path, arch.to_owned(), size, type_]);
        }
        assert_allocators(&machine, &top, arch);
    }
    assert_archives(&machine.folder().join("tmp/probe/probe-amd64"), "probe", "amd64");
    let mut report =
        table("Programs, static and of musl by their proofs", ["program", "arch", "bytes", "type"], &files);
    writeln!(report, "\n{}", table("Units, seconds", ["unit", "arch", "seconds"], &units)).unwrap();
    report += &table("Builds, seconds", ["tool", "arch", "units", "all, in a prepared image"], &sums);
    machine.report("builds", &report);
}

/// Runs the programs that declare mimalloc: it says so itself, in C and in Go with C, and not in the others.
fn assert_allocators(machine: &Machine, top: &Path, arch: &str) {
    for (path, arguments, allocates) in [
        ("usr/local/bin/skopeo", ["--version"], true),
        ("usr/local/bin/fuse-overlayfs", ["--version"], true),
        ("usr/local/bin/lookup", [""], true),
        ("usr/local/bin/probe", [""], true),
        ("usr/local/bin/churn", [""], true),
        ("usr/local/lib/podman/aardvark-dns", ["--version"], false),
        ("usr/local/lib/podman/catatonit", ["--version"], false),
    ] {
        let file = top.join(path);
        if !file.exists() {
            continue;
        }
        let mut command = if arch == "arm64" { machine.command("qemu-aarch64-static") } else { machine.command("env") };
        command.arg(&file).args(arguments.iter().filter(|word| !word.is_empty()));
        let output = run(command.env("MIMALLOC_VERBOSE", "1"));
        output.status(0);
        let says = format!("{}{}", output.stdout(), output.stderr()).contains("mimalloc: process init");
        assert_eq!(says, allocates, "{output}");
    }
}

#[test]
fn two_builds_of_a_cell_are_the_same() {
    let Some(mut machine) = machine() else { return };
    let first = probe(&mut machine);

    // In a bare image, so that the packages are installed at start, and nothing is cached.
    let folder = machine.scratch("again/with/a/longer/path");
    let start = Instant::now();
    let output = build(&machine, &scripts(), ["probe", "amd64"], BASE, &folder);
    output.status(0);
    let bare = start.elapsed().as_secs();
    assert_same_archives(&first, &folder.join("probe-amd64"));
    let packages = fs_err::read_to_string(folder.join("probe-amd64/logs/packages.txt")).unwrap();
    assert!(packages.lines().any(|line| line.starts_with("clang-19 1:19.") && line.ends_with(" amd64")), "{packages}");
    let sum: u64 = times(&output).values().sum();
    let rows = [["probe, packages at start".to_owned(), sum.to_string(), bare.to_string()]];
    machine.report("start", &table("A build in a bare image, seconds", ["build", "units", "all"], &rows));

    // Without podman, in a folder that is not /workspace: here the paths of the build differ.
    let project = changed(&[("kind: container", "kind: runner")]);
    let folder = machine.scratch("runner");
    let image = image(&machine);
    let mounts = [
        format!("{}:/srv/project:ro", project.root().display()),
        format!("{}:/srv/a/folder/of/the/runner", folder.display()),
    ];
    let output = run(machine
        .command("podman")
        .args(["run", "--rm", "--volume", &mounts[0], "--volume", &mounts[1]])
        .args(["--env", "VERSION=1.0.0", "--env", &format!("COMMIT={}", machine.commits()["probe"])])
        .args(["--env", "GHAGEN_BUILD=/srv/a/folder/of/the/runner", &image])
        .args(["/srv/project/generated/scripts/build-tool.sh", "probe", "amd64", "all"]));
    output.status(0).stderr_has("(all) on this machine");
    assert_same_archives(&first, &folder.join("probe-amd64"));
}

/// Holds the archives of two builds to each other, byte for byte.
fn assert_same_archives(first: &Path, second: &Path) {
    let read = |work: &Path| Tree::read(&work.join("dist"));
    // Three packages, and the licences.
    assert_eq!(read(first).paths().count(), 4);
    for path in read(first).paths() {
        let [first, second] = [first, second].map(|work| fs_err::read(work.join("dist").join(path)).unwrap());
        assert!(first == second, "{path} differs from one build to the next");
    }
    assert_same_tree(&read(first), &read(second));
}

/// The project with texts of its settings replaced.
fn changed(edits: &[(&str, &str)]) -> Project {
    let project = Project::new();
    Tree::read(&repository().join("tests/factory/project/spec")).write_to(&project.root().join("spec"));
    for (from, to) in edits {
        edit(&project, "spec/ghagen.yaml", from, to);
    }
    project.run(["generate"]).status(0);
    project
}

#[test]
fn musl_gcc_builds_the_same_tool() {
    let Some(machine) = machine() else { return };
    // It builds for the machine that it runs on, so arm64 would be built on one of its own.
    let project = changed(&[("compiler: clang", "compiler: musl-gcc"), ("build: cross", "build: native")]);
    let folder = machine.scratch("musl-gcc");
    let image = image(&machine);
    build(&machine, &project.root().join("generated/scripts"), ["probe", "amd64"], &image, &folder).status(0);
    let work = folder.join("probe-amd64");
    assert_archives(&work, "probe", "amd64");
    assert_allocators(&machine, &work.join("stage/full/probe-v1.0.0"), "amd64");
}
