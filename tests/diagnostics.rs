//! Every kind of mistake: a project that is right but for one place, and what `ghagen validate` says about it.
//!
//! `tests/diagnostics/base` is the project. Each other folder there is a case, named after its code: files that take the place of
//! those of the base (`NAME.removed` takes one away), and `stderr`, the report.

use std::{collections::BTreeSet, path::Path};

use ghagen::{
    diagnostic::{CODES, has_errors},
    lower::lower,
    plan::{PlanError, plan},
    project, rules,
    source::Sources,
    spec::{self, Files},
};

use crate::support::{Project, Tree, assert_golden_text, repository};

const FOLDER: &str = "tests/diagnostics";

/// The base with the files of a case over it.
pub(crate) fn project_of(case: &str) -> Project {
    let changes = Tree::read(&repository().join(FOLDER).join(case)).only(|path| path.starts_with("spec/"));
    let project = Project::copy_of(&format!("{FOLDER}/base"));
    changes.write_to(project.root());
    for marker in changes.paths().filter(|path| Path::new(path).extension().is_some_and(|it| it == "removed")) {
        project.remove(marker);
        project.remove(marker.trim_end_matches(".removed"));
    }
    project
}

pub(crate) fn cases() -> BTreeSet<String> {
    let folders = fs_err::read_dir(repository().join(FOLDER)).unwrap();
    let names = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "base").collect()
}

/// The parts of a report that each speak of one mistake, with the code of that: `error[G0202]: ...`.
fn mistakes(report: &str) -> Vec<(&str, &str)> {
    let parts = report.split("\n\n").filter(|part| part.starts_with("error[") || part.starts_with("warning["));
    parts.map(|part| (part.split(['[', ']']).nth(1).unwrap(), part)).collect()
}

#[test]
fn the_base_has_no_mistake() {
    let output = project_of("base").run(["validate"]);
    output.status(0);
    assert_eq!(output.stderr(), "");
}

#[test]
fn every_case_gives_its_report() {
    for case in cases() {
        let output = project_of(&case).run(["validate"]);
        let report = output.stderr();
        let mistakes = mistakes(report);
        let code = case.split('-').next().unwrap();
        assert!(mistakes.iter().any(|(found, _)| *found == code), "{case}: no mistake with this code:\n{report}");
        output.status(if report.contains("error[") { 3 } else { 0 });
        // The next step is part of every report. Mistakes of syntax and shape may say it in their messages.
        let helpless = mistakes.iter().find(|(code, part)| *code >= "G02" && !part.contains("help: "));
        assert!(helpless.is_none(), "{case}: without help:\n{report}");
        assert_golden_text(&format!("{FOLDER}/{case}/stderr"), report);
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

/// A line with other values, such as no name and no path can be, and no line at all.
fn changes(line: &str) -> Vec<String> {
    let Some((key, value)) = line.rsplit_once(": ") else { return vec![String::new()] };
    let closing = &value[value.trim_end_matches([']', '}']).len()..];
    vec![format!("{key}: other{closing}"), format!("{key}: '{{x}} / ..'{closing}"), String::new()]
}

#[test]
fn what_passes_the_rules_can_be_planned() {
    let files = project::read_files(&repository().join(FOLDER).join("base")).unwrap();
    for (path, text) in &files.texts {
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            for change in changes(line) {
                let mut files = files.clone();
                let lines = lines.iter().enumerate().map(|(it, line)| if it == index { change.as_str() } else { line });
                files.texts.insert(path.clone(), lines.collect::<Vec<_>>().join("\n"));
                if let Err(error) = plan_of(&files) {
                    panic!("{path}:{}: {change:?}: {error}", index + 1);
                }
            }
        }
    }
}

/// Whether a spec can be planned; one with mistakes need not be.
fn plan_of(files: &Files) -> Result<(), PlanError> {
    let mut sources = Sources::default();
    let (spec, diagnostics) = spec::read(&mut sources, files);
    let Some(spec) = spec.filter(|_| !has_errors(&diagnostics)) else { return Ok(()) };
    let (model, diagnostics) = lower(&sources, &spec);
    assert_eq!(model.is_none(), has_errors(&diagnostics), "{diagnostics:#?}");
    let Some(model) = model.filter(|model| !has_errors(&rules::check(model))) else { return Ok(()) };
    plan(&model).map(drop)
}
