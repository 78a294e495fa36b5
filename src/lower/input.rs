//! Inputs of hooks: what can be entered where a build is started by hand.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::gha::{EnvName, InputName, Literal};
use crate::model::{HookInput, HookInputKind, InputPattern, is_line_key};
use crate::source::Origin;
use crate::spec::DispatchInput;

use super::sink::Sink;

/// What can be entered in every workflow of a tool: the version and what is built of it.
const RESERVED: [&str; 6] = ["version", "commit", "variant", "arch", "revision", "publish"];

/// The inputs of a file by name. In that of a tool, those of the project have their names already.
pub(super) fn lower(
    sink: &mut Sink,
    wires: &IndexMap<String, DispatchInput>,
    origin: &Origin,
    of_project: Option<&IndexMap<String, DispatchInput>>,
) -> Vec<HookInput> {
    let mut inputs = Vec::new();
    for (name, wire) in wires {
        let origin = origin.key(name);
        let name = self::name(sink, &origin, name, of_project);
        let description = Literal::parse(sink.line(&origin.key("description"), &wire.description)).ok();
        let kind = kind(sink, wire, &origin);
        if let (Some((name, variable)), Some(description), Some(kind)) = (name, description, kind) {
            inputs.push(HookInput { name, variable, description, kind, origin });
        }
    }
    inputs
}

fn name(
    sink: &mut Sink,
    origin: &Origin,
    name: &str,
    of_project: Option<&IndexMap<String, DispatchInput>>,
) -> Option<(InputName, EnvName)> {
    let (problem, help) = if RESERVED.contains(&name) {
        ("is an input of every build already", "take another name; hooks read such values from their environment")
    } else if of_project.is_some_and(|inputs| inputs.contains_key(name)) {
        ("is an input of the project already, so of this tool, too", "use that one, or take another name")
    } else if is_line_key(name) {
        return InputName::parse(name).ok().zip(EnvName::parse(HookInput::variable_of(name)).ok());
    } else {
        (
            "is not the name of an input",
            "take lower-case letters, digits and `_`, the first one a letter, 40 at the most",
        )
    };
    sink.push(Diagnostic::error_at_key(Code::INVALID_NAME, origin, format!("`{name}` {problem}")).help(help));
    None
}

fn kind(sink: &mut Sink, wire: &DispatchInput, origin: &Origin) -> Option<HookInputKind> {
    match (&wire.options, &wire.pattern, wire.boolean) {
        (Some(options), None, None) => choice(sink, options, &origin.key("options")),
        (None, Some(pattern), None) => text(sink, pattern, wire.default.as_deref().unwrap_or_default(), origin),
        (None, None, Some(default)) => Some(HookInputKind::Boolean(default)),
        _ => {
            let help = "give it exactly one of `options`, whose first is the default, `pattern`, perhaps with `default`, \
                        and `boolean`, which is the default";
            sink.settings(origin, "this input does not say what one can enter, or says it twice", help);
            None
        }
    }
}

fn choice(sink: &mut Sink, options: &[String], origin: &Origin) -> Option<HookInputKind> {
    let mut literals: Vec<Literal> = Vec::new();
    for (index, option) in options.iter().enumerate() {
        let origin = origin.index(index);
        let literal = Literal::parse(sink.line(&origin, option)).ok();
        if option.trim() != option || literal.as_ref().is_some_and(|literal| literals.contains(literal)) {
            let message = format!("the option `{option}` is there twice, or has a space at an end");
            sink.push(
                Diagnostic::error(Code::INVALID_FORM, &origin, message).help("say each option once, as it is shown"),
            );
        }
        literals.extend(literal);
    }
    if options.is_empty() {
        sink.settings(origin, "there is nothing to choose from", "name the options, the default first");
        return None;
    }
    let mut literals = literals.into_iter();
    Some(HookInputKind::Choice(literals.next()?, literals.collect()))
}

fn text(sink: &mut Sink, pattern: &str, default: &str, origin: &Origin) -> Option<HookInputKind> {
    let pattern = sink.take(Code::INVALID_FORM, &origin.key("pattern"), InputPattern::parse(pattern))?;
    if !pattern.fits(default) {
        let said = if default.is_empty() { "the empty text".to_owned() } else { format!("`{default}`") };
        let message = format!("{said}, which this input is by default, does not fit its pattern");
        let help = format!(
            "take a text all of which fits `{}`, or change that; without `default` it is empty",
            pattern.as_str()
        );
        sink.push(Diagnostic::error(Code::INVALID_FORM, &origin.key("default"), message).help(help));
        return None;
    }
    Some(HookInputKind::Text { pattern, default: Literal::parse(default).ok() })
}
