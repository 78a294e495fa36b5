//! The gate of pull requests: what its steps do and say. The scripts are those of the generated workflow.

use std::os::unix::fs::PermissionsExt;

use serde_yaml::Value;

use crate::support::{Output, Project, edit, generated, small};

/// A step of a job of `verify.yml`, with its own variables.
fn step(project: &Project, job: &str, name: &str) -> (String, Vec<(String, String)>) {
    let workflow: Value = serde_yaml::from_str(&project.read(".github/workflows/verify.yml")).unwrap();
    let steps = workflow["jobs"][job]["steps"].as_sequence().unwrap();
    let step = steps.iter().find(|step| step["name"] == name).unwrap_or_else(|| panic!("{job} has no step {name}"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let variables = step["env"].as_mapping().into_iter().flatten();
    (text(&step["run"]), variables.map(|(key, value)| (text(key), text(value))).collect())
}

/// Runs it as GitHub does, with these variables in place of expressions.
fn run(project: &Project, job: &str, name: &str, values: &[(&str, &str)]) -> Output {
    let (script, variables) = step(project, job, name);
    project.write("summary", "");
    let mut command = project.command("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script]).envs(variables);
    command.env("GITHUB_STEP_SUMMARY", project.root().join("summary")).env("RUNNER_TEMP", project.root());
    command.env("GITHUB_OUTPUT", project.root().join("output"));
    let path = format!("{}:{}", project.root().join("shadow").display(), std::env::var("PATH").unwrap());
    project.output(command.envs(values.iter().copied()).env("PATH", path))
}

#[test]
fn on_drift_the_summary_says_what_to_do() {
    let project = generated();
    let name = "Say what to do";
    for (code, said) in [
        ("1", "    cargo run --release --locked -- generate\n"),
        ("3", "    cargo run --release --locked -- validate\n"),
        ("4", "another version of ghagen"),
        ("5", "    cargo run --release --locked -- adopt\n"),
        ("101", "the comparison itself failed"),
        ("", "the comparison itself failed"),
    ] {
        run(&project, "drift", name, &[("CODE", code)]).status(0).stdout_has(said);
        let summary = project.read("summary");
        assert!(summary.contains(said), "{summary}");
        assert_eq!(summary.contains("in a fork too"), code.len() == 1, "{summary}");
    }
    // It runs where the comparison failed, and nowhere else.
    let workflow = project.read(".github/workflows/verify.yml");
    assert!(workflow.contains("if: failure() && steps.check.outcome == 'failure'"), "{workflow}");
}

#[test]
fn the_summary_says_what_a_pull_request_changes_and_never_fails() {
    let project = generated();
    // In place of cargo: the ghagen that it would build.
    let cargo = format!(
        "#!/bin/bash\nwhile [[ $1 != -- ]]; do shift; done\nshift\nexec '{}' \"$@\"\n",
        env!("CARGO_BIN_EXE_ghagen")
    );
    project.write("shadow/cargo", &cargo);
    fs_err::set_permissions(project.root().join("shadow/cargo"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let git = "git init --quiet && git add spec && git -c user.name=A -c user.email=a@example.org commit --quiet -m x";
    let again = "git add spec && git -c user.name=A -c user.email=a@example.org commit --quiet -m y";
    let shell = |script: &str| project.output(project.command("bash").args(["-euc", script])).status(0).is_success();
    let say = || run(&project, "drift", "Say what changes", &[]);
    assert!(shell(git));
    // No commit before: in a clone that is too shallow.
    say().status(0).stdout_has("ghagen cannot say it").stdout_has("    error: git knows no revision `HEAD^1`");
    edit(&project, "spec/ghagen.yaml", "minimum_clang: 18", "minimum_clang: 19");
    assert!(shell(again));
    say()
        .status(0)
        .stdout_has("## What changes against `HEAD^1`\n\n**the project**\n\n- the oldest clang: `18` -> `19`\n");
    assert!(project.read("summary").contains("- the oldest clang"));
    // The spec before was none that this ghagen takes.
    edit(&project, "spec/ghagen.yaml", "minimum_clang", "minimal_clang");
    assert!(shell(again));
    edit(&project, "spec/ghagen.yaml", "minimal_clang", "minimum_clang");
    assert!(shell(again));
    say().status(0).stdout_has("ghagen cannot say it").stdout_has("    error: the spec at `HEAD^1` is not valid");
    // An older ghagen, or none.
    project.write("shadow/cargo", "#!/bin/bash\necho \"unexpected argument\" >&2\nexit 2\n");
    say().status(0).stdout_has("    unexpected argument\n");
    let workflow = project.read(".github/workflows/verify.yml");
    assert!(workflow.contains("if: github.event_name == 'pull_request' && !cancelled()\n"), "{workflow}");
    assert!(workflow.contains("fetch-depth: 2\n"), "{workflow}");
}

#[test]
fn the_gate_passes_where_everything_passed_and_nowhere_else() {
    let project = generated();
    for drift in ["success", "failure", "cancelled", "skipped", ""] {
        for lint in ["success", "failure", "cancelled", "skipped", ""] {
            let out = run(&project, "ghagen-ok", "Look at the results", &[("DRIFT", drift), ("LINT", lint)]);
            assert_eq!(out.is_success(), drift == "success" && lint == "success", "{out}");
        }
    }
    let workflow = project.read(".github/workflows/verify.yml");
    assert!(workflow.contains("  merge_group:\n") && workflow.contains("    if: always()\n"), "{workflow}");
}

#[test]
fn a_released_ghagen_is_taken_by_its_checksum_alone() {
    let project = small();
    project.write("dist/ghagen-v1.2.3/ghagen", "#!/bin/sh\necho \"ghagen $*\"\nexit 5\n");
    let everybody = std::fs::Permissions::from_mode(0o755);
    fs_err::set_permissions(project.root().join("dist/ghagen-v1.2.3/ghagen"), everybody.clone()).unwrap();
    let pack = "tar --create --directory dist ghagen-v1.2.3 | zstd --quiet -o released && sha256sum released";
    let packed = project.output(project.command("bash").args(["-euo", "pipefail", "-c", pack]));
    let sha256 = packed.status(0).stdout().split(' ').next().unwrap().to_owned();
    let release = format!(
        "  generator:\n    release:\n      repository: example/tools\n      version: 1.2.3\n      sha256: {{amd64: '{sha256}'}}"
    );
    edit(&project, "spec/ghagen.yaml", "  generator: {path: .}", &release);
    project.run(["generate"]).status(0);

    // The address is not reachable from here. What is downloaded is a file; what is asked for is looked at.
    let curl =
        "#!/bin/bash\nprintf '%s\\n' \"$@\" >asked\nwhile [[ $1 != --output ]]; do shift; done\ncp released \"$2\"\n";
    project.write("shadow/curl", curl);
    fs_err::set_permissions(project.root().join("shadow/curl"), everybody).unwrap();
    run(&project, "drift", "Install ghagen", &[]).status(0);
    let address =
        "https://github.com/example/tools/releases/download/ghagen-v1.2.3/ghagen-standalone-linux-amd64.tar.zst";
    assert!(project.read("asked").lines().any(|line| line == address), "{}", project.read("asked"));
    // The exit code is handed on, and noted for the next step.
    run(&project, "drift", "Compare the committed files with the spec", &[])
        .status(5)
        .stdout_has("check --format github");
    assert_eq!(project.read("output"), "code=5\n");

    let mut bytes = fs_err::read(project.root().join("released")).unwrap();
    bytes[20] ^= 1;
    fs_err::write(project.root().join("released"), bytes).unwrap();
    assert!(!run(&project, "drift", "Install ghagen", &[]).is_success());
}
