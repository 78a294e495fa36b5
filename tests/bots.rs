//! Who keeps the pins new: the workflow in both its forms, run with stand-ins for gh, and the settings of bots.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{Output, Project, edit, lint_workflows};

const WORKFLOW: &str = ".github/workflows/update-pins.yml";
const DEPENDABOT: &str = ".github/dependabot.yml";
const RENOVATE: &str = "generated/renovate.json";

/// The base project with these lines under `pins`.
fn project(pins: &str) -> Project {
    let project = Project::copy_of("tests/diagnostics/base");
    edit(&project, "spec/ghagen.yaml", "gate:\n", &format!("pins:\n{pins}\ngate:\n"));
    let app = "  actions/create-github-app-token: {tag: v1.0.0, commit: '7000000000000000000000000000000000000000'}\n";
    edit(&project, "spec/ghagen.lock", "actions:\n", &format!("actions:\n{app}"));
    project
}

fn exists(project: &Project, path: &str) -> bool {
    project.root().join(path).exists()
}

#[test]
fn nothing_is_made_that_nobody_asks_for() {
    let project = Project::copy_of("tests/diagnostics/base");
    project.run(["generate"]).status(0);
    assert!([WORKFLOW, DEPENDABOT, RENOVATE].iter().all(|path| !exists(&project, path)));
}

#[test]
fn settings_of_bots_come_and_go() {
    let project = project("  dependabot: true");
    project.run(["generate"]).status(0);
    assert!(project.read(DEPENDABOT).contains("patterns:\n"));
    project.run(["check"]).status(0);
    edit(&project, "spec/ghagen.yaml", "dependabot: true", "renovate: true");
    project.run(["generate"]).status(0);
    assert!(!exists(&project, DEPENDABOT));
    let preset: serde_json::Value = serde_json::from_str(&project.read(RENOVATE)).unwrap();
    assert_eq!(preset["packageRules"][0]["groupName"], "actions");
    edit(&project, "spec/ghagen.yaml", "renovate: true", "{renovate: true, dependabot: true}");
    project.run(["validate"]).status(3);
}

#[test]
fn settings_that_people_wrote_are_not_overwritten() {
    let project = project("  dependabot: true").file(DEPENDABOT, "version: 2\nupdates: []\n");
    project.run(["generate"]).status(74).stderr_has(DEPENDABOT);
    assert_eq!(project.read(DEPENDABOT), "version: 2\nupdates: []\n");
}

#[test]
fn the_workflow_is_clean_in_both_its_forms() {
    for app in ["", "\n    app: {client_id: PINS_ID, private_key: PINS_KEY}"] {
        let project = project(&format!("  update:\n    cron: '23 5 * * 1'{app}"));
        project.run(["generate"]).status(0);
        let text = project.read(WORKFLOW);
        assert_eq!(text.contains("secrets.PINS_KEY"), !app.is_empty());
        assert_eq!(text.contains("issues: write"), app.is_empty());
        lint_workflows(project.root());
    }
    project("  update: {cron: '23 5 * * 1', app: {client_id: 'a b', private_key: GITHUB_KEY}}")
        .run(["validate"])
        .status(3);
}

/// The script of the last step of the workflow.
fn last_script(project: &Project) -> String {
    let workflow: serde_yaml::Value = serde_yaml::from_str(&project.read(WORKFLOW)).unwrap();
    let steps = workflow["jobs"]["tell"]["steps"].as_sequence().unwrap();
    steps.last().unwrap()["run"].as_str().unwrap().to_owned()
}

/// Runs that script in a folder with the artifact, and with a gh that notes its arguments and says that there is `issue`.
fn tell(project: &Project, changed: bool, failed: bool, issue: &str) -> (Output, String) {
    let program = |path: &Path, text: &str| {
        fs_err::write(path, text).unwrap();
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    fs_err::create_dir_all(project.root().join("bin")).unwrap();
    project.write("pins/report.md", "| a table |\n");
    project.write("calls", "");
    let gh = "#!/bin/sh\nprintf '%s\\n' \"$*\" >>calls\nif [ \"$1\" = api ]; then printf '%s' \"$ISSUE\"; fi\n";
    program(&project.root().join("bin/gh"), gh);
    let path = format!("{}:{}", project.root().join("bin").display(), std::env::var("PATH").unwrap());
    let mut bash = project.command("bash");
    bash.args(["-eo", "pipefail", "-c", &last_script(project)]).env("PATH", path).env("ISSUE", issue);
    for (name, value) in [("TITLE", "Renew pins"), ("GH_REPO", "o/r"), ("RUN_ID", "7"), ("RUN_URL", "https://x/7")] {
        bash.env(name, value);
    }
    let output = project.output(bash.env("CHANGED", changed.to_string()).env("FAILED", failed.to_string()));
    (output, project.read("calls"))
}

#[test]
fn one_issue_is_opened_kept_new_and_closed() {
    let project = project("  update: {cron: '23 5 * * 1'}");
    project.run(["generate"]).status(0);
    let calls = |changed, failed, issue, status| {
        let (output, calls) = tell(&project, changed, failed, issue);
        output.status(status);
        calls.lines().skip(1).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(calls(true, false, "", 0), "issue create --title Renew pins --body-file body.md");
    let body = project.read("body.md");
    assert!(body.starts_with("| a table |\n") && body.contains("gh run download 7 --repo o/r --name pins"), "{body}");
    assert_eq!(calls(true, false, "12", 0), "issue edit 12 --body-file body.md");
    assert_eq!(calls(false, false, "12", 0), "issue close 12 --comment Every pin is as new as the spec allows.");
    assert_eq!(calls(false, false, "", 0), "");
    // What could not be looked up is told first, then the run is red.
    assert_eq!(calls(false, true, "12", 1), "issue edit 12 --body-file body.md");
}
