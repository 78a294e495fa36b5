//! A runner that dies: at the start of every step of a build, one after another. What is left is never half a release, and the next
//! run gets further.

use std::{
    io::{BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    process::{Command, Stdio},
};

use super::{runner::Repository, upstream};
use crate::support::tool;

/// The steps of a build that publishes, in their order: the job as its log names it, and the step. Of a matrix, the row
/// that comes first stands for all.
const STEPS: [(&str, &str); 17] = [
    ("Plan", "Check out the repository"),
    ("Plan", "Decide what to build"),
    ("Build for", "Check out the repository"),
    ("Build for", "Build and pack"),
    ("Build for", "Keep the packages"),
    ("Test plain on", "Check out the repository"),
    ("Test plain on", "Fetch the packages"),
    ("Test plain on", "Test the package"),
    ("Release", "Check out the repository"),
    ("Release", "Fetch the packages"),
    ("Release", "Make what goes with the packages"),
    ("Release", "Install cosign"),
    ("Release", "Sign"),
    ("Release", "Attest where they were built"),
    ("Release", "Add the attestation to the release"),
    ("Release", "Publish"),
    ("Summary", "Summarize"),
];

const INPUTS: [(&str, &str); 2] = [("version", "2.0.2"), ("publish", "true")];

/// Runs the build until this step starts, and kills all of it there. What it said until then; nothing where the step never came.
fn killed_at(repository: &Repository, (job, step): (&str, &str)) -> Result<(), String> {
    let act = repository.act_command("workflow_dispatch", "build-hello.yml", &INPUTS);
    // The first process of a namespace takes all others of it with it, those of the steps too.
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--pid", "--fork", "--kill-child=KILL", "--mount-proc"]);
    command.arg(act.get_program()).args(act.get_args()).env_clear();
    command.envs(act.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(repository.project.root()).process_group(0);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    let mut was_reached = false;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        said += &line;
        said.push('\n');
        if line.contains(&format!("/{job}")) && line.ends_with(&format!("Run Main {step}")) {
            was_reached = true;
            let kill = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status().unwrap();
            assert!(kill.success());
        }
    }
    child.wait().unwrap();
    if was_reached { Ok(()) } else { Err(said) }
}

#[test]
fn a_runner_that_dies_at_any_step_leaves_no_half_release_and_the_next_run_goes_on() {
    if tool("unshare").is_none() {
        return;
    }
    let Some(repository) = Repository::new() else { return };
    upstream::repository(&repository.project, "example.org/hello", &["v2.0.2"]);
    // Every step of the workflow is in the list, but for the one that only a failed build reaches.
    let text = repository.project.read(".github/workflows/build-hello.yml");
    let steps = text.lines().filter_map(|line| line.strip_prefix("      - name: "));
    let steps: Vec<_> = steps.filter(|name| *name != "Keep the logs of a failed build").collect();
    assert_eq!(steps, STEPS.map(|(_, step)| step));

    for step in STEPS {
        killed_at(&repository, step).unwrap_or_else(|said| panic!("{step:?} never started\n{said}"));
        let state = repository.github.state();
        match step.1 {
            // It may have begun: what there is then is a draft, which nobody sees.
            "Publish" => assert!(state.releases.iter().all(|release| release.draft), "{step:?}: {:?}", state.releases),
            "Summarize" => assert!(state.releases.len() == 1 && !state.releases[0].draft, "{:?}", state.releases),
            // As if it had never run, so the next run is a first one.
            _ => assert!(state.releases.is_empty() && state.tags.is_empty(), "{step:?}: {:?}", state.releases),
        }
    }
    let release = repository.github.state().of_tag("hello-v2.0.2").remove(0);
    let mut names: Vec<_> = release.assets.iter().map(|asset| asset.name.as_str()).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "a file is there twice: {names:?}");
    let again = repository.act("workflow_dispatch", "build-hello.yml", &INPUTS);
    again.status(0).stdout_has("Nothing to do: the release hello-v2.0.2 exists.");
    assert_eq!(repository.github.state().of_tag("hello-v2.0.2"), [release]);
}
