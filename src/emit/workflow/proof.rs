//! The proof that a file says what it was to say: an independent reader reads it, and every value is compared.
//!
//! Shares nothing with the writer, so that one mistake cannot hide the other.

use serde_yaml::Value;

use super::EmitError;
use crate::gha::WorkflowPath;
use crate::source::Route;
use crate::yaml::{Kind, Node};

/// Reads `text` and compares it with the tree that it was written from, the order of keys included.
pub(super) fn compare(path: &WorkflowPath, node: &Node, text: &str) -> Result<(), EmitError> {
    // The reader itself refuses a key that stands twice in a mapping.
    let value: Value =
        serde_yaml::from_str(text).map_err(|source| EmitError::Unreadable { path: path.clone(), source })?;
    match difference(node, &value, &Route::root()) {
        None => Ok(()),
        Some(route) => Err(EmitError::Different { path: path.clone(), route }),
    }
}

/// The first place where the value is not the node's.
fn difference(node: &Node, value: &Value, route: &Route) -> Option<Route> {
    let is_same = match (&node.kind, value) {
        (Kind::Null, Value::Null) => true,
        (Kind::Bool(expected), Value::Bool(found)) => expected == found,
        (Kind::Integer(expected), Value::Number(found)) => found.as_i64() == Some(*expected),
        (Kind::Text(expected), Value::String(found)) => expected == found,
        (Kind::Sequence(expected), Value::Sequence(found)) if expected.len() == found.len() => {
            let mut pairs = expected.iter().zip(found).enumerate();
            return pairs.find_map(|(position, (node, value))| difference(node, value, &route.index(position)));
        }
        (Kind::Mapping(expected), Value::Mapping(found)) if expected.len() == found.len() => {
            return expected.iter().zip(found).find_map(|((key, node), (found_key, value))| {
                let route = route.key(key);
                if found_key.as_str() == Some(key) { difference(node, value, &route) } else { Some(route) }
            });
        }
        _ => false,
    };
    (!is_same).then(|| route.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Node {
        let list = Node::sequence([Node::text("1"), Node::new(Kind::Integer(2)), Node::new(Kind::Bool(true))]);
        Node::mapping([("on".to_owned(), Node::new(Kind::Null)), ("a".to_owned(), list)])
    }

    fn compared(text: &str) -> Result<(), EmitError> {
        compare(&WorkflowPath::parse("a.yml").unwrap(), &tree(), text)
    }

    #[test]
    fn what_says_the_same_passes() {
        compared("on:\na: ['1', 2, true]\n").unwrap();
        compared("# header\n\"on\": null\n\na:\n  - \"1\" # one\n  - 2\n  - true\n").unwrap();
    }

    #[test]
    fn the_first_difference_is_named() {
        for (text, route) in [
            ("on:\na: [1, 2, true]", "a[0]"),
            ("on:\na: ['1', '2', true]", "a[1]"),
            ("on:\na: ['1', 2, yes]", "a[2]"),
            ("on:\na: ['1', 2]", "a"),
            ("on: {}\na: ['1', 2, true]", "on"),
            ("a: ['1', 2, true]\non:", "on"),
            ("on:\nb: ['1', 2, true]", "a"),
            ("on:", "."),
            ("", "."),
        ] {
            let error = compared(text).expect_err(text).to_string();
            assert!(error.contains(&format!("`{route}` reads differently")), "{text}: {error}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_apart() {
        for text in ["on: [", "on:\non:\n", "\tx"] {
            assert!(matches!(compared(text), Err(EmitError::Unreadable { .. })), "{text}");
        }
    }
}
