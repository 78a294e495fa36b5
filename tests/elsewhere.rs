//! What other repositories use of this one: the hooks of pre-commit, and the action.

use serde_yaml::Value;

use crate::support::{Project, edit, repository, tool};

const TOOL: &str = "spec/tools/hello.yaml";

/// A project with nothing to warn about.
fn generated() -> Project {
    let project = Project::copy_of("tests/diagnostics/base");
    project.run(["generate"]).status(0);
    project
}

fn read(path: &str) -> Value {
    serde_yaml::from_str(&fs_err::read_to_string(repository().join(path)).unwrap()).unwrap()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value:?}"))
}

/// The entry of a hook.
fn entry(id: &str) -> String {
    let hooks = read(".pre-commit-hooks.yaml");
    let hook = hooks.as_sequence().unwrap().iter().find(|hook| text(hook, "id") == id).unwrap();
    // pre-commit builds the crate, and hands over no file names: ghagen finds its own.
    assert_eq!((text(hook, "language"), hook["pass_filenames"].as_bool()), ("rust", Some(false)));
    assert!(!text(hook, "name").is_empty() && !text(hook, "description").is_empty());
    text(hook, "entry").to_owned()
}

/// Runs an entry as pre-commit does, with arguments behind it.
fn run(project: &Project, entry: &str, args: &str) -> crate::support::Output {
    let words: Vec<&str> = entry.split(' ').chain(args.split_whitespace()).collect();
    assert_eq!(words[0], "ghagen");
    project.run(&words[1..])
}

#[test]
fn hooks_pass_what_is_right_and_stop_what_is_not() {
    let project = generated();
    let [validate, check] = ["ghagen-validate", "ghagen-check"].map(entry);
    for entry in [&validate, &check] {
        let output = run(&project, entry, "--root .");
        assert_eq!((output.status(0).stdout(), output.stderr()), ("", ""));
    }
    edit(&project, TOOL, "title: ", "title: New ");
    run(&project, &validate, "").status(0);
    run(&project, &check, "").status(1).stdout_has("generated/PIPELINE.md");
    edit(&project, TOOL, "title:", "titel:");
    run(&project, &validate, "").status(3).stderr_has("did you mean `title`?");
    run(&project, &check, "").status(3);
}

#[test]
fn hooks_look_when_the_spec_changes_wherever_it_is() {
    let hooks = read(".pre-commit-hooks.yaml");
    let pattern = regex::Regex::new(text(&hooks[0], "files")).unwrap();
    assert!(pattern.is_match("spec/ghagen.lock") && pattern.is_match("sub/spec/tools/a.yaml"));
    assert!(!pattern.is_match("src/spec.rs") && !pattern.is_match("inspec/a"));
    assert_eq!(hooks[1]["always_run"].as_bool(), Some(true));
}

/// The scripts of the action's steps.
fn steps() -> Vec<String> {
    let action = read("action.yml");
    assert_eq!(text(&action["runs"], "using"), "composite");
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    steps.iter().map(|step| (text(step, "shell"), text(step, "run"))).for_each(|(shell, run)| {
        assert_eq!(shell, "bash");
        assert!(!run.contains("${{"), "{run}");
    });
    steps.iter().map(|step| text(step, "run").to_owned()).collect()
}

#[test]
fn the_action_builds_ghagen_and_annotates_what_differs() {
    let project = generated();
    // In place of cargo: what it is asked for, and the program that it would build.
    let cargo = format!(
        "#!/bin/bash\necho \"$PWD: $*\"\nmkdir -p \"${{!#}}/bin\"\nln -s '{}' \"${{!#}}/bin/ghagen\"\n",
        env!("CARGO_BIN_EXE_ghagen")
    );
    project.write("shadow/cargo", &cargo);
    let everybody = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs_err::set_permissions(project.root().join("shadow/cargo"), everybody).unwrap();
    let path = format!("{}:{}", project.root().join("shadow").display(), std::env::var("PATH").unwrap());
    let step = |script: &str| {
        let mut bash = project.command("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).env("PATH", &path).env("ROOT", ".");
        bash.env("GITHUB_ACTION_PATH", repository()).env("RUNNER_TEMP", project.root().join("temp"));
        project.output(&mut bash)
    };
    let [install, compare] = <[String; 2]>::try_from(steps()).unwrap();
    let asked = format!("{}: install --quiet --locked --path . --root [ROOT]/temp/ghagen\n", repository().display());
    assert_eq!(step(&install).status(0).stdout(), asked);
    assert_eq!(step(&compare).status(0).stdout(), "");
    edit(&project, TOOL, "title: ", "title: New ");
    step(&compare).status(1).stdout_has("::error file=generated/PIPELINE.md");
    let action = read("action.yml");
    assert_eq!(text(&action["runs"]["steps"][1]["env"], "ROOT"), "${{ inputs.root }}");
    assert_eq!(text(&action["inputs"]["root"], "default"), ".");
}

#[test]
fn linters_have_nothing_to_say_about_the_action() {
    let copy = Project::new();
    fs_err::copy(repository().join("action.yml"), copy.root().join("action.yml")).unwrap();
    if let Some(zizmor) = tool("zizmor") {
        let flags = ["--offline", "--no-config", "--no-ignores", "--no-progress", "--quiet", "--persona", "auditor"];
        copy.output(copy.command(zizmor).args(flags).arg("action.yml")).status(0);
    }
    if let Some(schema) = tool("check-jsonschema") {
        let flags = ["--builtin-schema", "vendor.github-actions", "action.yml"];
        copy.output(copy.command(schema).args(flags)).status(0);
    }
    // actionlint reads the action that a workflow names.
    if let Some(actionlint) = tool("actionlint") {
        let workflow =
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ./\n        with: {root: a}\n";
        copy.write(".github/workflows/a.yml", workflow);
        fs_err::create_dir(copy.root().join(".git")).unwrap();
        copy.output(copy.command(&actionlint).args(["-shellcheck", "", ".github/workflows/a.yml"])).status(0);
        copy.write(".github/workflows/a.yml", &workflow.replace("root:", "rot:"));
        copy.output(copy.command(&actionlint).args(["-shellcheck", "", ".github/workflows/a.yml"])).status(1);
    }
    for (index, script) in steps().iter().enumerate() {
        copy.write(&format!("{index}.sh"), &format!("#!/usr/bin/env bash\n{script}"));
    }
    crate::support::lint_scripts(copy.root());
}
