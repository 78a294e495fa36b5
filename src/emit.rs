//! From the plan to bytes in memory. Makes no decisions: same plan, same bytes.
//!
//! YAML is written from typed trees by [`crate::yaml`], scripts from templates by `script`; nothing else knows either.

mod artifact;
mod bots;
mod carried;
mod error;
mod gitattributes;
pub mod graph;
pub mod hash;
pub mod header;
mod json;
pub mod manifest;
pub mod markdown;
mod pipeline_md;
mod plan_json;
mod sbom;
mod schemas;
pub mod script;
pub mod workflow;

pub use artifact::Artifact;
pub use error::EmitError;
pub use plan_json::{cell_json, unit_json};

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::gha::Workflow;
use crate::model::Model;
use crate::plan::{Plan, PlannedWorkflow};
use crate::source::{FileId, Sources};
use manifest::{Manifest, Record};

/// Everything that bytes are made from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The paths of the spec files.
    pub sources: &'a Sources,
    /// What each spec file says, without comments, as a text: what the manifest holds the hash of.
    pub meanings: &'a BTreeMap<FileId, String>,
    /// The model.
    pub model: &'a Model,
    /// The plan.
    pub plan: &'a Plan,
    /// The JSON Schema of each kind of spec file, by the kind's name.
    pub schemas: &'a [(&'static str, Value)],
    /// The version of this program, for the manifest.
    pub version: &'a str,
}

/// A file and what the manifest says of it.
struct Made {
    artifact: Artifact,
    record: Record,
}

/// Makes every file that is committed, sorted by path; the manifest is one of them.
pub fn emit(request: &Request<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut made = Vec::new();
    let mut records = Records { request, inputs: BTreeMap::new() };
    for planned in &request.plan.workflows {
        made.push(records.made(workflow_file(request, planned)?));
    }
    for script in &request.plan.scripts {
        let header = request.header(&script.files);
        made.push(records.made(script::emit(request.model, request.plan, script, &header)?));
    }
    made.extend(plan_json::emit(request).into_iter().map(|artifact| records.made(artifact)));
    made.extend(sbom::emit(request).into_iter().map(|artifact| records.made(artifact)));
    made.extend(schemas::emit(request).into_iter().map(|artifact| records.made(artifact)));
    made.push(records.made(pipeline(request)));
    made.push(records.made(picture(request)));
    made.extend(bots::emit(request).into_iter().map(|artifact| records.made(artifact)));
    made.extend(carried::emit(request));
    let attributes = gitattributes::emit(request);
    made.extend(attributes.into_iter().map(|artifact| records.made(artifact)));
    let mut artifacts = BTreeMap::new();
    let mut records = BTreeMap::new();
    for Made { artifact, record } in made {
        let path = artifact.path.clone();
        records.insert(path.clone(), record);
        if artifacts.insert(path.clone(), artifact).is_some() {
            return Err(EmitError::Twice(path));
        }
    }
    let templates = hash::of_texts(script::templates());
    let manifest = Manifest { version: request.version.to_owned(), templates, files: records };
    artifacts.insert(manifest::PATH.to_owned(), manifest.artifact());
    Ok(artifacts.into_values().collect())
}

impl Request<'_> {
    /// The header of a file that is made from these spec files.
    fn header(&self, files: &BTreeSet<FileId>) -> Vec<String> {
        header::lines(files.iter().map(|file| self.sources.path(*file)))
    }
}

/// Makes the lines of the manifest.
struct Records<'a> {
    request: &'a Request<'a>,
    /// The hash of what some files say. The artifacts of a tool share it, and the lock, which nearly all hashes go over, grows
    /// with the number of tools.
    inputs: BTreeMap<BTreeSet<FileId>, String>,
}

impl Records<'_> {
    fn made(&mut self, artifact: Artifact) -> Made {
        let request = self.request;
        let inputs = self.inputs.get(&artifact.files).cloned().unwrap_or_else(|| {
            let meaning = |file: &FileId| request.meanings.get(file).map_or("null", String::as_str);
            let texts = artifact.files.iter().map(|file| (request.sources.path(*file), meaning(file)));
            let inputs = hash::of_texts(texts);
            self.inputs.insert(artifact.files.clone(), inputs.clone());
            inputs
        });
        let sources: BTreeSet<&str> = artifact.files.iter().map(|file| request.sources.path(*file)).collect();
        let record = Record {
            sha256: hash::of_bytes(&artifact.bytes),
            inputs,
            executable: artifact.executable,
            sources: sources.into_iter().map(ToOwned::to_owned).collect(),
        };
        Made { artifact, record }
    }
}

/// The workflow with its whole header.
pub fn with_header(sources: &Sources, planned: &PlannedWorkflow) -> Workflow {
    let mut header = header::lines(planned.files.iter().map(|file| sources.path(*file)));
    if !planned.workflow.header.is_empty() {
        header.push(String::new());
        header.extend_from_slice(planned.workflow.header.lines());
    }
    planned.workflow.clone().header(header.join("\n"))
}

fn workflow_file(request: &Request<'_>, planned: &PlannedWorkflow) -> Result<Artifact, EmitError> {
    let workflow = with_header(request.sources, planned);
    let written = workflow::emit(&workflow)?;
    Ok(Artifact {
        path: workflow.path.to_string(),
        bytes: written.text.into_bytes(),
        executable: false,
        files: planned.files.clone(),
        origins: written.origins,
    })
}

/// The picture of the pipeline, which a README can show.
fn picture(request: &Request<'_>) -> Artifact {
    let files: BTreeSet<FileId> = request.meanings.keys().copied().collect();
    // Two hyphens end nothing but are forbidden in a comment; a name of a file may hold them.
    let header = request.header(&files).join("\n     ").replace("--", "- -");
    let svg = graph::svg(&graph::Graph::new(request.model, request.plan, None));
    Artifact {
        path: "generated/pipeline.svg".to_owned(),
        bytes: format!("<!-- {header} -->\n{svg}").into_bytes(),
        executable: false,
        files,
        origins: Vec::new(),
    }
}

fn pipeline(request: &Request<'_>) -> Artifact {
    let files: BTreeSet<FileId> = request.meanings.keys().copied().collect();
    let header = request.header(&files).join("\n     ");
    let text = format!("<!-- {header} -->\n\n{}", pipeline_md::text(request.model, request.plan));
    Artifact {
        path: "generated/PIPELINE.md".to_owned(),
        bytes: text.into_bytes(),
        executable: false,
        files,
        origins: Vec::new(),
    }
}
