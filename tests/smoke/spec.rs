//! The keys of the spec: names of commands, and the real checks.

use crate::support::{edit, repository, small};

#[test]
fn a_command_cannot_take_the_name_of_the_one_that_ghagen_gives() {
    let project = small();
    edit(&project, "spec/ghagen.yaml", "release:\n", "smoke_commands:\n  not-shown: 'true'\nrelease:\n");
    project
        .run(["validate"])
        .status(3)
        .stderr_has("`not-shown` is a command that checks have already")
        .stderr_has(":23:3");
}

#[test]
fn a_command_is_bash_that_ends() {
    let project = small();
    edit(&project, "spec/ghagen.yaml", "release:\n", "smoke_commands:\n  greet: echo \"\nrelease:\n");
    project.run(["validate"]).status(3).stderr_has("spec/ghagen.yaml:23:10");
}

/// What has to be there on GitHub's machines cannot turn into something that may be left out without this test.
#[test]
fn only_the_network_may_be_not_shown_on_github() {
    for (tool, optional) in [("podman", 1), ("buildah", 0), ("skopeo", 0)] {
        let path = repository().join(format!("generated/scripts/smoke/{tool}.sh"));
        let text = fs_err::read_to_string(path).unwrap();
        let checks: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("check ")).collect();
        let count = checks.iter().filter(|line| line.contains(" optional ")).count();
        assert_eq!(count, optional, "{tool}: {checks:?}");
        assert!(checks.len() >= 3, "{tool}: {checks:?}");
    }
}
