//! Random valid specs: each compiles, each of its workflows says what the typed one says, and bash reads each of its scripts.
//!
//! The seeds are fixed, so every run sees the same specs. A failure names its seed.

mod component;
mod gate;
mod hook;
mod input;
mod node;
mod smoke;
mod spec;
mod typed;

use std::{collections::BTreeMap, ops::Range};

use ghagen::{
    compile::{Made, compile},
    diagnostic::render_human,
    emit::{Artifact, workflow::to_node},
    yaml::{Kind, Node},
};
use serde_yaml::Value;

use crate::support::{Project, lint_scripts, lint_workflows};

/// How many specs are compiled; `RANDOM_SPECS` sets another number.
const SPECS: u64 = 520;

fn count(usual: u64) -> u64 {
    std::env::var("RANDOM_SPECS").map_or(usual, |count| count.parse().unwrap())
}

/// How many of them the linters see.
const LINTED: u64 = 24;

/// What the spec of a seed is compiled to, or why it is not.
fn made(seed: u64, is_clean: bool) -> Result<Made, String> {
    let files = spec::spec(seed, is_clean);
    let compiled = compile(&files).map_err(|error| format!("seed {seed}: {error}\n{}", shown(&files.texts)))?;
    let report = || format!("seed {seed}:\n{}", render_human(&compiled.sources, &compiled.diagnostics, false));
    compiled.made.ok_or_else(report)
}

/// What all of these seeds are compiled to.
fn all_made(seeds: Range<u64>, is_clean: bool, mut take: impl FnMut(u64, Made)) {
    let mut failures = Vec::new();
    for seed in seeds {
        match made(seed, is_clean) {
            Ok(made) => take(seed, made),
            Err(failure) => failures.push(failure),
        }
    }
    let first = failures.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} specs do not compile\n{first}", failures.len());
}

fn shown(texts: &BTreeMap<String, String>) -> String {
    texts.iter().map(|(path, text)| format!("--- {path}\n{text}")).collect()
}

fn text_of(artifact: &Artifact) -> &str {
    str::from_utf8(&artifact.bytes).unwrap()
}

/// The tree as the reader would see it.
fn value_of(node: &Node) -> Value {
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Bool(value) => (*value).into(),
        Kind::Integer(value) => (*value).into(),
        Kind::Text(text) => text.as_str().into(),
        Kind::Sequence(items) => Value::Sequence(items.iter().map(value_of).collect()),
        Kind::Mapping(entries) => {
            Value::Mapping(entries.iter().map(|(key, value)| (key.as_str().into(), value_of(value))).collect())
        }
    }
}

/// Reads the workflows of a project with another parser and compares them with the typed ones.
fn compare_workflows(seed: u64, made: &Made) {
    for planned in &made.plan.workflows {
        let workflow = &planned.workflow;
        assert_eq!(workflow.problems(), [], "seed {seed}: {}", workflow.path);
        let path = workflow.path.to_string();
        let artifact = made.artifacts.iter().find(|artifact| artifact.path == path).unwrap();
        let value: Value = serde_yaml::from_str(text_of(artifact)).unwrap();
        assert_eq!(value, value_of(&to_node(workflow)), "seed {seed}: {path}");
        // And what matters, without the tree between.
        assert_eq!(value["name"], Value::from(workflow.name.as_str()), "seed {seed}: {path}");
        let jobs = value["jobs"].as_mapping().unwrap();
        assert_eq!(jobs.len(), workflow.jobs.len(), "seed {seed}: {path}");
        for ((id, job), (typed_id, typed)) in jobs.iter().zip(&workflow.jobs) {
            assert_eq!(id.as_str(), Some(typed_id.as_str()));
            let (read, expected) = (typed::comparable(job), typed::job(typed));
            assert_eq!(read, expected, "seed {seed}: {path}, the job {typed_id}");
        }
    }
}

#[test]
fn random_specs_compile_to_what_they_mean() {
    // Most scripts of most specs are the same; bash reads each text once.
    let mut scripts: BTreeMap<Vec<u8>, String> = BTreeMap::new();
    all_made(0..count(SPECS), false, |seed, made| {
        compare_workflows(seed, &made);
        for artifact in made.artifacts.iter().filter(|artifact| artifact.path.ends_with(".sh")) {
            assert!(artifact.executable && !text_of(artifact).contains("${{"), "seed {seed}: {}", artifact.path);
            scripts
                .entry(artifact.bytes.clone())
                .or_insert_with(|| format!("{seed}-{}", artifact.path.replace('/', "-")));
        }
    });
    let project = Project::new();
    for (bytes, name) in &scripts {
        fs_err::write(project.root().join(name), bytes).unwrap();
    }
    // What bash says counts, too: of a here-document without its end it only warns.
    let run = "printf '%s\\0' *.sh | xargs -0 -n1 -P4 bash -n --";
    let output = project.output(project.command("bash").args(["-c", run]));
    assert!(output.is_success() && output.stderr().is_empty(), "{output}");
}

#[test]
fn linters_find_nothing_in_random_projects() {
    // One folder for all, so that each linter starts once.
    let all = Project::new();
    all_made(1_000_000..1_000_000 + count(LINTED), true, |seed, made| {
        for artifact in &made.artifacts {
            let text = text_of(artifact);
            match artifact.path.strip_prefix(".github/workflows/") {
                Some(name) => all.write(&format!(".github/workflows/{seed}-{name}"), text),
                None if artifact.path.ends_with(".sh") => all.write(&format!("{seed}/{}", artifact.path), text),
                None => {}
            }
        }
    });
    lint_workflows(all.root());
    lint_scripts(all.root());
}
