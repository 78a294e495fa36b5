//! Conditions, and texts that may carry one.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Arch, ComponentName, Condition, Conditional, LineName, Placeholder, PlaceholderError, RelativePath, Source,
    Template, ToolName,
};
use crate::source::Origin;
use crate::spec::{Argument, OneOrMany, When};

use super::names::{Names, unknown};
use super::sink::{LineValueUse, Sink, Spot, with_names};

/// Each text of one or many, with its place.
pub(super) fn each<'a>(texts: Option<&'a OneOrMany>, origin: &Origin) -> Vec<(Origin, &'a str)> {
    let texts = texts.map(|texts| texts.0.as_slice()).unwrap_or_default();
    // A text alone has no such place, but the nearest one around it is the text itself.
    texts.iter().enumerate().map(|(index, text)| (origin.index(index), text.as_str())).collect()
}

/// A condition of a component, which asks about the lines of all tools that it names.
pub(super) fn of_component(names: &Names<'_>, sink: &mut Sink, when: Option<&When>, origin: &Origin) -> Condition {
    let Some(when) = when else { return Condition::default() };
    let tools = tools(names, sink, when, origin);
    // A tool that could not be read has lines that nobody knows.
    let lines = if names.are_all() { lines(sink, when, origin, &names.lines_of_tools(&tools)) } else { Vec::new() };
    Condition { arches: arches(sink, when, origin), tools, lines }
}

/// A condition of a tool, which asks about its own lines.
pub(super) fn of_tool(
    names: &Names<'_>,
    sink: &mut Sink,
    when: Option<&When>,
    origin: &Origin,
    known: &[&str],
) -> Condition {
    let Some(when) = when else { return Condition::default() };
    Condition {
        arches: arches(sink, when, origin),
        tools: tools(names, sink, when, origin),
        lines: lines(sink, when, origin, known),
    }
}

/// A condition of a file of a tool, with its lines, or of the project, without.
pub(super) fn of_file(
    names: &Names<'_>,
    sink: &mut Sink,
    when: Option<&When>,
    origin: &Origin,
    lines: Option<&[&str]>,
) -> Condition {
    match lines {
        Some(known) => of_tool(names, sink, when, origin, known),
        None => of_component(names, sink, when, origin),
    }
}

/// Any arch that ghagen knows will do: a component may serve projects with other arches.
fn arches(sink: &mut Sink, when: &When, origin: &Origin) -> Vec<Arch> {
    let known = Arch::ALL.map(Arch::as_str);
    let each = each(when.arch.as_ref(), &origin.key("arch"));
    each.into_iter()
        .filter_map(|(origin, name)| {
            let arch = Arch::parse(name);
            if arch.is_none() {
                unknown(sink, &origin, ("arch", "arches"), name, &known);
            }
            arch
        })
        .collect()
}

fn tools(names: &Names<'_>, sink: &mut Sink, when: &When, origin: &Origin) -> Vec<ToolName> {
    let each = each(when.tool.as_ref(), &origin.key("tool"));
    each.into_iter().filter_map(|(origin, name)| names.tool(sink, &origin, name)).collect()
}

fn lines(sink: &mut Sink, when: &When, origin: &Origin, known: &[&str]) -> Vec<LineName> {
    let each = each(when.line.as_ref(), &origin.key("line"));
    each.into_iter().filter_map(|(origin, name)| Names::line(sink, &origin, name, known)).collect()
}

/// What the texts of a component can name.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Every name.
    pub(super) names: &'a Names<'a>,
    /// The component, where its own name is one.
    pub(super) component: Option<&'a ComponentName>,
    /// Its source, where that is known.
    pub(super) source: Option<&'a Source>,
}

