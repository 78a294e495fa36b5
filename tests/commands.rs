//! The command line: what every command promises about arguments, exit codes and formats.

use std::process::Command;

use serde_json::Value;

use crate::support::{Project, edit, small};

fn json(project: &Project, args: &[&str], status: i32) -> Value {
    let output = project.run(args);
    let value: Value = serde_json::from_str(output.status(status).stdout()).unwrap();
    assert_eq!(value["schema_version"], 1, "{output}");
    value
}

#[test]
fn wrong_usage_is_2() {
    let project = small();
    for args in
        [[].as_slice(), &["frobnicate"], &["check", "--format", "xml"], &["plan", "nope"], &["explain", "G0000"]]
    {
        project.run(args).status(2);
    }
    project.run(["--root", "/nowhere/at/all", "check"]).status(2).stderr_has("/nowhere/at/all");
    Project::new().run(["check"]).status(2).stderr_has("spec/ghagen.yaml");
}

#[test]
fn help_and_version_are_results() {
    let project = Project::new();
    project.run(["--help"]).status(0).stdout_has("Exit codes:").stdout_has("generate");
    project.run(["--version"]).status(0).stdout_has(env!("CARGO_PKG_VERSION"));
    for command in ["generate", "check", "validate", "plan", "explain", "schema", "completions", "man"] {
        project.run([command, "--help"]).status(0).stdout_has("Usage: ghagen");
    }
}

#[test]
fn the_root_is_found_from_below_and_can_be_given() {
    let project = small();
    fs_err::create_dir_all(project.root().join("a/b")).unwrap();
    let program = env!("CARGO_BIN_EXE_ghagen");
    let below = project.root().join("a/b");
    project.output(project.command(program).current_dir(&below).arg("generate")).status(0);
    assert!(project.root().join("generated/manifest.json").exists() && !below.join("generated").exists());
    let elsewhere = Project::new();
    let root = project.root().to_str().unwrap();
    for args in [["--root", root, "check"], ["check", "--root", root]] {
        elsewhere.run(args).status(0);
    }
}

