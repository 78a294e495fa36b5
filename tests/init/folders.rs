//! Where a new project is made: in folders that are not there, full ones, and those where a run was killed.

use std::os::unix::fs::symlink;

use super::{SOURCE, init, new};
use crate::support::{Project, assert_same_tree};

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

/// The files of a project in the order in which they are written.
fn in_order(whole: &Project) -> Vec<String> {
    let tree = whole.tree();
    let (spec, made): (Vec<&str>, Vec<&str>) = tree.paths().partition(|path| path.starts_with("spec/"));
    let last = |paths: Vec<&str>, last: &str| {
        let first = paths.into_iter().filter(|path| *path != last).map(ToOwned::to_owned);
        first.chain([last.to_owned()]).collect::<Vec<_>>()
    };
    [last(spec, "spec/ghagen.yaml"), last(made, "generated/manifest.json")].concat()
}

#[test]
fn after_a_kill_the_same_words_finish_the_work() {
    let whole = new("cmake");
    let order = in_order(&whole);
    for written in 0..=order.len() {
        let there = &order[..written];
        let is_there = |path: &str| there.iter().any(|it| it == path);
        let project = Project::of(&whole.tree().only(is_there));
        // What was on its way when the run was killed.
        let next = order.get(written).map_or("spec", |path| path.rsplit_once('/').unwrap().0);
        let project = project.file(&format!("{next}/.ghagen-x.tmp"), "half");
        if !is_there("spec/ghagen.yaml") {
            project.run(["generate"]).status(2).stderr_has("ghagen init");
            let output = init(&project, "other", "cmake");
            if written == 0 {
                output.status(0);
                continue;
            }
            // Half of another tool is no valid spec; a whole one has a lock that is in the way.
            let is_whole = is_there("spec/tools/hello.yaml");
            output.status(if is_whole { 74 } else { 3 }).stderr_has("nothing was written").stderr_has("interrupted");
        }
        init(&project, "hello", "cmake").status(0);
        let tree = project.tree().only(|path| !path.ends_with(".tmp"));
        assert_same_tree(&whole.tree(), &tree);
    }
}
