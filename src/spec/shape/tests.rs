//! What is said about documents that have the wrong shape. Places without spans: those are the reader's.

use serde_json::{Value, json};

use super::check;
use crate::source::Sources;
use crate::spec::Kind;

/// Every diagnostic on a line of its own: code, place, message, help.
fn said(kind: Kind, document: &Value) -> String {
    let mut sources = Sources::default();
    let file = sources.add("spec/x.yaml", "");
    let mut lines: Vec<String> = check(kind, &sources, file, document)
        .into_iter()
        .map(|found| {
            std::iter::once(format!("{} {}", found.code, found.message))
                .chain(found.advice().map(ToOwned::to_owned))
                .collect::<Vec<_>>()
                .join("\n  ")
        })
        .collect();
    lines.sort();
    lines.join("\n")
}

fn component(change: impl FnOnce(&mut Value)) -> Value {
    let mut document = json!({
        "component": "crun", "kind": "program", "summary": "A runtime.", "license": "GPL-2.0-or-later",
        "source": { "git": { "url": "https://example.org/crun", "tags": "^(?<version>.*)$" } },
        "recipe": { "autotools": { "configure": ["--disable-systemd", { "value": "-a", "when": { "arch": "arm64" } }] } },
        "outputs": { "5": { "files": ["bin/crun"], "place": "bin" } },
    });
    change(&mut document);
    document
}

fn of_component(change: impl FnOnce(&mut Value)) -> String {
    said(Kind::Component, &component(change))
}

#[test]
fn a_right_document_says_nothing() {
    assert_eq!(of_component(|_| ()), "");
}

#[test]
fn unknown_keys_come_with_a_suggestion_and_the_keys() {
    assert_eq!(
        of_component(|document| document["source"]["git"]["submodule"] = json!(true)),
        "G0104 `source.git` has no key `submodule`\n  did you mean `submodules`?\n  the keys here are `url`, `tags`, `versions` and `submodules`"
    );
    // What stands there already is no suggestion.
    assert_eq!(
        of_component(|document| document["outputs"]["5"]["file"] = json!([])),
        "G0104 `outputs.5` has no key `file`\n  the keys here are `files`, `links`, `place`, `mode`, `when` and `program`"
    );
}

#[test]
fn missing_keys_come_with_their_purpose() {
    assert_eq!(
        of_component(|document| {
            document.as_object_mut().unwrap().remove("license");
            document["outputs"]["5"].as_object_mut().unwrap().remove("place");
        }),
        "G0106 `outputs.5` lacks the key `place`\n  `place`: The place of the layout that they go to, such as `bin`.\n\
         G0106 this file lacks the key `license`\n  `license`: Its licence, as an SPDX expression."
    );
}

#[test]
fn wrong_types_are_told_in_words() {
    assert_eq!(
        of_component(|document| document["outputs"]["5"]["mode"] = json!(644)),
        "G0105 `outputs.5.mode` takes text, not a whole number\n  in quotes it is text: '644'"
    );
    assert_eq!(
        of_component(|document| document["needs"] = json!("musl")),
        "G0105 `needs` takes a list, not text\n  a list of one is written `[\"musl\"]`"
    );
    assert_eq!(
        of_component(|document| document["source"] = json!("https://example.org")),
        "G0105 `source` takes a mapping, not text\n  the keys here are `git`, `archive`, `upstream` and `component`"
    );
    assert_eq!(
        of_component(|document| document["patches"] = Value::Null),
        "G0105 `patches` has no value\n  it takes a list; to have none of it, leave it out"
    );
    assert_eq!(
        of_component(|document| document["source"]["git"]["versions"] = Value::Null),
        "G0105 `source.git.versions` has no value\n  it takes text; to have none of it, leave it out"
    );
    assert_eq!(said(Kind::Component, &Value::Null).lines().next(), Some("G0105 the file says nothing"));
}

#[test]
fn a_whole_fraction_is_no_whole_number() {
    let document = |level: Value| json!({ "lock": level });
    assert_eq!(said(Kind::Lock, &document(json!(1))), "");
    assert_eq!(
        said(Kind::Lock, &document(json!(1.0))),
        "G0105 `lock` takes a whole number, not a number with a fraction"
    );
    assert_eq!(
        said(Kind::Lock, &document(json!(1.5))),
        "G0105 `lock` takes a whole number, not a number with a fraction"
    );
    assert_eq!(
        said(Kind::Lock, &document(json!("1"))),
        "G0105 `lock` takes a whole number, not text\n  without quotes it is a number: 1"
    );
}

