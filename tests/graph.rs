//! `ghagen graph`: the pipeline in each format, and the picture that is generated.

use crate::support::{generated, repository, small};

#[test]
fn the_pipeline_is_drawn_in_every_format() {
    let project = generated();
    let mermaid = project.run(["graph"]);
    mermaid.status(0).stdout_has("flowchart LR\n").stdout_has("subgraph g0[\"build-catatonit.yml\"]");
    let dot = project.run(["graph", "catatonit", "--format", "dot"]);
    // With what the build builds.
    dot.status(0).stdout_has("digraph \"The pipeline of catatonit\" {").stdout_has("\"catatonit\\nof the run\"");
    let svg = project.run(["graph", "--format", "svg"]);
    let picture = project.read("generated/pipeline.svg");
    let (header, drawn) = picture.split_once("-->\n").unwrap();
    assert!(header.starts_with("<!-- Made by ghagen from "), "{header}");
    assert_eq!(svg.status(0).stdout(), drawn);
    small().run(["graph", "nope"]).status(2).stderr_has("no tool is named `nope`; there are: catatonit");
}

#[test]
fn the_picture_asks_for_nothing_from_elsewhere() {
    let picture = fs_err::read_to_string(repository().join("generated/pipeline.svg")).unwrap();
    for foreign in ["@import", "@font-face", "url(", "href", "<script", "<image", "<foreignObject"] {
        assert!(!picture.contains(foreign), "{foreign}");
    }
    assert_eq!(picture.matches("http").count(), 1, "more addresses than the name of SVG itself");
    let readme = fs_err::read_to_string(repository().join("README.md")).unwrap();
    assert!(
        readme.contains("](generated/pipeline.svg)") && !readme.contains("```mermaid"),
        "README.md shows another picture"
    );
}
