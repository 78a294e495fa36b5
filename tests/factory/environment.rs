//! The build environment of this repository, set up for both arches by the script that is committed, and nothing of glibc in reach.

use std::path::PathBuf;

use crate::support::{Project, Tree, repository};

use super::{
    builds::scripts,
    machine::{BASE, Machine, machine},
};

/// The scripts of this repository, with another commit of musl: what Debian serves of that release is its files, not its history.
pub(super) struct Real {
    project: Project,
}

impl Real {
    pub(super) fn new(machine: &Machine) -> Self {
        let project = Project::new();
        Tree::read(&repository().join("spec")).write_to(&project.root().join("spec"));
        let lock = project.read("spec/ghagen.lock");
        let (before, rest) = lock.split_once("  musl:\n").expect("the lock has musl");
        let (tag, rest) = rest.split_once("commit: \"").expect("musl has a commit");
        let pin = format!("{before}  musl:\n{tag}commit: \"{}{}", machine.commits()["musl"], &rest[40..]);
        project.write("spec/ghagen.lock", &pin);
        project.run(["generate"]).status(0);
        Self { project }
    }

    pub(super) fn scripts(&self) -> PathBuf {
        self.project.root().join("generated/scripts")
    }

    /// An image in which the script has set up all it can.
    pub(super) fn image(&self, machine: &Machine) -> String {
        machine.environment("env", BASE, &self.scripts())
    }
}

#[test]
fn this_repositorys_script_sets_up_both_arches() {
    let Some(machine) = machine() else { return };
    let real = Real::new(&machine);
    let script = "container/setup-build-env.sh";
    let made = fs_err::read_to_string(real.scripts().join(script)).unwrap();
    let project = fs_err::read_to_string(scripts().join(script)).unwrap();
    let without_head = |text: &str| text.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(without_head(&made), without_head(&project), "the project builds in another environment");
    let committed = fs_err::read_to_string(repository().join("generated/scripts").join(script)).unwrap();
    let lines: Vec<_> = made.lines().zip(committed.lines()).filter(|(made, committed)| made != committed).collect();
    assert_eq!(made.lines().count(), committed.lines().count());
    let [(made, committed)] = lines[..] else { panic!("more than the commit of musl differs: {lines:?}") };
    assert!(made.contains(&machine.commits()["musl"]), "{made}");
    assert!(committed.contains("https://git.musl-libc.org/git/musl v1.2.6 "), "{committed}");

    let image = real.image(&machine);
    let again = ["/workspace/scripts/container/setup-build-env.sh", "amd64", "arm64"];
    let output = machine.in_container(&image, &real.scripts(), &["--network=none"], &again);
    // Without a network: nothing is left to do.
    output.status(0).stderr_has("the build environment is ready: amd64 arm64");
    let packages = machine.in_container(&image, &real.scripts(), &[], &["cat", "/opt/ghagen/packages.txt"]);
    packages.status(0).stdout_has("\nlibsystemd-dev 2").stdout_has("\nlinux-libc-dev-arm64-cross ");
}

#[test]
fn glibc_is_out_of_reach() {
    let Some(machine) = machine() else { return };
    let real = Real::new(&machine);
    let image = real.image(&machine);
    let attempts = repository().join("tests/factory/attempts.sh");
    let volume = format!("{}:/attempts.sh:ro", attempts.display());
    for arch in ["amd64", "arm64"] {
        let output = machine.in_container(&image, &real.scripts(), &["--volume", &volume], &["/attempts.sh", arch]);
        output.status(0).stdout_has("attempts: 9 refused");
    }
}
