//! The generated workflows, run as workflows: from the check that finds a version to the release that is published.

use serde_json::{Value, json};

use super::{runner::Repository, upstream};
use crate::support::Fault;

#[test]
fn from_a_new_version_to_its_signed_release() {
    let Some(repository) = Repository::new() else { return };
    let commits = upstream::repository(&repository.project, "example.org/hello", &["v1.9.0", "v2.0.1", "v2.0.2"]);
    // Line 1 is released already, with the pins of the lock.
    let pins =
        repository.project.output(repository.project.command("generated/scripts/release-pins.sh").args(["hello", "1"]));
    repository.github.state().publish("hello-v1.9.0", &[("hello.pins.json", pins.stdout().as_bytes())]);

    let check = repository.act("schedule", "check-releases.yml", &[]);
    check.status(0).stdout_has("Job succeeded").stdout_has("nothing to report");
    let inputs = json!({"version": "2.0.2", "commit": commits[2], "revision": "1", "publish": "true"});
    let expected = ("build-hello.yml".to_owned(), json!({"ref": "main", "inputs": inputs}));
    assert_eq!(repository.github.state().dispatches, [expected]);
    let requests = [
        "GET releases",
        "GET actions/runs",
        "GET releases/tags/hello-v2.0.2",
        "POST actions/workflows/build-hello.yml/dispatches",
        "GET issues",
    ];
    assert_eq!(repository.github.requests(), requests);

    // What GitHub does with such a request.
    repository.github.heal();
    let inputs = inputs.as_object().unwrap();
    let inputs: Vec<_> = inputs.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
    let build = repository.act("workflow_dispatch", "build-hello.yml", &inputs);
    build.status(0).stdout_has("hello 2.0.2 (plain, arm64): no check failed").stdout_has("hello-v2.0.2 is published: ");
    let release = repository.github.state().of_tag("hello-v2.0.2").remove(0);
    assert!(!release.draft && repository.github.state().releases.len() == 2);
    assert_eq!(repository.github.state().tags["hello-v2.0.2"], repository.head());
    let id = release.id;
    let mut names: Vec<_> = release.assets.iter().map(|asset| asset.name.clone()).collect();
    names.sort();
    let look = "GET releases/tags/hello-v2.0.2".to_owned();
    let mut expected =
        vec![look.clone(), look.clone(), "GET git/ref/tags/hello-v2.0.2".to_owned(), "POST releases".to_owned()];
    expected.extend(names.iter().map(|name| format!("POST /uploads/{id}/assets {name}")));
    expected.extend([
        format!("GET releases/{id}/assets"),
        format!("PATCH releases/{id}"),
        look,
        "GET releases".to_owned(),
    ]);
    assert_eq!(repository.github.requests(), expected);

    // The very bytes that were built and tested, and their checksums.
    let packed = repository.packages();
    let checksums = release.assets.iter().find(|asset| asset.name == "checksums.txt").unwrap();
    let checksums = String::from_utf8(checksums.bytes.clone()).unwrap();
    let cells = ["hello-plain-linux-amd64", "hello-plain-linux-arm64", "hello-linux-amd64", "hello-linux-arm64"];
    for cell in cells {
        let name = format!("{cell}.tar.zst");
        let arch = cell.rsplit('-').next().unwrap();
        let asset = release.assets.iter().find(|asset| asset.name == name).unwrap();
        let Some(crate::support::Entry::File { bytes, .. }) = packed.get(&format!("hello-packages-{arch}/{name}"))
        else {
            panic!("{name} was not built: {:?}", packed.paths().collect::<Vec<_>>())
        };
        assert!(&asset.bytes == bytes, "{name} is not what was built");
        assert!(names.contains(&format!("{name}.bundle")) && checksums.contains(&format!("  {name}\n")));
    }
    assert!(names.contains(&"hello.intoto.jsonl".to_owned()) && names.contains(&"hello.pins.json".to_owned()));

    // Once more: it is there, so nothing is built, and nothing is touched.
    repository.github.heal();
    let again = repository.act("workflow_dispatch", "build-hello.yml", &inputs);
    again.status(0).stdout_has("Nothing to do: the release hello-v2.0.2 exists.");
    assert!(repository.packages().is_empty(), "it was built again");
    assert_eq!(repository.github.requests(), ["GET releases/tags/hello-v2.0.2"]);
    assert_eq!(repository.github.state().of_tag("hello-v2.0.2"), [release]);
}

#[test]
fn a_filtered_run_builds_and_tests_but_publishes_nothing() {
    let Some(repository) = Repository::new() else { return };
    upstream::repository(&repository.project, "example.org/hello", &["v2.0.2", "v2.0.3"]);
    let inputs = [("version", "2.0.2"), ("arch", "amd64"), ("publish", "true")];
    let build = repository.act("workflow_dispatch", "build-hello.yml", &inputs);
    build
        .status(0)
        .stdout_has("Nothing is published: a release is whole or is not")
        .stdout_has("hello 2.0.2 (plain, amd64): no check failed");
    let packed = repository.packages();
    assert!(packed.paths().count() > 0 && packed.paths().all(|path| path.starts_with("hello-packages-amd64/")));
    assert!(repository.github.requests().is_empty(), "{:?}", repository.github.requests());
}

#[test]
fn a_check_that_fails_at_night_opens_one_issue() {
    let Some(repository) = Repository::new() else { return };
    // There is no upstream.
    for _ in 0..2 {
        let check = repository.act("schedule", "check-releases.yml", &[]);
        check.status(1).stdout_has("could not be checked: hello");
        let issues = repository.github.state().issues.clone();
        assert_eq!(issues.len(), 1, "{check}");
        assert!(issues[0]["body"].as_str().unwrap().contains("- hello\n"), "{issues:?}");
    }
    upstream::repository(&repository.project, "example.org/hello", &["v2.0.2"]);
    repository.act("schedule", "check-releases.yml", &[]).status(0);
    assert_eq!(repository.github.state().issues[0]["state"], Value::from("closed"));
    assert_eq!(repository.github.state().dispatches.len(), 1);
}

#[test]
fn a_release_job_that_fails_is_red_and_the_next_run_completes_it() {
    let Some(repository) = Repository::new() else { return };
    upstream::repository(&repository.project, "example.org/hello", &["v2.0.2"]);
    repository.github.set_faults(|_, request| {
        if request.query.get("name").is_some_and(|name| name == "checksums.txt") {
            Fault::Status(500)
        } else {
            Fault::None
        }
    });
    let inputs = [("version", "2.0.2"), ("publish", "true")];
    let build = repository.act("workflow_dispatch", "build-hello.yml", &inputs);
    build.status(1).stdout_has("checksums.txt could not be uploaded to hello-v2.0.2");
    assert!(repository.github.state().releases.iter().all(|release| release.draft));
    repository.github.heal();
    repository.act("workflow_dispatch", "build-hello.yml", &inputs).status(0);
    let state = repository.github.state();
    assert!(state.releases.len() == 1 && !state.releases[0].draft);
}
