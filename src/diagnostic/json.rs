//! Diagnostics as JSON, for programs. While `schema_version` stays 1, fields are added and never changed.

use serde::Serialize;

use super::fix::Patch;
use super::place::{self, Place};
use super::{Diagnostic, Label, Severity};
use crate::source::Sources;

#[derive(Serialize)]
struct Report<'s> {
    schema_version: u32,
    diagnostics: Vec<Entry<'s>>,
}

#[derive(Serialize)]
struct Entry<'s> {
    code: &'static str,
    severity: &'static str,
    message: &'s str,
    #[serde(flatten)]
    primary: At<'s>,
    related: Vec<At<'s>>,
    help: Vec<&'s str>,
    fix: Option<Fix<'s>>,
}

/// What to write instead; `help` says it in words, as its first line.
#[derive(Serialize)]
struct Fix<'s> {
    edits: [Edit<'s>; 1],
}

/// The text from one place up to another, and what comes for it.
#[derive(Serialize)]
struct Edit<'s> {
    file: &'s str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    replacement: String,
}

/// A place. What is not known is null: a file as a whole has no line, and an error of syntax no route.
#[derive(Serialize)]
struct At<'s> {
    file: &'s str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    route: Option<String>,
    label: Option<&'s str>,
}

/// Renders diagnostics as one object, in the order given.
///
/// Lines and columns count from 1, columns in characters. `end_column` is the one behind the last character.
pub fn render_json(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let entries = diagnostics.iter().map(|diagnostic| Entry {
        code: diagnostic.code.as_str(),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &diagnostic.message,
        primary: at(sources, &diagnostic.primary),
        related: diagnostic.related.iter().map(|label| at(sources, label)).collect(),
        help: diagnostic.advice().collect(),
        fix: diagnostic.patch(sources).map(|patch| Fix { edits: [edit(patch)] }),
    });
    pretty(&Report { schema_version: 1, diagnostics: entries.collect() })
}

fn at<'s>(sources: &'s Sources, label: &'s Label) -> At<'s> {
    let Place { path, region, .. } = Place::of(label, sources);
    At {
        file: path,
        line: region.map(|region| region.start.line),
        column: region.map(|region| region.start.column),
        end_line: region.map(|region| region.end.line),
        end_column: region.map(|region| region.end.column),
        route: place::route(label).map(ToString::to_string),
        label: Some(label.text.as_str()).filter(|text| !text.is_empty()),
    }
}

fn edit(Patch { path, region, replacement }: Patch<'_>) -> Edit<'_> {
    Edit {
        file: path,
        line: region.start.line,
        column: region.start.column,
        end_line: region.end.line,
        end_column: region.end.column,
        replacement,
    }
}

/// Indented JSON that ends with a newline.
pub(super) fn pretty(report: &impl Serialize) -> String {
    // Structs of strings and numbers cannot fail to serialize.
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Target};
    use crate::source::Origin;
    use crate::yaml::read;

    #[test]
    fn every_field_is_there() {
        let mut sources = Sources::default();
        let text = "lines:\n  - \u{e9}: 6 # x\n";
        let file = sources.add("spec/tools/podman.yaml", text);
        sources.set_spans(file, read(file, text).unwrap().spans);
        let value = Origin::file(file).key("lines").index(0).key("\u{e9}");
        let diagnostics = [
            Diagnostic::error(Code::WRONG_TYPE, &value, "expected a \"string\"")
                .label("a number")
                .related(&Origin::file(file).key("lines"), "in these lines")
                .fix("quote it", "6", "6")
                .help("or leave it out"),
            Diagnostic::at(Code::MISSING_KEY, Severity::Warning, file, Target::File, "a file"),
        ];
        let expected = r#"{
  "schema_version": 1,
  "diagnostics": [
    {
      "code": "G0105",
      "severity": "error",
      "message": "expected a \"string\"",
      "file": "spec/tools/podman.yaml",
      "line": 2,
      "column": 8,
      "end_line": 2,
      "end_column": 9,
      "route": "lines[0].~",
      "label": "a number",
      "related": [
        {
          "file": "spec/tools/podman.yaml",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 6,
          "route": "lines",
          "label": "in these lines"
        }
      ],
      "help": [
        "quote it",
        "or leave it out"
      ],
      "fix": {
        "edits": [
          {
            "file": "spec/tools/podman.yaml",
            "line": 2,
            "column": 8,
            "end_line": 2,
            "end_column": 9,
            "replacement": "'6'"
          }
        ]
      }
    },
    {
      "code": "G0106",
      "severity": "warning",
      "message": "a file",
      "file": "spec/tools/podman.yaml",
      "line": null,
      "column": null,
      "end_line": null,
      "end_column": null,
      "route": null,
      "label": null,
      "related": [],
      "help": [],
      "fix": null
    }
  ]
}
"#;
        assert_eq!(render_json(&sources, &diagnostics), expected.replace('~', "\u{e9}"));
    }

    #[test]
    fn nothing_is_an_empty_list() {
        let expected = "{\n  \"schema_version\": 1,\n  \"diagnostics\": []\n}\n";
        assert_eq!(render_json(&Sources::default(), &[]), expected);
    }
}
