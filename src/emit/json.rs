//! JSON laid out for people and for merges: one entry a line.
//!
//! Keys stand in the order in which they are given. Knows nothing of what it writes.

use std::fmt::Write;

use serde_json::Value;

use crate::source::Origin;

/// A document in the making: an object, one key after the other.
pub(super) struct Document {
    text: String,
    line: usize,
    has_keys: bool,
    origins: Vec<(usize, Origin)>,
}

impl Document {
    pub(super) fn new() -> Self {
        Self { text: "{".to_owned(), line: 1, has_keys: false, origins: Vec::new() }
    }

    /// A key with its whole value on one line.
    #[must_use]
    pub(super) fn key(mut self, key: &str, value: &Value) -> Self {
        self.begin(key);
        self.text.push_str(&on_one_line(value));
        self
    }

    /// A key with a list, one item a line.
    #[must_use]
    pub(super) fn items<'a>(mut self, key: &str, items: impl IntoIterator<Item = (Value, &'a Origin)>) -> Self {
        self.begin(key);
        let items: Vec<_> = items.into_iter().map(|(value, origin)| (on_one_line(&value), Some(origin))).collect();
        self.block('[', &items, ']');
        self
    }

    /// A key with an object, one key a line.
    #[must_use]
    pub(super) fn entries<'a>(mut self, key: &str, entries: impl IntoIterator<Item = (&'a str, Value)>) -> Self {
        self.begin(key);
        let entry = |(key, value): (&str, Value)| (format!("{}: {}", quoted(key), on_one_line(&value)), None);
        let entries: Vec<_> = entries.into_iter().map(entry).collect();
        self.block('{', &entries, '}');
        self
    }

    /// The text, and which line starts what was made from which spec value.
    pub(super) fn end(mut self) -> (String, Vec<(usize, Origin)>) {
        self.text.push_str("\n}\n");
        (self.text, self.origins)
    }

    fn begin(&mut self, key: &str) {
        if self.has_keys {
            self.text.push(',');
        }
        self.has_keys = true;
        self.new_line();
        let _ = write!(self.text, "  {}: ", quoted(key));
    }

    fn block(&mut self, open: char, lines: &[(String, Option<&Origin>)], close: char) {
        self.text.push(open);
        for (position, (line, origin)) in lines.iter().enumerate() {
            if position > 0 {
                self.text.push(',');
            }
            self.new_line();
            let _ = write!(self.text, "    {line}");
            self.origins.extend(origin.map(|origin| (self.line, origin.clone())));
        }
        if !lines.is_empty() {
            self.new_line();
            self.text.push_str("  ");
        }
        self.text.push(close);
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        self.line += 1;
    }
}

/// A value without line breaks, with spaces where people expect them.
fn on_one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(on_one_line).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{}: {}", quoted(key), on_one_line(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Sources;

    #[test]
    fn one_entry_a_line_and_origins_by_line() {
        let origin = Origin::file(Sources::default().add("x", ""));
        let (text, origins) = Document::new()
            .key("a", &json!({"b": [1, 2], "c": null}))
            .items("none", [])
            .items("some", [(json!({"x": "\"\n"}), &origin), (json!(2), &origin)])
            .entries("map", [("k", json!(true)), ("l", json!({}))])
            .end();
        let expected = r#"{
  "a": {"b": [1, 2], "c": null},
  "none": [],
  "some": [
    {"x": "\"\n"},
    2
  ],
  "map": {
    "k": true,
    "l": {}
  }
}
"#;
        assert_eq!(text, expected);
        assert_eq!(origins.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [5, 6]);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["some"][0]["x"], "\"\n");
    }
}
