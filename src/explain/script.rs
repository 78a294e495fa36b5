//! The lines of a script.

use super::file::text;
use super::{ExplainError, Line, Maker};
use crate::emit::{Artifact, header, script};
use crate::model::Model;
use crate::plan::{Plan, Script, ScriptKind};
use crate::source::{Origin, Sources};

/// The templates, in the source of ghagen.
const TEMPLATES: &str = "src/emit/script/templates";

/// What made each line.
pub(super) fn lines(
    sources: &Sources,
    model: &Model,
    plan: &Plan,
    script: &Script,
    artifact: &Artifact,
) -> Result<Vec<Line>, ExplainError> {
    let header = header::lines(script.files.iter().map(|file| sources.path(*file)));
    let explained = script::explain(model, plan, script, &header)?;
    let text = text(artifact);
    let functions = functions(&text);
    let whole = whole(&script.kind);
    let line = |(index, made): (usize, script::ScriptLine)| {
        let mut part_of = vec![whole.clone()];
        part_of.extend(functions.get(index).cloned().flatten().map(|name| format!("its function `{name}`")));
        let maker = Maker { kind: "template", file: format!("{TEMPLATES}/{}", made.template), line: Some(made.line) };
        let mut values = made.values;
        // What stands in the header are the names of these files.
        let shown = text.lines().nth(index).unwrap_or_default().trim_start_matches(['#', ' ']);
        if index <= header.len() && header.iter().any(|line| !line.is_empty() && line == shown) {
            part_of.push("its header, which names the files of the spec".to_owned());
            values.extend(script.files.iter().map(|file| Origin::file(*file)));
        }
        let is_constant = values.is_empty() && made.conditions.is_empty();
        let asked_by = values.is_empty().then(|| script.origin.clone());
        Line { part_of, maker, values, conditions: made.conditions, is_constant, asked_by }
    };
    Ok(explained.into_iter().enumerate().map(line).collect())
}

fn whole(kind: &ScriptKind) -> String {
    match kind {
        ScriptKind::Component(name) => format!("the recipe of the component {name}"),
        ScriptKind::Tool(name) => format!("the lines and units of the tool {name}"),
        ScriptKind::Packages(name) => format!("the contents of the packages of {name}"),
        ScriptKind::Smoke(name) => format!("the run of the checks of {name}"),
        ScriptKind::Check(name, position) => format!("check {} of {name}", position + 1),
        ScriptKind::Inputs(name) => format!("the check of what is entered for the hooks of {name}"),
        ScriptKind::Install(name) => format!("the installer of {name}"),
        ScriptKind::SmokeCommand(_) => "a command that checks share".to_owned(),
        ScriptKind::Containerfile => "the image with the build environment".to_owned(),
        _ => "a script that all tools share".to_owned(),
    }
}

/// The function of bash that each line is in. As they are written here: from `name() {` to `}`, at the start of a line.
fn functions(text: &str) -> Vec<Option<String>> {
    let mut here = None;
    let mut all = Vec::new();
    for line in text.lines() {
        let name = line.split_once("() {").map(|(name, _)| name);
        let is_name =
            |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if let Some(name) = name.filter(is_name) {
            here = Some(name.to_owned());
        }
        all.push(here.clone());
        if line == "}" || (here.is_some() && line.contains("() {") && line.ends_with('}')) {
            here = None;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_function() {
        let found = functions("a\none() {\n  b\n}\ntwo() { c; }\nd\n");
        let names: Vec<&str> = found.iter().map(|name| name.as_deref().unwrap_or("-")).collect();
        assert_eq!(names, ["-", "one", "one", "one", "two", "-"]);
    }
}
