//! A generated file, or a line of it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::{Format, cause};
use crate::cli::console::{Console, STRONG, styled};
use crate::cli::exit::Failure;
use crate::cli::work;
use crate::compile::Made;
use crate::emit::Artifact;
use crate::explain::{Cause, Given, Line, lines};
use crate::source::{Origin, Sources};

/// Whether what is explained is what is on disk.
fn on_disk(root: &Path, artifact: &Artifact) -> &'static str {
    match fs_err::read(root.join(&artifact.path)) {
        Ok(bytes) if bytes == artifact.bytes => "same",
        Ok(_) => "differs",
        Err(_) => "missing",
    }
}

/// What people have to know of a file that has drifted.
fn drift(console: &mut Console, state: &str) {
    let what = match state {
        "differs" => "the file on disk differs from what is generated, which is explained here",
        "missing" => "there is no such file on disk; what would be generated is explained here",
        _ => return,
    };
    console.note(&format!("note: {what}; `ghagen check` says why"));
}

/// One line.
pub(super) fn line(
    console: &mut Console,
    root: &Path,
    sources: &Sources,
    made: &Made,
    artifact: &Artifact,
    number: usize,
    format: Format,
) -> Result<(), Failure> {
    let all = lines(sources, &made.model, &made.plan, artifact)?;
    let text = String::from_utf8_lossy(&artifact.bytes);
    let (Some(line), Some(text)) = (all.get(number - 1), text.lines().nth(number - 1)) else { return Ok(()) };
    let state = on_disk(root, artifact);
    let causes = |origins: &[Origin]| origins.iter().map(|origin| Cause::of(sources, origin)).collect::<Vec<_>>();
    let asked_by: Vec<Origin> = line.asked_by.iter().cloned().collect();
    let groups = [
        ("values", "made from", causes(&line.values)),
        ("conditions", "depends on", causes(&line.conditions)),
        ("asked_by", "there because of", causes(&asked_by)),
    ];
    if format == Format::Json {
        let mut value = json!({
            "schema_version": 1,
            "path": artifact.path,
            "line": number,
            "text": text,
            "on_disk": state,
            "part_of": line.part_of,
            "made_by": maker(line),
            "constant": line.is_constant,
        });
        for (key, _, causes) in groups {
            value[key] = causes.iter().map(cause::as_json).collect();
        }
        console.print(&format!("{value:#}"));
        return Ok(());
    }
    let mut parts = vec![format!("{}\n  {text}", styled(STRONG, &format!("{}:{number}", artifact.path)))];
    parts.push(format!("{}\n  {}", styled(STRONG, "part of"), line.part_of.join(", ")));
    for (_, words, causes) in groups.iter().filter(|(.., causes)| !causes.is_empty()) {
        let causes: Vec<String> = causes.iter().map(cause::told).collect();
        parts.push(format!("{}\n{}", styled(STRONG, words), causes.join("\n")));
    }
    let constant = if line.is_constant { ", the same in every project that has it" } else { "" };
    parts.push(format!("{}\n  {}{constant}", styled(STRONG, "written by"), place(line)));
    console.print(&parts.join("\n\n"));
    drift(console, state);
    Ok(())
}

/// A whole file: how many of its lines come from where.
pub(super) fn file(
    console: &mut Console,
    root: &Path,
    sources: &Sources,
    made: &Made,
    artifact: &Artifact,
    format: Format,
) -> Result<(), Failure> {
    let all = lines(sources, &made.model, &made.plan, artifact)?;
    let mut values: BTreeMap<&Origin, usize> = BTreeMap::new();
    let mut makers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in &all {
        line.values.iter().for_each(|origin| *values.entry(origin).or_default() += 1);
        *makers.entry((line.maker.kind, line.maker.file.as_str())).or_default() += 1;
    }
    let constant = all.iter().filter(|line| line.is_constant).count();
    let files: Vec<&str> = artifact.files.iter().map(|file| sources.path(*file)).collect();
    let values: Vec<(Cause, usize)> = values.into_iter().map(|(it, count)| (Cause::of(sources, it), count)).collect();
    let state = on_disk(root, artifact);
    if format == Format::Json {
        let counted = |(it, count): &(Cause, usize)| json!({"lines": count, "value": cause::as_json(it)});
        let value = json!({
            "schema_version": 1,
            "path": artifact.path,
            "lines": all.len(),
            "constant": constant,
            "on_disk": state,
            "files": files,
            "made_by": makers.iter().map(|((kind, file), count)| json!({"kind": kind, "file": file, "lines": count})).collect::<Vec<Value>>(),
            "values": values.iter().map(counted).collect::<Vec<Value>>(),
        });
        console.print(&format!("{value:#}"));
        return Ok(());
    }
    let of = |count: usize| work::number(count, "line");
    let mut parts = vec![styled(STRONG, &format!("{}: {}", artifact.path, of(all.len())))];
    let makers: Vec<String> =
        makers.iter().map(|((kind, file), count)| format!("  {}: {kind} {file}", of(*count))).collect();
    parts.push(format!("{}\n{}", styled(STRONG, "written by"), makers.join("\n")));
    if !files.is_empty() {
        parts.push(format!("{}\n  {}", styled(STRONG, "made from"), files.join(", ")));
    }
    let mut told = vec![format!("  {}: the same in every project that has them", of(constant))];
    told.extend(values.iter().map(|(cause, count)| {
        let Cause { file, line, column, route, given, .. } = cause;
        match given {
            Given::Here => format!("  {}: `{route}` ({file}:{line}:{column})", of(*count)),
            Given::Default(value) => format!("  {}: default of `{route}` in {file}: {value}", of(*count)),
            Given::Absent(_) => format!("  {}: `{route}`, which {file} does not give", of(*count)),
        }
    }));
    parts.push(format!("{}\n{}", styled(STRONG, "its lines come from"), told.join("\n")));
    console.print(&parts.join("\n\n"));
    drift(console, state);
    Ok(())
}

fn place(line: &Line) -> String {
    let maker = &line.maker;
    let number = maker.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{} {}{number}", maker.kind, maker.file)
}

fn maker(line: &Line) -> Value {
    json!({"kind": line.maker.kind, "file": line.maker.file, "line": line.maker.line})
}
