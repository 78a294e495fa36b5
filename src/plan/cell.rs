//! Cells: tool × variant × arch, for each line; those left out too, with the reason.

use crate::model::{Cell, Model, Tool, ToolName, VariantName};
use crate::source::Origin;

/// A cell and whether it is built.
#[derive(Debug, Clone)]
pub struct PlannedCell {
    /// The cell.
    pub cell: Cell,
    /// Why it is left out, if it is.
    pub excluded: Option<String>,
    /// The name of its tarball.
    pub artifact: String,
    /// The spec value that includes it or leaves it out.
    pub origin: Origin,
}

/// The name of a tarball: `podman-linux-amd64.tar.zst`, `podman-full-linux-amd64.tar.zst`.
pub fn artifact_name(tool: &ToolName, variant: &VariantName, arch: crate::model::Arch) -> String {
    if variant.is_default() {
        format!("{tool}-linux-{arch}.tar.zst")
    } else {
        format!("{tool}-{variant}-linux-{arch}.tar.zst")
    }
}

/// Every cell of a tool: line by line, variant by variant, arch by arch.
pub(super) fn plan(model: &Model, tool: &Tool) -> Vec<PlannedCell> {
    let mut cells = Vec::new();
    for line in &tool.lines {
        for variant in model.project.variants.keys() {
            for arch in model.project.arches.keys().copied() {
                let cell = Cell { variant: variant.clone(), arch, line: line.name.clone() };
                let artifact = artifact_name(&tool.name, variant, arch);
                let (excluded, origin) = judge(tool, &cell);
                cells.push(PlannedCell { cell, excluded, artifact, origin });
            }
        }
    }
    cells
}

fn judge(tool: &Tool, cell: &Cell) -> (Option<String>, Origin) {
    let Some(variant) = tool.variants.get(&cell.variant) else {
        let reason = format!("{} has no variant {}", tool.name, cell.variant);
        return (Some(reason), tool.origin.key("variants"));
    };
    if !tool.arches.contains(&cell.arch) {
        return (Some(format!("{} is not built for {}", tool.name, cell.arch)), tool.origin.key("arches"));
    }
    match tool.exclusion(cell) {
        Some(exclusion) => (Some(exclusion.reason.clone()), exclusion.origin.clone()),
        None => (None, variant.origin.clone()),
    }
}
