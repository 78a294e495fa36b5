//! Drift for programs. Annotations and SARIF show it as diagnostics about the files that differ.

use serde_json::{Value, json};

use super::human;
use crate::check::{Cause, Drift, Remedy, Report};
use crate::cli::exit::Exit;
use crate::cli::format::Format;
use crate::cli::work;
use crate::compile::{Compilation, VERSION};
use crate::diagnostic::{Code, Diagnostic, Severity, Target, render_json};
use crate::source::Sources;

/// A report in a format for programs; `None` for people.
pub(super) fn render(format: Format, compilation: &Compilation, report: &Report, exit: Exit) -> Option<String> {
    match format {
        Format::Human => None,
        Format::Json => Some(format!("{:#}", as_json(compilation, report, exit))),
        Format::Github | Format::Sarif => {
            let mut sources = compilation.sources.clone();
            let mut diagnostics = compilation.diagnostics.clone();
            diagnostics.extend(report.drifts.iter().map(|drift| diagnostic(&mut sources, drift)));
            work::render(format, &sources, &diagnostics)
        }
    }
}

fn as_json(compilation: &Compilation, report: &Report, exit: Exit) -> Value {
    let rendered = render_json(&compilation.sources, &compilation.diagnostics);
    let mut rendered: Value = serde_json::from_str(&rendered).unwrap_or_default();
    let drifts: Vec<Value> = report
        .drifts
        .iter()
        .map(|drift| {
            json!({
                "path": drift.path,
                "causes": drift.causes.iter().map(|cause| cause.as_str()).collect::<Vec<_>>(),
                "obstacle": drift.obstacle,
                // A whole file that comes or goes is no difference to read.
                "diff": drift.diff.as_ref().filter(|_| drift.remedy == Remedy::Replace),
            })
        })
        .collect();
    json!({
        "schema_version": 1,
        "exit_code": exit.number(),
        "version": VERSION,
        "other_version": report.other_version,
        "drifts": drifts,
        "diagnostics": rendered.get_mut("diagnostics").map(Value::take),
    })
}

fn diagnostic(sources: &mut Sources, drift: &Drift) -> Diagnostic {
    let file = sources.add(drift.path.as_str(), "");
    let words: Vec<String> = drift.causes.iter().map(|cause| human::words(*cause, drift)).collect();
    // The first is the one to begin with; a drift has at least one.
    let first = drift.causes.first().copied().unwrap_or(Cause::Missing);
    let message = format!("generated file {}", words.join("; it "));
    Diagnostic::at(code(first), Severity::Error, file, Target::File, message).help(human::help(first))
}

const fn code(cause: Cause) -> Code {
    match cause {
        Cause::Missing => Code::DRIFT_MISSING,
        Cause::HandEdited => Code::DRIFT_HAND_EDITED,
        Cause::SpecChanged => Code::DRIFT_SPEC_CHANGED,
        Cause::GeneratorChanged => Code::DRIFT_GENERATOR_CHANGED,
        Cause::PinsBumped => Code::DRIFT_PINS_BUMPED,
        Cause::Orphan => Code::DRIFT_ORPHAN,
        Cause::ModeChanged => Code::DRIFT_MODE_CHANGED,
        Cause::Foreign => Code::DRIFT_FOREIGN,
    }
}
