//! How packages of a tool are installed on anybody's machine: by default where, and where the list of their files is kept.

use std::collections::BTreeSet;

use super::{Package, PlanError};
use crate::model::{Arch, Layout, Model, RelativePath, Tool, VariantName};

/// What `install/<tool>.sh` knows.
#[derive(Debug, Clone)]
pub struct Install {
    /// The variants that there are packages of, in the order of the spec.
    pub variants: Vec<InstalledVariant>,
    /// The packages, whatever their line.
    pub packages: BTreeSet<(VariantName, Arch, String)>,
}

/// Where packages of a variant go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledVariant {
    /// The variant.
    pub name: VariantName,
    /// The default folder, below `/`.
    pub prefix: RelativePath,
    /// The folder of the lists of installed files, below the prefix. All tools of the project share it, since they share files.
    pub lists: String,
}

/// How the packages of a tool are installed.
pub(super) fn plan(model: &Model, tool: &Tool, packages: &[Package]) -> Result<Install, PlanError> {
    let mut variants = Vec::new();
    for name in tool.variants.keys().filter(|name| packages.iter().any(|package| &package.variant == *name)) {
        let dangling = |kind, name: &str| PlanError::Dangling { kind, name: name.to_owned() };
        let settings = model.project.variants.get(name).ok_or_else(|| dangling("variant", name.as_str()))?;
        let layout =
            model.project.layouts.get(&settings.layout).ok_or_else(|| dangling("layout", settings.layout.as_str()))?;
        let lists = lists(&model.project.name, layout);
        variants.push(InstalledVariant { name: name.clone(), prefix: layout.prefix.clone(), lists });
    }
    let packages = packages.iter().map(|it| (it.variant.clone(), it.arch, it.artifact.clone())).collect();
    Ok(Install { variants, packages })
}

/// In a tree that begins below `/` its usual place; beside the programs of a flat one a hidden folder.
fn lists(project: &str, layout: &Layout) -> String {
    if layout.is_flat() { format!(".{project}") } else { format!("var/lib/{project}") }
}
