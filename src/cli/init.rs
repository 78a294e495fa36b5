//! `ghagen init`: a new project that compiles at once. Writes new files alone.

mod told;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use fs_err as fs;

use super::console::Console;
use super::exit::{Exit, Failure};
use super::work;
use crate::check::{self, Drift, Remedy, Report, Verdict};
use crate::compile::{Compilation, Made, compile};
use crate::init::{self, System, Tool};
use crate::lock;
use crate::model::{GitUrl, ToolName};
use crate::output::{self, Claim, OutputError};
use crate::project;
use crate::source::Sources;
use crate::spec::{self, Files};

/// What is to be run once the cause of a failure is mended.
const AGAIN: &str = "ghagen init";

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The folder of the project; made where there is none
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The tool that it is to release, which is also the name of its program; without it, an example that works
    #[arg(long, value_name = "NAME", requires_all = ["source", "system"], value_parser = tool)]
    tool: Option<ToolName>,
    /// Its git repository, as an address with https://
    #[arg(long, value_name = "URL", requires_all = ["tool", "system"], value_parser = source)]
    source: Option<GitUrl>,
    /// What builds it
    #[arg(long, requires_all = ["tool", "source"], value_parser = system())]
    system: Option<System>,
}

fn tool(text: &str) -> Result<ToolName, String> {
    ToolName::parse(text).map_err(|error| error.to_string())
}

fn source(text: &str) -> Result<GitUrl, String> {
    GitUrl::parse(text).map_err(|error| error.to_string())
}

fn system() -> impl TypedValueParser<Value = System> {
    let names = PossibleValuesParser::new(System::ALL.map(System::as_str));
    names.try_map(|name| System::parse(&name).ok_or("no such build system"))
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    if root.is_some() {
        let message = "`--root` names a project that is there; `ghagen init DIR` makes one in DIR";
        return Err(Failure::Usage(message.to_owned()));
    }
    let folder = options.folder.as_path();
    let tool = wanted(options)?;
    if !is_folder(folder)? {
        // What cannot be a project anywhere is not worth a folder.
        if let Err(compilation) = compiled(&Files::default(), &tool)? {
            return Ok(invalid(console, &Files::default(), &compilation));
        }
        fs::create_dir_all(folder)?;
    }
    let claim = Claim::take(folder).map_err(Failure::writing(AGAIN))?;
    let there = project::read_files(folder)?;
    let (files, made) = match compiled(&there, &tool)? {
        Ok(made) => made,
        Err(compilation) => return Ok(invalid(console, &there, &compilation)),
    };
    let ours = ours(&files, &tool);
    let report = check::check(&made.artifacts, &output::read_tree(folder)?);
    refuse(folder, &there, &ours, &report)?;
    let mut new: Vec<(&str, &str)> = ours.into_iter().filter(|(path, _)| !there.texts.contains_key(*path)).collect();
    if new.is_empty() && report.drifts.is_empty() {
        console.tell("nothing to do: this project is there already, just as `ghagen init` makes it");
        return Ok(Exit::Done);
    }
    // With `spec/ghagen.yaml` it is a project, so that comes when the rest of the spec is there.
    new.sort_by_key(|(path, _)| *path == init::PATH);
    claim.write_new(&new).map_err(Failure::writing(AGAIN))?;
    claim.write(&made.artifacts, &report).map_err(Failure::writing(AGAIN))?;
    let verdict = check::check(&made.artifacts, &output::read_tree(folder)?).verdict();
    if verdict != Verdict::Clean {
        console.error("something else wrote into this folder meanwhile: `ghagen check` shows what differs");
        return Ok(Exit::from(verdict));
    }
    let used = lock::used(&made.model, &made.plan);
    console.tell(&told::summary(folder, &tool, &new, report.drifts.len(), &used));
    Ok(Exit::Done)
}

fn invalid(console: &mut Console, there: &Files, compilation: &Compilation) -> Exit {
    work::show(console, &compilation.sources, &compilation.diagnostics);
    console.error(if *there == Files::default() {
        "nothing was written: a project of this name is not valid"
    } else {
        "nothing was written: with what is in spec/ already, the project would not be valid. If a `ghagen init` that was \
         interrupted left it there, run that one again, word for word"
    });
    Exit::Invalid
}

fn is_folder(folder: &Path) -> Result<bool, Failure> {
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => Err(Failure::Usage(format!("`{}` is no folder", folder.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn wanted(options: &Options) -> Result<Tool, Failure> {
    let named = options.tool.clone().zip(options.source.clone()).zip(options.system);
    let named = named.map(|((name, source), system)| Tool { name, source, system });
    named.or_else(Tool::example).ok_or_else(|| Failure::Usage("there is no example".to_owned()))
}

/// The new spec among what is there, and what it compiles to; its lock holds what is used and nothing else.
fn compiled(there: &Files, tool: &Tool) -> Result<Result<(Files, Made), Compilation>, Failure> {
    let mut files = there.clone();
    files.texts.extend(init::texts(tool));
    let (spec, _) = spec::read(&mut Sources::default(), &files);
    let mut locked = spec.map(|spec| spec.lock.value).unwrap_or_default();
    init::complete(&mut locked, tool);
    files.texts.insert(lock::PATH.to_owned(), lock::write(&locked));
    let compilation = compile(&files)?;
    let Some(made) = &compilation.made else { return Ok(Err(compilation)) };
    lock::prune(&mut locked, &lock::used(&made.model, &made.plan));
    files.texts.insert(lock::PATH.to_owned(), lock::write(&locked));
    let mut compilation = compile(&files)?;
    Ok(match compilation.made.take() {
        Some(made) => Ok((files, made)),
        None => Err(compilation),
    })
}

/// The files of the spec that are ours to write.
fn ours<'a>(files: &'a Files, tool: &Tool) -> BTreeMap<&'a str, &'a str> {
    let paths = init::texts(tool);
    let texts = files.texts.iter().filter(|(path, _)| paths.contains_key(*path));
    texts.map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// Nothing is written where anything would be written over. What a run that was interrupted left behind is as it would be written
/// now, and is in nobody's way.
fn refuse(folder: &Path, there: &Files, ours: &BTreeMap<&str, &str>, report: &Report) -> Result<(), Failure> {
    let is_other = |path: &str| ours.get(path).is_some_and(|text| there.texts.get(path).is_some_and(|it| it != text));
    let is_project = there.texts.contains_key(init::PATH);
    if is_project && ours.keys().any(|path| is_other(path)) {
        let path = folder.join(init::PATH);
        return Err(Failure::Usage(format!(
            "`{}` is there: this is a project already, and nothing was written. Edit its spec, then run `ghagen generate`",
            path.display()
        )));
    }
    let other =
        "a file with another text; if a `ghagen init` that was interrupted left it, run that one again, word for word";
    let spec = ours.keys().filter(|path| is_other(path)).map(|path| ((*path).to_owned(), other.to_owned()));
    let in_the_way = |drift: &&Drift| drift.remedy != Remedy::Create;
    let made = report.drifts.iter().filter(in_the_way).map(|drift| {
        let what = drift.obstacle.clone().unwrap_or_else(|| "a file that was generated from another spec".to_owned());
        (drift.path.clone(), what)
    });
    let obstacles: Vec<_> = spec.chain(made).collect();
    if obstacles.is_empty() { Ok(()) } else { Err(Failure::writing(AGAIN)(OutputError::Refused(obstacles))) }
}
