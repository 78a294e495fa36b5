//! What is built for one tool: its cells, its units, its packages.

use std::collections::BTreeSet;

use super::{Estimate, Install, Package, PlanError, PlannedCell, Unit, cell, install, package, sbom, time, unit};
use crate::gha::Minutes;
use crate::model::{Arch, LineName, Model, Tool, ToolName, VariantName};
use crate::source::{FileId, Origin};

/// What is built for one tool.
#[derive(Debug, Clone)]
pub struct ToolPlan {
    /// The tool.
    pub name: ToolName,
    /// Every cell, those left out too: line by line, variant by variant, arch by arch.
    pub cells: Vec<PlannedCell>,
    /// The units of every line and arch, in the order in which they are built.
    pub units: Vec<Unit>,
    /// What the package of each included cell holds, in the order of the cells.
    pub packages: Vec<Package>,
    /// What is in its packages, for their bills of materials.
    pub parts: Vec<super::Part>,
    /// How its packages are installed.
    pub install: Install,
    /// About how long the builds take that all is known of.
    pub estimates: Vec<Estimate>,
    /// How long the job may take that builds the tool for an arch.
    pub limit: Minutes,
    /// The spec files that the tool and its components come from.
    pub files: BTreeSet<FileId>,
    /// The spec file of the tool.
    pub origin: Origin,
}

impl ToolPlan {
    /// The units of a line and an arch, in the order in which they are built.
    pub fn units_of(&self, line: &LineName, arch: Arch) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |unit| &unit.line == line && unit.arch == arch)
    }

    /// The variants that are built at all, in the order of the spec.
    pub fn variants(&self) -> Vec<VariantName> {
        let mut variants: Vec<VariantName> = Vec::new();
        for cell in self.cells.iter().filter(|cell| cell.excluded.is_none()) {
            if !variants.contains(&cell.cell.variant) {
                variants.push(cell.cell.variant.clone());
            }
        }
        variants
    }
}

/// Plans one tool.
pub(super) fn plan(model: &Model, tool: &Tool) -> Result<ToolPlan, PlanError> {
    let cells = cell::plan(model, tool);
    let included: Vec<_> = cells.iter().filter(|cell| cell.excluded.is_none()).collect();
    let packages = included.iter().map(|cell| package::plan(model, tool, cell)).collect::<Result<Vec<_>, _>>()?;
    let install = install::plan(model, tool, &packages)?;
    let units = unit::plan(model, tool, &included)?;
    let parts = sbom::plan(model, tool, &units);
    let mut files = BTreeSet::from([tool.origin.file, model.project.origin.file, model.project.lock.file]);
    for unit in &units {
        files.extend(model.components.get(&unit.component).map(|component| component.origin.file));
    }
    let estimates = time::estimates(model, &units);
    let limit = time::limit(model, &units, &estimates);
    let (name, origin) = (tool.name.clone(), tool.origin.clone());
    Ok(ToolPlan { name, cells, units, packages, parts, install, estimates, limit, files, origin })
}
