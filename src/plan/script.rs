//! Which scripts come to be, and from what.

use std::collections::{BTreeMap, BTreeSet};

use super::ToolPlan;
use crate::model::{ComponentName, Model, ToolName};
use crate::source::{FileId, Origin};

/// A script, or the container definition.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its path below the project.
    pub path: String,
    /// What it does.
    pub kind: ScriptKind,
    /// The spec files that it is made from.
    pub files: BTreeSet<FileId>,
    /// The spec value that it is made from first of all.
    pub origin: Origin,
}

/// What a script does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptKind {
    /// Finds the newest upstream versions.
    CheckVersion,
    /// Tells in an issue what the check found.
    ReportCheck,
    /// Lists the versions of an upstream.
    ListVersions,
    /// Says whether a release exists.
    ReleaseState,
    /// Decides what one run builds.
    PlanBuild,
    /// Builds a tool for an arch, through the container runtime.
    BuildTool,
    /// Packs one variant.
    Package,
    /// Proves what a package holds.
    ProvePackage,
    /// Tries out a package.
    SmokeTest,
    /// Signs the artifacts of a release.
    SignRelease,
    /// Lists the files of a release.
    ReleaseFiles,
    /// Writes the text of a release.
    ReleaseNotes,
    /// Writes down the pins of what a release holds.
    ReleasePins,
    /// Verifies what was signed.
    VerifyRelease,
    /// Publishes a release.
    PublishRelease,
    /// Runs inside the container.
    RunBuild,
    /// Installs what compiles.
    SetupBuildEnv,
    /// Fetches a source at its pin.
    FetchSource,
    /// Fetches an archive with its checksum.
    FetchArchive,
    /// Builds one unit, with a log, or takes its earlier result.
    BuildUnit,
    /// Makes the prefix of what units installed.
    InstallUnits,
    /// Proves what a program declares.
    ProveProgram,
    /// Builds a component by its recipe.
    Component(ComponentName),
    /// Builds the units of a tool in their order.
    Tool(ToolName),
    /// Lists what the packages of a tool hold.
    Packages(ToolName),
    /// Runs the tool's own checks of a package, one after the other.
    Smoke(ToolName),
    /// One of those checks, by its position in the spec.
    Check(ToolName, usize),
    /// The image with the build environment in it.
    Containerfile,
}

/// Every script of the project.
pub(super) fn plan(model: &Model, tools: &[ToolPlan]) -> Vec<Script> {
    let project = &model.project;
    let all: BTreeSet<FileId> = [project.origin.file, project.lock.file].into();
    let components: BTreeSet<&ComponentName> =
        tools.iter().flat_map(|tool| tool.units.iter().map(|unit| &unit.component)).collect();
    let setup: BTreeSet<FileId> = all
        .iter()
        .copied()
        .chain(components.iter().filter_map(|name| model.components.get(*name)).map(|it| it.origin.file))
        .collect();
    let origin = &project.origin;
    let script = |path: &str, kind, files: &BTreeSet<FileId>, origin: &Origin| Script {
        path: format!("generated/{path}"),
        kind,
        files: files.clone(),
        origin: origin.clone(),
    };
    let only_project: BTreeSet<FileId> = [project.origin.file].into();
    let mut scripts = vec![
        script("scripts/check-version.sh", ScriptKind::CheckVersion, &only_project, &project.schedule.origin),
        script("scripts/report-check.sh", ScriptKind::ReportCheck, &only_project, origin),
        script("scripts/list-versions.sh", ScriptKind::ListVersions, &only_project, origin),
        script("scripts/release-state.sh", ScriptKind::ReleaseState, &only_project, origin),
        script("scripts/plan-build.sh", ScriptKind::PlanBuild, &only_project, origin),
        script("scripts/build-tool.sh", ScriptKind::BuildTool, &all, &project.builder.origin),
        script("scripts/package.sh", ScriptKind::Package, &only_project, &project.release.origin),
        script("scripts/prove-package.sh", ScriptKind::ProvePackage, &only_project, origin),
        script("scripts/smoke-test.sh", ScriptKind::SmokeTest, &only_project, origin),
        script("scripts/sign-release.sh", ScriptKind::SignRelease, &only_project, &project.release.origin),
        script("scripts/release-files.sh", ScriptKind::ReleaseFiles, &only_project, &project.release.origin),
        script("scripts/release-notes.sh", ScriptKind::ReleaseNotes, &only_project, &project.release.origin),
        script("scripts/release-pins.sh", ScriptKind::ReleasePins, &only_project, &project.release.origin),
        script("scripts/verify-release.sh", ScriptKind::VerifyRelease, &only_project, &project.release.origin),
        script("scripts/publish-release.sh", ScriptKind::PublishRelease, &only_project, &project.release.origin),
        script("scripts/container/run-build.sh", ScriptKind::RunBuild, &only_project, origin),
        script("scripts/container/setup-build-env.sh", ScriptKind::SetupBuildEnv, &setup, &project.toolchain.origin),
        script("scripts/container/fetch-source.sh", ScriptKind::FetchSource, &only_project, origin),
        script("scripts/container/fetch-archive.sh", ScriptKind::FetchArchive, &only_project, origin),
        script("scripts/container/build-unit.sh", ScriptKind::BuildUnit, &only_project, origin),
        script("scripts/container/install-units.sh", ScriptKind::InstallUnits, &only_project, origin),
        script(
            "scripts/container/prove-program.sh",
            ScriptKind::ProveProgram,
            &only_project,
            &project.toolchain.origin,
        ),
        script("Containerfile.build", ScriptKind::Containerfile, &all, &project.builder.origin),
    ];
    let by_name: BTreeMap<_, _> = components.iter().filter_map(|name| model.components.get_key_value(*name)).collect();
    for (name, component) in by_name {
        let mut files: BTreeSet<FileId> = [component.origin.file, project.origin.file, project.lock.file].into();
        let owner = component.shares_source_of.as_ref().and_then(|owner| model.components.get(owner));
        files.extend(owner.map(|owner| owner.origin.file));
        let path = format!("scripts/components/{name}.sh");
        scripts.push(script(&path, ScriptKind::Component(name.clone()), &files, &component.origin));
    }
    for tool in tools {
        let name = &tool.name;
        let smoke: BTreeSet<FileId> = [tool.origin.file].into();
        let path = |folder: &str| format!("scripts/{folder}/{name}.sh");
        scripts.push(script(&path("tools"), ScriptKind::Tool(name.clone()), &tool.files, &tool.origin));
        scripts.push(script(&path("packages"), ScriptKind::Packages(name.clone()), &tool.files, &tool.origin));
        scripts.push(script(&path("smoke"), ScriptKind::Smoke(name.clone()), &smoke, &tool.origin));
        let checks = model.tools.get(name).into_iter().flat_map(|tool| &tool.smoke).enumerate();
        scripts.extend(checks.map(|(position, test)| {
            let path = format!("scripts/checks/{name}/{}.sh", position + 1);
            script(&path, ScriptKind::Check(name.clone(), position), &smoke, &test.origin)
        }));
    }
    scripts.sort_by(|one, other| one.path.cmp(&other.path));
    scripts
}
