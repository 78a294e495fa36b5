//! What podman says when a container does not start, for real: 125, 126 and 127, and how `build-tool.sh` tells them from a build
//! that failed.

use std::{os::unix::fs::PermissionsExt as _, path::Path};

use crate::support::{Output, Project};

use super::{
    builds::scripts,
    machine::{BASE, Machine, machine, run},
};

/// What is common to all of them.
const NOT_THE_BUILD: &str = "this is no failure of the build";

/// Runs the build of the small tool by these scripts in this image, with these settings of podman where there are any.
fn build(machine: &Machine, scripts: &Path, image: &str, settings: Option<&Path>) -> Output {
    let mut command = machine.command(scripts.join("build-tool.sh"));
    command.args(["probe", "amd64", "all"]).env("VERSION", "1.0.0").env("COMMIT", &machine.commits()["probe"]);
    command.env("GHAGEN_BUILD", machine.scratch("not-started")).env("GHAGEN_IMAGE", image);
    // Three attempts at an image that cannot be had; nobody has to wait for them here.
    command.env("GHAGEN_RETRY_SECONDS", "0");
    if let Some(settings) = settings {
        command.env("CONTAINERS_CONF", settings);
    }
    run(&mut command)
}

/// Nothing was built, and no container stays behind.
fn assert_nothing_is_left(machine: &Machine) {
    let containers = machine.podman(["ps", "--all", "--format", "{{.Names}}"]);
    containers.status(0);
    let ours: Vec<_> = containers.stdout().lines().filter(|name| name.starts_with("ghagen-probe-")).collect();
    assert!(ours.is_empty(), "{ours:?}");
    assert!(!machine.folder().join("tmp/not-started/probe-amd64/dist").exists());
}

#[test]
fn a_container_that_cannot_start_is_no_failed_build() {
    let Some(machine) = machine() else { return };

    let missing = build(&machine, &scripts(), "localhost/nobody-made-this:1", None);
    missing
        .status(125)
        .stderr_has("attempt 2 failed, again soon")
        .stderr_has("the image localhost/nobody-made-this:1 cannot be had");
    assert_nothing_is_left(&machine);

    // A container runtime that is not there: podman stops at its first word.
    let settings = fs_err::read_to_string(machine.folder().join("containers.conf")).unwrap();
    let changed = |from: &str, to: &str| {
        assert!(settings.contains(from), "{settings}");
        let path = machine.folder().join("tmp/changed.conf");
        fs_err::write(&path, settings.replacen(from, to, 1)).unwrap();
        path
    };
    let no_runtime = build(&machine, &scripts(), BASE, Some(&changed("\"runc\"", "\"nobody-made-this\"")));
    no_runtime.status(125).stderr_has("podman does not run");

    // A folder that it should mount is not there: it stops at the container.
    let no_folder = build(
        &machine,
        &scripts(),
        BASE,
        Some(&changed("volumes = [\"", "volumes = [\"/nobody/made/this:/this\", \"")),
    );
    no_folder.status(125).stderr_has("(exit code 125 of podman)").stderr_has(NOT_THE_BUILD);
    assert_nothing_is_left(&machine);

    // The first program of the container is there, and may not be run.
    let project = Project::copy_of("tests/factory/project");
    let copy = project.root().join("generated/scripts");
    let first = copy.join("container/run-build.sh");
    fs_err::set_permissions(&first, std::fs::Permissions::from_mode(0o644)).unwrap();
    let denied = build(&machine, &copy, BASE, None);
    denied.status(126).stderr_has("(exit code 126 of podman)").stderr_has(NOT_THE_BUILD);
    assert_nothing_is_left(&machine);

    fs_err::remove_file(&first).unwrap();
    let absent = build(&machine, &copy, BASE, None);
    absent.status(127).stderr_has("(exit code 127 of podman)").stderr_has(NOT_THE_BUILD);
    assert_nothing_is_left(&machine);
}

#[test]
fn a_build_that_starts_keeps_podmans_codes_for_itself() {
    let Some(machine) = machine() else { return };
    let project = Project::copy_of("tests/factory/project");
    let copy = project.root().join("generated/scripts");
    // A command in the container that is not there ends with 127, and is a failure of the build all the same.
    let first = copy.join("container/run-build.sh");
    let text = fs_err::read_to_string(&first).unwrap();
    let broken = text.replacen("\nLINE=$(", "\nnobody-made-this\nLINE=$(", 1);
    assert_ne!(text, broken);
    fs_err::write(&first, broken).unwrap();
    let output = build(&machine, &copy, BASE, None);
    output.status(20).stderr_has("failed to build: probe");
    assert_nothing_is_left(&machine);
}
