//! Lowering as a whole: a small spec and the repository's own have no mistakes, and each mistake gives its own message.

use std::path::Path;

use super::lower;
use crate::diagnostic::{Diagnostic, render_human};
use crate::model::Model;
use crate::project;
use crate::source::Sources;
use crate::spec::{self, Files};

fn run(files: &Files) -> (Option<Model>, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    let (spec, diagnostics) = spec::read(&mut sources, files);
    let Some(spec) = spec else { return (None, diagnostics, sources) };
    let (model, lowered) = lower(&sources, &spec);
    (model, diagnostics.into_iter().chain(lowered).collect(), sources)
}

#[test]
fn the_spec_of_this_repository_has_no_mistakes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = project::read_files(root).unwrap();
    let (model, diagnostics, sources) = run(&files);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}{}", render_human(&sources, &diagnostics, false));
    let found = crate::rules::check(&model.unwrap());
    assert!(found.iter().all(|it| it.code == crate::diagnostic::Code::UNRESOLVED_PIN), "{found:#?}");
}
