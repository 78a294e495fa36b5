//! Any text, for the YAML reader: what it accepts has places, and means the same to another reader once it is written.

use ghagen::diagnostic::has_errors;
use ghagen::source::{FileId, Route, Sources};
use ghagen::yaml::{self, Document, Kind, Node};
use serde_json::Value;

use super::promises;

/// Reads a text, and writes what it says again.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut sources = Sources::default();
    let file = sources.add("spec/ghagen.yaml", text);
    match yaml::read(file, text) {
        Ok(document) => {
            places(text, &document);
            agrees_with_libyaml(text, &document.value);
            if let Some(node) = node_of(&document.value) {
                written_again(file, &node, &document.value);
            }
        }
        Err(diagnostics) => {
            assert!(has_errors(&diagnostics), "refused without a reason");
            promises::of_reports(&sources, &diagnostics);
        }
    }
}

/// Every value has a place, and every place can be cut out of the text.
fn places(text: &str, document: &Document) {
    for (route, span) in document.spans.values() {
        assert!(text.get(span.start..span.end).is_some(), "{route}: {span:?} cuts a character, or is not in the text");
    }
    visit(&document.value, &Route::root(), document);
}

fn visit(value: &Value, route: &Route, document: &Document) {
    assert!(document.spans.value(route).is_some(), "{route} has no place");
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| visit(item, &route.index(index), document));
        }
        Value::Object(entries) => {
            for (key, item) in entries {
                let route = route.key(key.as_str());
                assert!(document.spans.key(&route).is_some(), "the key of {route} has no place");
                visit(item, &route, document);
            }
        }
        _ => {}
    }
}

/// Where another reader understands the text, it sees the same.
fn agrees_with_libyaml(text: &str, value: &Value) {
    // It reads YAML 1.1: `?` in brackets, markers behind a byte order mark, and blocks that are the whole document differ.
    if text.contains(['?', '\u{feff}']) || value.is_string() {
        return;
    }
    // To our reader the last line of a file ends, whether or not somebody wrote its end. libyaml takes the text of a block that
    // the file ends in without it.
    let whole = if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    if let Ok(theirs) = serde_yaml::from_str::<Value>(&whole) {
        assert_eq!(*value, theirs, "{text:?} means something else to libyaml");
    }
}

fn written_again(file: FileId, node: &Node, value: &Value) {
    let text = yaml::write(node).text;
    let theirs = serde_yaml::from_str::<Value>(&text);
    assert_eq!(theirs.as_ref().ok(), Some(value), "libyaml reads {text:?} as something else");
    let ours = yaml::read(file, &text).ok().map(|document| document.value);
    assert_eq!(ours.as_ref(), Some(value), "the reader does not read what the writer wrote: {text:?}");
}

/// The tree to write. `None` where it holds numbers that the writer has no need of.
fn node_of(value: &Value) -> Option<Node> {
    Some(match value {
        Value::Null => Node::new(Kind::Null),
        Value::Bool(value) => Node::new(Kind::Bool(*value)),
        Value::Number(number) => Node::new(Kind::Integer(number.as_i64()?)),
        Value::String(text) => Node::text(text),
        Value::Array(items) => Node::sequence(items.iter().map(node_of).collect::<Option<Vec<_>>>()?),
        Value::Object(entries) => {
            let pairs = entries.iter().map(|(key, item)| Some((key.clone(), node_of(item)?)));
            Node::mapping(pairs.collect::<Option<Vec<_>>>()?)
        }
    })
}
