//! `ghagen adopt`: moves pins that a bot bumped in generated files into the lock, then generates.

use std::path::Path;

use super::console::{Console, GREEN, RED, STRONG, styled};
use super::exit::{Exit, Failure};
use super::work;
use crate::check::{self, Cause, Entry, Report, Tree, Verdict};
use crate::compile::{Compilation, Made, compile};
use crate::lock::{self, Bumps, Fixed, Kind, Moved};
use crate::output::{self, Claim};
use crate::project;
use crate::source::Sources;
use crate::spec::{self, Files, LockFile};

/// What to run after a failure.
const AGAIN: &str = "ghagen adopt";

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Write nothing; print what would be taken
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let root = work::root(root)?;
    let claim = if options.dry_run { None } else { Some(Claim::take(&root).map_err(Failure::writing(AGAIN))?) };
    let mut files = project::read_files(&root)?;
    let made = match work::made(console, compile(&files)?) {
        Ok(made) => made,
        Err(exit) => return Ok(exit),
    };
    let tree = output::read_tree(&root)?;
    let report = check::check(&made.artifacts, &tree);
    let bumps = check::bumps(&made.artifacts, &tree);
    match report.verdict() {
        Verdict::Clean => {
            console.tell("nothing to adopt: every pin is as spec/ghagen.lock says");
            return Ok(Exit::Done);
        }
        Verdict::OnlyPins => {}
        Verdict::OtherVersion | Verdict::Drift => {
            console.print(&refusal(&report, &bumps));
            return Ok(Exit::from(report.verdict()));
        }
    }
    let (made, gone) = match taken(&mut files, &bumps)? {
        Ok(taken) => taken,
        Err(compilation) => {
            work::show(console, &compilation.sources, &compilation.diagnostics);
            console.error("nothing was written: with these pins the lock would not be valid");
            return Ok(Exit::Invalid);
        }
    };
    if let Some(path) = bumps.files.iter().find(|path| !is_as_bumped(&made, &tree, path)) {
        console.error(&format!("nothing was written: generated anew, {path} would not be what the bot made of it"));
        return Ok(Exit::Drift);
    }
    if let Some(claim) = claim {
        let text = files.texts.get(lock::PATH).map(String::as_str).unwrap_or_default();
        // The lock first: with it `ghagen generate` can make the rest, without it the bump would be undone.
        claim.write_lock(text).map_err(Failure::writing(AGAIN))?;
        let report = check::check(&made.artifacts, &tree);
        claim.write(&made.artifacts, &report).map_err(Failure::writing("ghagen generate"))?;
    }
    let say = if options.dry_run { Console::print } else { Console::tell };
    say(console, &summary(&bumps, &gone, options.dry_run));
    Ok(Exit::Done)
}

/// What the project comes to with the bumped pins in its lock, and the pins that nothing used. The lock among the files
/// is the new one then.
fn taken(files: &mut Files, bumps: &Bumps) -> Result<Result<(Made, Vec<String>), Compilation>, Failure> {
    let mut locked = locked(files);
    lock::take(&mut locked, bumps);
    files.texts.insert(lock::PATH.to_owned(), lock::write(&locked));
    let compilation = compile(files)?;
    let Some(made) = &compilation.made else { return Ok(Err(compilation)) };
    let gone = lock::prune(&mut locked, &lock::used(&made.model, &made.plan));
    files.texts.insert(lock::PATH.to_owned(), lock::write(&locked));
    let mut compilation = compile(files)?;
    Ok(match compilation.made.take() {
        Some(made) => Ok((made, gone)),
        None => Err(compilation),
    })
}

/// The lock; it was read before without a mistake.
fn locked(files: &Files) -> LockFile {
    let (spec, _) = spec::read(&mut Sources::default(), files);
    spec.map(|spec| spec.lock.value).unwrap_or_default()
}

fn is_as_bumped(made: &Made, tree: &Tree, path: &str) -> bool {
    let artifact = made.artifacts.iter().find(|artifact| artifact.path == path);
    matches!((artifact, tree.get(path)), (Some(artifact), Some(Entry::File { bytes, .. })) if artifact.bytes == *bytes)
}

fn refusal(report: &Report, bumps: &Bumps) -> String {
    let mut lines = Vec::new();
    for refused in &bumps.refused {
        let place = format!("{}:{}", refused.place.path, refused.place.line);
        lines.push(format!("{}: {}", styled(STRONG, &place), refused.reason));
    }
    let is_told = |path: &str| bumps.refused.iter().any(|refused| refused.place.path == path);
    for drift in report.drifts.iter().filter(|drift| !is_told(&drift.path)) {
        if !drift.causes.iter().eq([&Cause::PinsBumped]) {
            let causes: Vec<&str> = drift.causes.iter().map(|cause| cause.as_str()).collect();
            lines.push(format!("{}: {}", styled(STRONG, &drift.path), causes.join(", ")));
        }
    }
    if let Some(version) = &report.other_version {
        lines.push(format!("the files were written by ghagen {version}: adopt with that one"));
    }
    let first = styled(RED.bold(), "nothing was adopted, and nothing was written");
    let is_bump = !bumps.moved.is_empty() || !bumps.refused.is_empty();
    let last = if is_bump {
        "The lock takes whole bumps alone: the same new commit and version in every file, and no other edit. \
         `ghagen check` shows all that differs."
    } else {
        // So, too, after an `adopt` that was killed when it had written the lock.
        "No pin was bumped. `ghagen check` shows all that differs; to make the files what the spec says, run `ghagen generate`."
    };
    format!("{first}\n{}\n{last}", lines.join("\n"))
}

fn summary(bumps: &Bumps, gone: &[String], is_dry: bool) -> String {
    let mut lines: Vec<String> = bumps.moved.iter().flat_map(one).collect();
    if !gone.is_empty() {
        lines.push(format!("not used any more, and out of the lock: {}", gone.join(", ")));
    }
    let pins = work::number(bumps.moved.len(), "pin");
    let done = if is_dry { "would be taken into" } else { "taken into" };
    lines.push(format!("{} {done} spec/ghagen.lock, and all files generated from it", styled(GREEN, &pins)));
    lines.push(format!(
        "Nobody has verified where these commits and digests come from: {} asks the repositories.",
        styled(STRONG, "ghagen lock verify --online")
    ));
    lines.join("\n")
}

fn one(moved: &Moved) -> Vec<String> {
    let words = |fixed: &Fixed| match &fixed.version {
        Some(version) => format!("{version} ({})", fixed.to.get(..12).unwrap_or(&fixed.to)),
        None => fixed.to.clone(),
    };
    let old = moved.old.as_ref().map_or_else(|| "no digest".to_owned(), words);
    let places = work::number(moved.places.len(), "line");
    let mut lines = vec![format!("{} {old} -> {}, in {places}", styled(STRONG, &moved.name), words(&moved.new))];
    if let (Kind::Action, Some(old)) = (moved.kind, &moved.old) {
        lines.push(format!("  https://github.com/{}/compare/{}...{}", moved.name, old.to, moved.new.to));
    }
    lines
}
