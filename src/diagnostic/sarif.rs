//! Diagnostics as SARIF 2.1.0, which code scanning services take. Holds only the part of the format that is used.

use serde::Serialize;

use super::fix::Patch;
use super::json::pretty;
use super::place::{Place, Region};
use super::{CODES, Diagnostic, Explanation, Label, Severity};
use crate::source::Sources;

#[derive(Serialize)]
struct Log<'s> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'s>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'s> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding<'s>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    full_description: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'s> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location<'s>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'s>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'s> {
    description: Words<'s>,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: ArtifactLocation,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Lines,
    inserted_content: Text,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'s> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Words<'s>>,
}

#[derive(Serialize)]
struct Words<'s> {
    text: &'s str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Lines>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// Counted from 1, columns in characters, the end column behind the last one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Lines {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Renders diagnostics as one log with one run, in the order given.
///
/// The rules of the log are the codes that occur, in their own order.
pub fn render_sarif(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let occurs = |explanation: &&Explanation| diagnostics.iter().any(|diagnostic| diagnostic.code == explanation.code);
    let rules: Vec<&Explanation> = CODES.iter().filter(occurs).collect();
    let results = diagnostics.iter().map(|diagnostic| finding(sources, diagnostic, &rules)).collect();
    let driver = Driver {
        name: "ghagen",
        version: env!("CARGO_PKG_VERSION"),
        rules: rules.iter().map(|explanation| rule(explanation)).collect(),
    };
    pretty(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    })
}

fn rule(explanation: &Explanation) -> Rule {
    Rule {
        id: explanation.code.as_str(),
        short_description: Text { text: explanation.title.to_owned() },
        full_description: Text { text: explanation.text.to_owned() },
    }
}

fn finding<'s>(sources: &Sources, diagnostic: &'s Diagnostic, rules: &[&Explanation]) -> Finding<'s> {
    let mut message = vec![diagnostic.message.clone()];
    message.extend(diagnostic.advice().map(|help| format!("help: {help}")));
    Finding {
        rule_id: diagnostic.code.as_str(),
        rule_index: rules.iter().position(|explanation| explanation.code == diagnostic.code),
        level: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: Text { text: message.join("\n") },
        locations: [location(sources, &diagnostic.primary)],
        related_locations: diagnostic.related.iter().map(|label| location(sources, label)).collect(),
        fixes: fix(sources, diagnostic).into_iter().collect(),
    }
}

fn fix<'s>(sources: &Sources, diagnostic: &'s Diagnostic) -> Option<Fix<'s>> {
    let Patch { path, region, replacement } = diagnostic.patch(sources)?;
    let text = diagnostic.fix.as_ref().map_or("", |fix| fix.text.as_str());
    let replacement = Replacement { deleted_region: lines(region), inserted_content: Text { text: replacement } };
    let change = Change { artifact_location: ArtifactLocation { uri: uri(path) }, replacements: [replacement] };
    Some(Fix { description: Words { text }, artifact_changes: [change] })
}

fn location<'s>(sources: &Sources, label: &'s Label) -> Location<'s> {
    let place = Place::of(label, sources);
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(place.path) },
            region: place.region.map(lines),
        },
        message: Some(Words { text: &label.text }).filter(|words| !words.text.is_empty()),
    }
}

fn lines(Region { start, end, .. }: Region) -> Lines {
    Lines { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

/// A path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    path.bytes().map(|byte| if is_kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Target};
    use crate::source::Origin;
    use crate::yaml::read;

    #[test]
    fn a_log_of_one_run() {
        let mut sources = Sources::default();
        let text = "lines:\n  - 6\n";
        let file = sources.add("spec/a b\u{e9}.yaml", text);
        sources.set_spans(file, read(file, text).unwrap().spans);
        let lines = Origin::file(file).key("lines");
        let diagnostics = [
            Diagnostic::at(Code::MISSING_KEY, Severity::Warning, file, Target::File, "a file"),
            Diagnostic::error(Code::WRONG_TYPE, &lines.index(0), "expected a string")
                .label("a number")
                .related(&lines, "in these lines")
                .fix("quote it", "6", "6"),
        ];
        let title = |code: Code| CODES.iter().find(|explanation| explanation.code == code).unwrap();
        let (wrong, missing) = (title(Code::WRONG_TYPE), title(Code::MISSING_KEY));
        let region = |line, start, end| serde_json::json!({"startLine": line, "startColumn": start, "endLine": line, "endColumn": end});
        let place = serde_json::json!({"uri": "spec/a%20b%C3%A9.yaml"});
        let expected = serde_json::json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "ghagen",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": [
                        {"id": "G0105", "shortDescription": {"text": wrong.title}, "fullDescription": {"text": wrong.text}},
                        {"id": "G0106", "shortDescription": {"text": missing.title}, "fullDescription": {"text": missing.text}},
                    ],
                }},
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": "G0106",
                        "ruleIndex": 1,
                        "level": "warning",
                        "message": {"text": "a file"},
                        "locations": [{"physicalLocation": {"artifactLocation": place}}],
                    },
                    {
                        "ruleId": "G0105",
                        "ruleIndex": 0,
                        "level": "error",
                        "message": {"text": "expected a string\nhelp: quote it"},
                        "locations": [{
                            "physicalLocation": {"artifactLocation": place, "region": region(2, 5, 6)},
                            "message": {"text": "a number"},
                        }],
                        "relatedLocations": [{
                            "physicalLocation": {"artifactLocation": place, "region": region(1, 1, 6)},
                            "message": {"text": "in these lines"},
                        }],
                        "fixes": [{
                            "description": {"text": "quote it"},
                            "artifactChanges": [{
                                "artifactLocation": place,
                                "replacements": [{"deletedRegion": region(2, 5, 6), "insertedContent": {"text": "'6'"}}],
                            }],
                        }],
                    },
                ],
            }],
        });
        assert_eq!(render_sarif(&sources, &diagnostics), serde_json::to_string_pretty(&expected).unwrap() + "\n");
    }

    #[test]
    fn nothing_found_is_a_run_without_results() {
        let log: serde_json::Value = serde_json::from_str(&render_sarif(&Sources::default(), &[])).unwrap();
        assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"], serde_json::json!([]));
    }
}
