//! The tables of `docs/spec.md` are what the schemas say. `GHAGEN_BLESS=1` writes them anew.

use fs_err as fs;
use serde_json::Value;

use super::{Kind, schema};

/// Types that stand in many places. Each has a table of its own, under this anchor of the page.
const SHARED: [(&str, &str, &str); 8] = [
    ("GitSource", "git source", "#git-source"),
    ("DispatchInput", "input of hooks", "#inputs-of-hooks"),
    ("Hooks", "hooks", "#hooks"),
    ("Hook", "hook", "#hooks"),
    ("MakeStep", "make step", "#make-step"),
    ("When", "condition", "#conditions"),
    ("Argument", "argument", "#conditions"),
    ("OneOrMany", "text or list", ""),
];

struct Page {
    root: Value,
    lines: Vec<String>,
}

impl Page {
    fn resolve(&self, schema: &Value) -> Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(target) => self.root.pointer(target.strip_prefix('#').unwrap()).unwrap().clone(),
            None => schema.clone(),
        }
    }

    /// One line a field, those of nested mappings behind their own.
    fn fields(&mut self, prefix: &str, schema: &Value) {
        let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        for (key, field) in schema["properties"].as_object().unwrap() {
            let default = match field.get("default") {
                _ if required.contains(&Value::from(key.as_str())) => "required".to_owned(),
                // Nothing, whether or not the type behind it can tell an empty list from none.
                None => String::new(),
                Some(Value::Array(items)) if items.is_empty() => String::new(),
                Some(Value::Object(entries)) if entries.is_empty() => String::new(),
                Some(Value::String(text)) => format!("`{text}`"),
                Some(value) => format!("`{value}`"),
            };
            let target = self.resolve(field);
            let meaning = field.get("description").or_else(|| target.get("description")).unwrap().as_str().unwrap();
            let meaning = meaning.replace('|', "\\|").replace('\n', " ");
            self.lines.push(format!("| `{prefix}{key}` | {} | {default} | {meaning} |", self.type_of(field)));
            self.nested(&format!("{prefix}{key}"), field);
        }
    }

    fn nested(&mut self, path: &str, field: &Value) {
        if shared(field).is_some() {
            return;
        }
        let target = self.resolve(field);
        if target.get("properties").is_some() {
            self.fields(&format!("{path}."), &target);
        } else if let Some(entry) = target.get("additionalProperties").filter(|entry| entry.is_object()) {
            self.nested(&format!("{path}.NAME"), &entry.clone());
        } else if let Some(item) = target.get("items") {
            self.nested(&format!("{path}[]"), &item.clone());
        }
    }

    fn type_of(&self, field: &Value) -> String {
        if let Some((_, words, anchor)) = shared(field) {
            return if anchor.is_empty() { (*words).to_owned() } else { format!("[{words}]({anchor})") };
        }
        let target = self.resolve(field);
        if let Some(options) = target.get("oneOf").and_then(Value::as_array) {
            let options: Vec<_> =
                options.iter().map(|option| format!("`{}`", option["const"].as_str().unwrap())).collect();
            return options.join(", ");
        }
        match target["type"].as_str().unwrap() {
            "string" => "text".to_owned(),
            "boolean" => "`true`, `false`".to_owned(),
            "integer" => match (&target["minimum"], &target["maximum"]) {
                (low, high) if low == high => low.to_string(),
                (low, Value::Null) if *low == 0 => "whole number".to_owned(),
                (low, Value::Null) => format!("{low} or more"),
                (low, high) => format!("{low} to {high}"),
            },
            "array" => format!("list of {}", self.type_of(&target["items"])),
            "object" if target.get("properties").is_some() => "mapping".to_owned(),
            "object" => format!("name: {}", self.type_of(&target["additionalProperties"])),
            other => panic!("no words for the type {other}"),
        }
    }
}

fn shared(field: &Value) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let name = field.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?;
    SHARED.iter().find(|(shared, ..)| *shared == name)
}

fn table(name: &str) -> String {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
    // Of a type that several files share, any of them will do.
    let has_type = |kind: &Kind| schema(*kind)["$defs"].get(name).is_some();
    let root = schema(kind.or_else(|| Kind::ALL.into_iter().find(has_type)).unwrap());
    let start = if kind.is_some() { root.clone() } else { root["$defs"][name].clone() };
    let mut page =
        Page { root, lines: vec!["| key | takes | default | meaning |".to_owned(), "|---|---|---|---|".to_owned()] };
    page.fields("", &start);
    page.lines.join("\n")
}

#[test]
fn the_page_of_the_language_has_every_field() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/spec.md");
    let old = fs::read_to_string(path).unwrap();
    let mut new = String::new();
    let mut rest = old.as_str();
    let mut names = Vec::new();
    while let Some((before, behind)) = rest.split_once("<!-- fields: ") {
        let (name, behind) = behind.split_once(" -->\n").unwrap();
        let (_, behind) = behind.split_once("<!-- end -->").unwrap();
        new.extend([before, "<!-- fields: ", name, " -->\n\n", &table(name), "\n\n<!-- end -->"]);
        names.push(name);
        rest = behind;
    }
    new.push_str(rest);
    assert_eq!(
        names,
        [
            "When",
            "Conditional",
            "Hooks",
            "Hook",
            "DispatchInput",
            "project",
            "tool",
            "component",
            "GitSource",
            "MakeStep",
            "lock"
        ]
    );
    if std::env::var_os("GHAGEN_BLESS").is_some_and(|value| value == "1") {
        fs::write(path, &new).unwrap();
        return;
    }
    assert!(new == old, "docs/spec.md differs from the types: `GHAGEN_BLESS=1 cargo test` writes its tables anew");
}
