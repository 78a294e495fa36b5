//! Packages: the exact list of what a tarball holds.

use super::{PlanError, PlannedCell};
use crate::model::{Arch, ComponentName, Content, Layout, Model, Output, PlaceName, RelativePath, Situation, Tool};
use crate::model::{LineName, Program, VariantName};
use crate::source::Origin;

/// What the tarball of one cell holds.
#[derive(Debug, Clone)]
pub struct Package {
    /// The variant.
    pub variant: VariantName,
    /// The arch.
    pub arch: Arch,
    /// The line.
    pub line: LineName,
    /// The name of the tarball.
    pub artifact: String,
    /// Files and links, sorted by path.
    pub entries: Vec<Entry>,
}

/// A file or a link of a package.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it is, below the top folder of the package.
    pub path: String,
    /// What it is.
    pub kind: EntryKind,
    /// The component that it comes from.
    pub component: ComponentName,
    /// The spec value that puts it here.
    pub origin: Origin,
}

/// What an entry of a package is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// A file copied from below the prefix.
    File {
        /// From where.
        from: RelativePath,
        /// Its mode, such as 0o755.
        mode: u32,
        /// What is declared of it, for a program.
        program: Option<Program>,
    },
    /// A symbolic link.
    Link {
        /// Where it points, relative to its own folder.
        target: String,
    },
}

/// The package of a cell.
pub(super) fn plan(model: &Model, tool: &Tool, cell: &PlannedCell) -> Result<Package, PlanError> {
    let dangling = |kind, name: &str| PlanError::Dangling { kind, name: name.to_owned() };
    let cell = &cell.cell;
    let settings =
        model.project.variants.get(&cell.variant).ok_or_else(|| dangling("variant", cell.variant.as_str()))?;
    let layout =
        model.project.layouts.get(&settings.layout).ok_or_else(|| dangling("layout", settings.layout.as_str()))?;
    let variant = tool.variants.get(&cell.variant).ok_or_else(|| dangling("variant", cell.variant.as_str()))?;
    let situation = Situation { tool: &tool.name, line: &cell.line, arch: cell.arch };
    let mut entries = Vec::new();
    for (name, content) in variant.contents.iter().filter(|(_, content)| content.when.fits(situation)) {
        let component = model.components.get(name).ok_or_else(|| dangling("component", name.as_str()))?;
        let chosen = component.outputs.iter().filter(|output| {
            output.when.fits(situation) && content.outputs.as_ref().is_none_or(|names| names.contains(&output.name))
        });
        for output in chosen {
            for place in places(content, output) {
                entries.extend(place_output(layout, place, name, output)?);
            }
        }
    }
    entries.sort_by(|one: &Entry, other| one.path.cmp(&other.path));
    Ok(Package {
        variant: cell.variant.clone(),
        arch: cell.arch,
        line: cell.line.clone(),
        artifact: super::artifact_name(&tool.name, &cell.variant, cell.arch),
        entries,
    })
}

fn places<'a>(content: &'a Content, output: &'a Output) -> Vec<&'a PlaceName> {
    content.places.as_ref().map_or_else(|| vec![&output.place], |places| places.iter().collect())
}

fn place_output(
    layout: &Layout,
    place: &PlaceName,
    component: &ComponentName,
    output: &Output,
) -> Result<Vec<Entry>, PlanError> {
    let dangling = || PlanError::Dangling { kind: "place", name: place.to_string() };
    let folder = layout.places.get(place).ok_or_else(dangling)?;
    let entry = |name: &str, kind, origin: &Origin| Entry {
        path: folder.join(name),
        kind,
        component: component.clone(),
        origin: origin.clone(),
    };
    let files = output.files.iter().map(|file| {
        let kind = EntryKind::File { from: file.clone(), mode: output.mode, program: output.program.clone() };
        entry(file.name(), kind, &output.origin)
    });
    let links = output
        .links
        .iter()
        .map(|link| entry(&link.name, EntryKind::Link { target: link.target.clone() }, &link.origin));
    Ok(files.chain(links).collect())
}
