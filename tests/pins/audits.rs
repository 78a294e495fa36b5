//! `lock` and `lock verify`: what is shown, what is wrong, and what repositories say of tags.

use serde_json::Value;

use super::{bump, pinned};
use crate::support::{Project, edit};

const CHECKOUT: &str = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1";

#[test]
fn every_pin_is_shown_with_what_uses_it() {
    let project = pinned();
    project.run(["lock"]).status(0).stdout_has("actions/checkout").stdout_has("verify.yml").stdout_has("catatonit");
    let output = project.run(["lock", "--format", "json"]);
    let shown: Value = serde_json::from_str(output.status(0).stdout()).unwrap();
    assert_eq!(shown["schema_version"], 1);
    let pins = shown["pins"].as_array().unwrap();
    for (kind, name) in
        [("action", "actions/checkout"), ("image", "docker.io/ubuntu:24.04"), ("source", "musl"), ("tool", "zizmor")]
    {
        let pin = pins.iter().find(|pin| pin["kind"] == kind && pin["name"] == name).unwrap();
        assert!(pin["fixed"].is_string() && !pin["used_by"].as_array().unwrap().is_empty(), "{pin}");
    }
    let project = crate::support::generated();
    project.run(["lock"]).status(0).stdout_has("unresolved").stdout_has("the digest was not looked up yet");
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let project = pinned();
    project.run(["lock", "verify"]).status(0).stdout_has("as spec/ghagen.lock says").stdout_has("--online");
    for (to, message) in [
        (format!("{} #", &CHECKOUT[..CHECKOUT.len() - 1]), "pinned to a short hash"),
        ("actions/checkout@v7 #".to_owned(), "a tag or a branch"),
        (format!("{CHECKOUT} # was"), "is said to be `was v7.0.1`"),
        (format!("actions/checkout@{} #", "c".repeat(40)), "is at two commits"),
    ] {
        let project = pinned();
        edit(&project, ".github/workflows/verify.yml", &format!("{CHECKOUT} #"), &to);
        project.run(["lock", "verify"]).status(1).stderr_has(message).stderr_has(".github/workflows/verify.yml:");
        project
            .run(["lock", "verify", "--format", "github"])
            .status(1)
            .stdout_has("::error file=.github/workflows/verify.yml,line=");
    }
    bump(&project, &format!("{CHECKOUT} # v7.0.1"), CHECKOUT);
    project.run(["lock", "verify"]).status(1).stderr_has("has no version behind it, which should be `# v7.0.1`");
}

#[test]
fn workflows_of_people_are_warned_about() {
    let project = pinned();
    project.write(".github/workflows/mine.yml", "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n");
    project.run(["lock", "verify"]).status(0).stderr_has("warning[G0910]").stderr_has("mine.yml:4");
}

/// A repository with these tags, and the commit that all of them point to. `v2` tags are annotated.
fn repository(project: &Project, name: &str, tag: &str, is_annotated: bool) -> (String, String) {
    let git = |args: &[&str]| {
        let mut command = project.command("git");
        command.args(["-C", project.root().parent().unwrap().join(name).to_str().unwrap()]);
        command.args(["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]).args(args);
        project.output(&mut command).status(0).stdout().trim().to_owned()
    };
    fs_err::create_dir_all(project.root().parent().unwrap().join(name)).unwrap();
    git(&["init", "-q"]);
    git(&["commit", "-q", "--allow-empty", "-m", "x"]);
    if is_annotated {
        git(&["tag", "-a", "-m", "x", tag]);
    } else {
        git(&["tag", tag]);
    }
    (git(&["rev-parse", "HEAD"]), git(&["rev-parse", tag]))
}

/// `lock verify --online`, with every repository answered from this machine.
fn verify_online(project: &Project, repositories: &[(&str, &str)]) -> crate::support::Output {
    let mut command = project.command(env!("CARGO_BIN_EXE_ghagen"));
    command.args(["lock", "verify", "--online"]).env("GIT_CONFIG_COUNT", repositories.len().to_string());
    for (index, (url, name)) in repositories.iter().enumerate() {
        let folder = project.root().parent().unwrap().join(name);
        command.env(format!("GIT_CONFIG_KEY_{index}"), format!("url.file://{}.insteadOf", folder.display()));
        command.env(format!("GIT_CONFIG_VALUE_{index}"), url);
    }
    project.output(&mut command)
}

#[test]
fn online_a_tag_must_point_to_the_commit() {
    let project = pinned();
    let used = project.run(["lock", "--format", "json"]);
    let shown: Value = serde_json::from_str(used.stdout()).unwrap();
    let mut repositories = Vec::new();
    let mut lock = project.read("spec/ghagen.lock");
    let mut objects = Vec::new();
    for (index, pin) in shown["pins"].as_array().unwrap().iter().filter(|pin| pin["url"].is_string()).enumerate() {
        let text = |key: &str| pin[key].as_str().unwrap().to_owned();
        let name = format!("repository-{index}");
        let (commit, object) = repository(&project, &name, &text("version"), index % 2 == 0);
        lock = lock.replacen(&text("fixed"), &commit, 1);
        objects.push((commit, object));
        repositories.push((text("url"), name));
    }
    project.write("spec/ghagen.lock", &lock);
    project.run(["generate"]).status(0);
    let repositories: Vec<(&str, &str)> =
        repositories.iter().map(|(url, name)| (url.as_str(), name.as_str())).collect();
    verify_online(&project, &repositories).status(0).stdout_has("the tags were compared with their repositories");

    // The tag's own object in place of the commit: nothing offline can know.
    let (commit, object) = objects.iter().find(|(commit, object)| commit != object).unwrap();
    project.write("spec/ghagen.lock", &lock.replacen(commit, object, 1));
    project.run(["generate"]).status(0);
    project.run(["lock", "verify"]).status(0);
    verify_online(&project, &repositories)
        .status(1)
        .stderr_has("error[G0911]")
        .stderr_has(&format!("and not to {object}"));

    // What cannot be reached is not verified, and says so.
    project.write("spec/ghagen.lock", &lock);
    project.run(["generate"]).status(0);
    fs_err::remove_dir_all(project.root().parent().unwrap().join(repositories[0].1)).unwrap();
    verify_online(&project, &repositories).status(74).stderr_has(repositories[0].0);
}
