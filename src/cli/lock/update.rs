//! `ghagen lock update`: asks the network for newer pins and writes the lock. The only command that looks at the clock.

mod report;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;

use crate::cli::console::Console;
use crate::cli::exit::{Exit, Failure};
use crate::cli::work;
use crate::compile::{compile, unpinned};
use crate::lock::{self, Kind};
use crate::model::{Image, Model};
use crate::output::Claim;
use crate::project;
use crate::resolve::{self, Internet, Network, Outcome, Rules, State};
use crate::rules;
use crate::spec::{Files, LockFile, LockedTag, closest};
use report::Report;

/// What to run after a failure.
const AGAIN: &str = "ghagen lock update";

const DAY: u64 = 24 * 60 * 60;

/// For whom the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs, as JSON
    Json,
    /// For issues and pull requests
    Markdown,
}

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Only these, by their names in the lock, such as actions/checkout; otherwise all
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// How old a tag must be, in days, by the later date of the tag and its commit; images have no date
    #[arg(long, value_name = "DAYS", default_value_t = 3)]
    cooldown: u32,
    /// Take new major versions of actions, too; those of sources are for the constraints of the spec to say
    #[arg(long)]
    major: bool,
    /// Take tags that point to another commit than they did; look at both commits first
    #[arg(long)]
    accept_moved: bool,
    /// Write nothing; print what would change
    #[arg(long)]
    dry_run: bool,
    /// For whom to write
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let root = work::root(root)?;
    let claim = if options.dry_run { None } else { Some(Claim::take(&root).map_err(Failure::writing(AGAIN))?) };
    let mut files = project::read_files(&root)?;
    let read = unpinned(&files);
    let Some((model, mut locked)) = read.made else {
        work::show(console, &read.sources, &read.diagnostics);
        return Ok(Exit::Invalid);
    };
    let asked = Asked::new(&model, &locked, &options.names)?;
    let outcomes = resolve_all(&Internet::default(), &model, &asked, options)?;
    for outcome in &outcomes {
        apply(&mut locked, outcome);
    }
    let pruned = prune(&mut files, &mut locked)?;
    let text = lock::write(&locked);
    let is_new = project::read_files(&root)?.texts.get(lock::PATH) != Some(&text);
    if let Some(claim) = claim.filter(|_| is_new) {
        claim.write_lock(&text).map_err(Failure::writing(AGAIN))?;
    }
    let report = Report { outcomes: &outcomes, pruned: &pruned, is_new, is_dry: options.dry_run };
    console.print(&match options.format {
        Format::Human => report.human(),
        Format::Json => report.json(),
        Format::Markdown => report.markdown(),
    });
    Ok(if outcomes.iter().any(Outcome::is_failure) { Exit::Io } else { Exit::Done })
}

/// What is asked for: everything, or what was named.
struct Asked<'a> {
    names: &'a [String],
    sources: Vec<resolve::SourceWish>,
    actions: Vec<String>,
    images: Vec<&'a Image>,
    tools: Vec<String>,
}

impl<'a> Asked<'a> {
    fn new(model: &'a Model, locked: &LockFile, names: &'a [String]) -> Result<Self, Failure> {
        let builder = &model.project.builder;
        let wanted = rules::wanted_actions(model).into_iter().map(ToOwned::to_owned);
        let asked = Self {
            names,
            sources: resolve::source_wishes(model),
            actions: wanted.collect::<BTreeSet<String>>().into_iter().collect(),
            images: builder.image.iter().chain(&builder.fallback).collect(),
            tools: locked.tools.keys().cloned().collect(),
        };
        let known: BTreeSet<&str> = asked.known().collect();
        for name in names {
            if !known.contains(name.as_str()) {
                let near = closest(name, known.iter().copied()).map(|near| format!("; is it `{near}`?"));
                let near = near.unwrap_or_default();
                return Err(Failure::Usage(format!("nothing of this project is pinned as `{name}`{near}")));
            }
        }
        Ok(asked)
    }

    fn known(&self) -> impl Iterator<Item = &str> {
        let sources = self.sources.iter().map(|source| source.name.as_str());
        let images = self.images.iter().map(|image| image.name.as_str());
        let rest = self.actions.iter().chain(&self.tools).map(String::as_str);
        sources.chain(images).chain(rest)
    }

    fn has(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|asked| asked == name)
    }
}

fn resolve_all(
    network: &impl Network,
    model: &Model,
    asked: &Asked<'_>,
    options: &Options,
) -> Result<Vec<Outcome>, Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let rules = Rules { cooldown: u64::from(options.cooldown) * DAY, now, accept_moved: options.accept_moved };
    let mut outcomes = Vec::new();
    for name in asked.actions.iter().filter(|name| asked.has(name)) {
        let wish = resolve::action_wish(name, model.actions.get(name), options.major);
        let wish = wish.ok_or_else(|| Failure::Usage(format!("`{name}` is not an action")))?;
        outcomes.push(resolve::source(network, Kind::Action, &wish, rules));
    }
    let mut images = asked.images.clone();
    images.sort_by(|one, other| one.name.cmp(&other.name));
    images.dedup_by(|one, other| one.name == other.name);
    for image in images.into_iter().filter(|image| asked.has(image.name.as_str())) {
        outcomes.push(resolve::image(network, image));
    }
    for source in asked.sources.iter().filter(|source| asked.has(&source.name)) {
        outcomes.push(resolve::source(network, Kind::Source, source, rules));
    }
    outcomes.extend(asked.tools.iter().filter(|name| asked.has(name)).map(|name| resolve::tool(name)));
    Ok(outcomes)
}

fn apply(locked: &mut LockFile, outcome: &Outcome) {
    let name = outcome.name.as_str();
    match (&outcome.state, outcome.kind) {
        (State::Digest(digest), _) => lock::set_image(locked, name, Ok(digest.clone())),
        (State::Tags(_, pins), Kind::Action) => {
            if let Some(pin) = pins.last() {
                lock::set_action(locked, name, &pin.tag, pin.commit.as_str());
            }
        }
        (State::Tags(url, pins), _) => {
            let tag = |pin: &resolve::Found| LockedTag { tag: pin.tag.clone(), commit: pin.commit.as_str().to_owned() };
            lock::set_source(locked, name, url.as_str(), pins.iter().map(tag).collect());
        }
        (State::Current | State::Failed(_) | State::Moved(_) | State::NotResolved(_), _) => {}
    }
}

/// Takes out what nothing uses. What that is, only a compiled spec says; where pins are still missing, nothing goes.
fn prune(files: &mut Files, locked: &mut LockFile) -> Result<Vec<String>, Failure> {
    files.texts.insert(lock::PATH.to_owned(), lock::write(locked));
    let made = compile(files)?.made;
    Ok(made.map(|made| lock::prune(locked, &lock::used(&made.model, &made.plan))).unwrap_or_default())
}