#[test]
fn a_branch_is_explained_by_the_type_of_the_value() {
    let configure =
        |argument: Value| of_component(|document| document["recipe"]["autotools"]["configure"] = json!([argument]));
    assert_eq!(
        configure(json!(5)),
        "G0105 `recipe.autotools.configure[0]` takes text or a mapping, not a whole number\n  in quotes it is text: '5'"
    );
    assert_eq!(
        configure(json!({ "value": "-a", "wenn": { "arch": "arm64" } })),
        "G0104 `recipe.autotools.configure[0]` has no key `wenn`\n  did you mean `when`?\n  the keys here are `value` and `when`"
    );
    assert_eq!(
        configure(json!({ "-DNAME": "x" })),
        "G0105 `recipe.autotools.configure[0]` takes text, not a mapping\n  \
         a text that holds `: ` or ends with `:` has to stand in quotes"
    );
    assert_eq!(
        configure(json!({ "value": "-a", "when": { "arch": [1] } })),
        "G0105 `recipe.autotools.configure[0].when.arch[0]` takes text, not a whole number\n  in quotes it is text: '1'"
    );
    assert_eq!(
        configure(json!({ "value": "-a", "when": { "arch": [] } })),
        "G0107 `recipe.autotools.configure[0].when.arch` is empty\n  it needs at least one item"
    );
}

#[test]
fn values_of_an_enum_are_listed() {
    assert_eq!(
        of_component(|document| document["kind"] = json!("Program")),
        "G0107 `kind` cannot be `Program`\n  did you mean `program`?\n  it takes `program`, `library`, `files` or `units`"
    );
    assert_eq!(of_component(|document| document["kind"] = json!(["program"])), "G0105 `kind` takes text, not a list");
}

#[test]
fn exactly_one_key_means_one() {
    assert_eq!(
        of_component(|document| document["source"]["upstream"] = json!("crun")),
        "G0107 `source` takes only one of `git` and `upstream`\n  \
         it takes exactly one of the keys `git`, `archive`, `upstream` and `component`"
    );
    assert_eq!(
        of_component(|document| document["source"] = json!({})),
        "G0107 `source` is empty\n  it takes exactly one of the keys `git`, `archive`, `upstream` and `component`"
    );
    assert_eq!(
        of_component(|document| document["outputs"]["5"]["when"] = json!({})),
        "G0107 `outputs.5.when` is empty\n  it takes at least one of the keys `arch`, `tool` and `line`"
    );
    // A second key that is unknown is one mistake, not two.
    assert_eq!(
        of_component(|document| document["source"]["gti"] = json!("x")),
        "G0104 `source` has no key `gti`\n  the keys here are `git`, `archive`, `upstream` and `component`"
    );
}

#[test]
fn patterns_and_ranges_say_what_is_meant() {
    assert_eq!(
        said(Kind::Lock, &json!({ "lock": 2, "actions": { "a/b": { "tag": "v1", "commit": "v1" } } })),
        "G0107 `actions.a/b.commit` does not have the form that it needs\n  \
         The commit: 40 hexadecimal digits, never a tag's own object.\n  it has to match `^[0-9a-f]{40}$`\n\
         G0107 `lock` takes 1, not 2\n  The version of this format: 1."
    );
}

#[test]
fn texts_that_turn_into_code_are_refused_everywhere() {
    assert_eq!(
        of_component(|document| {
            document["summary"] = json!("a ${{ github.token }}");
            document["environment"] = json!({ "A\u{7}": "b\u{202E}", "C": "tab\tand\nnewline" });
        })
        .lines()
        .filter(|line| line.starts_with('G'))
        .collect::<Vec<_>>(),
        [
            "G0110 this key holds the invisible character U+0007",
            "G0110 this text holds `${{`",
            "G0110 this text holds the invisible character U+202E",
        ]
    );
}

#[test]
fn meaning_knows_which_order_counts() {
    let meaning = |text: &str| super::meaning(Kind::Tool, &serde_json::from_str(text).unwrap()).to_string();
    let base = meaning(r#"{"tool":"t","lines":{"6":{"versions":"a","values":{}},"5":{"versions":"b"}}}"#);
    let keys_moved = meaning(r#"{"lines":{"6":{"values":{},"versions":"a"},"5":{"versions":"b"}},"tool":"t"}"#);
    let lines_moved = meaning(r#"{"tool":"t","lines":{"5":{"versions":"b"},"6":{"versions":"a","values":{}}}}"#);
    assert_eq!(base, keys_moved);
    assert_ne!(base, lines_moved);
}
