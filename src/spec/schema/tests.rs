//! The schemas are valid, and refuse whatever the types behind them refuse.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Kind, schema};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::spec::{ComponentFile, LockFile, ProjectFile, ToolFile, shape};

/// Small documents that together use every field.
fn documents(kind: Kind) -> Vec<Value> {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let git =
        json!({ "url": "https://example.org/g", "tags": "^v(?<version>.*)$", "versions": ">=1", "submodules": true });
    let argument = json!({ "value": "a", "when": { "arch": ["amd64"], "tool": "t", "line": "1" } });
    let step_of_own = json!({ "name": "n", "run": "true", "environment": { "A": "b" }, "variant": "v", "when": { "arch": "amd64" },
        "permissions": { "issues": { "level": "write", "reason": "r" } } });
    let action = json!({ "name": "n", "uses": "a/b", "with": { "x": "y" } });
    let hooks = json!({ "before_build": [step_of_own], "after_build": [action], "before_test": [step_of_own], "after_test": [action],
        "before_release": [step_of_own], "after_release": [action] });
    let inputs = json!({ "a": { "description": "d", "options": ["x"] }, "b": { "description": "d", "pattern": "x", "default": "x" },
        "c": { "description": "d", "boolean": true } });
    let step = json!({ "targets": ["all"], "variables": { "A": "b" } });
    let copy = json!({ "README": "share/README" });
    match kind {
        Kind::Project => [
            json!({ "path": "." }),
            json!({ "git": git }),
            json!({ "release": { "repository": "o/r", "version": "1.2.3", "sha256": { "amd64": "ab" } } }),
        ].into_iter().map(|generator| json!({
            "repository": { "visibility": "private" },
            "project": { "name": "tools", "summary": "s", "branch": "main" },
            "schedule": { "cron": "17 4 * * *", "retry_days": 3, "most_builds": 50, "rebuilds": "start" },
            "builder": { "kind": "image", "image": "i", "fallback_image": "f",
                "persistent_image": { "name": "n", "cron": "17 4 * * 1" } },
            "arches": { "amd64": { "triple": "x86_64-linux-musl", "runner": "r", "build": "cross", "cross_from": "a" } },
            "toolchain": { "compiler": "musl-gcc", "minimum_clang": 18, "musl": git, "packages": ["make"], "snapshot": "2026-11-01",
                "environment": { "A": "b", "C": argument },
                "meson": ">=1.4",
                "allocators": { "mimalloc": { "component": "m", "object": "lib/m.o", "symbol": "mi_malloc" } },
                "thread_stack": 2_097_152, "seconds": { "amd64": 90 } },
            "layouts": { "flat": { "summary": "s", "places": { "bin": "." }, "prefix": "/usr" } },
            "variants": { "default": { "summary": "s", "layout": "flat" } },
            "release": { "signature_suffix": ".bundle", "attest": true, "compression_level": 19 },
            "smoke_commands": { "c": "true" },
            "hooks": hooks, "dispatch_inputs": inputs,
            "timeouts": { "build": 60, "test": 20, "release": 20 },
            "gate": { "generator": generator },
            "pins": { "update": { "cron": "17 4 * * 1", "cooldown": 3, "app": { "client_id": "ID", "private_key": "KEY" } },
                "adopt": { "cron": "17 * * * *", "app": { "client_id": "ID", "private_key": "KEY" } },
                "dependabot": true, "renovate": true },
            "notes": { "departures": [{ "plan": "p", "instead": "i", "why": "w", "evidence": "e" }],
                "principles": [{ "principle": "p", "proved_by": "b" }] },
        })).collect(),
        Kind::Tool => vec![json!({
            "tool": "t", "title": "T", "summary": "s",
            "upstream": { "git": "https://example.org/t", "self": false, "page": "https://example.org/t/{tag}", "tags": "^v(?<version>.*)$", "exclude": ["x"], "prereleases": true,
                "submodules": true },
            "lines": { "1": { "versions": ">=1, <2", "components": { "c": ">=1" }, "values": { "module": "m" } } },
            "arches": ["amd64"],
            "variants": { "default": { "contents": {
                "c": { "outputs": ["c"], "places": ["bin"], "when": { "arch": ["amd64"] } }, "d": {} } } },
            "exclude": [{ "variant": "default", "arch": "arm64", "line": ["1"], "reason": "r" }],
            "smoke": [{ "name": "n", "run": "true", "variant": "default", "when": { "arch": "amd64" },
                "installed": true, "optional": true }],
            "packages": ["gperf"], "environment": { "A": "b", "C": argument }, "hooks": hooks, "dispatch_inputs": inputs,
        })],
        Kind::Component => [
            json!({ "go": { "release": ">=1.26", "tags": [argument], "vendor": true, "options": ["-v"],
                "programs": { "bin/c": { "package": ".", "cgo": true, "stamps": { "main.version": "{version}" } } } } }),
            json!({ "cargo": { "release": ">=1.88", "directory": "d", "features": [argument], "options": ["-v"],
                "programs": { "c": "bin/c" } } }),
            json!({ "make": { "directory": "d", "build": step, "install": step, "copy": copy } }),
            json!({ "autotools": { "directory": "d", "bootstrap": "autogen", "configure": [argument], "variables": { "A": "b" },
                "build": step, "install": step, "copy": copy } }),
            json!({ "meson": { "directory": "d", "options": [argument], "targets": ["t"], "install": true, "copy": copy } }),
            json!({ "cmake": { "directory": "d", "options": [argument], "targets": ["t"], "install": true, "copy": copy } }),
            json!({ "files": { "copy": copy } }),
            json!({ "script": { "run": "make" } }),
        ]
        .into_iter()
        .zip([
            json!({ "git": git }),
            json!({ "archive": { "url": "https://example.org/a", "version": "1", "sha256": "s" } }),
            json!({ "upstream": "t" }),
            json!({ "component": "d" }),
        ].iter().cycle())
        .map(|(recipe, source)| {
            json!({
                "component": "c", "kind": "program", "summary": "s", "license": "MIT", "license_files": ["LICENSE"], "source": source, "needs": ["d"],
                "packages": ["gperf"], "seconds": { "amd64": 3 }, "environment": { "A": "b", "C": argument }, "patches": ["1.patch"], "recipe": recipe,
                "outputs": { "c": { "files": ["bin/c"], "links": { "d": "c" }, "place": "bin", "mode": "0755",
                    "when": { "arch": "amd64" }, "program": {
                        "link": "static-pie", "allocator": "none", "reason": "r", "minimum_size": 1000,
                        "version_check": { "arguments": ["--version"], "expect": "{version}", "emulated": true } } } },
            })
        })
        .collect(),
        Kind::Lock => vec![json!({
            "lock": 1,
            "actions": { "actions/checkout": { "tag": "v1", "commit": commit } },
            "images": { "docker.io/ubuntu:rolling": { "unresolved": "no network" },
                "docker.io/ubuntu:24.04": { "digest": format!("sha256:{}", "ab".repeat(32)) } },
            "sources": { "t": { "url": "https://example.org/t", "pins": [{ "tag": "v1.0", "commit": commit }] } },
            "tools": { "go": [{ "version": "1.26.1", "checked_by": "s" }] },
        })],
    }
}

