//! What the package of a cell holds, and which value of the spec puts it there.
//!
//! Leaves out what has no place in the layout; that is a mistake, and not this module's to tell.

use super::{Cell, Component, ComponentName, Content, Link, Model, Output, PlaceName, RelativePath, Situation, Tool};
use crate::source::Origin;

/// A file or a link of a package.
#[derive(Debug, Clone)]
pub struct Placed<'a> {
    /// Where it is, below the top folder of the package.
    pub path: String,
    /// What it is.
    pub kind: PlacedKind<'a>,
    /// The component that it comes from.
    pub component: &'a ComponentName,
    /// The output that it belongs to.
    pub output: &'a Output,
    /// The content of the variant that asks for it.
    pub content: &'a Content,
    /// The file or the link in the component's spec.
    pub origin: Origin,
}

/// What stands in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlacedKind<'a> {
    /// A file from below the prefix.
    File(&'a RelativePath),
    /// A symbolic link.
    Link(&'a Link),
}

impl Content {
    /// The outputs of its component that it takes in a situation.
    pub fn chosen<'a>(
        &'a self,
        component: &'a Component,
        situation: Situation<'a>,
    ) -> impl Iterator<Item = &'a Output> {
        component.outputs.iter().filter(move |output| {
            output.when.fits(situation) && self.outputs.as_ref().is_none_or(|names| names.contains(&output.name))
        })
    }

    /// The places that one of its outputs goes to.
    pub fn places_of<'a>(&'a self, output: &'a Output) -> Vec<&'a PlaceName> {
        self.places.as_ref().map_or_else(|| vec![&output.place], |places| places.iter().collect())
    }
}

impl Model {
    /// Everything that the package of a cell holds, in the order of the spec.
    pub fn contents<'a>(&'a self, tool: &'a Tool, cell: &'a Cell) -> Vec<Placed<'a>> {
        let layout = self.project.variants.get(&cell.variant).and_then(|it| self.project.layouts.get(&it.layout));
        let (Some(layout), Some(variant)) = (layout, tool.variants.get(&cell.variant)) else { return Vec::new() };
        let situation = tool.situation(cell);
        let mut all = Vec::new();
        for (name, content) in variant.contents.iter().filter(|(_, content)| content.when.fits(situation)) {
            let Some(component) = self.components.get(name) else { continue };
            for output in content.chosen(component, situation) {
                let names = content.places_of(output);
                for folder in names.into_iter().filter_map(|place| layout.places.get(place)) {
                    let put = |name: &str, kind, origin: Origin| Placed {
                        path: folder.join(name),
                        kind,
                        component: &component.name,
                        output,
                        content,
                        origin,
                    };
                    let file = |(index, file): (usize, &'a RelativePath)| {
                        let origin = output.origin.key("files").index(index);
                        put(file.name(), PlacedKind::File(file), origin)
                    };
                    all.extend(output.files.iter().enumerate().map(file));
                    all.extend(output.links.iter().map(|it| put(&it.name, PlacedKind::Link(it), it.origin.clone())));
                }
            }
        }
        all
    }
}
