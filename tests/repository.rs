//! The linters over this repository's own workflows and scripts, the generated and the hand-written.

use std::path::Path;

use serde_yaml::Value;

use crate::support::{Tree, lint_scripts, lint_workflows, repository};

#[test]
fn workflows_are_clean() {
    lint_workflows(repository());
}

#[test]
fn scripts_are_clean() {
    for folder in [".ci", "tests/tools", "tests/factory", "generated"].map(|folder| repository().join(folder)) {
        if Path::exists(&folder) {
            lint_scripts(&folder);
        }
    }
}

/// Every job of every generated workflow, as another parser reads it, with all that it may do: no more and no less.
#[test]
fn the_table_of_permissions_names_every_job() {
    let root = repository();
    let page = fs_err::read_to_string(root.join("generated/PIPELINE.md")).unwrap();
    let (_, table) = page.split_once("## What each job may do").unwrap();
    let table = table.split("\n## ").next().unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| `")).collect();
    let mut expected = Vec::new();
    for name in
        Tree::read(&root.join(".github/workflows")).paths().filter(|name| ![".gitattributes", "ci.yml"].contains(name))
    {
        let text = fs_err::read_to_string(root.join(".github/workflows").join(name)).unwrap();
        let workflow: Value = serde_yaml::from_str(&text).unwrap();
        for (id, job) in workflow["jobs"].as_mapping().unwrap_or_else(|| panic!("{name}: {workflow:?}")) {
            let (id, permissions) = (id.as_str().unwrap(), job["permissions"].as_mapping().unwrap());
            if permissions.is_empty() {
                expected.push(format!("| `{name}` | `{id}` | nothing |"));
            }
            expected.extend(permissions.iter().map(|(scope, level)| {
                format!("| `{name}` | `{id}` | `{}: {}` | ", scope.as_str().unwrap(), level.as_str().unwrap())
            }));
        }
    }
    assert!(expected.len() > 20 && expected.iter().any(|row| row.contains("nothing")));
    assert_eq!(rows.len(), expected.len(), "{table}");
    for (row, expected) in rows.iter().zip(&expected) {
        assert!(row.starts_with(expected), "{row}\nis not\n{expected}");
        assert!(row.contains("nothing") || row.len() > expected.len() + 4, "no reason in {row}");
    }
}
