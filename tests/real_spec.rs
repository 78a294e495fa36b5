//! The spec of this repository, broken in four ways at once: each mistake is shown with its place, a snippet and help.

use crate::support::{Project, Tree, repository};

fn project() -> Project {
    let project = Project::new();
    Tree::read(&repository().join("spec")).write_to(&project.root().join("spec"));
    project
}

/// Replaces one text of a spec file. The text has to be there: a test that changes nothing would prove nothing.
fn edit(project: &Project, path: &str, from: &str, to: &str) {
    let text = project.read(path);
    assert!(text.contains(from), "{path} does not hold {from:?}");
    project.write(path, &text.replacen(from, to, 1));
}

#[test]
fn it_is_valid() {
    project().run(["validate"]).status(0);
}

#[test]
fn errors_of_shape_come_together_with_places_and_help() {
    let project = project();
    edit(&project, "spec/tools/podman.yaml", "summary:", "sumary:");
    edit(&project, "spec/ghagen.yaml", "minimum_clang: 18", "minimum_clang: eighteen");
    project
        .run(["validate"])
        .status(3)
        .stderr_has("error[G0104]")
        .stderr_has("--> spec/tools/podman.yaml:4:1")
        .stderr_has("did you mean `summary`?")
        .stderr_has("error[G0105]")
        .stderr_has("--> spec/ghagen.yaml:")
        .stderr_has("minimum_clang: eighteen");
}

#[test]
fn a_dangling_name_and_a_cycle_come_together_with_places_and_help() {
    let project = project();
    edit(&project, "spec/components/crun.yaml", "json-c, libcap,", "json-cc, libcap,");
    project
        .run(["validate"])
        .status(3)
        .stderr_has("error[G0202]")
        .stderr_has("--> spec/components/crun.yaml:")
        .stderr_has("did you mean `json-c`?");
}

#[test]
fn a_cycle_is_shown_with_all_its_places() {
    let project = project();
    edit(&project, "spec/components/zlib.yaml", "recipe:", "needs: [glib]\n\nrecipe:");
    project
        .run(["validate"])
        .status(3)
        .stderr_has("error[G0301]")
        .stderr_has("spec/components/zlib.yaml:")
        .stderr_has("spec/components/glib.yaml:");
}
