//! Editors find the schema of a spec file by its first line: `# yaml-language-server: $schema=...`, from the folder of the file.

use crate::support::{Project, Tree};

/// The kind of a spec file.
fn kind(path: &str) -> Option<&'static str> {
    match path {
        "spec/ghagen.yaml" => Some("project"),
        "spec/ghagen.lock" => Some("lock"),
        _ if path.starts_with("spec/tools/") => Some("tool"),
        _ if path.starts_with("spec/components/") => Some("component"),
        _ => None,
    }
}

/// A path from a folder, without its `..`.
fn resolved(folder: &str, relative: &str) -> String {
    let mut names: Vec<&str> = folder.split('/').collect();
    for name in relative.split('/') {
        if name == ".." {
            names.pop().expect("it leads out of the project");
        } else {
            names.push(name);
        }
    }
    names.join("/")
}

#[track_caller]
fn assert_lines(tree: &Tree, read: impl Fn(&str) -> String) {
    let mut kinds = std::collections::BTreeSet::new();
    for (path, kind) in tree.paths().filter_map(|path| kind(path).map(|kind| (path, kind))) {
        let text = read(path);
        let first = text.lines().next().unwrap_or_default();
        let relative = first.strip_prefix("# yaml-language-server: $schema=");
        let relative = relative.unwrap_or_else(|| panic!("{path} begins with {first:?}"));
        let schema = resolved(path.rsplit_once('/').unwrap().0, relative);
        assert_eq!(schema, format!("generated/schema/{kind}.json"), "{path}");
        assert!(tree.get(&schema).is_some(), "{path}: {schema} is not generated");
        kinds.insert(kind);
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
}

#[test]
fn of_this_repository() {
    let project = crate::sbom::own();
    assert_lines(&project.tree(), |path| project.read(path));
}

#[test]
fn of_new_projects() {
    for args in [&["init"][..], &["init", "--tool", "a", "--source", "https://example.org/a", "--system", "make"]] {
        let project = Project::new();
        project.run(args).status(0);
        assert_lines(&project.tree(), |path| project.read(path));
    }
}
