//! A run that is killed: at its first step, at its second, and so on until one gets through. Each is a real process, and aborts.

use std::collections::BTreeMap;

use super::{GHAGEN, Output, Project, Work};

/// Kills a run at every step there is. Gives how often each kind of step was the one.
#[track_caller]
fn killed_at_every_step(work: &Work) -> BTreeMap<String, usize> {
    let mut steps = BTreeMap::new();
    for number in 1.. {
        let project = Project::of(&work.before);
        let output = run(&project, work.args, number);
        if output.is_success() {
            work.assert_done(&project.tree(), &super::folders(project.root()), "not killed");
            return steps;
        }
        let what = format!("killed at step {number}, {}", output.stderr().trim());
        assert!(output.was_killed(), "{what}: {output}");
        let (_, step) = output.stderr().split_once("fault: ").unwrap();
        *steps.entry(step.split(':').next().unwrap().to_owned()).or_default() += 1;
        work.assert_whole(&project.tree(), &what);
        work.assert_completed_by_next_run(&project, &what);
    }
    unreachable!()
}

fn run(project: &Project, args: &[&str], fault: usize) -> Output {
    // No core file: it would land in the project.
    let mut command = project.command("bash");
    command
        .args(["-c", "ulimit -c 0 && exec \"$@\"", "bash", GHAGEN])
        .args(args)
        .env("GHAGEN_FAULT", fault.to_string());
    project.output(&mut command)
}

#[track_caller]
fn assert_kinds(steps: &BTreeMap<String, usize>, expected: &[&str]) {
    assert_eq!(steps.keys().collect::<Vec<_>>(), expected);
}

const PUT: [&str; 6] = ["create", "mode", "rename", "sync", "sync folder", "write"];

#[test]
fn in_a_fresh_project() {
    let steps = killed_at_every_step(&Work::fresh());
    assert_kinds(&steps, &["create", "create folder", "mode", "rename", "sync", "sync folder", "write"]);
    assert!(steps["rename"] > 20, "{steps:?}");
}

#[test]
fn with_files_that_change_come_and_go() {
    let steps = killed_at_every_step(&Work::changed());
    let expected =
        ["create", "create folder", "mode", "remove", "remove folder", "rename", "sync", "sync folder", "write"];
    assert_kinds(&steps, &expected);
    assert_eq!((steps["remove"], steps["remove folder"]), (2, 2));
}

#[test]
fn after_another_one_was_killed() {
    let steps = killed_at_every_step(&Work::disturbed());
    assert_kinds(&steps, &["mode", "remove", "sync folder"]);
    assert_eq!((steps["mode"], steps["remove"]), (2, 3));
}

#[test]
fn while_a_bump_is_adopted() {
    assert_kinds(&killed_at_every_step(&Work::bumped()), &PUT);
}

#[test]
fn while_the_lock_is_written() {
    let steps = killed_at_every_step(&Work::pruned());
    assert_kinds(&steps, &PUT);
    assert_eq!(steps["rename"], 1);
}
