//! What ghagen promises about any spec: it is told what is wrong, or it is compiled, and never anything between.

use ghagen::check::{self, Entry, Tree, Verdict};
use ghagen::compile::compile;
use ghagen::diagnostic::{Diagnostic, has_errors, render_github, render_human, render_json, render_sarif};
use ghagen::emit::Artifact;
use ghagen::source::Sources;
use ghagen::spec::Files;

/// Compiles a spec and holds the outcome to the promises.
pub fn of_spec(files: &Files) {
    let compilation = match compile(files) {
        Ok(compilation) => compilation,
        Err(error) => panic!("a spec that passes every rule, and yet cannot be compiled: {error}"),
    };
    of_reports(&compilation.sources, &compilation.diagnostics);
    let Some(made) = compilation.made else {
        assert!(has_errors(&compilation.diagnostics), "nothing is made, and nothing is wrong");
        return;
    };
    assert!(!has_errors(&compilation.diagnostics), "something is wrong, and yet something is made");
    for artifact in &made.artifacts {
        let path = artifact.path.as_str();
        let is_inside = path.split('/').all(|name| !matches!(name, "" | "." | ".."));
        assert!(
            is_inside && check::FOLDERS.iter().any(|folder| path.starts_with(folder)),
            "{path:?} is not a place of ours"
        );
    }
    let report = check::check(&made.artifacts, &tree(&made.artifacts));
    assert!(matches!(report.verdict(), Verdict::Clean), "drift right after writing: {:?}", report.drifts);
}

/// Renders what was found in every form.
pub fn of_reports(sources: &Sources, diagnostics: &[Diagnostic]) {
    for text in [render_human(sources, diagnostics, false), render_human(sources, diagnostics, true)] {
        assert_eq!(text.is_empty(), diagnostics.is_empty());
    }
    render_github(sources, diagnostics);
    for text in [render_json(sources, diagnostics), render_sarif(sources, diagnostics)] {
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    }
}

/// What stands on a disk once these files are written.
pub fn tree(artifacts: &[Artifact]) -> Tree {
    let mut tree = Tree::default();
    for artifact in artifacts {
        let entry = Entry::File { bytes: artifact.bytes.clone(), executable: artifact.executable };
        tree.insert(artifact.path.clone(), entry);
    }
    tree
}
