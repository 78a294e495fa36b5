//! The names that a spec gives, and looking up those that it refers to.
//!
//! A name counts as known even where what bears it has a mistake of its own: one mistake, one diagnostic.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    AllocatorName, Arch, ComponentName, LayoutName, LineName, NameError, OutputName, PlaceName, ToolName, VariantName,
};
use crate::source::{Origin, Sources};
use crate::spec::{ComponentFile, Spec, ToolFile};

use super::sink::{Sink, with_names};

/// The name of the release line of a tool that lists none.
pub(super) const ONLY_LINE: &str = "main";

/// The spec with every tool and component named after its file. Where the text says another name, that is a mistake, and the file
/// is right: two files never have one name, and a copied text often keeps the old one.
pub(super) fn by_file<'a>(sink: &mut Sink, files: &Sources, spec: &'a Spec) -> Cow<'a, Spec> {
    let mut spec = Cow::Borrowed(spec);
    for (index, tool) in spec.clone().tools.iter().enumerate() {
        let origin = Origin::file(tool.file).key("tool");
        if let Some(name) = check_file(sink, files, &origin, "tool", &tool.value.tool)
            && let Some(tool) = spec.to_mut().tools.get_mut(index)
        {
            tool.value.tool = name;
        }
    }
    for (index, component) in spec.clone().components.iter().enumerate() {
        let origin = Origin::file(component.file).key("component");
        if let Some(name) = check_file(sink, files, &origin, "component", &component.value.component)
            && let Some(component) = spec.to_mut().components.get_mut(index)
        {
            component.value.component = name;
        }
    }
    spec
}

/// The name of a file, where it is another one than that in its text.
fn check_file(sink: &mut Sink, files: &Sources, origin: &Origin, kind: &str, name: &str) -> Option<String> {
    let (folder, file) = files.path(origin.file).rsplit_once('/')?;
    let stem = file.strip_suffix(".yaml").filter(|stem| *stem != name)?;
    let message = format!("the {kind} is named `{name}`, but its file is named `{stem}`");
    let help = format!("say `{kind}: {stem}`, or rename the file to `{folder}/{name}.yaml`");
    sink.push(Diagnostic::error(Code::FILE_NAME, origin, message).fix(help, name, stem));
    Some(stem.to_owned())
}

/// Every name that a spec gives.
pub(super) struct Names<'a> {
    tools: BTreeMap<&'a str, &'a ToolFile>,
    components: BTreeMap<&'a str, &'a ComponentFile>,
    variants: Vec<&'a str>,
    layouts: Vec<&'a str>,
    places: Vec<&'a str>,
    allocators: Vec<&'a str>,
    arches: Vec<&'a str>,
    /// Names of tools and components that have a file, but one that could not be read.
    unread: &'a BTreeSet<String>,
}

fn keys<V>(map: &indexmap::IndexMap<String, V>) -> Vec<&str> {
    map.keys().map(String::as_str).collect()
}

impl<'a> Names<'a> {
    /// Collects the names of a spec.
    pub(super) fn new(spec: &'a Spec) -> Self {
        let project = &spec.project.value;
        let mut places: Vec<&str> = project.layouts.values().flat_map(|layout| keys(&layout.places)).collect();
        places.sort_unstable();
        places.dedup();
        Self {
            tools: spec.tools.iter().map(|tool| (tool.value.tool.as_str(), &tool.value)).collect(),
            components: spec.components.iter().map(|it| (it.value.component.as_str(), &it.value)).collect(),
            variants: keys(&project.variants),
            layouts: keys(&project.layouts),
            places,
            allocators: keys(&project.toolchain.allocators),
            arches: keys(&project.arches),
            unread: &spec.unread,
        }
    }

