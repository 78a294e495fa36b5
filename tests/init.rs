//! `ghagen init`: a project that works at once, for every build system, in any folder, and over nobody's files.

mod folders;
mod pins;

use crate::support::{Output, Project, assert_golden_tree, edit, lint_scripts, lint_workflows};

const SYSTEMS: [&str; 6] = ["cargo", "go", "make", "autotools", "meson", "cmake"];

const SOURCE: &str = "https://git.example.org/hello";

/// `ghagen init` for a tool of this name.
fn init(project: &Project, name: &str, system: &str) -> Output {
    project.run(["init", "--tool", name, "--source", SOURCE, "--system", system])
}

/// A new project, as it is written for this build system.
fn new(system: &str) -> Project {
    let project = Project::new();
    init(&project, "hello", system).status(0);
    project
}

/// One test a build system, so that they run side by side.
macro_rules! systems {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                walk(stringify!($name));
            }
        )+

        #[test]
        fn every_build_system_has_its_test() {
            assert_eq!([$(stringify!($name)),+], SYSTEMS);
        }
    };
}

systems! { cargo go make autotools meson cmake }

/// From nothing to a changed project that `check` agrees with; no linter has a word to say in between.
#[track_caller]
fn walk(system: &str) {
    let project = Project::new();
    let output = init(&project, "hello", system);
    output.status(0).stdout_has("`ghagen check` agrees").stdout_has("ghagen lock update");
    assert_eq!(output.stderr(), "");
    assert_golden_tree(&format!("tests/init/{system}"), &project.tree().only(|path| path.starts_with("spec/")));
    project.run(["check"]).status(0).stderr_has("warning[G0401]").stderr_has("not looked up yet");
    project.run(["lock", "verify"]).status(0);
    lint_workflows(project.root());
    lint_scripts(project.root());

    // What nobody knows yet stops what needs it, and nothing else.
    let gate = project.read(".github/workflows/verify.yml");
    assert!(gate.contains("exit 1") && !gate.contains("cargo install"), "{gate}");
    let plan = project.read("generated/plan/hello.json");
    assert!(plan.contains("\"tested\":null") || plan.contains("\"tested\": null"), "{plan}");

    edit(&project, "spec/components/hello.yaml", "license: NOASSERTION", "license: MIT");
    edit(
        &project,
        "spec/ghagen.yaml",
        "variants:\n",
        "variants:\n  bare:\n    summary: Another one\n    layout: flat\n",
    );
    edit(&project, "spec/tools/hello.yaml", "variants:\n", "variants:\n  bare:\n    contents:\n      hello: {}\n");
    // Where ghagen comes from is for people to say; no network is needed for that.
    edit(&project, "spec/ghagen.yaml", "https://ghagen.invalid/ghagen", "https://git.example.org/ghagen");
    project.run(["check"]).status(1);
    project.run(["generate"]).status(0);
    project.run(["check"]).status(0);
    assert!(project.read("generated/plan/hello.json").contains("hello-bare-linux-amd64.tar.zst"));

    // A version that is typed in, as `ghagen lock update hello` would have found it, can be built here.
    project.run(["build", "hello", "--print"]).status(2).stderr_has("the lock knows no version of hello");
    let pin = format!("pins:\n      - tag: v1.2.3\n        commit: {}\n", "c".repeat(40));
    let unresolved = "unresolved: not looked up yet, since `ghagen init` asks no network\n";
    edit(&project, "spec/ghagen.lock", unresolved, &pin);
    project.run(["generate"]).status(0);
    let printed = project.run(["build", "hello", "--variant", "bare", "--arch", "arm64", "--print"]);
    printed.status(0).stdout_has("VERSION=1.2.3").stdout_has("build-tool.sh hello arm64 bare");
}

#[test]
fn without_a_word_it_is_an_example_that_is_pinned() {
    let project = Project::new();
    project.run(["init"]).status(0);
    project.run(["check"]).status(0);
    let lock = project.read("spec/ghagen.lock");
    assert!(lock.contains("tag: v0.2.1") && !lock.contains("  go:") && !lock.contains("meson"), "{lock}");
    assert!(project.read("generated/plan/catatonit.json").contains("bb3b96b99668e544618c5aec427c1f4b6b9ee9bb"));
    lint_workflows(project.root());
    lint_scripts(project.root());
}

#[test]
fn names_that_yaml_would_take_for_something_else_stay_names() {
    let longest = "a".repeat(60);
    for name in ["no", "on", "y", "null", "1.10", "0x1f", "a.b_c-d", "mimalloc", longest.as_str()] {
        let project = Project::new();
        init(&project, name, "go").status(0);
        project.run(["check"]).status(0);
        assert!(project.read(&format!("generated/plan/{name}.json")).contains(&format!("\"tool\": \"{name}\"")));
    }
    // That of a component which a new project brings along.
    let project = Project::new();
    init(&project, "mimalloc", "cmake").status(3).stderr_has("nothing was written");
    assert!(project.tree().is_empty());
}

#[test]
fn what_cannot_be_meant_is_wrong_usage_and_nothing_is_written() {
    let project = Project::new().file("file", "");
    for (args, reason) in [
        (&["init", "--tool", "hello"][..], "--source"),
        (&["init", "--tool", "hello", "--source", SOURCE], "--system"),
        (
            &["init", "--tool", "hello", "--source", SOURCE, "--system", "bazel"],
            "cargo, go, make, autotools, meson, cmake",
        ),
        (&["init", "--tool", "Hello", "--source", SOURCE, "--system", "go"], "Hello"),
        (&["init", "--tool", "done", "--source", SOURCE, "--system", "go"], "done"),
        (&["init", "--tool", "hello", "--source", "git@example.org:hello", "--system", "go"], "https://"),
        (&["init", "--root", "."], "ghagen init DIR"),
        (&["init", "file"], "`file` is no folder"),
    ] {
        project.run(args).status(2).stderr_has(reason);
        assert_eq!(project.tree().paths().collect::<Vec<_>>(), ["file"]);
    }
    // The name of a workflow that is there already: a mistake of the spec, which is shown as one.
    init(&project, "image", "go")
        .status(3)
        .stderr_has("cannot be the name of a tool")
        .stderr_has("nothing was written");
    assert_eq!(project.tree().paths().collect::<Vec<_>>(), ["file"]);
}
