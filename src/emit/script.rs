//! From the plan to scripts: bash from templates, and the container definition.
//!
//! The only place that knows minijinja and the quoting of the shell. Decides nothing: what a script does is in the plan, how it
//! does it is in its template, and a value reaches a template as a word that is quoted already.

mod component;
mod condition;
mod items;
mod marks;
mod packages;
mod recipe;
mod smoke;
mod template;
mod tool;
mod toolchain;
mod word;

use minijinja::{Value, context};

use super::Artifact;
use crate::model::{Model, ToolName};
use crate::plan::{Plan, Script, ScriptKind, ToolPlan};
use marks::Marks;

/// A script that could not be made: a bug of ghagen or of a template.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// A template that does not fit its values.
    #[error("the template of {path} fails: {reason}")]
    Template {
        /// The script.
        path: String,
        /// What minijinja says, with the line of the template.
        reason: String,
    },
    /// Something that the plan names and the model lacks.
    #[error("{path}: the plan names {what}, which the model lacks")]
    Missing {
        /// The script.
        path: String,
        /// What is missing.
        what: String,
    },
}

/// The bytes of one script. `header` are the lines of its header, without the sign of a comment.
///
/// # Errors
///
/// A bug of ghagen: a template or a plan that does not fit the model.
pub fn emit(model: &Model, plan: &Plan, script: &Script, header: &[String]) -> Result<Artifact, ScriptError> {
    let mut marks = Marks::default();
    let missing = |what: String| ScriptError::Missing { path: script.path.clone(), what };
    let (template, values) = values(model, plan, &script.kind, &mut marks).map_err(missing)?;
    let values = context! { header => items::list(header), ..values };
    let rendered = template::render(template, values)
        .map_err(|reason| ScriptError::Template { path: script.path.clone(), reason })?;
    let (text, mut origins) = marks.take_from(&rendered);
    if origins.first().is_none_or(|(line, _)| *line > 1) {
        origins.insert(0, (1, script.origin.clone()));
    }
    Ok(Artifact {
        path: script.path.clone(),
        bytes: text.into_bytes(),
        executable: script.kind != ScriptKind::Containerfile,
        files: script.files.clone(),
        origins,
    })
}

/// The fingerprint's input: every template, by name. A change of any of them is a change of the generator.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    template::TEMPLATES.iter().copied()
}

/// The template of a script and its values; the name of what is missing, where the plan does not fit the model.
fn values(model: &Model, plan: &Plan, kind: &ScriptKind, marks: &mut Marks) -> Result<(&'static str, Value), String> {
    let tool_plan = |name: &ToolName| plan.tool(name).ok_or_else(|| format!("the tool {name}"));
    Ok(match kind {
        ScriptKind::CheckVersion => ("check-version.sh", context! {}),
        ScriptKind::ListVersions => ("list-versions.sh", context! {}),
        ScriptKind::ReleaseState => ("release-state.sh", context! {}),
        ScriptKind::PlanBuild => ("plan-build.sh", context! {}),
        ScriptKind::BuildTool => ("build-tool.sh", toolchain::build_tool(model)),
        ScriptKind::Package => ("package.sh", toolchain::package(model)),
        ScriptKind::ProvePackage => ("prove-package.sh", context! {}),
        ScriptKind::SmokeTest => ("smoke-test.sh", context! {}),
        ScriptKind::SignRelease => ("sign-release.sh", toolchain::release(model)),
        ScriptKind::PublishRelease => ("publish-release.sh", toolchain::release(model)),
        ScriptKind::RunBuild => ("container/run-build.sh", toolchain::arches(model)),
        ScriptKind::SetupBuildEnv => ("container/setup-build-env.sh", toolchain::setup(model, &built(plan), marks)?),
        ScriptKind::FetchSource => ("container/fetch-source.sh", context! {}),
        ScriptKind::FetchArchive => ("container/fetch-archive.sh", context! {}),
        ScriptKind::BuildUnit => ("container/build-unit.sh", context! {}),
        ScriptKind::ProveProgram => ("container/prove-program.sh", context! {}),
        ScriptKind::Containerfile => ("Containerfile.build", toolchain::containerfile(model)),
        ScriptKind::Component(name) => {
            let component = model.components.get(name).ok_or_else(|| format!("the component {name}"))?;
            ("component.sh", component::values(model, component, marks)?)
        }
        ScriptKind::Tool(name) => ("tool.sh", tool::values(model, tool_plan(name)?, marks)?),
        ScriptKind::Packages(name) => ("packages.sh", packages::values(model, tool_plan(name)?, marks)?),
        ScriptKind::Smoke(name) => ("smoke.sh", smoke::values(model, tool_plan(name)?, marks)?),
    })
}

/// The components that any tool builds, sorted by name.
fn built(plan: &Plan) -> std::collections::BTreeSet<&crate::model::ComponentName> {
    plan.tools.iter().flat_map(|tool: &ToolPlan| tool.units.iter().map(|unit| &unit.component)).collect()
}

#[cfg(test)]
mod tests;
