//! From the texts of the spec files to their wire types; every error of shape in one run.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources};

use super::{ComponentFile, LockFile, ProjectFile, ToolFile};

/// The files under `spec/`, read but not understood. Paths start with `spec/`, with `/` between names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// `ghagen.yaml`, `ghagen.lock`, `tools/*.yaml`, `components/*.yaml`.
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
    /// The same without comments, order of keys or quoting: what two texts that mean the same share.
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
}

/// Reads the spec. Without a `Spec` at least one of the diagnostics is an error.
pub fn read(_sources: &mut Sources, _files: &Files) -> (Option<Spec>, Vec<Diagnostic>) {
    (None, Vec::new())
}
