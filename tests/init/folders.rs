//! Where a new project is made: in folders that are not there, full ones, and those where a run was killed.

use std::os::unix::fs::symlink;

use super::{SOURCE, init, new};
use crate::support::{Output, Project, assert_same_tree};

#[test]
fn a_folder_is_made_where_there_is_none() {
    let project = Project::new();
    let args = ["init", "one/two", "--tool", "hello", "--source", SOURCE, "--system", "go"];
    project.run(args).status(0).stdout_has("cd one/two");
    project.run(["check", "--root", "one/two"]).status(0);
}

#[test]
fn a_repository_keeps_every_byte_that_it_has() {
    let workflow = "on: push\njobs: {}\n";
    let project = Project::new()
        .file("README.md", "mine\n")
        .file(".github/workflows/ci.yml", workflow)
        .file(".github/dependabot.yml", "version: 2\nupdates: []\n")
        .file("spec/README.md", "also mine\n");
    let before = project.tree();
    init(&project, "hello", "make").status(0);
    let kept = project.tree().only(|path| before.get(path).is_some());
    assert_same_tree(&before, &kept);
    assert_same_tree(&new("make").tree(), &project.tree().only(|path| before.get(path).is_none()));
    project.run(["check"]).status(0);
}

#[test]
fn nothing_is_written_over_anything() {
    let paths: Vec<String> = new("meson").tree().paths().map(ToOwned::to_owned).collect();
    assert!(paths.len() > 30, "{}", paths.len());
    for path in &paths {
        let project = Project::new().file(path, "mine\n");
        let before = project.tree();
        let output = init(&project, "hello", "meson");
        if path == "spec/ghagen.yaml" {
            output.status(2).stderr_has("spec/ghagen.yaml` is there").stderr_has("ghagen generate");
        } else {
            output.status(74).stderr_has("nothing was written").stderr_has(path);
        }
        assert_same_tree(&before, &project.tree());
    }
    // All of them are named in one run, and so is what may have left them.
    let project = Project::new().file("spec/ghagen.lock", "mine\n").file("generated/PIPELINE.md", "mine\n");
    let project = project.file(".github/workflows/verify.yml", "mine\n");
    let output = init(&project, "hello", "meson");
    output
        .status(74)
        .stderr_has("spec/ghagen.lock")
        .stderr_has("PIPELINE.md")
        .stderr_has("workflows/verify.yml")
        .stderr_has("interrupted");
}

#[test]
fn links_are_not_followed() {
    for folder in ["spec", "generated", ".github", ".github/workflows", "generated/scripts"] {
        let project = Project::new().file("elsewhere/kept", "mine\n");
        let link = project.root().join(folder);
        fs_err::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(project.root().join("elsewhere"), &link).unwrap();
        let before = project.tree();
        let output = init(&project, "hello", "go");
        assert!(!output.is_success() && output.stderr().contains("link"), "{output}");
        assert_same_tree(&before, &project.tree());
    }
}

#[test]
fn a_folder_spec_of_something_else_is_left_alone() {
    let project = Project::new().file("spec/hello_spec.rb", "describe 'hello'\n");
    let before = project.tree();
    init(&project, "hello", "go").status(3).stderr_has("spec/hello_spec.rb").stderr_has("nothing was written");
    assert_same_tree(&before, &project.tree());
}

#[test]
fn a_project_that_is_there_is_said_to_be_there() {
    let project = new("go");
    let before = project.tree();
    init(&project, "hello", "go").status(0).stdout_has("nothing to do");
    init(&project, "other", "go").status(2).stderr_has("this is a project already").stderr_has("ghagen generate");
    project.run(["init"]).status(2).stderr_has("this is a project already");
    assert_same_tree(&before, &project.tree());
}

/// A run that is killed in front of this step of its writing.
fn killed(project: &Project, step: usize) -> Output {
    let args = ["--tool", "hello", "--source", SOURCE, "--system", "cmake"];
    let mut command = project.command("bash");
    // No core file: it would land in the project.
    command.args(["-c", "ulimit -c 0 && exec \"$@\"", "bash", env!("CARGO_BIN_EXE_ghagen"), "init"]).args(args);
    project.output(command.env("GHAGEN_FAULT", step.to_string()))
}

#[test]
fn after_a_kill_the_same_words_finish_the_work() {
    let whole = new("cmake");
    let (mut without_project, mut with_project) = (0, 0);
    // Not every step, of which there are hundreds: `faults` tries those of the writer one by one.
    for step in (1..25).chain((25..).step_by(13)) {
        let project = Project::new();
        if killed(&project, step).is_success() {
            break;
        }
        if project.root().join("spec/ghagen.yaml").exists() {
            with_project += 1;
        } else {
            without_project += 1;
            project.run(["generate"]).status(2).stderr_has("ghagen init");
        }
        init(&project, "hello", "cmake").status(0);
        assert_same_tree(&whole.tree(), &project.tree());
    }
    assert!(without_project > 15 && with_project > 10, "{without_project} {with_project}");
}

#[test]
fn after_a_kill_other_words_write_over_nothing() {
    for (path, status) in [("spec/components/hello.yaml", 3), ("spec/ghagen.lock", 74)] {
        let project = Project::of(&new("cmake").tree().only(|it| it == path));
        let before = project.tree();
        let output = init(&project, "other", "cmake");
        output.status(status).stderr_has("nothing was written").stderr_has("interrupted");
        assert_same_tree(&before, &project.tree());
    }
}
