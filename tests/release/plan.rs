//! What `plan-build.sh` lets through, refuses, and decides.

use std::process::Command;

use serde_json::{Value, json};

use super::{
    fixture::Releasing,
    upstream::{self, rewritten},
};
use crate::support::Output;

/// A project whose upstream offers three versions. Gives their commits, too.
fn planning() -> Option<(Releasing, Vec<String>)> {
    let releasing = Releasing::built()?;
    let tags = ["jq-1.7.1", "jq-1.8.1", "jq-2.0.0", "jq-1.77.7"];
    let commits = upstream::repository(&releasing.project, "github.com/jqlang/jq", &tags);
    Some((releasing, commits))
}

/// The script as a run by hand on the branch of releases that is to publish.
fn script(releasing: &Releasing) -> Command {
    let mut command = releasing.script("plan-build.sh", &[]);
    command.envs([("EVENT_NAME", "workflow_dispatch"), ("INPUT_PUBLISH", "true"), ("REF", "refs/heads/trunk")]);
    command.env("GITHUB_STEP_SUMMARY", releasing.at("summary")).env("INPUT_VERSION", "1.8.1");
    rewritten(&releasing.project, &mut command);
    command
}

fn run(releasing: &Releasing, changes: &[(&str, &str)]) -> Output {
    releasing.project.output(script(releasing).envs(changes.iter().copied()))
}

/// An output of the job.
fn output<'a>(output: &'a Output, name: &str) -> &'a str {
    output.stdout().lines().find_map(|line| line.strip_prefix(&format!("{name}="))).unwrap()
}

#[test]
fn a_version_is_planned_with_its_tag_commit_line_and_rows() {
    let Some((releasing, commits)) = planning() else { return };
    let plan = run(&releasing, &[("INPUT_COMMIT", &commits[1])]);
    plan.status(0);
    let told = ["version", "upstream_tag", "commit", "line", "release_tag", "publish", "needed", "variants"];
    let expected = ["1.8.1", "jq-1.8.1", &commits[1], "1", "jq-v1.8.1", "true", "true", "standalone"];
    assert_eq!(told.map(|name| output(&plan, name)), expected);
    let rows: Value = serde_json::from_str(output(&plan, "test_matrix")).unwrap();
    let row = |arch: &str, runner: &str| {
        let artifact = format!("jq-standalone-linux-{arch}.tar.zst");
        json!({"arch": arch, "variant": "standalone", "runner": runner, "artifact": artifact})
    };
    assert_eq!(rows, json!({"include": [row("amd64", "ubuntu-24.04"), row("arm64", "ubuntu-24.04-arm")]}));
    let summary = releasing.project.read("summary");
    assert!(summary.starts_with("### jq 1.8.1\n\n| | |\n|---|---|\n| upstream | `jq-1.8.1` = "), "{summary}");
    assert!(summary.contains("| archives | 2 |\n"), "{summary}");
}

#[test]
fn nothing_passes_that_does_not_look_right() {
    let Some((releasing, commits)) = planning() else { return };
    let wrong = [
        ("INPUT_VERSION", "v1.8.1"),
        ("INPUT_VERSION", "1.8.1\n1.8.1"),
        ("INPUT_VERSION", "1.8.1;id"),
        ("INPUT_VERSION", "1.8.2"),
        ("INPUT_VARIANT", "full"),
        ("INPUT_VARIANT", "$(id)"),
        ("INPUT_ARCH", "riscv64"),
        ("INPUT_REVISION", "0"),
        ("INPUT_REVISION", "1000"),
        ("INPUT_PUBLISH", "yes"),
        ("INPUT_COMMIT", "1234"),
        ("EVENT_NAME", "a b"),
        ("REF", "refs/heads/a b"),
        ("TOOL", "../jq"),
        ("TOOL", "other"),
    ];
    for change in wrong {
        let output = run(&releasing, &[change]);
        output.status(2);
        assert_eq!(output.stdout(), "", "{change:?}");
    }
    run(&releasing, &[("INPUT_VERSION", ""), ("INPUT_COMMIT", &commits[1])])
        .status(2)
        .stderr_has("a commit belongs to a version");
    assert!(releasing.github.requests().is_empty());
}

