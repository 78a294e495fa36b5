//! The one issue that says what a scheduled check could not do, or proposes.

use serde_json::json;

use super::fixture::Releasing;

const TITLE: &str = "Check releases: something to look at";

fn report(releasing: &Releasing, result: &str, failed: &str, rebuilds: &str) -> crate::support::Output {
    let mut command = releasing.script("report-check.sh", &[]);
    command.envs([("RESULT", result), ("FAILED", failed), ("REBUILDS", rebuilds), ("GITHUB_RUN_ID", "77")]);
    releasing.project.output(&mut command)
}

#[test]
fn one_issue_is_opened_brought_up_to_date_and_closed() {
    let Some(releasing) = Releasing::built() else { return };
    // Others may open an issue of that title, and pull requests are listed among the issues.
    let decoys = [
        json!({"number": 901, "title": TITLE, "state": "open", "user": {"login": "somebody"}}),
        json!({"number": 902, "title": TITLE, "state": "open", "user": {"login": "github-actions[bot]"}, "pull_request": {}}),
    ];
    releasing.github.state().issues = decoys.to_vec();
    report(&releasing, "success", "[]", "[]").status(0).stderr_has("nothing to report");
    report(&releasing, "failure", r#"["crun","podman"]"#, "[]").status(0).stderr_has("opened an issue");
    let issue = releasing.github.state().issues[2].clone();
    assert_eq!(issue["title"], TITLE);
    let body = "These tools could not be checked:\n\n- crun\n- podman\n\n\
                Last seen by https://github.com/o/r/actions/runs/77.\n";
    assert_eq!(issue["body"], body);
    report(&releasing, "failure", r#"["crun"]"#, "[]").status(0).stderr_has("up to date");
    let issue = releasing.github.state().issues[2].clone();
    assert!(!issue["body"].as_str().unwrap().contains("podman"));
    report(&releasing, "success", "[]", "[]").status(0).stderr_has("closed the issue");
    let state = releasing.github.state();
    assert_eq!(state.issues[2]["state"], "closed");
    assert_eq!(state.comments.len(), 1);
    assert!(state.comments[0].1.starts_with("All is well again: "));
    assert_eq!(state.issues[..2], decoys);
    drop(state);
    // The next failure opens a new one: a closed one is done with.
    report(&releasing, "failure", r#"["crun"]"#, "[]").status(0).stderr_has("opened an issue");
    assert_eq!(releasing.github.state().issues.len(), 4);
}

#[test]
fn a_check_that_did_not_come_to_its_end_and_rebuilds_are_told() {
    let Some(releasing) = Releasing::built() else { return };
    report(&releasing, "failure", "", "").status(0);
    let body = releasing.github.state().issues[0]["body"].as_str().unwrap().to_owned();
    assert!(body.starts_with("The check ended with `failure` before it was done.\n"), "{body}");
    let rebuild =
        r#"[{"tool":"podman","line":"5","version":"5.8.3","revision":"2","changes":"libseccomp 2.6.0 → 2.6.1"}]"#;
    report(&releasing, "success", "[]", rebuild).status(0);
    let body = releasing.github.state().issues[0]["body"].as_str().unwrap().to_owned();
    assert!(body.contains("- podman 5.8.3, revision 2: libseccomp 2.6.0 → 2.6.1\n"), "{body}");
    let many: Vec<_> = (0..1000).map(|number| format!("t{number}")).collect();
    report(&releasing, "failure", &json!(many).to_string(), "[]").status(0);
    let body = releasing.github.state().issues[0]["body"].as_str().unwrap().to_owned();
    assert!(body.len() < 10_000 && body.contains("- and 900 more, see the run\n"), "{body}");
}

#[test]
fn an_issue_that_cannot_be_written_is_a_failure() {
    let Some(releasing) = Releasing::built() else { return };
    releasing.github.set_faults(|_, request| {
        if request.method == "GET" { crate::support::Fault::None } else { crate::support::Fault::Status(410) }
    });
    report(&releasing, "failure", r#"["crun"]"#, "[]").status(1).stderr_has("the issue could not be opened");
    report(&releasing, "sucess", "[]", "[]").status(2).stderr_has("RESULT must be the result of a job");
}
