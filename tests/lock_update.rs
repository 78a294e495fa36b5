//! `ghagen lock update` against real repositories and a real registry, all on this machine.

mod adoption;
mod registry;

use serde_json::Value;

use crate::support::{Output, Project, Remotes};

/// Everything of the base project that comes from a git repository.
const GIT: [&str; 9] = [
    "actions/attest",
    "actions/checkout",
    "actions/download-artifact",
    "actions/upload-artifact",
    "sigstore/cosign-installer",
    "greet",
    "hello",
    "musl",
    "quick",
];

const LOCK: &str = "spec/ghagen.lock";

/// A lock without a pin of git.
const WITHOUT_GIT: &str = "\
lock: 1
images:
  registry.example.org/base:1:
    digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
tools:
  cosign: [{version: v1.0.0, checked_by: nobody}]
  go: [{version: 1.26.6, checked_by: nobody}]
  zizmor: [{version: 1.0.0, checked_by: nobody}]
";

struct World {
    project: Project,
    remotes: Remotes,
}

impl World {
    /// The base project, unpinned, and its repositories, each with releases that are old enough.
    fn new() -> Self {
        let project = Project::copy_of("tests/diagnostics/base");
        project.write(LOCK, WITHOUT_GIT);
        let remotes = Remotes::new();
        for action in &GIT[..5] {
            remotes.release(&format!("github.com/{action}"), "v1.0.0", 90);
        }
        for (repository, tag) in [("musl", "v1.2.6"), ("quick", "v3.0"), ("hello", "v1.9.0"), ("hello", "v2.0.1")] {
            remotes.release(&format!("example.org/{repository}"), tag, 90);
        }
        remotes.release("example.org/greet", "greet-4.0", 90);
        remotes.annotated("example.org/greet", "greet-5.1", 90);
        Self { project, remotes }
    }

    /// The same, pinned.
    fn pinned() -> Self {
        let world = Self::new();
        world.update(&GIT).status(0);
        world
    }

    fn update(&self, args: &[&str]) -> Output {
        let mut ghagen = self.project.command(env!("CARGO_BIN_EXE_ghagen"));
        self.project.output(self.remotes.known_to(&mut ghagen).args(["lock", "update"]).args(args))
    }

    fn json(&self, args: &[&str], status: i32) -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
        let output = self.update(&args);
        let value: Value = serde_json::from_str(output.status(status).stdout()).unwrap();
        assert_eq!(value["schema_version"], 1);
        value
    }

    /// The lock, without the quotes that some commits need in YAML.
    fn lock(&self) -> String {
        self.project.read(LOCK).replace('"', "")
    }
}

#[test]
fn an_empty_lock_is_filled_with_commits_and_is_whole_then() {
    let world = World::new();
    world.project.run(["generate"]).status(3).stderr_has("ghagen lock update");
    world.update(&GIT).status(0).stdout_has("9 pins updated").stdout_has("now run `ghagen generate`");
    let lock = world.lock();
    // Each line of the tool has its own: 4.0 for what is below 5, 5.1 for the rest.
    for tag in ["greet-4.0", "greet-5.1", "v1.9.0", "v2.0.1"] {
        assert!(lock.contains(&format!("- tag: {tag}\n")), "{lock}");
    }
    let commit = world.remotes.commit("example.org/greet", "greet-5.1");
    assert_ne!(commit, world.remotes.object("example.org/greet", "greet-5.1"), "not annotated");
    assert!(lock.contains(&format!("- tag: greet-5.1\n        commit: {commit}\n")), "{lock}");
    world.project.run(["generate"]).status(0);
    world.update(&GIT).status(0).stdout_has("0 pins updated").stdout_has("the lock stays as it is");
    assert_eq!(world.lock(), lock);
}

#[test]
fn newer_tags_are_taken_within_the_constraints_and_without_prereleases() {
    let world = World::pinned();
    for tag in ["greet-4.2", "greet-5.2"] {
        world.remotes.release("example.org/greet", tag, 30);
    }
    for tag in ["v1.9.1", "v2.1.0", "v2.2.0-rc1", "v3.0.0", "nightly"] {
        world.remotes.release("example.org/hello", tag, 30);
    }
    world.update(&["greet", "hello"]).status(0).stdout_has("2 pins updated");
    let lock = world.lock();
    for tag in ["greet-4.2", "greet-5.2", "v1.9.1", "v2.1.0"] {
        assert!(lock.contains(&format!("- tag: {tag}\n")), "{lock}");
    }
    for tag in ["greet-4.0", "greet-5.1", "rc1", "v3.0.0", "v2.0.1"] {
        assert!(!lock.contains(tag), "{tag}: {lock}");
    }
}

#[test]
fn actions_keep_their_major_version_unless_asked_and_link_to_the_difference() {
    let world = World::pinned();
    for tag in ["v1.2.0", "v2", "v2.0.0", "v2.1"] {
        world.remotes.release("github.com/actions/checkout", tag, 30);
    }
    let commit = |tag| world.remotes.commit("github.com/actions/checkout", tag);
    let compare = format!("https://github.com/actions/checkout/compare/{}...{}", commit("v1.0.0"), commit("v1.2.0"));
    world
        .update(&["actions/checkout"])
        .status(0)
        .stdout_has(&format!("update actions/checkout: v1.0.0 {}", &commit("v1.0.0")[..12]))
        .stdout_has(&compare);
    let report = world.json(&["actions/checkout", "--major"], 0);
    let change = &report["pins"][0]["changes"][0];
    assert_eq!((&change["old"]["tag"], &change["new"]["tag"]), (&"v1.2.0".into(), &"v2.0.0".into()));
    assert_eq!(change["new"]["commit"], commit("v2.0.0"));
    assert!(world.lock().contains(&format!("tag: v2.0.0\n    commit: {}\n", commit("v2.0.0"))));
}

