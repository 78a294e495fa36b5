//! The stages in their order: from the texts of a spec to the files that are committed. No disk, no wording.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, has_errors};
use crate::emit::{self, Artifact, EmitError};
use crate::gha::ProblemKind;
use crate::lower;
use crate::model::Model;
use crate::plan::{self, Plan, PlanError};
use crate::rules;
use crate::source::{FileId, Sources};
use crate::spec::{self, Files, Kind, LockFile, Spec};

/// The version of this program, as manifests hold it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A bug of this program: a spec that passed every rule, and yet cannot be compiled.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// While planning.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A workflow that would not do what it was planned for.
    #[error("{path}: {problem}")]
    Workflow {
        /// The file.
        path: String,
        /// What is wrong with it.
        problem: ProblemKind,
    },
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

/// What new pins are asked for with.
#[derive(Debug)]
pub struct Unpinned {
    /// The texts, for reports.
    pub sources: Sources,
    /// All that is to be said about the spec, but not about its pins.
    pub diagnostics: Vec<Diagnostic>,
    /// The model, without what the lock lacks, and the lock. Without them, at least one of the diagnostics is an error.
    pub made: Option<(Model, LockFile)>,
}

/// Reads a spec whose lock may lack pins, or have wrong ones.
pub fn unpinned(files: &Files) -> Unpinned {
    let mut sources = Sources::default();
    let (spec, mut diagnostics) = spec::read(&mut sources, files);
    let made = spec.filter(|_| !has_errors(&diagnostics)).and_then(|spec| {
        let (model, found) = lower::lower_for_pins(&sources, &spec);
        diagnostics.extend(found);
        Some((model?, spec.lock.value))
    });
    Unpinned { sources, diagnostics, made }
}

/// Compiles a spec.
pub fn compile(files: &Files) -> Result<Compilation, CompileError> {
    let mut sources = Sources::default();
    let (spec, mut diagnostics) = spec::read(&mut sources, files);
    let made = match spec {
        Some(spec) => make(&sources, &spec, &mut diagnostics)?,
        None => None,
    };
    Ok(Compilation { sources, diagnostics, made })
}

fn make(sources: &Sources, spec: &Spec, diagnostics: &mut Vec<Diagnostic>) -> Result<Option<Made>, CompileError> {
    let (model, found) = lower::lower_all(sources, spec);
    diagnostics.extend(found);
    let check = if has_errors(diagnostics) { rules::check_parts } else { rules::check };
    let Some(model) = model else { return Ok(None) };
    diagnostics.extend(check(&model));
    if has_errors(diagnostics) {
        return Ok(None);
    }
    let plan = plan::plan(&model)?;
    diagnostics.extend(limits(&model, &plan)?);
    if has_errors(diagnostics) {
        return Ok(None);
    }
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

/// Limits of GitHub's that a workflow passes. Anything else that is wrong with one is a bug.
fn limits(model: &Model, plan: &Plan) -> Result<Vec<Diagnostic>, CompileError> {
    let mut diagnostics = Vec::new();
    for workflow in plan.workflows.iter().map(|planned| &planned.workflow) {
        for problem in workflow.problems() {
            let ProblemKind::TooMany { limit, .. } = &problem.kind else {
                return Err(CompileError::Workflow { path: workflow.path.to_string(), problem: problem.kind });
            };
            let message = format!("{}: {}", workflow.path, problem.kind);
            let origin = problem.origin.as_ref().unwrap_or(&model.project.origin);
            let diagnostic = Diagnostic::error(Code::WORKFLOW_LIMIT, origin, message);
            diagnostics.push(diagnostic.help(format!("above that, {}", limit.above)));
        }
    }
    // Not a limit of GitHub's but one of the spec's own.
    for tool in &plan.tools {
        for estimate in tool.too_long() {
            let (line, arch, minutes) = (&estimate.line, estimate.arch, estimate.total().div_ceil(60));
            let limit = tool.limit.get();
            let message = format!(
                "builds are stopped after {limit} min, but {} {line} for {arch} takes about {minutes} min",
                tool.name
            );
            let origin = model.project.origin.key("timeouts").key("build");
            let diagnostic = Diagnostic::warning(Code::SHORT_LIMIT, &origin, message);
            diagnostics.push(diagnostic.help("leave it out: it follows from `seconds` then; or say more minutes"));
        }
    }
    Ok(diagnostics)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gha::{Dispatch, DispatchInput, InputKind, InputName, Triggers, literal};
    use crate::project::read_files;

    fn own() -> Made {
        let files = read_files(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        compile(&files).unwrap().made.unwrap()
    }

    #[test]
    fn a_limit_of_a_workflow_is_a_diagnostic_with_the_numbers() {
        let Made { model, mut plan, .. } = own();
        assert_eq!(limits(&model, &plan).unwrap(), []);
        let input = DispatchInput::new(literal!("What"), InputKind::Boolean { default: false });
        let form = (0..26).map(|number| InputName::parse(format!("i{number}")).unwrap());
        let form = form.fold(Dispatch::default(), |form, name| form.input(name, input.clone()));
        plan.workflows[0].workflow.on = Triggers::from(form);
        let found = limits(&model, &plan).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, Code::WORKFLOW_LIMIT);
        let expected = ": the workflow has 26 dispatch inputs, and GitHub takes 25 at most";
        assert!(found[0].message.ends_with(expected), "{}", found[0].message);
    }

    #[test]
    fn a_workflow_that_makes_no_sense_is_a_bug() {
        let Made { model, mut plan, .. } = own();
        plan.workflows[0].workflow.jobs.clear();
        let error = limits(&model, &plan).unwrap_err().to_string();
        assert!(error.ends_with(": the workflow has no jobs"), "{error}");
    }
}