#[test]
fn a_tag_that_moved_is_refused() {
    let Some((releasing, commits)) = planning() else { return };
    run(&releasing, &[("INPUT_COMMIT", &commits[0])])
        .status(1)
        .stderr_has("is not ")
        .stderr_has("as asked for: upstream has");
    // The lock has another commit for this one.
    run(&releasing, &[("INPUT_VERSION", "1.77.7")])
        .status(1)
        .stderr_has("the tag jq-1.77.7 of jq moved: the lock has 666");
}

#[test]
fn a_version_of_no_line_and_a_broken_coupling_are_refused() {
    let Some((releasing, _)) = planning() else { return };
    run(&releasing, &[("INPUT_VERSION", "2.0.0")])
        .status(1)
        .stderr_has("jq 2.0.0 is in no release line: extend the spec");
    let plan = releasing.project.read("generated/plan/jq.json");
    let broken = plan.replace("\"version\": \"6.10.10\"", "\"version\": \"6.11.11\"");
    assert_ne!(plan, broken);
    releasing.project.write("generated/plan/jq.json", &broken);
    run(&releasing, &[]).status(1).stderr_has(
        "would be built with oniguruma 6.11.11, but the line asks for >=6.9, <6.11: run `ghagen lock update`",
    );
}

#[test]
fn what_exists_is_not_built_again_and_a_revision_is() {
    let Some((releasing, _)) = planning() else { return };
    releasing.github.state().publish("jq-v1.8.1", &[]);
    let plan = run(&releasing, &[]);
    plan.status(0);
    assert_eq!((output(&plan, "needed"), output(&plan, "publish")), ("false", "false"));
    assert!(releasing.project.read("summary").contains("Nothing to do: the release jq-v1.8.1 exists."));
    let plan = run(&releasing, &[("INPUT_REVISION", "2")]);
    plan.status(0);
    assert_eq!((output(&plan, "needed"), output(&plan, "release_tag")), ("true", "jq-v1.8.1-2"));
    releasing.github.set_faults(|_, _| crate::support::Fault::Status(500));
    run(&releasing, &[]).status(1).stderr_has("cannot tell whether the release jq-v1.8.1 exists");
}

#[test]
fn a_part_another_branch_and_a_pull_request_are_never_published() {
    let Some((releasing, _)) = planning() else { return };
    for change in [
        ("INPUT_ARCH", "amd64"),
        ("INPUT_VARIANT", "standalone"),
        ("REF", "refs/heads/feature"),
        ("REF", ""),
        ("EVENT_NAME", "pull_request"),
    ] {
        let plan = run(&releasing, &[change]);
        plan.status(0);
        assert_eq!((output(&plan, "publish"), output(&plan, "needed")), ("false", "true"), "{change:?}");
        assert!(releasing.project.read("summary").contains("Nothing is published: "), "{change:?}");
        releasing.project.remove("summary");
    }
    let amd64 = run(&releasing, &[("INPUT_ARCH", "amd64")]);
    let rows: Value = serde_json::from_str(output(&amd64, "build_matrix")).unwrap();
    assert_eq!(rows["include"].as_array().unwrap().len(), 1);
}

#[test]
fn more_rows_than_github_runs_are_refused() {
    let Some((releasing, _)) = planning() else { return };
    let mut plan: Value = serde_json::from_str(&releasing.project.read("generated/plan/jq.json")).unwrap();
    let cell = plan["cells"][0].clone();
    for (rows, status) in [(256, 0), (257, 1)] {
        plan["cells"] = Value::from(vec![cell.clone(); rows]);
        releasing.project.write("generated/plan/jq.json", &plan.to_string());
        let output = run(&releasing, &[]);
        output.status(status);
        assert_eq!(status == 1, output.stderr().contains("257 test jobs are more than the 256 that GitHub runs"));
    }
}
