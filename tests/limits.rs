//! Limits that only show in what is emitted. Those of a spec's own values have their cases in `tests/diagnostics`.

use ghagen::{
    compile::compile,
    diagnostic::{Code, Diagnostic},
    spec::Files,
};

use crate::support::{Entry, Tree, repository};

/// The small project of the diagnostics, with one text of one file changed.
fn changed(path: &str, from: &str, to: &str) -> Files {
    let tree = Tree::read(&repository().join("tests/diagnostics/base"));
    let mut files = Files::default();
    for path in tree.paths() {
        let Some(Entry::File { bytes, .. }) = tree.get(path) else { continue };
        if path.starts_with("spec/files/") || path.starts_with("spec/patches/") {
            files.carried.insert(path.to_owned(), bytes.clone());
        } else {
            files.texts.insert(path.to_owned(), String::from_utf8(bytes.clone()).unwrap());
        }
    }
    let text = files.texts.get_mut(path).unwrap();
    assert!(text.contains(from));
    *text = text.replacen(from, to, 1);
    files
}

fn found(files: &Files) -> Vec<Diagnostic> {
    let compiled = compile(files).unwrap();
    assert_eq!(compiled.made.is_none(), compiled.diagnostics.iter().any(|it| it.code == Code::WORKFLOW_TOO_LARGE));
    compiled.diagnostics
}

#[test]
fn a_value_of_more_than_21000_characters_is_refused_with_its_length() {
    // The title is a part of the name of every run, which holds an expression.
    let title = |length| changed("spec/tools/hello.yaml", "title: Hello", &format!("title: {}", "x".repeat(length)));
    assert_eq!(found(&title(20_000)), []);
    let diagnostics = found(&title(21_000));
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    let message = &diagnostics[0].message;
    assert!(
        message.starts_with(".github/workflows/build-hello.yml: `run-name` would be an expression of 21"),
        "{message}"
    );
    assert!(message.ends_with(" characters; above 21000, GitHub refuses the whole file"), "{message}");
}
