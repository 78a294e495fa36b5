//! What is reached: the cells that are built, and the components that a cell is built from.
//!
//! Follows names only; a name that nothing bears leads nowhere.

use std::collections::BTreeMap;

use super::{Cell, Component, ComponentName, Malloc, Model, Situation, Tool};

impl Tool {
    /// The situation of one of its cells.
    pub const fn situation<'a>(&'a self, cell: &'a Cell) -> Situation<'a> {
        Situation { tool: &self.name, line: &cell.line, arch: cell.arch }
    }
}

impl Model {
    /// The cells of a tool that are built: line by line, variant by variant, arch by arch.
    pub fn cells(&self, tool: &Tool) -> Vec<Cell> {
        let mut cells = Vec::new();
        for line in &tool.lines {
            for variant in self.project.variants.keys().filter(|variant| tool.variants.contains_key(*variant)) {
                for arch in self.project.arches.keys().copied().filter(|arch| tool.arches.contains(arch)) {
                    cells.push(Cell { variant: variant.clone(), arch, line: line.name.clone() });
                }
            }
        }
        cells.retain(|cell| tool.exclusion(cell).is_none());
        cells
    }

    /// What has to be built before a component: what it declares, and the allocators that its programs link.
    pub fn needs<'a>(&'a self, component: &'a Component) -> Vec<&'a ComponentName> {
        let mut needs: Vec<&ComponentName> = component.needs.iter().collect();
        for (_, _, program) in component.programs() {
            if let Malloc::Allocator(name) = &program.malloc
                && let Some(allocator) = self.project.toolchain.allocators.get(name)
                && !needs.contains(&&allocator.component)
            {
                needs.push(&allocator.component);
            }
        }
        needs
    }

    /// The components that a cell is built from, each with the one that needs it; none, for the contents of the variant.
    pub fn reached<'a>(
        &'a self,
        tool: &'a Tool,
        cell: &Cell,
    ) -> BTreeMap<&'a ComponentName, Option<&'a ComponentName>> {
        let situation = tool.situation(cell);
        let contents = tool.variants.get(&cell.variant).into_iter().flat_map(|variant| &variant.contents);
        let fitting = contents.filter(|(_, content)| content.when.fits(situation));
        let mut waiting: Vec<(&ComponentName, Option<&ComponentName>)> =
            fitting.map(|(name, _)| (name, None)).collect();
        let mut reached: BTreeMap<_, Option<_>> = BTreeMap::new();
        while let Some((name, by)) = waiting.pop() {
            let Some(component) = self.components.get(name) else { continue };
            // Contents come first, so that what a variant lists itself is never put down to a need.
            if reached.get(name).is_none_or(|known| known.is_some() && by.is_none()) {
                let is_new = reached.insert(name, by).is_none();
                if is_new {
                    waiting.extend(self.needs(component).into_iter().map(|need| (need, Some(name))));
                }
            }
        }
        reached
    }
}
