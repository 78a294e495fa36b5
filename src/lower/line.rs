//! Release lines: their versions, what they narrow, and their values for recipes.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentName, Constraint, Line, LineName, Pin, Placeholder};
use crate::source::Origin;
use crate::spec;

use super::sink::Sink;
use super::{Context, caret};

/// A release line. `None` where it has neither name nor versions.
pub(super) fn lower(
    context: &Context<'_>,
    sink: &mut Sink,
    origin: &Origin,
    name: &str,
    wire: &spec::Line,
    pins: &[Pin],
) -> Option<Line> {
    let name = sink.take_key(Code::INVALID_NAME, origin, LineName::parse(name));
    let versions = caret::constraint(sink, &origin.key("versions"), &wire.versions);
    let mut components = IndexMap::new();
    for (component, versions) in &wire.components {
        let origin = origin.key("components").key(component);
        let component = narrowed(context, sink, &origin, component);
        let versions = caret::constraint(sink, &origin, versions);
        components.extend(component.zip(versions));
    }
    for key in wire.values.keys() {
        value_key(sink, &origin.key("values").key(key), key);
    }
    let versions = versions?;
    Some(Line {
        name: name?,
        tested: tested(&versions, pins),
        versions,
        components,
        values: wire.values.clone(),
        origin: origin.clone(),
    })
}

/// The last known good version of a line: the highest pin that fits.
pub(super) fn tested(versions: &Constraint, pins: &[Pin]) -> Option<Pin> {
    pins.iter().filter(|pin| versions.fits(&pin.version)).max_by(|one, other| one.version.cmp(&other.version)).cloned()
}

/// Only what has pins of its own can be narrowed.
fn narrowed(context: &Context<'_>, sink: &mut Sink, origin: &Origin, name: &str) -> Option<ComponentName> {
    let component = context.names.component_key(sink, origin, name)?;
    let source = context.names.component_file(name).and_then(|file| file.source.as_ref());
    let (problem, help) = match source {
        Some(spec::Source { git: Some(_), .. }) => return Some(component),
        Some(spec::Source { component: Some(owner), .. }) => {
            ("shares the source of another component".to_owned(), format!("narrow the owner of the source: `{owner}`"))
        }
        Some(spec::Source { upstream: Some(tool), .. }) => (
            format!("is built from the upstream of `{tool}`, at the version of the run"),
            "remove it here: the line's own `versions` hold for it".to_owned(),
        ),
        Some(_) => {
            ("is built from one archive".to_owned(), "remove it here, or build it from a git repository".to_owned())
        }
        None => ("has no source".to_owned(), "remove it here".to_owned()),
    };
    sink.settings(origin, format!("`{name}` has no versions to choose from: it {problem}"), help);
    None
}

/// A key becomes a placeholder, and part of the name of a variable.
fn value_key(sink: &mut Sink, origin: &Origin, key: &str) {
    if Placeholder::parse(&format!("line.{key}")).is_err() {
        let message = format!("`{key}` cannot be the name of a value");
        let help = "take lower-case letters, digits and `_`, the first one a letter: `{line.KEY}` names it in recipes";
        sink.push(Diagnostic::error_at_key(Code::INVALID_NAME, origin, message).help(help));
    }
}
