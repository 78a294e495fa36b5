//! The project that is built: what is committed of it is what its spec says, and its recipes are those of this repository.

use crate::support::{Project, Tree, assert_golden_tree, assert_same_text, lint_scripts, lint_workflows, repository};

use super::machine::machine;

/// What differs in a recipe from this repository's own, and why.
const DEPARTURES: &[(&str, &str, &str)] = &[
    // A release as a tarball has its `configure`, and no autogen.sh.
    ("pcre2", "NOCONFIGURE=1 ./autogen.sh\n", ""),
    // Debian leaves the vendor folder out: the modules come from the proxy, by go.sum.
    ("skopeo", "retry go version || exit 21\n", "retry go version || exit 21\nretry go mod download || exit 21\n"),
    ("skopeo", "-mod=vendor", "-mod=readonly"),
];

/// Components that are no unit of this repository.
const OWN: [&str; 4] = ["lookup", "policy", "probe", "readme"];

#[test]
fn what_is_committed_is_what_the_spec_says() {
    let project = Project::new();
    Tree::read(&repository().join("tests/factory/project/spec")).write_to(&project.root().join("spec"));
    project.run(["generate"]).status(0);
    project.run(["check"]).status(0);
    lint_workflows(project.root());
    lint_scripts(project.root());
    assert_golden_tree("tests/factory/project", &project.tree());
}

#[test]
fn its_recipes_are_those_of_this_repository() {
    let scripts = |root: &str| repository().join(root).join("generated/scripts/components");
    let made = Tree::read(&scripts("tests/factory/project"));
    let mut compared = 0;
    for path in made.paths() {
        let name = path.trim_end_matches(".sh");
        if OWN.contains(&name) {
            continue;
        }
        let read = |root: &str| {
            let text = fs_err::read_to_string(scripts(root).join(path)).unwrap();
            // The second line names the files of the spec.
            text.lines().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| format!("{line}\n")).collect::<String>()
        };
        let mut expected = read(".");
        for (_, from, to) in DEPARTURES.iter().filter(|(component, ..)| *component == name) {
            assert!(expected.contains(from), "{name} does not hold {from:?}");
            expected = expected.replacen(from, to, 1);
        }
        assert_same_text(&expected, &read("tests/factory/project"));
        compared += 1;
    }
    assert!(compared >= 11, "{compared} recipes");
}

#[test]
fn its_pins_are_the_sources_that_are_made() {
    let Some(machine) = machine() else { return };
    let lock = fs_err::read_to_string(repository().join("tests/factory/project/spec/ghagen.lock")).unwrap();
    for (name, commit) in machine.commits() {
        assert!(lock.contains(commit), "the source {name} is now {commit}: put that into the lock, then `make bless`");
    }
}
