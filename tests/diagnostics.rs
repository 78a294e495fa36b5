//! Every kind of mistake: a project that is right but for one place, and the report that it gives.
//!
//! `tests/diagnostics/base` is the project. Each other folder there is a case, named after its code: files that take the place of
//! those of the base (`NAME.removed` takes one away), and `stderr`, the report.

use std::{collections::BTreeSet, path::Path};

use ghagen::{
    diagnostic::{CODES, Diagnostic, render_human},
    lower::lower,
    project, rules,
    source::Sources,
    spec,
};

use crate::support::{Project, Tree, assert_golden_text, repository};

const FOLDER: &str = "tests/diagnostics";

/// What `ghagen validate` finds and says.
fn validate(root: &Path) -> (Vec<Diagnostic>, String) {
    let mut sources = Sources::default();
    let files = project::read_files(root).unwrap();
    let (spec, mut diagnostics) = spec::read(&mut sources, &files);
    if let Some(spec) = spec {
        let (model, lowered) = lower(&sources, &spec);
        diagnostics.extend(lowered);
        diagnostics.extend(model.iter().flat_map(rules::check));
    }
    let report = render_human(&sources, &diagnostics, false);
    (diagnostics, report)
}

fn base() -> Tree {
    let tree = Tree::read(&repository().join(FOLDER).join("base"));
    assert!(!tree.is_empty());
    tree
}

/// The base with the files of a case over it.
fn project_of(case: &str) -> Project {
    let changes = Tree::read(&repository().join(FOLDER).join(case)).only(|path| path.starts_with("spec/"));
    let project = Project::of(&base());
    changes.write_to(project.root());
    for marker in changes.paths().filter(|path| Path::new(path).extension().is_some_and(|it| it == "removed")) {
        project.remove(marker);
        project.remove(marker.trim_end_matches(".removed"));
    }
    project
}

fn cases() -> BTreeSet<String> {
    let folders = fs_err::read_dir(repository().join(FOLDER)).unwrap();
    let names = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "base").collect()
}

#[test]
fn the_base_has_no_mistake() {
    let (diagnostics, report) = validate(Project::of(&base()).root());
    assert!(diagnostics.is_empty(), "{report}");
}

#[test]
fn every_case_gives_its_report() {
    for case in cases() {
        let (diagnostics, report) = validate(project_of(&case).root());
        let code = case.split('-').next().unwrap();
        let is_told = diagnostics.iter().any(|diagnostic| diagnostic.code.as_str() == code);
        assert!(is_told, "{case}: no diagnostic with this code:\n{report}");
        // The next step is part of every report. Mistakes of syntax and shape may say it in their messages.
        let helpless = diagnostics.iter().find(|it| it.help.is_empty() && it.code.as_str() >= "G02");
        assert!(helpless.is_none(), "{case}: without help:\n{report}");
        assert_golden_text(&format!("{FOLDER}/{case}/stderr"), &report);
    }
}

#[test]
fn every_code_of_the_spec_has_a_case() {
    let cases = cases();
    let has_case = |code: &str| cases.iter().any(|case| case.starts_with(&format!("{code}-")));
    // From G05 on, mistakes are not in the spec.
    let codes = CODES.iter().map(|known| known.code.as_str()).filter(|code| *code < "G05");
    let missing: Vec<&str> = codes.filter(|code| !has_case(code)).collect();
    assert!(missing.is_empty(), "without a case in {FOLDER}: {}", missing.join(", "));
}
