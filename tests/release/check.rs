//! What `check-version.sh` finds, starts, leaves alone and proposes.

use serde_json::{Value, json};

use super::{
    fixture::{Releasing, VERSION},
    upstream,
};
use crate::support::{Fault, Output, READER, edit};

/// The project with an upstream that offers one version. Gives the commit of its tag, too.
fn checking() -> Option<(Releasing, String)> {
    let releasing = Releasing::built()?;
    let commits = upstream::repository(&releasing.project, "github.com/jqlang/jq", &["jq-1.7.1", "jq-1.8.1"]);
    Some((releasing, commits[1].clone()))
}

/// Runs the check, which may start builds.
fn check(releasing: &Releasing) -> Output {
    drop(fs_err::remove_file(releasing.at("output")));
    let mut command = releasing.script("check-version.sh", &[]);
    command.env("START_BUILDS", "true").env("GITHUB_OUTPUT", releasing.at("output"));
    releasing.project.output(upstream::rewritten(&releasing.project, &mut command))
}

/// An output of the check.
fn output(releasing: &Releasing, name: &str) -> Value {
    let text = releasing.project.read("output");
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name}=")));
    serde_json::from_str(line.unwrap()).unwrap()
}

/// A run of a build, as GitHub lists it, that was started some hours ago.
fn run(workflow: &str, title: &str, status: &str, hours: u64) -> Value {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let mut date = std::process::Command::new("date");
    date.args(["--utc", "+%Y-%m-%dT%H:%M:%SZ", "--date"]).arg(format!("@{}", now - 3600 * hours));
    let at = String::from_utf8(date.output().unwrap().stdout).unwrap();
    json!({
        "path": format!(".github/workflows/{workflow}"), "display_title": title, "status": status,
        "conclusion": if status == "completed" { json!("failure") } else { Value::Null }, "created_at": at.trim(),
    })
}

#[test]
fn a_new_version_is_started_with_its_commit_and_asked_for_in_few_requests() {
    let Some((releasing, commit)) = checking() else { return };
    check(&releasing).status(0).stdout_has("| jq | 1 | 1.8.1 | `jq-v1.8.1` | absent | build started |");
    let inputs = json!({"version": VERSION, "commit": commit, "revision": "1", "publish": "true"});
    let expected = [("build-jq.yml".to_owned(), json!({"ref": "trunk", "inputs": inputs}))];
    assert_eq!(releasing.github.state().dispatches, expected);
    let expected = [
        "GET releases",
        "GET actions/runs",
        "GET releases/tags/jq-v1.8.1",
        "POST actions/workflows/build-jq.yml/dispatches",
    ];
    assert_eq!(releasing.github.requests(), expected);
    assert_eq!(output(&releasing, "failed"), json!([]));
}

#[test]
fn nothing_is_started_without_being_asked_to() {
    let Some((releasing, _)) = checking() else { return };
    let mut command = releasing.script("check-version.sh", &[]);
    let output = releasing.project.output(upstream::rewritten(&releasing.project, &mut command));
    output.status(0).stdout_has("| absent | a build is missing |");
    let mut command = releasing.script("check-version.sh", &["jq"]);
    command.env_remove("REPOSITORY");
    let output = releasing.project.output(upstream::rewritten(&releasing.project, &mut command));
    output.status(0).stdout_has("| unknown | none |");
    assert!(releasing.github.state().dispatches.is_empty());
}

#[test]
fn a_version_is_not_started_twice() {
    let Some((releasing, _)) = checking() else { return };
    for status in ["queued", "in_progress", "waiting", "pending", "requested"] {
        releasing.github.state().runs = vec![run("build-jq.yml", "jq 1.8.1", status, 1)];
        check(&releasing).status(0).stdout_has("left alone: a build is running");
    }
    // Who may only read does not see drafts; whoever publishes is seen as a run.
    let mut state = releasing.github.state();
    state.publish("jq-v1.8.1", &[]);
    state.releases[0].draft = true;
    drop(state);
    let mut command = releasing.script("check-version.sh", &[]);
    command.env("START_BUILDS", "true").env("GH_TOKEN", READER);
    let output = releasing.project.output(upstream::rewritten(&releasing.project, &mut command));
    output.status(0).stdout_has("left alone: a build is running");
    assert!(releasing.github.state().dispatches.is_empty());
}

#[test]
fn a_build_that_failed_waits_some_days() {
    let Some((releasing, _)) = checking() else { return };
    releasing.github.state().runs =
        vec![run("build-jq.yml", "jq 1.8.1", "completed", 200), run("build-jq.yml", "jq 1.8.1", "completed", 71)];
    check(&releasing).status(0).stdout_has("led to no release; tried again after 3 days, or by hand");
    assert!(releasing.github.state().dispatches.is_empty());
    releasing.github.state().runs = vec![run("build-jq.yml", "jq 1.8.1", "completed", 73)];
    check(&releasing).status(0).stdout_has("build started");
}

