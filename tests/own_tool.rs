//! A tool whose source is the repository itself: its versions are the tags of the checkout, and its source one commit of it.

use std::os::unix::fs::PermissionsExt;

use crate::{
    sbom::own,
    support::{Output, Project},
};

fn git(project: &Project, words: &[&str]) -> Output {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    project.output(project.command("git").args(identity).args(words))
}

/// This repository's spec in a repository with two commits.
fn repository() -> (Project, String) {
    let project = own();
    git(&project, &["init", "--quiet", "--initial-branch=main"]).status(0);
    git(&project, &["add", "--all"]).status(0);
    git(&project, &["commit", "--quiet", "--message=first"]).status(0);
    let first = git(&project, &["rev-parse", "HEAD"]).status(0).stdout().trim().to_owned();
    git(&project, &["commit", "--quiet", "--allow-empty", "--message=second"]).status(0);
    (project, first)
}

#[test]
fn its_versions_are_the_tags_of_the_checkout() {
    let (project, first) = repository();
    let list = |project: &Project| {
        let out = project.output(project.command("generated/scripts/list-versions.sh").arg("ghagen"));
        serde_json::from_str::<serde_json::Value>(out.status(0).stdout()).unwrap()
    };
    // Nothing was tagged yet, which is no mistake.
    assert_eq!(list(&project), serde_json::json!([]));
    project.output(project.command("generated/scripts/check-version.sh").arg("ghagen")).status(0);
    for tag in ["v0.9.0", "podman-v6.0.0", "v0.10.0"] {
        git(&project, &["tag", "--annotate", "--message=x", tag, &first]).status(0);
    }
    let listed = list(&project);
    let versions: Vec<&str> = listed.as_array().unwrap().iter().map(|it| it["version"].as_str().unwrap()).collect();
    assert_eq!(versions, ["0.10.0", "0.9.0"]);
    assert_eq!(listed[0]["commit"], first.as_str());
}

#[test]
fn its_source_is_one_commit_of_the_checkout() {
    let (project, first) = repository();
    // In place of the container runtime: what a build does first in the container.
    let fetch = r#"#!/bin/bash
case $1 in
  run)
    mkdir -p "$GHAGEN_BUILD/$TOOL-$ARCH/dist"
    WORKSPACE=${GHAGEN_BUILD%/build} exec generated/scripts/container/fetch-source.sh self '' "$COMMIT" "${GHAGEN_BUILD%/build}/source"
    ;;
esac
"#;
    project.write("shadow/podman", fetch);
    let everybody = std::fs::Permissions::from_mode(0o755);
    fs_err::set_permissions(project.root().join("shadow/podman"), everybody).unwrap();
    let path = format!("{}:{}", project.root().join("shadow").display(), std::env::var("PATH").unwrap());
    let build = |commit: &str| {
        let mut command = project.command("generated/scripts/build-tool.sh");
        command.args(["ghagen", "amd64", "all"]).envs([("VERSION", "0.9.0"), ("COMMIT", commit), ("PATH", &path)]);
        project.output(command.env("GHAGEN_BUILD", project.root().join("w/build")))
    };
    build(&first).status(0);
    let head = git(&project, &["-C", "w/source", "rev-parse", "HEAD"]);
    assert_eq!(head.status(0).stdout().trim(), first);
    assert!(project.root().join("w/source/spec/tools/ghagen.yaml").exists());
    // No other commit came along.
    let objects = git(&project, &["-C", "w/source", "log", "--all", "--format=%H"]);
    assert_eq!(objects.stdout().trim(), first);
    build("0123456789abcdef0123456789abcdef01234567").status(21).stderr_has("this checkout does not have the commit");
}

#[test]
fn its_workflows_have_the_tags_and_ask_no_address() {
    let project = own();
    let build = project.read(".github/workflows/build-ghagen.yml");
    assert_eq!(build.matches("fetch-depth: 0").count(), 2, "{build}");
    assert!(!build.contains("\n  pull_request:"), "{build}");
    assert!(project.read(".github/workflows/check-releases.yml").contains("fetch-depth: 0"));
    assert!(!project.read(".github/workflows/build-podman.yml").contains("fetch-depth"));
    assert!(!project.read("spec/ghagen.lock").contains("\n  ghagen:"));
}