#[test]
fn the_spec_alone_is_checked_in_every_format() {
    let project = small();
    project.run(["validate"]).status(0).stdout_has("the spec is valid: 1 tool, 1 component, 1 cell");
    edit(&project, "spec/tools/catatonit.yaml", "summary:", "sumary:");
    project
        .run(["validate"])
        .status(3)
        .stderr_has("spec/tools/catatonit.yaml:3:1")
        .stderr_has("did you mean `summary`?");
    let report = json(&project, &["validate", "--format", "json"], 3);
    assert!(!report["diagnostics"].as_array().unwrap().is_empty());
    project
        .run(["validate", "--format", "github"])
        .status(3)
        .stdout_has("::error file=spec/tools/catatonit.yaml,line=3");
    let output = project.run(["validate", "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(output.status(3).stdout()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let report = json(&project, &["check", "--format", "json"], 3);
    assert_eq!(report["exit_code"], 3);
    assert!(!report["diagnostics"].as_array().unwrap().is_empty());
}

#[test]
fn a_plan_names_every_cell() {
    let project = small();
    edit(
        &project,
        "spec/ghagen.yaml",
        "  default: {summary: The program alone, layout: flat}",
        "  default: {summary: The program alone, layout: flat}\n  bare: {summary: Not for this tool, layout: flat}",
    );
    let plan = json(&project, &["plan", "--format", "json"], 0);
    let cells = plan["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 2);
    let keys: Vec<&str> = cells[0].as_object().unwrap().keys().map(String::as_str).collect();
    let own = ["tool", "variant", "arch", "line", "included", "reason", "artifact"];
    assert_eq!(keys, [&own[..], &["runner", "seconds", "place"]].concat());
    assert_eq!((&cells[0]["included"], &cells[0]["reason"]), (&Value::Bool(true), &Value::Null));
    assert_eq!(cells[1]["included"], false);
    assert_eq!(cells[1]["reason"], "catatonit has no variant bare");
    assert_eq!((&cells[0]["runner"], &cells[1]["runner"]), (&Value::from("ubuntu-24.04"), &Value::Null));
    let line = project.read("spec/tools/catatonit.yaml").lines().position(|line| line == "variants:").unwrap() + 1;
    assert_eq!(cells[1]["place"]["line"], line);
    assert!(plan["units"].as_array().unwrap().iter().any(|unit| unit["component"] == "catatonit"));
    let output = project.run(["plan", "catatonit"]);
    output
        .status(0)
        .stdout_has("catatonit-linux-amd64.tar.zst  ubuntu-24.04  unknown")
        .stdout_has(&format!("left out: catatonit has no variant bare  spec/tools/catatonit.yaml:{line}"));
}

#[test]
fn a_plan_says_how_long_a_build_takes_and_where_a_cell_is_left_out() {
    let project = small();
    edit(&project, "spec/ghagen.yaml", "  minimum_clang: 18", "  minimum_clang: 18\n  seconds: {amd64: 60}");
    let path = "spec/components/catatonit.yaml";
    project.write(path, &(project.read(path) + "seconds: {amd64: 65}\n"));
    edit(&project, "spec/ghagen.yaml", "  default: {", "  bare: {summary: Bare, layout: flat}\n  default: {");
    let path = "spec/tools/catatonit.yaml";
    let text = project.read(path).trim_end().to_owned();
    let more = "  bare:\n    contents:\n      catatonit: {}\nexclude:\n  # Nobody asked for it.\n  - {variant: bare, reason: nobody asked}\n";
    project.write(path, &format!("{text}\n{more}"));
    let line = project.read(path).lines().position(|line| line.contains("nobody asked")).unwrap() + 1;
    project
        .run(["plan"])
        .status(0)
        .stdout_has("catatonit-linux-amd64.tar.zst  ubuntu-24.04  2 min")
        .stdout_has(&format!("left out: nobody asked  {path}:{line}"));
    let plan = json(&project, &["plan", "--format", "json"], 0);
    assert_eq!(plan["cells"][0]["place"], serde_json::json!({"file": path, "line": line}));
    assert_eq!((&plan["cells"][1]["seconds"], &plan["cells"][0]["seconds"]), (&125.into(), &Value::Null));
}

#[test]
fn codes_are_explained() {
    let project = Project::new();
    project
        .run(["explain", "G0902"])
        .status(0)
        .stdout_has("edited by hand")
        .stdout_has("There is no example: the mistake is not in");
    let example =
        "Wrong:\n    # spec/tools/hello.yaml\n    title: 5\n\nRight:\n    # spec/tools/hello.yaml\n    title: '5'\n";
    project.run(["explain", "G0105"]).status(0).stdout_has(example);
    project.run(["explain", "g0101"]).status(0).stdout_has("G0101");
    project.run(["explain"]).status(0).stdout_has("G0908");
}

#[test]
fn schemas_are_those_that_are_generated() {
    let project = crate::support::generated();
    for kind in ["project", "tool", "component", "lock"] {
        let printed: Value = serde_json::from_str(project.run(["schema", "--kind", kind]).status(0).stdout()).unwrap();
        let mut written: Value = serde_json::from_str(&project.read(&format!("generated/schema/{kind}.json"))).unwrap();
        written.as_object_mut().unwrap().remove("$comment").unwrap();
        assert_eq!(printed, written);
    }
    let all = json(&project, &["schema"], 0);
    assert_eq!(all["schemas"].as_object().unwrap().len(), 4);
}

#[test]
fn shells_and_packagers_are_served() {
    let project = Project::new();
    project.run(["completions", "bash"]).status(0).stdout_has("generate");
    project.run(["man"]).status(0).stdout_has(".TH ghagen");
}

#[test]
fn colours_are_a_choice() {
    let project = small();
    let escape = "\u{1b}[";
    let program = env!("CARGO_BIN_EXE_ghagen");
    let run = |args: &[&str], no_color: bool| {
        let mut command = project.command(program);
        if !no_color {
            command.env_remove("NO_COLOR");
        }
        project.output(command.args(["generate", "--dry-run"]).args(args)).status(0).stdout().contains(escape)
    };
    assert!(run(&["--color", "always"], false));
    assert!(!run(&["--color", "never"], false));
    assert!(!run(&[], true) && !run(&[], false));
}

#[test]
fn colours_follow_what_the_environment_asks_for() {
    let project = small();
    let is_coloured = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = project.command(env!("CARGO_BIN_EXE_ghagen"));
        command.env_remove("NO_COLOR").envs(variables.iter().copied()).args(["generate", "--dry-run"]).args(args);
        project.output(&mut command).status(0).stdout().contains("\u{1b}[")
    };
    assert!(is_coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "")], &[]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    // Empty is as good as unset: https://no-color.org.
    assert!(is_coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], &[]));
    // What was typed counts more.
    assert!(is_coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
}

