//! The same spec gives the same bytes, wherever and by whomever it is compiled.
//!
//! Each test compiles two specs, this repository's own and the golden project that uses the most of the language, and compares
//! every path, byte and executable bit with what comes out in the scrubbed environment of the other tests.

use std::{collections::BTreeMap, path::Path, process::Command, sync::LazyLock};

use crate::support::{Project, Tree, assert_same_tree, repository};

const SPECS: [&str; 2] = ["spec", "tests/golden/everything/spec"];
const GHAGEN: &str = env!("CARGO_BIN_EXE_ghagen");

/// Asserts that a process which `prepare` makes compiles every spec to the same bytes.
#[track_caller]
fn assert_same_bytes(prepare: impl Fn(&Project) -> Command) {
    for spec in SPECS {
        let project = Project::of(&spec_at(spec));
        project.output(&mut prepare(&project)).status(0);
        assert_same_tree(compiled(spec), &project.tree());
    }
}

/// The files of a spec, below `spec/`.
fn spec_at(folder: &str) -> Tree {
    let project = Project::new();
    Tree::read(&repository().join(folder)).write_to(&project.root().join("spec"));
    project.tree()
}

/// What comes out in the scrubbed environment; made once for all tests.
fn compiled(spec: &str) -> &'static Tree {
    static COMPILED: LazyLock<BTreeMap<&str, Tree>> = LazyLock::new(|| {
        let compile = |spec| {
            let project = Project::of(&spec_at(spec));
            project.run(["generate"]).status(0);
            (spec, project.tree())
        };
        SPECS.into_iter().map(compile).collect()
    });
    &COMPILED[spec]
}

/// `ghagen generate`, yet to be started in the root of the project.
fn generate(project: &Project) -> Command {
    let mut command = project.command(GHAGEN);
    command.arg("generate");
    command
}

/// The same, started by a shell with this umask.
fn generate_with_umask(project: &Project, umask: &str) -> Command {
    let mut command = project.command("bash");
    command.args(["-c", "umask \"$1\" && exec \"$2\" generate", "bash", umask, GHAGEN]);
    command
}

#[test]
fn in_another_time_zone() {
    assert_same_bytes(|project| {
        let mut command = generate(project);
        command.env("TZ", "Pacific/Kiritimati").env("SOURCE_DATE_EPOCH", "1");
        command
    });
}

#[test]
fn in_another_language() {
    // Turkish has letters of its own for what other languages take for the small and the capital i.
    assert_same_bytes(|project| {
        let mut command = generate(project);
        command.env("LANG", "tr_TR.UTF-8").env("LC_ALL", "tr_TR.UTF-8").env("LANGUAGE", "tr").env_remove("NO_COLOR");
        command
    });
}

#[test]
fn for_another_user() {
    assert_same_bytes(|project| {
        let mut command = generate(project);
        let name = "somebody-else";
        command.env("HOME", "/nonexistent").env("USER", name).env("LOGNAME", name).env("HOSTNAME", name);
        command
    });
}

#[test]
fn on_a_build_server() {
    assert_same_bytes(|project| {
        let mut command = generate(project);
        let repository = "somebody/something";
        command.env("CI", "true").env("GITHUB_ACTIONS", "true").env("GITHUB_REPOSITORY", repository);
        command
    });
}

#[test]
fn from_a_folder_below_the_root() {
    assert_same_bytes(|project| {
        let mut command = generate(project);
        command.current_dir(project.root().join("spec/tools"));
        command
    });
}

#[test]
fn from_outside_by_its_root() {
    assert_same_bytes(|project| {
        let mut command = generate(project);
        command.arg("--root").arg(project.root()).current_dir("/");
        command
    });
    assert_same_bytes(|project| {
        let mut command = generate(project);
        command.args(["--root", "../../spec/.."]).current_dir(project.root().join("spec/tools"));
        command
    });
}

#[test]
fn with_another_umask() {
    assert_same_bytes(|project| generate_with_umask(project, "077"));
    assert_same_bytes(|project| generate_with_umask(project, "000"));
}

#[test]
fn at_another_path() {
    for spec in SPECS {
        let project = Project::new();
        let clone = project.root().join("a clone/with 100% ünïcode: 'quoted' $HOME");
        spec_at(spec).write_to(&clone);
        project.output(generate(&project).current_dir(&clone)).status(0);
        assert_same_tree(compiled(spec), &Tree::read(&clone));
    }
}

#[test]
fn from_files_that_came_in_another_order() {
    for spec in SPECS {
        let tree = spec_at(spec);
        let paths: Vec<_> = tree.paths().collect();
        let project = Project::new();
        // Backwards, and first those at odd positions: folders list what is in them by when it came, or by a hash of it.
        let (odd, even): (Vec<_>, Vec<_>) = paths.iter().rev().enumerate().partition(|(position, _)| position % 2 == 1);
        for (_, wanted) in odd.into_iter().chain(even) {
            tree.clone().only(|path| path == *wanted).write_to(project.root());
        }
        project.run(["generate"]).status(0);
        assert_same_tree(compiled(spec), &project.tree());
    }
}

#[test]
fn without_git_and_with_a_repository_of_somebody_else() {
    assert_same_bytes(|project| {
        let mut command = generate(project);
        command.env("PATH", "/nonexistent");
        command
    });
    assert_same_bytes(|project| {
        let git = |args: &[&str]| project.output(project.command("git").args(args)).status(0).stdout().to_owned();
        git(&["init", "--quiet", "--initial-branch", "something"]);
        git(&["remote", "add", "origin", "https://example.org/somebody/something"]);
        generate(project)
    });
}

#[test]
fn twice_and_after_everything_was_deleted() {
    for spec in SPECS {
        let expected = compiled(spec);
        let project = Project::of(expected);
        project.run(["generate"]).status(0);
        assert_same_tree(expected, &project.tree());
        for folder in ["generated", ".github"].map(|folder| project.root().join(folder)) {
            assert!(Path::exists(&folder), "nothing in {}", folder.display());
            fs_err::remove_dir_all(folder).unwrap();
        }
        project.run(["generate"]).status(0);
        assert_same_tree(expected, &project.tree());
    }
}
