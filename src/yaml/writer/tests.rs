//! Tests of the writer: layout, comments, and the way back from lines to origins.

use super::*;
use crate::source::Sources;

fn text(text: &str) -> Node {
    Node::text(text)
}

fn map(entries: Vec<(&str, Node)>) -> Node {
    Node::mapping(entries.into_iter().map(|(key, value)| (key.to_owned(), value)))
}

#[track_caller]
fn check(node: &Node, expected: &str) {
    assert_eq!(write(node).text, expected);
}

#[test]
fn a_workflow_looks_as_people_write_it() {
    let checkout = map(vec![
        ("name", text("Check out")),
        ("uses", text("actions/checkout@0123456789abcdef").with_behind("v4.2.2")),
        ("with", map(vec![("persist-credentials", Node::new(Kind::Bool(false)))])),
    ]);
    let run = map(vec![
        ("name", text("Build: all")),
        ("env", map(vec![("VERSION", text("${{ inputs.version }}"))])),
        ("run", text("set -eu\n\nmake \"$VERSION\"\n")),
    ]);
    let build = map(vec![
        ("runs-on", text("ubuntu-24.04")),
        ("timeout-minutes", Node::new(Kind::Integer(30))),
        ("steps", Node::sequence([checkout, run.with_blank_before().with_above("Builds.")])),
    ]);
    let workflow = map(vec![
        ("name", text("build").with_blank_before()),
        ("on", map(vec![("workflow_dispatch", Node::new(Kind::Null))]).with_blank_before()),
        ("permissions", map(vec![]).with_behind("nothing")),
        ("jobs", map(vec![("build", build)]).with_blank_before().with_above("The work.").with_above("")),
    ])
    .with_above("Made by ghagen.");
    check(
        &workflow,
        r#"# Made by ghagen.

name: build

on:
  workflow_dispatch:
permissions: {} # nothing

# The work.
#
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - name: Check out
        uses: actions/checkout@0123456789abcdef # v4.2.2
        with:
          persist-credentials: false

      # Builds.
      - name: "Build: all"
        env:
          VERSION: ${{ inputs.version }}
        run: |
          set -eu

          make "$VERSION"
"#,
    );
}

#[test]
fn collections_of_scalars_can_stand_on_one_line() {
    let list = Node::sequence([text("a"), text("b, c"), Node::new(Kind::Null), text("d\ne")]);
    check(&map(vec![("x", list.clone().with_flow().with_behind("few"))]), "x: [a, \"b, c\", null, \"d\\ne\"] # few\n");
    check(&map(vec![("x", list)]), "x:\n  - a\n  - b, c\n  -\n  - |-\n    d\n    e\n");
    let pairs = map(vec![("a", Node::new(Kind::Integer(-1))), ("b", Node::sequence([]))]);
    check(&Node::sequence([pairs.with_flow()]), "- {a: -1, b: []}\n");
}

#[test]
fn what_would_lose_a_comment_on_one_line_gets_lines() {
    let list = Node::sequence([text("a").with_behind("why"), map(vec![("b", text("c"))]).with_flow()]);
    check(&map(vec![("x", list.with_flow())]), "x:\n  - a # why\n  - {b: c}\n");
    let deep = Node::sequence([Node::sequence([text("a")])]).with_flow();
    check(&deep, "- - a\n");
}

#[test]
fn an_item_begins_behind_its_dash_and_its_comments_above() {
    let entry = map(vec![("a", text("1").with_above("of a").with_blank_before()), ("b", text("c").with_above("of b"))]);
    check(
        &map(vec![("x", Node::sequence([Node::sequence([entry.clone().with_above("of the item"), text("d")])]))]),
        "x:\n  # of the item\n  # of a\n  - - a: \"1\"\n      # of b\n      b: c\n    - d\n",
    );
    check(&Node::sequence([entry.with_behind("all of it")]), "- # all of it\n  # of a\n  a: \"1\"\n  # of b\n  b: c\n");
}

#[test]
fn comments_stand_behind_keys_blocks_and_nothing() {
    let node = map(vec![
        ("a", map(vec![("b", text("c"))]).with_behind("of a")),
        ("d", text("e\nf").with_behind("of d")),
        ("g", Node::new(Kind::Null).with_behind("of\ng\u{0}")),
        ("h", text("i").with_behind(" \n")),
    ]);
    check(&node, "a: # of a\n  b: c\nd: |- # of d\n  e\n  f\ng: # of g\nh: i\n");
}

#[test]
fn a_block_that_keeps_its_newlines_is_not_given_more() {
    let list = Node::sequence([text("a\n\n"), text("b").with_blank_before(), text("c").with_blank_before()]);
    check(&list, "- |+\n  a\n\n- b\n\n- c\n");
}

#[test]
fn long_keys_are_marked() {
    let key = "k".repeat(LONGEST_KEY + 1);
    let node = map(vec![(key.as_str(), map(vec![("a", text("b"))]))]);
    check(&Node::sequence([node]), &format!("- ? {key}\n  :\n    a: b\n"));
}

#[test]
fn a_root_may_be_anything() {
    check(&Node::new(Kind::Null), "");
    check(&Node::new(Kind::Null).with_above("empty").with_behind("indeed"), "# empty\n# indeed\n");
    check(&text("a").with_behind("b"), "a # b\n");
    check(&text("a\nb\n"), "|\n  a\n  b\n");
    check(&Node::sequence([]), "[]\n");
    check(&Node::sequence([text("a")]).with_behind("list"), "# list\n- a\n");
}

#[test]
fn lines_know_what_they_were_made_from() {
    let file = Origin::file(Sources::default().add("spec/ghagen.yaml", ""));
    let job = map(vec![
        ("runs-on", text("x")),
        ("steps", Node::sequence([text("a\nb").with_origin(file.key("step")), text("c")])),
    ]);
    let node = map(vec![
        ("name", text("build").with_above("Name.").with_origin(file.key("name"))),
        ("jobs", map(vec![("j", job.with_origin(file.key("job")))]).with_blank_before()),
        ("list", Node::sequence([text("a").with_origin(file.key("a")), text("b")]).with_flow()),
        ("last", Node::new(Kind::Null)),
    ])
    .with_origin(file.clone());
    let written = write(&node);
    assert_eq!(
        written.text,
        "# Name.\nname: build\n\njobs:\n  j:\n    runs-on: x\n    steps:\n      - |-\n        a\n        b\n      - c\n\
         list: [a, b]\nlast:\n"
    );
    let origins: Vec<(usize, String)> =
        written.origins.iter().map(|(line, origin)| (*line, origin.route.to_string())).collect();
    let expected =
        [(1, "."), (1, "name"), (4, "."), (5, "job"), (8, "step"), (11, "job"), (12, "."), (12, "a"), (13, ".")];
    assert_eq!(origins, expected.map(|(line, route)| (line, route.to_owned())));
    let route_of = |line| written.origin_of_line(line).map(|origin| origin.route.to_string());
    assert_eq!(route_of(0), None);
    assert_eq!(route_of(10).as_deref(), Some("step"));
    assert_eq!(route_of(11).as_deref(), Some("job"));
    assert_eq!(route_of(99).as_deref(), Some("."));
}
