//! `spec/tools/<tool>.yaml` of a new project.

use super::Tool;
use super::node::{map, text};
use crate::yaml::Node;

/// The file.
pub(super) fn node(tool: &Tool) -> Node {
    let name = tool.name.as_str();
    let header = "yaml-language-server: $schema=../../generated/schema/tool.json\n\n\
                  A program that is released on its own, whenever its upstream has a new version.";
    let tags =
        "Which tags are versions: here v1.2.3 and 1.2.3. What does not fit, such as a prerelease, is never built.";
    let upstream = map([
        ("git", text(tool.source.as_str())),
        ("tags", text("^v?(?<version>[0-9]+(?:[.][0-9]+)+)$").with_above(tags)),
    ]);
    let contents = map([(name, Node::mapping([]))]);
    let contents = contents.with_above("Components by name; `{}` takes all their outputs.");
    map([
        ("tool", text(name).with_blank_before()),
        ("title", text(name).with_above("As people write it; releases are named so.")),
        ("summary", text(format!("{name}, as one static program"))),
        ("upstream", upstream.with_blank_before()),
        ("variants", map([("default", map([("contents", contents)]))]).with_blank_before()),
    ])
    .with_above(header)
}