/// Whether the type takes it.
fn typed(kind: Kind, document: &Value) -> bool {
    fn takes<T: DeserializeOwned>(document: &Value) -> bool {
        T::deserialize(document).is_ok()
    }
    match kind {
        Kind::Project => takes::<ProjectFile>(document),
        Kind::Tool => takes::<ToolFile>(document),
        Kind::Component => takes::<ComponentFile>(document),
        Kind::Lock => takes::<LockFile>(document),
    }
}

/// The document with the value at a pointer replaced, added, or (by `None`) removed.
fn changed(document: &Value, pointer: &str, new: Option<Value>) -> Value {
    let mut document = document.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = &key.replace("~1", "/").replace("~0", "~");
    match (document.pointer_mut(parent).unwrap(), new) {
        (Value::Array(items), Some(new)) => items[key.parse::<usize>().unwrap()] = new,
        (parent, Some(new)) => parent[key] = new,
        (parent, None) => drop(parent.as_object_mut().unwrap().remove(key).unwrap()),
    }
    document
}

/// Every place of a document, as pointers.
fn places(at: &str, value: &Value, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(entries) => {
            entries.iter().map(|(key, item)| (key.replace('~', "~0").replace('/', "~1"), item)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (key, item) in children {
        let at = format!("{at}/{key}");
        found.push(at.clone());
        places(&at, item, found);
    }
}

#[test]
fn schemas_are_valid_and_take_the_examples() {
    for kind in Kind::ALL {
        let schema = schema(kind);
        assert!(jsonschema::meta::is_valid(&schema), "{kind}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["title"], format!("ghagen {kind}: {}", kind.place()));
        assert!(schema["description"].is_string() && schema.get("$id").is_none(), "{kind}");
        assert!(!schema.to_string().contains("null"), "{kind}: no place takes null");
        let validator = jsonschema::validator_for(&schema).unwrap();
        for document in documents(kind) {
            assert!(validator.validate(&document).is_ok(), "{kind}: {:?}", validator.validate(&document));
            assert!(typed(kind, &document), "{kind}: {document}");
        }
    }
}

#[test]
fn the_examples_use_every_field() {
    for kind in Kind::ALL {
        let used: String = documents(kind).iter().map(Value::to_string).collect();
        let schema = schema(kind);
        let definitions = schema["$defs"].as_object().unwrap().values().chain([&schema]);
        let unused: Vec<&str> =
            definitions.flat_map(super::known_keys).filter(|key| !used.contains(&format!("\"{key}\":"))).collect();
        assert!(unused.is_empty(), "{kind}: {unused:?}");
    }
}

#[test]
fn every_field_says_what_it_is_for() {
    fn look(at: &str, schema: &Value, bare: &mut Vec<String>) {
        if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
            for (key, field) in fields {
                if field.get("description").is_none() {
                    bare.push(format!("{at}.{key}"));
                }
            }
        }
    }
    let mut bare = Vec::new();
    for kind in Kind::ALL {
        let schema = schema(kind);
        look(kind.name(), &schema, &mut bare);
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            look(name, definition, &mut bare);
        }
    }
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn what_the_types_refuse_the_schemas_refuse_in_words() {
    // Each of these stands, in turn, at every place of the examples; a fraction there is refused beside the schema.
    let bad = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1),
        json!(1.5),
        json!("x"),
        json!([]),
        json!([null]),
        json!({}),
        json!({ "x": 1 }),
    ];
    let mut refused = 0;
    let mut sources = Sources::default();
    let file = sources.add("spec/x.yaml", "");
    for kind in Kind::ALL {
        let validator = jsonschema::validator_for(&schema(kind)).unwrap();
        for example in documents(kind) {
            for (at, new) in mistakes(&example, &bad) {
                let document = changed(&example, &at, new.clone());
                let (typed, valid) = (typed(kind, &document), validator.is_valid(&document));
                assert!(typed || !valid, "the type refuses what the schema takes: {kind} {at} = {new:?}");
                let said = shape::check(kind, &sources, file, &document);
                assert_eq!(said.is_empty(), valid, "{kind} {at} = {new:?}: {said:?}");
                let without_words = |diagnostic: &Diagnostic| diagnostic.message.contains("is not valid here");
                assert!(!said.iter().any(without_words), "{kind} {at} = {new:?}: {said:?}");
                refused += usize::from(!typed);
            }
        }
    }
    assert!(refused > 5000, "{refused}: the table has become too small to tell");
}

/// Every place replaced by each of `bad`, every key removed, and one key too many in every mapping.
fn mistakes(example: &Value, bad: &[Value]) -> Vec<(String, Option<Value>)> {
    let mut found = Vec::new();
    places("", example, &mut found);
    let replaced = found.iter().flat_map(|at| bad.iter().map(move |bad| (at.clone(), Some(bad.clone()))));
    let is_key = |at: &&String| at.rsplit('/').next().unwrap().parse::<usize>().is_err();
    let removed = found.iter().filter(is_key).map(|at| (at.clone(), None));
    let surplus = std::iter::once(&String::new())
        .chain(&found)
        .filter(|at| example.pointer(at).unwrap().is_object())
        .map(|at| (format!("{at}/surplus"), Some(json!({}))))
        .collect::<Vec<_>>();
    replaced.chain(removed).chain(surplus).collect()
}