#[test]
fn young_tags_wait_for_their_cooldown() {
    let world = World::pinned();
    world.remotes.release("example.org/musl", "v1.2.7", 10);
    world.remotes.release("example.org/musl", "v1.2.8", 1);
    // A young tag on an old commit: what counts is the tag.
    world.remotes.annotated("example.org/quick", "v3.1", 1);
    world
        .update(&["musl", "quick"])
        .status(0)
        .stdout_has("`v1.2.8` waits: it is only 1 day old")
        .stdout_has("`v3.1` waits: it is only 1 day old")
        .stdout_has("update musl: v1.2.6");
    assert!(world.lock().contains("- tag: v1.2.7\n") && world.lock().contains("- tag: v3.0\n"));
    world.update(&["musl", "--cooldown", "0"]).status(0);
    assert!(world.lock().contains("- tag: v1.2.8\n"));
}

#[test]
fn a_moved_tag_is_told_and_its_pin_stays_until_it_is_accepted() {
    let world = World::pinned();
    let before = world.lock();
    let old = world.remotes.commit("example.org/quick", "v3.0");
    let new = world.remotes.release("example.org/quick", "v3.0", 1);
    world.remotes.release("example.org/quick", "v3.1", 30);
    world.remotes.release("example.org/musl", "v1.2.7", 30);
    world.update(&["quick"]).status(74).stdout_has("MOVED  quick").stdout_has(&old).stdout_has(&new);
    assert_eq!(world.lock(), before);
    // The others go on.
    let report = world.json(&["quick", "musl"], 74);
    let state = |name: &str| {
        let pins = report["pins"].as_array().unwrap();
        pins.iter().find(|pin| pin["name"] == name).unwrap()["state"].clone()
    };
    assert_eq!((state("quick"), state("musl")), ("moved".into(), "updated".into()));
    assert!(world.lock().contains(&old) && world.lock().contains("- tag: v1.2.7\n"));
    world.remotes.delete("example.org/quick", "v3.1");
    world.update(&["quick", "--accept-moved"]).status(0);
    assert!(world.lock().contains(&new) && !world.lock().contains(&old));
}

#[test]
fn a_deleted_tag_is_told_and_nothing_goes_back() {
    let world = World::pinned();
    let before = world.lock();
    world.remotes.release("example.org/musl", "v1.2.5", 30);
    world.remotes.delete("example.org/musl", "v1.2.6");
    world.update(&["musl"]).status(0).stdout_has("the tag `v1.2.6` is gone from the repository; its pin stays");
    assert_eq!(world.lock(), before);
    world.remotes.release("example.org/musl", "v1.2.7", 30);
    world.update(&["musl"]).status(0).stdout_has("the tag `v1.2.6` is gone").stdout_has("update musl");
}

#[test]
fn what_cannot_be_reached_keeps_its_pin_and_the_rest_goes_on() {
    let world = World::pinned();
    world.remotes.release("example.org/quick", "v3.1", 30);
    world.remotes.remove("example.org/musl");
    world
        .update(&["musl", "quick", "go"])
        .status(74)
        .stdout_has("failed musl: `git ls-remote` failed: fatal:")
        .stdout_has("skip   go: not resolved by ghagen");
    assert!(world.lock().contains("- tag: v1.2.6\n") && world.lock().contains("- tag: v3.1\n"));
}

#[test]
fn a_dry_run_writes_nothing_and_a_wrong_name_is_wrong_usage() {
    let world = World::pinned();
    let before = world.lock();
    world.remotes.release("example.org/quick", "v3.1", 30);
    world.update(&["quick", "--dry-run"]).status(0).stdout_has("spec/ghagen.lock would be written");
    assert_eq!(world.lock(), before);
    world.update(&["quik"]).status(2).stderr_has("is it `quick`?");
    let table = world.update(&["quick", "--dry-run", "--format", "markdown"]);
    table.status(0).stdout_has("| source | `quick` | `v3.0 ").stdout_has("` | `v3.1 ");
}

#[test]
fn pins_that_nothing_uses_go() {
    let world = World::pinned();
    let unused = "  actions/unused: {tag: v1.0.0, commit: '1000000000000000000000000000000000000000'}\n";
    let lock = world.lock().replace("actions:\n", &format!("actions:\n{unused}"));
    world.project.write(LOCK, &lock);
    world.update(&["quick"]).status(0).stdout_has("remove actions/unused: nothing uses it");
    assert!(!world.lock().contains("unused"));
}

#[test]
fn what_was_unresolved_is_pinned() {
    let world = World::pinned();
    let reasons = "\
sources:
  greet: {url: https://example.org/greet, unresolved: not asked}
  hello: {url: https://example.org/of-old, unresolved: not asked}
  musl: {url: https://example.org/musl, unresolved: not asked}
";
    let lock = world.lock();
    let (before, _) = lock.split_once("sources:\n").unwrap();
    let (_, quick) = lock.split_once("  quick:\n").unwrap();
    world.project.write(LOCK, &format!("{before}{reasons}  quick:\n{quick}"));
    world.project.run(["generate"]).status(0).stderr_has("3 warnings");
    world
        .update(&["greet", "hello", "musl"])
        .status(0)
        .stdout_has("3 pins updated")
        .stdout_has("update musl: new -> v1.2.6");
    assert_eq!(world.lock(), lock);
    let output = world.project.run(["generate"]);
    assert_eq!(output.status(0).stderr(), "");
}
