//! What the JSON Schemas refuse, `validate` refuses, and the reverse, for every file of every case. The judge is another program with
//! a reader and a validator of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use ghagen::spec::{Kind, schema};
use serde_json::Value;

use crate::diagnostics::{cases, project_of};
use crate::support::{Project, tool};

/// The codes of shape: what a schema can say.
const SHAPE: [&str; 4] = ["G0104", "G0105", "G0106", "G0107"];

/// The codes of text that is no document: there is nothing to compare with a schema.
const SYNTAX: [&str; 3] = ["G0101", "G0102", "G0103"];

/// The kind of a spec file, by its place.
fn kind(path: &str) -> Option<Kind> {
    match path {
        "spec/ghagen.yaml" => Some(Kind::Project),
        "spec/ghagen.lock" => Some(Kind::Lock),
        _ if !path.ends_with(".yaml") => None,
        _ if path.starts_with("spec/tools/") => Some(Kind::Tool),
        _ if path.starts_with("spec/components/") => Some(Kind::Component),
        _ => None,
    }
}

/// The codes of the errors that `validate` finds in each file of a project.
fn codes(project: &Project) -> BTreeMap<String, BTreeSet<String>> {
    let output = project.run(["validate", "--format", "json"]);
    let report: Value = serde_json::from_str(output.stdout()).unwrap();
    let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in report["diagnostics"].as_array().unwrap().iter().filter(|entry| entry["severity"] == "error") {
        let text = |key: &str| entry[key].as_str().unwrap().to_owned();
        codes.entry(text("file")).or_default().insert(text("code"));
    }
    // Exit code 3 stands for errors, and for nothing else.
    output.status(if codes.is_empty() { 0 } else { 3 });
    codes
}

/// The files that a schema refuses, and those that the judge could not read at all.
fn refused(judge: &mut Command, all: &Project, kind: Kind) -> (BTreeSet<String>, BTreeSet<String>) {
    all.write("schema.json", &schema(kind).to_string());
    let files: Vec<String> =
        all.tree().paths().filter(|path| path.starts_with(&format!("{kind}/"))).map(ToOwned::to_owned).collect();
    assert!(files.len() > 20, "{kind}: {} files", files.len());
    let flags = ["--schemafile", "schema.json", "--output-format", "json", "--default-filetype", "yaml"];
    let output = all.output(judge.args(flags).args(&files));
    let report: Value = serde_json::from_str(output.stdout()).unwrap_or_else(|error| panic!("{error}: {output}"));
    assert!(report["status"].is_string(), "{output}");
    let names = |key: &str| {
        // Where there is none, the key may be missing.
        let entries = report[key].as_array().into_iter().flatten();
        entries.map(|entry| entry["filename"].as_str().unwrap().trim_start_matches("./").to_owned()).collect()
    };
    (names("errors"), names("parse_errors"))
}

#[test]
fn the_schemas_and_validate_agree_about_shape() {
    let Some(judge) = tool("check-jsonschema") else { return };
    let all = Project::new();
    let mut found = BTreeMap::new();
    for case in cases().into_iter().chain(["base".to_owned()]) {
        let project = project_of(&case);
        let codes = codes(&project);
        for path in project.tree().paths() {
            let Some(kind) = kind(path) else { continue };
            // Its own name has to be one that the judge takes for YAML.
            let name = format!("{kind}/{case}/{}.yaml", path.rsplit('/').next().unwrap());
            all.write(&name, &project.read(path));
            found.insert(name, codes.get(path).cloned().unwrap_or_default());
        }
    }
    let mut counts = (0, 0);
    for kind in Kind::ALL {
        let (refused, unread) = refused(&mut all.command(&judge), &all, kind);
        for (name, codes) in found.iter().filter(|(name, _)| name.starts_with(&format!("{kind}/"))) {
            let has = |wanted: &[&str]| codes.iter().any(|code| wanted.contains(&code.as_str()));
            // Whatever a schema refuses, and whatever another reader cannot read, is an error.
            let is_refused = refused.contains(name) || unread.contains(name);
            assert!(!is_refused || !codes.is_empty(), "{name}: `validate` takes what the schema refuses");
            if !has(&SYNTAX) {
                assert!(!unread.contains(name), "{name}: the judge cannot read it");
                let codes = codes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
                assert!(
                    refused.contains(name) == has(&SHAPE),
                    "{name}: of the two only one refuses it; `validate`: {codes}"
                );
                counts.0 += usize::from(is_refused);
                counts.1 += 1;
            }
        }
    }
    // Or else nothing was compared.
    assert!(counts.0 >= SHAPE.len() && counts.1 > 200, "{} of {} files were refused", counts.0, counts.1);
}
