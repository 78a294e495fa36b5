//! Which scripts come to be, and from what.

use std::collections::{BTreeMap, BTreeSet};

use super::ToolPlan;
use crate::model::{ComponentName, Hook, HookAction, Model, ToolName};
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
    /// Runs a check where a package is unpacked below `/`.
    RunInstalled,
    /// Ends a check that the machine cannot show.
    NotShown,
    /// A program that checks share, by its position in the spec.
    SmokeCommand(usize),
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
    /// Makes what goes with the packages of a release.
    ReleaseAssets,
    /// Collects the licence texts of a component.
    CollectLicenses,
    /// Packs the licence texts of a build.
    PackLicenses,
    /// Writes the bill of materials of a package.
    WriteSbom,
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
    /// Installs a package of the tool on anybody's machine.
    Install(ToolName),
    /// One of those checks, by its position in the spec.
    Check(ToolName, usize),
    /// Checks what was entered for the hooks of a tool.
    Inputs(ToolName),
    /// A hook of a tool, or of the project, by its position in the model.
    Hook(Option<ToolName>, usize),
    /// The image with the build environment in it.
    Containerfile,
}

/// The folder of the scripts of hooks: that of their tool, or the one for all. No tool has that name.
pub fn hook_folder(owner: Option<&ToolName>) -> &str {
    owner.map_or("all", ToolName::as_str)
}

/// The path of the script of a hook, below `generated`.
pub fn hook_script(owner: Option<&ToolName>, hook: &Hook) -> String {
    format!("scripts/hooks/{}/{}-{}.sh", hook_folder(owner), hook.moment.as_str(), hook.number)
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
        .chain(model.tools.values().filter(|tool| !tool.packages.is_empty()).map(|tool| tool.origin.file))
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
        script("scripts/run-installed.sh", ScriptKind::RunInstalled, &only_project, origin),
        script("scripts/smoke-commands/not-shown.sh", ScriptKind::NotShown, &only_project, origin),
        script("scripts/sign-release.sh", ScriptKind::SignRelease, &only_project, &project.release.origin),
        script("scripts/release-files.sh", ScriptKind::ReleaseFiles, &only_project, &project.release.origin),
        script("scripts/release-notes.sh", ScriptKind::ReleaseNotes, &only_project, &project.release.origin),
        script("scripts/release-pins.sh", ScriptKind::ReleasePins, &only_project, &project.release.origin),
        script("scripts/verify-release.sh", ScriptKind::VerifyRelease, &only_project, &project.release.origin),
        script("scripts/publish-release.sh", ScriptKind::PublishRelease, &only_project, &project.release.origin),
        script("scripts/release-assets.sh", ScriptKind::ReleaseAssets, &only_project, &project.release.origin),
        script("scripts/container/collect-licenses.sh", ScriptKind::CollectLicenses, &only_project, origin),
        script("scripts/container/pack-licenses.sh", ScriptKind::PackLicenses, &only_project, &project.release.origin),
        script("scripts/write-sbom.sh", ScriptKind::WriteSbom, &only_project, origin),
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
    ];
    if project.builder.container_image().is_some() {
        scripts.push(script("Containerfile.build", ScriptKind::Containerfile, &all, &project.builder.origin));
    }
    let by_name: BTreeMap<_, _> = components.iter().filter_map(|name| model.components.get_key_value(*name)).collect();
    for (name, component) in by_name {
        let mut files: BTreeSet<FileId> = [component.origin.file, project.origin.file, project.lock.file].into();
        let owner = component.shares_source_of.as_ref().and_then(|owner| model.components.get(owner));
        files.extend(owner.map(|owner| owner.origin.file));
        let path = format!("scripts/components/{name}.sh");
        scripts.push(script(&path, ScriptKind::Component(name.clone()), &files, &component.origin));
    }
    scripts.extend(project.smoke_commands.iter().enumerate().map(|(position, command)| {
        let path = format!("scripts/smoke-commands/{}.sh", command.name);
        script(&path, ScriptKind::SmokeCommand(position), &only_project, &command.origin)
    }));
    scripts.extend(hooks(model, None, &only_project));
    for tool in tools {
        let name = &tool.name;
        let smoke: BTreeSet<FileId> = [tool.origin.file].into();
        let path = |folder: &str| format!("scripts/{folder}/{name}.sh");
        scripts.push(script(&path("tools"), ScriptKind::Tool(name.clone()), &tool.files, &tool.origin));
        scripts.push(script(&path("packages"), ScriptKind::Packages(name.clone()), &tool.files, &tool.origin));
        scripts.push(script(&path("smoke"), ScriptKind::Smoke(name.clone()), &smoke, &tool.origin));
        let install: BTreeSet<FileId> = [tool.origin.file, project.origin.file].into();
        // They name what can be entered, and that of the project comes first.
        let of_hooks = if project.dispatch_inputs.is_empty() { &smoke } else { &install };
        scripts.extend(hooks(model, Some(name), of_hooks));
        if let Some(first) = model.inputs_of(model.tools.get(name)).next() {
            scripts.push(script(&path("inputs"), ScriptKind::Inputs(name.clone()), &install, &first.origin));
        }
        scripts.push(script(&path("install"), ScriptKind::Install(name.clone()), &install, &tool.origin));
        let checks = model.tools.get(name).into_iter().flat_map(|tool| &tool.smoke).enumerate();
        scripts.extend(checks.map(|(position, test)| {
            let path = format!("scripts/checks/{name}/{}.sh", position + 1);
            script(&path, ScriptKind::Check(name.clone(), position), &smoke, &test.origin)
        }));
    }
    scripts.sort_by(|one, other| one.path.cmp(&other.path));
    scripts
}

/// The scripts of the bash hooks of a tool, or of the project. What no workflow runs has none.
fn hooks(model: &Model, owner: Option<&ToolName>, files: &BTreeSet<FileId>) -> Vec<Script> {
    let tool = owner.and_then(|name| model.tools.get(name));
    let hooks = tool.map_or(&model.project.hooks, |tool| &tool.hooks);
    let is_script = |hook: &Hook| matches!(hook.action, HookAction::Run(_)) && model.is_reached(tool, hook);
    let script = |(position, hook): (usize, &Hook)| Script {
        path: format!("generated/{}", hook_script(owner, hook)),
        kind: ScriptKind::Hook(owner.cloned(), position),
        files: files.clone(),
        origin: hook.origin.clone(),
    };
    hooks.iter().enumerate().filter(|(_, hook)| is_script(hook)).map(script).collect()
}
