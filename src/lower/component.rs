//! `spec/components/<name>.yaml`: one component.

use crate::diagnostic::Code;
use crate::gha::EnvName;
use crate::model::{Component, ComponentKind, ComponentName, Conditional, Recipe, RelativePath, Source, Template};
use crate::source::Origin;
use crate::spec::{self, ComponentFile, Loaded};

use super::condition::{self, Scope};
use super::sink::{Sink, Spot};
use super::{Context, arch, carried, environment, output, recipe, source, text};

/// A component. `None` where it has no name that others could use.
pub(super) fn lower(context: &Context<'_>, sink: &mut Sink, loaded: &Loaded<ComponentFile>) -> Option<Component> {
    let file = &loaded.value;
    let origin = Origin::file(loaded.file);
    let name_origin = origin.key("component");
    let name = sink.take(Code::INVALID_NAME, &name_origin, ComponentName::parse(&file.component));
    let (source, shares_source_of) = source::of(context, sink, file, &origin);
    let scope = Scope { names: &context.names, component: name.as_ref(), source: source.as_ref() };
    let summary = sink.line(&origin.key("summary"), &file.summary);
    let license = sink.line(&origin.key("license"), &file.license);
    let license_files = license_files(sink, &origin.key("license_files"), file);
    let needs = needs(context, sink, &origin.key("needs"), &file.needs);
    let packages = text::packages(sink, &origin.key("packages"), &file.packages);
    let environment = own_environment(scope, sink, &origin.key("environment"), file);
    let patches = patches(context, sink, &origin.key("patches"), file);
    let seconds = arch::seconds(context, sink, &origin.key("seconds"), &file.seconds);
    let recipe = recipe::lower(context, scope, sink, &origin.key("recipe"), file);
    let outputs = output::lower(context, scope, sink, &origin.key("outputs"), file);
    Some(Component {
        kind: kind(file.kind),
        summary,
        license,
        license_files,
        // What has a mistake gets the plainest value. With a mistake there will be no model to hold it.
        source: source.clone().unwrap_or(Source::Files),
        shares_source_of,
        needs,
        packages,
        environment,
        patches,
        seconds,
        recipe: recipe.unwrap_or_else(|| Recipe::Files(Vec::new())),
        outputs,
        origin,
        name: name?,
    })
}

const fn kind(wire: spec::ComponentKind) -> ComponentKind {
    match wire {
        spec::ComponentKind::Program => ComponentKind::Program,
        spec::ComponentKind::Library => ComponentKind::Library,
        spec::ComponentKind::Files => ComponentKind::Files,
        spec::ComponentKind::Units => ComponentKind::Units,
    }
}

fn needs(context: &Context<'_>, sink: &mut Sink, origin: &Origin, names: &[String]) -> Vec<ComponentName> {
    let mut needs = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let need = context.names.component(sink, &origin.index(index), name);
        needs.extend(need.filter(|need| !needs.contains(need)));
    }
    needs
}

fn license_files(sink: &mut Sink, origin: &Origin, file: &ComponentFile) -> Vec<RelativePath> {
    if file.source.is_none() && !file.license_files.is_empty() {
        let message = format!("`{}` has no source that a licence could be collected from", file.component);
        sink.settings(
            origin,
            message,
            "leave it out: the files under `spec/files` have the licence of this repository",
        );
        return Vec::new();
    }
    let paths = file.license_files.iter().enumerate();
    paths.filter_map(|(index, path)| condition::path(sink, &origin.index(index), path)).collect()
}

fn own_environment(
    scope: Scope<'_>,
    sink: &mut Sink,
    origin: &Origin,
    file: &ComponentFile,
) -> Vec<(EnvName, Conditional<Template>)> {
    let mut environment = Vec::new();
    for (name, value) in &file.environment {
        let origin = origin.key(name);
        let name = environment::of_recipe(sink, &origin, &file.recipe, name);
        let value = scope.argument(sink, &origin, value);
        environment.extend(name.zip(value));
    }
    environment
}

/// Patches as paths below `spec`.
fn patches(context: &Context<'_>, sink: &mut Sink, origin: &Origin, file: &ComponentFile) -> Vec<RelativePath> {
    if file.source.is_none() && !file.patches.is_empty() {
        let message = format!("`{}` has no source that a patch could be applied to", file.component);
        sink.settings(origin, message, "change the files under `spec/files` themselves");
        return Vec::new();
    }
    let folder = format!("patches/{}", file.component);
    let mut patches = Vec::new();
    for (index, name) in file.patches.iter().enumerate() {
        let origin = origin.index(index);
        let Some(path) = condition::path(sink, &origin, name) else { continue };
        carried::require(context, sink, &Spot::Value(origin), &folder, &path);
        patches.extend(RelativePath::parse(&format!("{folder}/{path}")));
    }
    patches
}
