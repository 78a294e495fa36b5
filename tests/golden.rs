//! Whole projects, compiled. `tests/golden/<project>` holds the spec, `expected` what is made of it, and `same.txt` the paths of
//! what comes out byte for byte as in this repository's own tree, so that a reader has to look at it once only.
//!
//! None of them shares a tool or an allocator with this repository's spec: what the compiler knew of those would show here.
//! `make generate bless` rewrites what they hold; a review of that diff is the test.

use std::collections::BTreeSet;

use crate::support::{
    Project, Tree, assert_golden_text, assert_golden_tree, assert_same_tree, lint_scripts, lint_workflows, repository,
};

/// Files of this repository that stand where generated ones do, and are written by hand.
const HAND_WRITTEN: [&str; 1] = ["workflows/ci.yml"];

/// One test a project, so that they run side by side.
macro_rules! projects {
    ($($name:ident)+) => {
        const PROJECTS: &[&str] = &[$(stringify!($name)),+];
        $(
            #[test]
            fn $name() {
                compile(stringify!($name));
            }
        )+
    };
}

projects! { autotools cargo everything hooks image runner }

#[test]
fn every_project_has_its_test() {
    let folders = fs_err::read_dir(repository().join("tests/golden")).unwrap();
    let names: BTreeSet<_> = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, PROJECTS.iter().map(ToString::to_string).collect());
}

#[test]
fn this_repository_holds_what_its_spec_says() {
    let project = spec_of(".");
    project.run(["generate"]).status(0);
    assert_settled(&project);
    let places = ["spec", "generated", ".github"];
    let is_in_place = |path: &str| places.iter().any(|place| path.starts_with(&format!("{place}/")));
    let strays = project.tree().only(|path| !is_in_place(path));
    assert!(strays.is_empty(), "generated outside {places:?}: {strays:?}");
    for place in places {
        let committed = Tree::read(&repository().join(place)).only(|path| !HAND_WRITTEN.contains(&path));
        assert_same_tree(&committed, &Tree::read(&project.root().join(place)));
    }
}

/// Compiles the spec of a golden project, and holds all that comes out to what is committed and to every linter.
#[track_caller]
fn compile(name: &str) {
    let folder = format!("tests/golden/{name}");
    let project = spec_of(&folder);
    let spec = project.tree();
    project.run(["generate"]).status(0);
    assert_settled(&project);
    lint_workflows(project.root());
    lint_scripts(project.root());
    let made = project.tree();
    assert_same_tree(&spec, &made.clone().only(|path| path.starts_with("spec/")));
    let own = own_tree();
    let is_same = |path: &str| own.get(path).is_some() && own.get(path) == made.get(path);
    let same: String = made.paths().filter(|path| is_same(path)).map(|path| format!("{path}\n")).collect();
    assert_golden_text(&format!("{folder}/same.txt"), &same);
    let other = made.clone().only(|path| !path.starts_with("spec/") && !is_same(path));
    assert_golden_tree(&format!("{folder}/expected"), &other);
}

/// What is generated in this repository, as it is committed.
fn own_tree() -> Tree {
    let own = Project::new();
    for place in ["generated", ".github"] {
        Tree::read(&repository().join(place)).write_to(&own.root().join(place));
    }
    own.tree()
}

/// A project with the spec of a folder of this repository, and nothing else.
fn spec_of(folder: &str) -> Project {
    let spec = Project::new();
    Tree::read(&repository().join(folder).join("spec")).write_to(&spec.root().join("spec"));
    spec
}

/// Asserts that a generated project needs nothing more: `check` agrees, and to generate again changes nothing.
#[track_caller]
fn assert_settled(project: &Project) {
    project.run(["check"]).status(0);
    let tree = project.tree();
    project.run(["generate"]).status(0).stdout_has("nothing to do");
    assert_same_tree(&tree, &project.tree());
}
