//! `ghagen explain` of generated files: every line has an explanation, and it is true.

mod cell;
mod truth;

use ghagen::compile::{Made, compile};
use ghagen::explain::{Cause, Given, lines};
use serde_json::Value;

use crate::support::{Project, repository, small};

fn made() -> (ghagen::source::Sources, Made) {
    let files = ghagen::project::read_files(repository()).unwrap();
    let compilation = compile(&files).unwrap();
    (compilation.sources, compilation.made.unwrap())
}

/// What the spec says, or a default with its name, or the file and the line of ghagen's source that are the same in every project.
#[test]
fn every_line_of_every_workflow_and_script_is_explained() {
    let (sources, made) = made();
    let (mut files, mut count, mut from_the_spec) = (0, 0, 0);
    for artifact in &made.artifacts {
        let text = String::from_utf8(artifact.bytes.clone()).unwrap();
        let explained = lines(&sources, &made.model, &made.plan, artifact).unwrap();
        files += 1;
        for (number, (line, explained)) in text.lines().zip(&explained).enumerate() {
            let place = format!("{}:{}: {line}", artifact.path, number + 1);
            count += 1;
            assert!(explained.part_of.iter().all(|part| !part.is_empty()) && !explained.part_of.is_empty(), "{place}");
            let maker = &explained.maker;
            let source = fs_err::read_to_string(repository().join(&maker.file))
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            let last = source.lines().count();
            assert!(maker.line.is_none_or(|line| (1..=last).contains(&line)), "{place}: {maker:?}");
            let causes = explained.values.iter().chain(&explained.conditions).chain(&explained.asked_by);
            for origin in causes {
                let cause = Cause::of(&sources, origin);
                let spec = fs_err::read_to_string(repository().join(&cause.file)).unwrap();
                match &cause.given {
                    Given::Here => assert_eq!(spec.lines().nth(cause.line - 1), Some(cause.text.as_str()), "{place}"),
                    Given::Default(value) => assert!(!value.is_empty(), "{place}: {cause:?}"),
                    Given::Absent(meaning) => assert!(!meaning.is_empty(), "{place}: {cause:?}"),
                }
            }
            from_the_spec += usize::from(!explained.values.is_empty());
        }
    }
    assert!(
        files > 100 && count > 5000 && from_the_spec > 1000,
        "{files} files, {count} lines, {from_the_spec} of the spec"
    );
}

fn generated() -> Project {
    let project = small();
    project.run(["generate"]).status(0);
    project
}

#[test]
fn a_line_is_told_to_people_and_to_programs() {
    let project = generated();
    let workflow = ".github/workflows/check-releases.yml";
    let text = fs_err::read_to_string(project.root().join(workflow)).unwrap();
    let number = 1 + text.lines().position(|line| line.contains("- cron:")).unwrap();
    let what = format!("{workflow}:{number}");
    let output = project.run(["explain", &what]);
    output.status(0).stdout_has("`schedule.cron`").stdout_has("spec/ghagen.yaml:").stdout_has("src/plan/workflow/");
    let output = project.run(["explain", &what, "--format", "json"]);
    let value: Value = serde_json::from_str(output.status(0).stdout()).unwrap();
    assert_eq!((&value["schema_version"], &value["on_disk"]), (&Value::from(1), &Value::from("same")));
    let route = |index: usize| value["values"][index]["route"].as_str().unwrap_or_default().to_owned();
    assert!((0..3).any(|index| route(index) == "schedule.cron"), "{value:#}");
}

#[test]
fn a_default_says_where_it_is_changed() {
    let project = generated();
    let script = "generated/scripts/check-version.sh";
    let text = fs_err::read_to_string(project.root().join(script)).unwrap();
    let number = 1 + text.lines().position(|line| line.starts_with("retry_days=")).unwrap();
    let output = project.run(["explain", &format!("{script}:{number}")]);
    output.status(0).stdout_has("default of `schedule.retry_days`: 3");
    output.stdout_has("to change it, write `schedule.retry_days` in spec/ghagen.yaml");
}

#[test]
fn a_file_that_drifted_is_explained_as_it_would_be() {
    let project = generated();
    let script = "generated/scripts/package.sh";
    fs_err::write(project.root().join(script), "echo\n").unwrap();
    project.run(["explain", &format!("./{script}:30")]).status(0).stderr_has("differs from what is generated");
    fs_err::remove_file(project.root().join(script)).unwrap();
    project.run(["explain", script]).status(0).stdout_has("package.sh.j2").stderr_has("no such file on disk");
}

#[test]
fn what_is_not_generated_says_what_is() {
    let project = generated();
    let script = "generated/scripts/package.sh";
    let last = fs_err::read_to_string(project.root().join(script)).unwrap().lines().count();
    for line in [0, last + 1] {
        let output = project.run(["explain", &format!("{script}:{line}")]);
        output.status(2).stderr_has(&format!("{script} has no line {line}: its lines are 1 to {last}"));
    }
    let output = project.run(["explain", "generated/scripts/pakage.sh:3"]);
    output.status(2).stderr_has("is not generated; did you mean `generated/scripts/package.sh`?");
    project.run(["explain", "package.sh"]).status(2).stderr_has("did you mean `generated/scripts/package.sh`?");
    let output = project.run(["explain", "spec/ghagen.yaml"]);
    output.status(2).stderr_has("it is what others are generated from");
    fs_err::write(project.root().join("notes.txt"), "").unwrap();
    project.run(["explain", "notes.txt:1"]).status(2).stderr_has("somebody wrote it by hand");
}
