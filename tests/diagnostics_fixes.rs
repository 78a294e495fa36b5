//! What reports propose to write instead is right: with it, the mistake is gone.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostics::{cases, project_of};
use crate::support::Project;

/// What `validate` says, for programs.
fn said(project: &Project) -> Vec<Value> {
    let output = project.run(["validate", "--format", "json"]);
    let report: Value = serde_json::from_str(output.stdout()).unwrap();
    report["diagnostics"].as_array().unwrap().clone()
}

/// What a diagnostic is, wherever the lines above it have moved it.
fn identity(found: &Value) -> (String, String, String) {
    let text = |key: &str| found[key].as_str().unwrap().to_owned();
    (text("code"), text("file"), text("message"))
}

/// The byte at a line and a column, both counted from 1.
fn byte(text: &str, line: &Value, column: &Value) -> usize {
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap() - 1;
    let start: usize = text.split_inclusive('\n').take(number(line)).map(str::len).sum();
    let rest = text[start..].char_indices().nth(number(column));
    rest.map_or(text.len(), |(offset, _)| start + offset)
}

fn apply(project: &Project, edit: &Value) {
    let path = edit["file"].as_str().unwrap();
    let mut text = project.read(path);
    let start = byte(&text, &edit["line"], &edit["column"]);
    let end = byte(&text, &edit["end_line"], &edit["end_column"]);
    text.replace_range(start..end, edit["replacement"].as_str().unwrap());
    project.write(path, &text);
}

#[test]
fn each_fix_ends_its_mistake() {
    let mut fixed = BTreeSet::new();
    for case in cases() {
        for (index, found) in said(&project_of(&case)).iter().enumerate().filter(|(_, found)| !found["fix"].is_null()) {
            let project = project_of(&case);
            found["fix"]["edits"].as_array().unwrap().iter().for_each(|edit| apply(&project, edit));
            let left: Vec<_> = said(&project).iter().map(identity).collect();
            let wrong = identity(found);
            assert!(!left.contains(&wrong), "{case}, {index}: {wrong:?} is still there");
            // Nor may it be another mistake of the text itself.
            assert!(
                left.iter().all(|(code, ..)| !["G0101", "G0103"].contains(&code.as_str())),
                "{case}, {index}: {left:?}"
            );
            fixed.insert(wrong.0);
        }
    }
    let expected = [
        "G0104", "G0105", "G0107", "G0202", "G0203", "G0204", "G0205", "G0206", "G0207", "G0208", "G0209", "G0211",
        "G0214", "G0215", "G0216", "G0409",
    ];
    assert_eq!(fixed.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}
