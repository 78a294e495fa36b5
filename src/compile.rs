//! The stages in their order: from the texts of a spec to the files that are committed. No disk, no wording.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, has_errors};
use crate::emit::{self, Artifact, EmitError};
use crate::lower;
use crate::model::Model;
use crate::plan::{self, Plan, PlanError};
use crate::rules;
use crate::source::{FileId, Sources};
use crate::spec::{self, Files, Kind, Spec};

/// The version of this program, as manifests hold it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A bug of this program: a spec that passed every rule, and yet cannot be compiled.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// While planning.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// While emitting.
    #[error(transparent)]
    Emit(EmitError),
}

/// What became of a spec.
#[derive(Debug)]
pub struct Compilation {
    /// The texts, for reports.
    pub sources: Sources,
    /// All that is to be said about the spec.
    pub diagnostics: Vec<Diagnostic>,
    /// What was made of it. Without it, at least one of the diagnostics is an error.
    pub made: Option<Made>,
}

/// What is made of a spec without errors.
#[derive(Debug)]
pub struct Made {
    /// What the spec means.
    pub model: Model,
    /// What follows from it.
    pub plan: Plan,
    /// Every file that is committed, sorted by path.
    pub artifacts: Vec<Artifact>,
}

/// Compiles a spec.
pub fn compile(files: &Files) -> Result<Compilation, CompileError> {
    let mut sources = Sources::default();
    let (spec, mut diagnostics) = spec::read(&mut sources, files);
    let made = match spec.filter(|_| !has_errors(&diagnostics)) {
        Some(spec) => make(&sources, &spec, &mut diagnostics)?,
        None => None,
    };
    Ok(Compilation { sources, diagnostics, made })
}

fn make(sources: &Sources, spec: &Spec, diagnostics: &mut Vec<Diagnostic>) -> Result<Option<Made>, CompileError> {
    let (model, found) = lower::lower(sources, spec);
    diagnostics.extend(found);
    let Some(model) = model else { return Ok(None) };
    diagnostics.extend(rules::check(&model));
    if has_errors(diagnostics) {
        return Ok(None);
    }
    let plan = plan::plan(&model)?;
    let schemas: Vec<(&str, Value)> = Kind::ALL.iter().map(|kind| (kind.name(), spec::schema(*kind))).collect();
    let meanings = meanings(spec);
    let request =
        emit::Request { sources, meanings: &meanings, model: &model, plan: &plan, schemas: &schemas, version: VERSION };
    match emit::emit(&request) {
        Ok(artifacts) => Ok(Some(Made { model, plan, artifacts })),
        Err(error) => match error.limit() {
            Some(origin) => {
                diagnostics.push(Diagnostic::error(Code::WORKFLOW_TOO_LARGE, origin, error.to_string()));
                Ok(None)
            }
            None => Err(CompileError::Emit(error)),
        },
    }
}

/// What each file says, as a text. Made once, since most files go into the hash of many artifacts.
fn meanings(spec: &Spec) -> BTreeMap<FileId, String> {
    let project = (spec.project.file, &spec.project.meaning);
    let lock = (spec.lock.file, &spec.lock.meaning);
    let tools = spec.tools.iter().map(|tool| (tool.file, &tool.meaning));
    let components = spec.components.iter().map(|component| (component.file, &component.meaning));
    let all = [project, lock].into_iter().chain(tools).chain(components);
    all.map(|(file, meaning)| (file, meaning.to_string())).collect()
}