#[test]
fn other_runs_hold_nothing_back() {
    let Some((releasing, _)) = checking() else { return };
    releasing.github.state().runs = vec![
        run("build-jq.yml", "jq 1.8.1 (not published)", "in_progress", 1),
        run("build-jq.yml", "jq 1.8.1-2", "in_progress", 1),
        run("build-jq.yml", "jq 11.8.1", "queued", 1),
        run("build-other.yml", "jq 1.8.1", "queued", 1),
    ];
    check(&releasing).status(0).stdout_has("build started");
}

#[test]
fn what_is_published_is_compared_by_its_pins() {
    let Some((releasing, _)) = checking() else { return };
    let mut pins = releasing.script("release-pins.sh", &["jq", "1"]);
    let pins = releasing.project.output(&mut pins).stdout().to_owned();
    // A release of before the pins were written down, an older revision with other pins, the newest with those of the lock.
    releasing.github.state().publish("jq-v1.8.1", &[("jq-standalone-linux-amd64.tar.zst", b"x")]);
    check(&releasing).status(0).stdout_has("| `jq-v1.8.1` | published | none: its pins are not known |");
    let old = pins.replace("6.10.10", "6.9.9");
    assert_ne!(old, pins, "the lock has another oniguruma: change this test");
    releasing.github.state().publish("jq-v1.8.1-2", &[("jq.pins.json", old.as_bytes())]);
    let changes = "oniguruma 6.9.9 → 6.10.10";
    check(&releasing)
        .status(0)
        .stdout_has(&format!("| `jq-v1.8.1-2` | published | a rebuild is proposed: its pins changed: {changes} |"));
    let rebuild = json!({"tool": "jq", "line": "1", "version": VERSION, "revision": "3", "changes": changes});
    assert_eq!(output(&releasing, "rebuilds"), json!([rebuild]));
    releasing.github.state().publish("jq-v1.8.1-10", &[("jq.pins.json", pins.as_bytes())]);
    check(&releasing).status(0).stdout_has("| `jq-v1.8.1-10` | published | none |");
    assert_eq!(output(&releasing, "rebuilds"), json!([]));
    assert!(releasing.github.state().dispatches.is_empty(), "a rebuild was started, which nobody asked for");
}

#[test]
fn a_project_can_have_its_rebuilds_started() {
    let Some((releasing, commit)) = checking() else { return };
    edit(&releasing.project, "spec/ghagen.yaml", "schedule:\n", "schedule:\n  rebuilds: start\n");
    releasing.project.run(["generate"]).status(0);
    releasing.github.state().publish("jq-v1.8.1", &[("jq.pins.json", b"{\"components\": []}\n")]);
    check(&releasing).status(0).stdout_has("| build started: ");
    let inputs = json!({"version": VERSION, "commit": commit, "revision": "2", "publish": "true"});
    let expected = ("build-jq.yml".to_owned(), json!({"ref": "trunk", "inputs": inputs}));
    assert_eq!(releasing.github.state().dispatches, [expected]);
    releasing.github.state().runs = vec![run("build-jq.yml", "jq 1.8.1-2", "in_progress", 1)];
    check(&releasing).status(0).stdout_has("left alone: a build is running");
    assert_eq!(releasing.github.state().dispatches.len(), 1);
}

#[test]
fn a_start_that_fails_is_told_and_may_be_repeated() {
    let Some((releasing, _)) = checking() else { return };
    releasing.github.set_faults(
        |_, request| {
            if request.path.ends_with("/dispatches") { Fault::Status(500) } else { Fault::None }
        },
    );
    check(&releasing).status(1).stdout_has("**the build could not be started**").stderr_has("jq-v1.8.1");
    releasing.github.heal();
    check(&releasing).status(0);
    assert_eq!(releasing.github.state().dispatches.len(), 1);
}

#[test]
fn without_the_list_of_releases_or_runs_nothing_is_started() {
    let Some((releasing, _)) = checking() else { return };
    for list in ["/releases", "/actions/runs"] {
        releasing.github.set_faults(
            move |_, request| {
                if request.path.ends_with(list) { Fault::CutBefore } else { Fault::None }
            },
        );
        check(&releasing).status(1).stderr_has("could not be listed");
    }
    releasing.github.heal();
    releasing.github.state().runs = vec![run("build-other.yml", "other 1", "completed", 1); 1001];
    check(&releasing).status(1).stderr_has("more than 1000 builds were started in 3 days");
    assert!(releasing.github.state().dispatches.is_empty());
}
