//! From the texts of the spec files to their wire types; every error of shape in one run.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, has_errors};
use crate::source::{FileId, Sources};
use crate::yaml;

use super::{ComponentFile, Kind, LockFile, ProjectFile, ToolFile, place, shape};

/// The files under `spec/`, read but not understood. Paths start with `spec/`, with `/` between names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// `ghagen.yaml`, `ghagen.lock`, `tools/*.yaml`, `components/*.yaml`, and every file that has no place under `spec/`.
    pub texts: BTreeMap<String, String>,
    /// What stands below `spec/files` and `spec/patches`.
    pub carried: BTreeMap<String, Vec<u8>>,
}

/// One spec file with its shape known.
#[derive(Debug, Clone)]
pub struct Loaded<T> {
    /// The file.
    pub file: FileId,
    /// What it says.
    pub value: T,
    /// The same without comments, quoting or the order of known keys: what two texts that mean the same share. Entries
    /// that the user names, such as lines or variables, keep their order, since that is part of what is meant.
    pub meaning: Value,
}

/// The whole spec with its shape known.
#[derive(Debug, Clone)]
pub struct Spec {
    /// `spec/ghagen.yaml`.
    pub project: Loaded<ProjectFile>,
    /// `spec/tools/*.yaml`, sorted by path.
    pub tools: Vec<Loaded<ToolFile>>,
    /// `spec/components/*.yaml`, sorted by path.
    pub components: Vec<Loaded<ComponentFile>>,
    /// `spec/ghagen.lock`.
    pub lock: Loaded<LockFile>,
    /// What stands below `spec/files` and `spec/patches`, by path.
    pub carried: BTreeMap<String, Vec<u8>>,
    /// The names of the files whose mistakes keep them out of all this, without `.yaml`: what they describe is there, but not known.
    pub unread: BTreeSet<String>,
}

/// Reads the spec: every mistake of every file in one run. Without a `Spec` at least one of the diagnostics is an error; with an error,
/// parts of it may be missing.
pub fn read(sources: &mut Sources, files: &Files) -> (Option<Spec>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (mut project, mut lock) = (None, None);
    let (mut tools, mut components) = (Vec::new(), Vec::new());
    let mut unread = BTreeSet::new();
    for (path, text) in &files.texts {
        let file = sources.add(path, text);
        let before = diagnostics.len();
        match place::of(path) {
            Ok(kind @ Kind::Project) => project = load::<ProjectFile>(kind, sources, file, &mut diagnostics),
            Ok(kind @ Kind::Lock) => lock = load::<LockFile>(kind, sources, file, &mut diagnostics),
            Ok(kind @ Kind::Tool) => tools.extend(load::<ToolFile>(kind, sources, file, &mut diagnostics)),
            Ok(kind @ Kind::Component) => {
                components.extend(load::<ComponentFile>(kind, sources, file, &mut diagnostics));
            }
            Err(help) => diagnostics.push(place::unknown_file(file, path, help)),
        }
        if has_errors(&diagnostics[before..]) {
            unread.extend(path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).map(str::to_owned));
        }
    }
    for kind in [Kind::Project, Kind::Lock] {
        if !files.texts.contains_key(kind.place()) {
            // An empty text, so that the diagnostic has a path to show.
            let file = sources.add(kind.place(), "");
            diagnostics.push(place::missing_file(file, kind));
        }
    }
    let carried = files.carried.clone();
    let spec = project.zip(lock).map(|(project, lock)| Spec { project, tools, components, lock, carried, unread });
    (spec, diagnostics)
}

/// Reads one file. `None` where it has an error, which is told then.
fn load<T: DeserializeOwned>(
    kind: Kind,
    sources: &mut Sources,
    file: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Loaded<T>> {
    let document = match yaml::read(file, sources.text(file)) {
        Ok(document) => document,
        Err(errors) => {
            diagnostics.extend(errors);
            return None;
        }
    };
    sources.set_spans(file, document.spans);
    let mistakes = shape::check(kind, sources, file, &document.value);
    let broken = has_errors(&mistakes);
    diagnostics.extend(mistakes);
    if broken {
        return None;
    }
    match T::deserialize(&document.value) {
        Ok(value) => Some(Loaded { file, value, meaning: shape::meaning(kind, &document.value) }),
        Err(error) => {
            diagnostics
                .push(shape::bug(file, &format!("the schema accepts what the type of a {kind} does not: {error}")));
            None
        }
    }
}

#[cfg(test)]
mod tests;