impl Scope<'_> {
    /// A text with placeholders that applies where `when` fits.
    pub(super) fn template(self, sink: &mut Sink, spot: &Spot, text: &str, when: &Condition) -> Option<Template> {
        let template = placeholders(sink, spot, text, &Placeholder::NAMES)?;
        for placeholder in template.placeholders() {
            if let (Placeholder::LineValue(key), Some(component)) = (placeholder, self.component) {
                sink.line_values.push(LineValueUse {
                    component: component.clone(),
                    key: key.clone(),
                    when: when.clone(),
                    spot: spot.clone(),
                    within: None,
                });
            }
            if let Some(reason) = self.lacks(placeholder) {
                let message = format!("`{{{placeholder}}}` has no value here: {reason}");
                let help = "write the value out, or give the component a source that has it";
                sink.push(spot.error(Code::UNKNOWN_PLACEHOLDER, message).help(help));
            }
        }
        Some(template)
    }

    fn lacks(self, placeholder: &Placeholder) -> Option<&'static str> {
        match (self.source?, placeholder) {
            (
                Source::Files,
                Placeholder::Version
                | Placeholder::Tag
                | Placeholder::Commit
                | Placeholder::Epoch
                | Placeholder::Source,
            ) => Some("the component has no source"),
            (Source::Archive(_), Placeholder::Tag | Placeholder::Commit) => {
                Some("the source of the component is an archive, which has neither tag nor commit")
            }
            (Source::Upstream(_), Placeholder::Tag) => {
                Some("the component is built at the commit of the run, and a run is not told the tag")
            }
            _ => None,
        }
    }

    /// A text that may carry a condition.
    pub(super) fn argument(
        self,
        sink: &mut Sink,
        origin: &Origin,
        argument: &Argument,
    ) -> Option<Conditional<Template>> {
        let (text, at, when) = self.parts(sink, origin, argument);
        let value = self.template(sink, &Spot::Value(at), text, &when)?;
        Some(Conditional { value, when })
    }

    /// A path that may carry a condition.
    pub(super) fn path(
        self,
        sink: &mut Sink,
        origin: &Origin,
        argument: &Argument,
    ) -> Option<Conditional<RelativePath>> {
        let (text, at, when) = self.parts(sink, origin, argument);
        let value = path(sink, &at, text)?;
        Some(Conditional { value, when })
    }

    fn parts<'b>(self, sink: &mut Sink, origin: &Origin, argument: &'b Argument) -> (&'b str, Origin, Condition) {
        match argument {
            Argument::Always(text) => (text, origin.clone(), Condition::default()),
            Argument::When(conditional) => {
                let when = of_component(self.names, sink, Some(&conditional.when), &origin.key("when"));
                (&conditional.value, origin.key("value"), when)
            }
        }
    }
}

/// A text with none but these placeholders.
pub(super) fn placeholders(sink: &mut Sink, spot: &Spot, text: &str, allowed: &[&str]) -> Option<Template> {
    let refuse = |sink: &mut Sink, name: &str, message: String| {
        let shown: Vec<String> = allowed.iter().map(|name| format!("{{{name}}}")).collect();
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        let diagnostic = spot.error(Code::UNKNOWN_PLACEHOLDER, message);
        let diagnostic = with_names(diagnostic, &format!("{{{name}}}"), "placeholders here", &shown);
        sink.push(diagnostic.help(format!("for a brace as it is, write it twice: `{{{{{name}}}}}`")));
    };
    let template = match Template::parse(text) {
        Ok(template) => template,
        Err(PlaceholderError(name)) => {
            refuse(sink, &name, format!("`{{{name}}}` is not a placeholder"));
            return None;
        }
    };
    let is_line_value = |placeholder: &Placeholder| matches!(placeholder, Placeholder::LineValue(_));
    let is_wrong = |placeholder: &&Placeholder| {
        let name = if is_line_value(placeholder) { "line".to_owned() } else { placeholder.to_string() };
        !allowed.contains(&name.as_str())
    };
    if let Some(wrong) = template.placeholders().find(is_wrong) {
        refuse(sink, &wrong.to_string(), format!("the placeholder `{{{wrong}}}` cannot stand here"));
        return None;
    }
    Some(template)
}

/// A path below some folder. Placeholders do not work in paths.
pub(super) fn path(sink: &mut Sink, origin: &Origin, text: &str) -> Option<RelativePath> {
    if text.contains(['{', '}']) {
        let message = format!("`{text}` holds a brace, but placeholders do not work in paths");
        let help = "where the path differs, give each one with `when`";
        sink.push(Diagnostic::error(Code::INVALID_PATH, origin, message).help(help));
        return None;
    }
    sink.take(Code::INVALID_PATH, origin, RelativePath::parse(text))
}
