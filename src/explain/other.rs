//! The lines of everything else: plans as JSON, schemas, settings of bots, tables, and what is copied.

use super::file::{files, text};
use super::{Line, Maker};
use crate::emit::{Artifact, manifest};
use crate::source::Sources;

/// What made each line.
pub(super) fn lines(sources: &Sources, artifact: &Artifact) -> Vec<Line> {
    let (part, module) = kind(&artifact.path);
    let count = text(artifact).lines().count();
    let line = |number: usize| {
        let after = artifact.origins.partition_point(|(start, _)| *start <= number);
        let values =
            after.checked_sub(1).and_then(|place| artifact.origins.get(place)).map(|(_, origin)| origin.clone());
        let copied = copied(&artifact.path);
        let maker = match &copied {
            Some(from) => Maker { kind: "file, copied as it is", file: from.clone(), line: Some(number) },
            None => Maker { kind: "module", file: format!("src/emit/{module}.rs"), line: None },
        };
        let mut part_of = vec![part.to_owned()];
        let made_from: Vec<String> = files(sources, artifact).into_iter().collect();
        if values.is_none() && copied.is_none() && !made_from.is_empty() {
            part_of.push(format!("made from {}", made_from.join(", ")));
        }
        // The language of the spec, and what git is told, ask nothing of the spec.
        let is_constant =
            values.is_none() && copied.is_none() && artifact.files.is_empty() && artifact.path != manifest::PATH;
        Line {
            part_of,
            maker,
            values: values.into_iter().collect(),
            conditions: Vec::new(),
            is_constant,
            asked_by: None,
        }
    };
    (1..=count).map(line).collect()
}

/// What a file is, and the module that writes it.
fn kind(path: &str) -> (&'static str, &'static str) {
    match path {
        manifest::PATH => ("the list of all generated files, with their hashes", "manifest"),
        "generated/PIPELINE.md" => ("the tables of the pipeline", "pipeline_md"),
        "generated/pipeline.svg" => ("the picture of the pipeline", "graph/svg"),
        _ if path.ends_with(".gitattributes") => ("the attributes that keep every byte", "gitattributes"),
        _ if path.starts_with("generated/plan/") => ("the plan of a tool", "plan_json"),
        _ if path.starts_with("generated/schema/") => ("a schema of the language of the spec, for editors", "schemas"),
        _ if path.starts_with("generated/sbom/") => ("what a package is made of", "sbom"),
        _ if copied(path).is_some() => ("a file of the spec that builds read", "carried"),
        _ if path.starts_with(".github/") || path.contains("renovate") => ("the settings of a bot", "bots"),
        _ => ("a generated file", "artifact"),
    }
}

/// The file of the spec that a generated one is a copy of.
fn copied(path: &str) -> Option<String> {
    let below = path.strip_prefix("generated/")?;
    (below.starts_with("files/") || below.starts_with("patches/")).then(|| format!("spec/{below}"))
}