    /// What a component's file says.
    pub(super) fn component_file(&self, name: &str) -> Option<&'a ComponentFile> {
        self.components.get(name).copied()
    }

    /// The lines of a tool.
    pub(super) fn lines_of(tool: &'a ToolFile) -> Vec<&'a str> {
        if tool.lines.is_empty() { vec![ONLY_LINE] } else { keys(&tool.lines) }
    }

    /// Whether every file could be read, so that what is not among the names is not there.
    pub(super) fn are_all(&self) -> bool {
        self.unread.is_empty()
    }

    /// The lines of these tools; without any, of all.
    pub(super) fn lines_of_tools(&self, tools: &[ToolName]) -> Vec<&'a str> {
        let chosen =
            self.tools.iter().filter(|(name, _)| tools.is_empty() || tools.iter().any(|it| it.as_str() == **name));
        let mut lines: Vec<&str> = chosen.flat_map(|(_, tool)| Self::lines_of(tool)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// Looks up a tool.
    pub(super) fn tool(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<ToolName> {
        if self.tools.contains_key(name) {
            return ToolName::parse(name).ok();
        }
        if self.unread.contains(name) {
            return None;
        }
        let known: Vec<&str> = self.tools.keys().copied().collect();
        unknown(sink, origin, ("tool", "tools"), name, &known);
        None
    }

    /// Looks up a component.
    pub(super) fn component(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<ComponentName> {
        // Most names are looked up here, and a list of all of them each time would take longer than all the rest.
        if self.components.contains_key(name) {
            return ComponentName::parse(name).ok();
        }
        if self.unread.contains(name) {
            return None;
        }
        let known: Vec<&str> = self.components.keys().copied().collect();
        unknown(sink, origin, ("component", "components"), name, &known);
        None
    }

    /// The same, where the name is a key.
    pub(super) fn component_key(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<ComponentName> {
        if self.components.contains_key(name) {
            return ComponentName::parse(name).ok();
        }
        if self.unread.contains(name) {
            return None;
        }
        let known: Vec<&str> = self.components.keys().copied().collect();
        let message = format!("no component is named `{name}`");
        let diagnostic = Diagnostic::error_at_key(Code::UNKNOWN_NAME, origin, message);
        sink.push(with_names(diagnostic, name, "components", &known));
        None
    }

    /// Looks up a variant.
    pub(super) fn variant(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<VariantName> {
        find(sink, origin, ("variant", "variants"), name, &self.variants, VariantName::parse)
    }

    /// The same, where the name is a key.
    pub(super) fn variant_key(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<VariantName> {
        if self.variants.contains(&name) {
            return VariantName::parse(name).ok();
        }
        let message = format!("no variant of the project is named `{name}`");
        let diagnostic = Diagnostic::error_at_key(Code::UNKNOWN_NAME, origin, message);
        sink.push(with_names(diagnostic, name, "variants", &self.variants));
        None
    }

    /// Looks up a layout.
    pub(super) fn layout(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<LayoutName> {
        find(sink, origin, ("layout", "layouts"), name, &self.layouts, LayoutName::parse)
    }

    /// Looks up a place, in any layout.
    pub(super) fn place(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<PlaceName> {
        find(sink, origin, ("place", "places"), name, &self.places, PlaceName::parse)
    }

    /// Looks up an allocator.
    pub(super) fn allocator(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<AllocatorName> {
        let known: Vec<&str> = self.allocators.iter().copied().chain(["libc", "none"]).collect();
        find(sink, origin, ("allocator", "allocators"), name, &known, AllocatorName::parse)
    }

    /// Looks up an arch that the project builds for.
    pub(super) fn arch(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<Arch> {
        if self.arches.contains(&name) {
            return Arch::parse(name);
        }
        unknown(sink, origin, ("arch", "arches of the project"), name, &self.arches);
        None
    }

    /// The same, where the name is a key.
    pub(super) fn arch_key(&self, sink: &mut Sink, origin: &Origin, name: &str) -> Option<Arch> {
        if self.arches.contains(&name) {
            return Arch::parse(name);
        }
        let diagnostic = Diagnostic::error_at_key(Code::UNKNOWN_NAME, origin, format!("no arch is named `{name}`"));
        sink.push(with_names(diagnostic, name, "arches of the project", &self.arches));
        None
    }

    /// Looks up a line among these.
    pub(super) fn line(sink: &mut Sink, origin: &Origin, name: &str, known: &[&str]) -> Option<LineName> {
        find(sink, origin, ("line", "lines"), name, known, LineName::parse)
    }

    /// Looks up an output of a component.
    pub(super) fn output(sink: &mut Sink, origin: &Origin, name: &str, of: &ComponentFile) -> Option<OutputName> {
        let known = keys(&of.outputs);
        if known.contains(&name) {
            return OutputName::parse(name).ok();
        }
        let message = format!("`{}` has no output named `{name}`", of.component);
        let diagnostic = Diagnostic::error(Code::UNKNOWN_NAME, origin, message);
        sink.push(with_names(diagnostic, name, "outputs", &known));
        None
    }
}

fn find<N>(
    sink: &mut Sink,
    origin: &Origin,
    kind: (&str, &str),
    name: &str,
    known: &[&str],
    parse: impl Fn(&str) -> Result<N, NameError>,
) -> Option<N> {
    if known.contains(&name) {
        // Where a name that is given is none, that was said where it is given.
        return parse(name).ok();
    }
    unknown(sink, origin, kind, name, known);
    None
}

/// Says that nothing bears a name.
pub(super) fn unknown(sink: &mut Sink, origin: &Origin, (kind, plural): (&str, &str), name: &str, known: &[&str]) {
    let diagnostic = Diagnostic::error(Code::UNKNOWN_NAME, origin, format!("no {kind} is named `{name}`"));
    sink.push(with_names(diagnostic, name, plural, known));
}