#[test]
fn quiet_says_what_is_wrong_and_what_was_asked_for() {
    // It has nothing to warn about.
    let project = Project::copy_of("tests/diagnostics/base");
    project.run(["generate"]).status(0);
    for args in [&["validate", "-q"][..], &["generate", "--quiet"], &["-q", "check"]] {
        let output = project.run(args);
        assert_eq!((output.status(0).stdout(), output.stderr()), ("", ""), "{args:?}");
    }
    project.remove("generated/PIPELINE.md");
    project.run(["check", "-q"]).status(1).stdout_has("generated/PIPELINE.md");
    project.run(["generate", "-q", "--dry-run"]).status(0).stdout_has("create generated/PIPELINE.md");
    project.run(["plan", "-q"]).status(0).stdout_has("linux-amd64");
    project.write("spec/other.yaml", "");
    project.run(["validate", "-q"]).status(3).stderr_has("error[G0109]");
    project.run(["validate", "-q", "-v"]).status(2).stderr_has("cannot be used with");
}

#[test]
fn verbose_says_from_what_and_how_long() {
    let project = crate::support::generated();
    let output = project.run(["generate", "-v"]);
    output
        .status(0)
        .stderr_has("project: [ROOT]")
        .stderr_has("same   generated/PIPELINE.md")
        .stderr_has("exit code 0 after");
    // The result is the same.
    assert_eq!(output.stdout(), project.run(["generate"]).stdout());
    assert!(!project.run(["generate"]).stderr().contains("project:"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let project = small();
    let script = format!("set -o pipefail; '{}' schema | head -n 1", env!("CARGO_BIN_EXE_ghagen"));
    project.output(project.command("bash").args(["-c", &script])).status(0);
}

/// Runs an ignored test of this file in a process of its own, since it would end this one, or write to its output.
fn in_a_process(name: &str) -> std::process::Output {
    let name = format!("commands::{name}");
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", &name, "--nocapture"])
        .output()
        .unwrap()
}

#[test]
fn a_bug_is_70() {
    let output = in_a_process("panics");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(70), "{said}");
    assert!(said.contains("has a bug at tests/commands.rs:") && said.contains("on purpose"), "{said}");
}

#[test]
#[ignore = "run by `a_bug_is_70` in a process of its own"]
fn panics() {
    ghagen::cli::report_panics();
    panic!("on purpose");
}

#[test]
fn one_process_can_run_many_commands() {
    let output = in_a_process("runs_many_commands");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
#[ignore = "run by `one_process_can_run_many_commands` in a process of its own"]
fn runs_many_commands() {
    let project = small();
    let root = project.root().to_str().unwrap();
    let run = |args: &[&str]| ghagen::cli::run(["ghagen", "--root", root].iter().chain(args).map(Into::into));
    for _ in 0..2 {
        assert_eq!(run(&["generate"]), std::process::ExitCode::SUCCESS);
        assert_eq!(run(&["check"]), std::process::ExitCode::SUCCESS);
    }
}
