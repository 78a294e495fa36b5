//! From the plan to scripts: bash from templates, and the container definition.
//!
//! The only place that knows minijinja and the quoting of the shell. Decides nothing: what a script does is in the plan, how it
//! does it is in its template, and a value reaches a template as a word that is quoted already.

mod blocks;
mod component;
mod condition;
mod explain;
mod hook;
#[cfg(test)]
mod hostile;
mod input;
mod install;
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

pub use explain::{ScriptLine, explain};
pub use word::quote;

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
    let rendered = render(model, plan, script, header, &mut marks, template::render)?;
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

/// Renders a script in one of the ways there are.
fn render<T>(
    model: &Model,
    plan: &Plan,
    script: &Script,
    header: &[String],
    marks: &mut Marks,
    way: impl FnOnce(&str, Value) -> Result<T, String>,
) -> Result<T, ScriptError> {
    let missing = |what: String| ScriptError::Missing { path: script.path.clone(), what };
    let (template, values) = values(model, plan, &script.kind, marks).map_err(missing)?;
    let values = context! { header => items::list(header), ..values };
    way(template, values).map_err(|reason| ScriptError::Template { path: script.path.clone(), reason })
}

/// The fingerprint's input: every template, by name. A change of any of them is a change of the generator.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    template::TEMPLATES.iter().copied()
}

/// The template of a script and its values; the name of what is missing, where the plan does not fit the model.
fn values(model: &Model, plan: &Plan, kind: &ScriptKind, marks: &mut Marks) -> Result<(&'static str, Value), String> {
    let tool_plan = |name: &ToolName| plan.tool(name).ok_or_else(|| format!("the tool {name}"));
    Ok(match kind {
        ScriptKind::CheckVersion => ("check-version.sh", toolchain::check(model, marks)),
        ScriptKind::ListVersions => ("list-versions.sh", context! {}),
        ScriptKind::ReleaseState => ("release-state.sh", context! {}),
        ScriptKind::ReportCheck => ("report-check.sh", context! {}),
        ScriptKind::PlanBuild => ("plan-build.sh", toolchain::release(model, marks)),
        ScriptKind::BuildTool => ("build-tool.sh", toolchain::build_tool(model, marks)),
        ScriptKind::Package => ("package.sh", toolchain::package(model, marks)),
        ScriptKind::ProvePackage => ("prove-package.sh", context! {}),
        ScriptKind::SmokeTest => ("smoke-test.sh", context! {}),
        ScriptKind::RunInstalled => ("run-installed.sh", context! {}),
        ScriptKind::NotShown => ("not-shown.sh", context! {}),
        ScriptKind::SmokeCommand(position) => ("smoke-command.sh", smoke::command(model, *position, marks)?),
        ScriptKind::SignRelease => ("sign-release.sh", toolchain::release(model, marks)),
        ScriptKind::PublishRelease => ("publish-release.sh", context! {}),
        ScriptKind::ReleasePins => ("release-pins.sh", context! {}),
        ScriptKind::VerifyRelease => ("verify-release.sh", toolchain::release(model, marks)),
        ScriptKind::ReleaseFiles => ("release-files.sh", toolchain::release(model, marks)),
        ScriptKind::ReleaseNotes => ("release-notes.sh", toolchain::release(model, marks)),
        ScriptKind::ReleaseAssets => ("release-assets.sh", toolchain::package(model, marks)),
        ScriptKind::CollectLicenses => ("container/collect-licenses.sh", context! {}),
        ScriptKind::PackLicenses => ("container/pack-licenses.sh", toolchain::package(model, marks)),
        ScriptKind::WriteSbom => ("write-sbom.sh", context! {}),
        ScriptKind::RunBuild => ("container/run-build.sh", toolchain::arches(model, marks)),
        ScriptKind::SetupBuildEnv => ("container/setup-build-env.sh", toolchain::setup(model, &built(plan), marks)?),
        ScriptKind::FetchSource => ("container/fetch-source.sh", context! {}),
        ScriptKind::FetchArchive => ("container/fetch-archive.sh", context! {}),
        ScriptKind::BuildUnit => ("container/build-unit.sh", context! {}),
        ScriptKind::InstallUnits => ("container/install-units.sh", context! {}),
        ScriptKind::ProveProgram => ("container/prove-program.sh", context! {}),
        ScriptKind::Containerfile => ("Containerfile.build", toolchain::containerfile(model, marks)),
        ScriptKind::Component(name) => {
            let component = model.components.get(name).ok_or_else(|| format!("the component {name}"))?;
            ("component.sh", component::values(model, component, marks)?)
        }
        ScriptKind::Tool(name) => ("tool.sh", tool::values(model, tool_plan(name)?, marks)?),
        ScriptKind::Packages(name) => ("packages.sh", packages::values(model, tool_plan(name)?, marks)?),
        ScriptKind::Smoke(name) => ("smoke.sh", smoke::values(model, tool_plan(name)?, marks)?),
        ScriptKind::Install(name) => ("install.sh", install::values(model, tool_plan(name)?, marks)?),
        ScriptKind::Hook(owner, position) => ("hook.sh", hook::values(model, owner.as_ref(), *position, marks)?),
        ScriptKind::Inputs(name) => ("inputs.sh", input::values(model, name, marks)?),
        ScriptKind::Check(name, position) => ("check.sh", smoke::check(model, name, *position, marks)?),
    })
}

