//! Texts that no spec file may hold, wherever they stand: what GitHub would evaluate, and what nobody can see.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Severity, Target};
use crate::source::{FileId, Route};

/// Looks through every key and every text of a document.
pub(super) fn check(file: FileId, value: &Value) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    walk(file, &Route::root(), value, &mut diagnostics);
    diagnostics
}

fn walk(file: FileId, route: &Route, value: &Value, diagnostics: &mut Vec<Diagnostic>) {
    match value {
        Value::String(text) => diagnostics.extend(judge(file, Target::Value(route.clone()), "text", text)),
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                walk(file, &route.index(position), item, diagnostics);
            }
        }
        Value::Object(entries) => {
            for (key, item) in entries {
                let route = route.key(key);
                diagnostics.extend(judge(file, Target::Key(route.clone()), "key", key));
                walk(file, &route, item, diagnostics);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn judge(file: FileId, target: Target, what: &str, text: &str) -> Option<Diagnostic> {
    let at = |message: String| Diagnostic::at(Code::FORBIDDEN_TEXT, Severity::Error, file, target, message);
    if text.contains("${{") {
        return Some(
            at(format!("this {what} holds `${{{{`"))
                .label("GitHub would evaluate this in a workflow")
                .help("take a placeholder such as `{version}`, or a variable of the script's environment"),
        );
    }
    let hidden = text.chars().find(|character| is_hidden(*character))?;
    Some(
        at(format!("this {what} holds the invisible character U+{:04X}", u32::from(hidden)))
            .help("take it out: a reviewer would see something else than what runs"),
    )
}

/// Control characters, line breaks that only some programs know, the mark of a byte order, and what changes the direction of the text
/// around it: what a reviewer sees is not what runs. No workflow may hold any of these.
fn is_hidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
