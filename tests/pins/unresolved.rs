//! Pins that nobody has verified: what goes on without them, what stops, and what is said then.

use crate::support::{Project, edit};

const LOCK: &str = "spec/ghagen.lock";

/// The base project, with the pins of a source replaced by the reason why there are none.
fn without(name: &str) -> Project {
    let project = Project::copy_of("tests/diagnostics/base");
    forget(&project, name);
    project
}

fn forget(project: &Project, name: &str) {
    let lock = project.read(LOCK);
    let start = lock.find(&format!("  {name}:\n    url:")).unwrap();
    let pins = start + lock[start..].find("    pins:\n").unwrap();
    let end = pins
        + "    pins:\n".len()
        + lock[pins..].lines().skip(1).take_while(|it| it.starts_with("      ")).map(|it| it.len() + 1).sum::<usize>();
    project.write(LOCK, &format!("{}    unresolved: the repository did not answer\n{}", &lock[..pins], &lock[end..]));
}

#[test]
fn all_is_generated_and_told_wherever_it_is_used() {
    let project = without("greet");
    project.run(["generate"]).status(0).stderr_has("warning[G0401]").stderr_has("the repository did not answer");
    project.run(["check"]).status(0).stderr_has("warning[G0401]");
    project.run(["lock", "verify"]).status(0).stdout_has("1 pin unresolved");
    project.run(["lock"]).status(0).stdout_has("greet: the repository did not answer");
    project.run(["plan"]).status(0).stdout_has("unresolved");
    assert!(project.read("generated/PIPELINE.md").contains("| unresolved |"));
    assert!(project.read("generated/plan/hello.json").contains("\"component\": \"greet\""));
}

#[test]
fn a_build_from_a_source_that_is_not_known_stops_with_the_command_to_run() {
    for (name, script) in [("greet", "tools/hello.sh"), ("musl", "container/setup-build-env.sh")] {
        let project = without(name);
        project.run(["generate"]).status(0);
        let script = project.read(&format!("generated/scripts/{script}"));
        let line = script.lines().find(|line| line.contains(&format!("https://example.org/{name}"))).unwrap();
        assert!(line.contains(" '' ") && line.contains(" unresolved"), "{line}");
    }
    let project = without("greet");
    project.run(["generate"]).status(0);
    let mut fetch = project.command("generated/scripts/container/fetch-source.sh");
    fetch.args(["https://example.org/greet", "", "unresolved"]).arg(project.root().join("fetched"));
    let output = project.output(&mut fetch);
    output.status(21).stderr_has("https://example.org/greet").stderr_has("ghagen lock update");
    assert!(!project.root().join("fetched").exists());
}

#[test]
fn a_pull_request_has_no_version_of_the_tool_to_try() {
    let project = without("hello");
    project.run(["generate"]).status(0);
    let mut plan = project.command("generated/scripts/plan-build.sh");
    plan.env("TOOL", "hello").env("EVENT_NAME", "pull_request");
    project.output(&mut plan).status(1).stderr_has("no release line of hello has a version in the lock");
}

#[test]
fn the_gate_stops_before_it_would_build_ghagen_from_nobody_knows_what() {
    let project = Project::copy_of("tests/diagnostics/base");
    let git = "{git: {url: https://example.org/ghagen, tags: '^v(?<version>[0-9.]+)$'}}";
    edit(&project, "spec/ghagen.yaml", "generator: {path: .}", &format!("generator: {git}"));
    edit(&project, "spec/ghagen.yaml", "gate:\n", "pins:\n  update: {cron: '23 5 * * 1'}\ngate:\n");
    project.run(["validate"]).status(3).stderr_has("the lock has no pin for `ghagen`");
    let entry = "  ghagen:\n    url: https://example.org/another\n    unresolved: nobody asked\n";
    edit(&project, LOCK, "sources:\n", &format!("sources:\n{entry}"));
    project.run(["generate"]).status(0).stderr_has("the gate of pull requests fails until then");
    for (workflow, job) in [("verify", "drift"), ("update-pins", "update")] {
        let text = project.read(&format!(".github/workflows/{workflow}.yml"));
        assert!(!text.contains("cargo install"), "{text}");
        let parsed: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        let steps = parsed["jobs"][job]["steps"].as_sequence().unwrap();
        let install = steps.iter().find(|step| step["name"] == "Install ghagen").unwrap();
        let mut bash = project.command("bash");
        bash.args(["-eo", "pipefail", "-c", install["run"].as_str().unwrap()]);
        let output = project.output(bash.env("GENERATOR", "https://example.org/ghagen"));
        output.status(1).stdout_has("::error file=spec/ghagen.lock::").stdout_has("ghagen lock update ghagen");
    }
    crate::support::lint_workflows(project.root());
}

#[test]
fn what_nothing_uses_goes_and_what_is_used_stays_with_its_reason() {
    let project = without("greet");
    let unused = "  unused:\n    url: https://example.org/unused\n    unresolved: nobody asked\n";
    edit(&project, LOCK, "sources:\n", &format!("sources:\n{unused}"));
    edit(&project, LOCK, "tools:\n", "tools:\n  rust:\n    - {unresolved: nobody asked}\n");
    edit(&project, LOCK, "actions:\n", "actions:\n  actions/unused: {unresolved: nobody asked}\n");
    project.run(["generate"]).status(0);
    let checkout = "actions/checkout@2000000000000000000000000000000000000000 # v1.0.0";
    super::bump(&project, checkout, &format!("actions/checkout@{} # v1.0.1", "b".repeat(40)));
    project.run(["adopt"]).status(0).stdout_has("out of the lock: actions/unused, unused, rust unresolved");
    let lock = project.read(LOCK);
    assert!(!lock.contains("nobody asked") && lock.contains("unresolved: the repository did not answer"), "{lock}");
    project.run(["check"]).status(0);
}
