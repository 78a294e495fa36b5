//! The values of `inputs/<tool>.sh`: what can be entered for the hooks of a tool.

use minijinja::{Value, context};

use super::marks::Marks;
use super::word::assigned;
use crate::gha::Literal;
use crate::model::{HookInputKind, InputPattern, Model, ToolName};

/// The values of the script of a tool's inputs.
pub(super) fn values(model: &Model, name: &ToolName, marks: &mut Marks) -> Result<Value, String> {
    let tool = model.tools.get(name).ok_or_else(|| format!("the tool {name}"))?;
    let (mut calls, mut variables) = (Vec::new(), Vec::new());
    let (mut has_texts, mut has_options) = (false, false);
    marks.name("tool", || tool.origin.key("tool"));
    for input in model.inputs_of(Some(tool)) {
        for name in ["variables", "has_texts", "has_options", "most", "calls"] {
            marks.name(name, || input.origin.clone());
        }
        let (function, values): (&str, Vec<&str>) = match &input.kind {
            HookInputKind::Choice(first, others) => {
                ("one_of", std::iter::once(first).chain(others).map(Literal::as_str).collect())
            }
            HookInputKind::Boolean(true) => ("one_of", vec!["true", "false"]),
            HookInputKind::Boolean(false) => ("one_of", vec!["false", "true"]),
            HookInputKind::Text { pattern, default } => {
                ("text", vec![default.as_ref().map_or("", Literal::as_str), pattern.as_str()])
            }
        };
        has_texts |= function == "text";
        has_options |= function == "one_of";
        let values: Vec<String> = values.into_iter().map(assigned).collect();
        let call = format!("{function} {} {}", input.name, values.join(" "));
        calls.push(context! { mark => marks.mark(&input.origin), call => marks.value(call, [&input.origin]) });
        variables.push(input.variable.as_str());
    }
    Ok(context! {
        tool => name.as_str(),
        variables => variables.join(" "),
        has_texts => has_texts,
        has_options => has_options,
        most => InputPattern::MOST,
        calls => calls,
    })
}