/// The components that any tool builds, sorted by name.
fn built(plan: &Plan) -> std::collections::BTreeSet<&crate::model::ComponentName> {
    plan.tools.iter().flat_map(|tool: &ToolPlan| tool.units.iter().map(|unit| &unit.component)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::{Origin, Sources};
    use crate::{lower, plan, project, spec};

    struct Made {
        model: Model,
        plan: Plan,
    }

    fn real() -> Made {
        let files = project::read_files(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut sources = Sources::default();
        let (spec, diagnostics) = spec::read(&mut sources, &files);
        let spec = spec.unwrap_or_else(|| panic!("{diagnostics:?}"));
        let (model, diagnostics) = lower::lower(&sources, &spec);
        let model = model.unwrap_or_else(|| panic!("{diagnostics:?}"));
        let plan = plan::plan(&model).unwrap();
        Made { model, plan }
    }

    impl Made {
        fn script(&self, path: &str) -> Artifact {
            let script = self.plan.scripts.iter().find(|script| script.path == path).unwrap();
            emit(&self.model, &self.plan, script, &["Made for a test.".to_owned(), String::new()]).unwrap()
        }
    }

    #[test]
    fn every_script_is_whole() {
        let made = real();
        for script in &made.plan.scripts {
            let artifact = made.script(&script.path);
            let text = String::from_utf8(artifact.bytes).unwrap();
            let path = &script.path;
            let start = match &script.kind {
                ScriptKind::Containerfile => "# Made for a test.\n#\n",
                ScriptKind::Install(_) => "#!/bin/sh\n# Made for a test.\n#\n",
                _ => "#!/usr/bin/env bash\n# Made for a test.\n#\n",
            };
            assert!(text.starts_with(start), "{path} starts with {:?}", &text[..80]);
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path} ends wrongly");
            for word in ["<{", "}>", "<%", "%>", "#%", "\u{1}", "\u{2}", "${{", "shellcheck ", "\t", "\n\n\n", " \n"] {
                assert!(!text.contains(word), "{path} holds {word:?}");
            }
            let lines: Vec<usize> = artifact.origins.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines.first(), Some(&1), "{path}");
            assert!(lines.is_sorted(), "{path}: {lines:?}");
        }
    }

    #[test]
    fn lines_lead_back_to_the_spec() {
        let made = real();
        let check = |path: &str, start: &str, expected: &Origin| {
            let artifact = made.script(path);
            let text = String::from_utf8(artifact.bytes).unwrap();
            let line = 1 + text.lines().position(|line| line.trim_start().starts_with(start)).unwrap();
            let found = artifact.origins.iter().find(|(at, _)| *at == line).map(|(_, origin)| origin);
            assert_eq!(found, Some(expected), "{path}:{line}");
        };
        let crun = made.model.components.values().find(|component| component.name.as_str() == "crun").unwrap();
        let pin = made.plan.tools.iter().flat_map(|tool| &tool.units).find_map(|unit| match &unit.source {
            plan::UnitSource::Git { pin, .. } if unit.component == crun.name => Some(pin.clone()),
            _ => None,
        });
        check("generated/scripts/tools/podman.sh", "unit crun ", &pin.unwrap());
        check("generated/scripts/components/crun.sh", "prove bin/crun ", &crun.outputs[0].origin.key("program"));
        check("generated/scripts/components/crun.sh", "# configure, ", &crun.origin.key("recipe").key("autotools"));
    }

    #[test]
    fn the_explained_lines_are_those_that_are_generated() {
        let made = real();
        for script in &made.plan.scripts {
            let text = String::from_utf8(made.script(&script.path).bytes).unwrap();
            let header = ["Made for a test.".to_owned(), String::new()];
            let lines = explain(&made.model, &made.plan, script, &header).unwrap();
            assert_eq!(lines.len(), text.lines().count(), "{}", script.path);
            let template =
                |name: &str| template::TEMPLATES.iter().find(|(other, _)| *other == name).map(|(_, text)| *text);
            for (line, explained) in text.lines().zip(&lines) {
                let source = template(&explained.template).and_then(|text| text.lines().nth(explained.line - 1));
                let source = source.unwrap_or_else(|| panic!("{}: {line}: {explained:?}", script.path));
                // What stands in the template as it is.
                let start: String = source.chars().take_while(|c| !"<#".contains(*c)).collect();
                assert!(line.starts_with(&start), "{}: {line:?} is not {source:?}", script.path);
            }
        }
    }

    #[test]
    fn conditions_and_declarations_reach_the_recipes() {
        let made = real();
        let holds = |path: &str, expected: &str| {
            let text = String::from_utf8(made.script(path).bytes).unwrap();
            assert!(text.contains(expected), "{path} does not hold\n{expected}\nbut is\n{text}");
        };
        let passt = "generated/scripts/components/passt.sh";
        holds(passt, "  passt\n)\nif [[ $ARCH == amd64 ]]; then\n  words+=(passt.avx2)\nfi\nstep compile\nmake ");
        holds(passt, "LINK_FLAGS=\"-static -Wl,-z,stack-size=8388608\"\n");
        let podman = "generated/scripts/components/podman.sh";
        holds(podman, "CGO_ENABLED=1 LINK_FLAGS=\"-static $PREFIX/lib/mimalloc.o -Wl,-z,stack-size=8388608\" ");
        holds(podman, "  \"-X '$LINE_MODULE/libpod/define.gitCommit=$UNIT_COMMIT'\"\n");
        holds(
            podman,
            "prove bin/podman --link static --allocator-symbol mi_malloc --symbols yes --links \"$LINKS\" --expect ",
        );
        holds(podman, "prove libexec/podman/quadlet --link static --allocator-symbol none --symbols yes --expect ");
        let packages = "generated/scripts/packages/podman.sh";
        holds(
            packages,
            "      if [[ $ARCH == amd64 ]]; then\n        program bin/pasta.avx2 usr/local/bin/pasta.avx2 755 ",
        );
        holds(packages, "--expect \"podman version $VERSION\" -- --version\n");
    }
}
