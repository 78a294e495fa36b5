//! `ghagen lock verify`: every pin in every generated file against the lock; with `--online` the lock against the world.

use std::collections::BTreeMap;
use std::path::Path;

use crate::check::{self, Entry, Tree};
use crate::cli::console::{Console, DIM, GREEN, styled};
use crate::cli::exit::{Exit, Failure};
use crate::cli::format::Format;
use crate::cli::work;
use crate::compile::Made;
use crate::diagnostic::{Code, Diagnostic, Severity, Target, has_errors, render_human};
use crate::lock::{self, Audit, Finding, Kind, Used};
use crate::model::GitUrl;
use crate::output;
use crate::resolve::{Internet, Network, Tags};
use crate::source::{Sources, Span};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Ask every repository whether the tag still points to the commit
    #[arg(long)]
    online: bool,
    /// For whom to write
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let root = work::root(root)?;
    let compilation = work::compiled(&root)?;
    let Some(made) = &compilation.made else {
        match work::render(options.format, &compilation.sources, &compilation.diagnostics) {
            Some(text) => console.print(&text),
            None => work::show(console, &compilation.sources, &compilation.diagnostics),
        }
        return Ok(Exit::Invalid);
    };
    let tree = output::read_tree(&root)?;
    let used = lock::used(&made.model, &made.plan);
    let by_hand = by_hand(made, &tree);
    let audit = lock::audit(&used, &check::texts(&made.artifacts, &tree), &by_hand);
    let mut sources = compilation.sources.clone();
    let mut diagnostics = of_audit(&mut sources, &tree, &audit);
    let mut unreachable = Vec::new();
    if options.online {
        let asked = ask(&Internet::default(), made, &used);
        diagnostics.extend(asked.wrong);
        unreachable = asked.unreachable;
    }
    let has_errors = has_errors(&diagnostics);
    let is_asked = options.online && unreachable.is_empty();
    if let Some(text) = work::render(options.format, &sources, &diagnostics) {
        console.print(&text);
    } else {
        console.note(&render_human(&sources, &diagnostics, true));
        console.print(&summary(&used, &audit, options.online, has_errors || !unreachable.is_empty()));
    }
    for message in &unreachable {
        console.error(message);
    }
    Ok(if has_errors {
        Exit::Drift
    } else if options.online && !is_asked {
        Exit::Io
    } else {
        Exit::Done
    })
}

/// The workflows that no artifact is.
fn by_hand<'a>(made: &Made, tree: &'a Tree) -> Vec<(&'a str, &'a str)> {
    let is_made = |path: &str| made.artifacts.iter().any(|artifact| artifact.path == path);
    let is_workflow = |path: &str| {
        path.starts_with(".github/workflows/") && [".yml", ".yaml"].iter().any(|suffix| path.ends_with(suffix))
    };
    let text = |entry: &'a Entry| match entry {
        Entry::File { bytes, .. } => std::str::from_utf8(bytes).ok(),
        Entry::Link | Entry::Folder | Entry::Other => None,
    };
    let files = tree.iter().filter(|(path, _)| is_workflow(path) && !is_made(path));
    files.filter_map(|(path, entry)| Some((path, text(entry)?))).collect()
}

fn of_audit(sources: &mut Sources, tree: &Tree, audit: &Audit) -> Vec<Diagnostic> {
    let mut files = BTreeMap::new();
    let mut diagnostic = |finding: &Finding, code: Code, severity: Severity| {
        let path = finding.place.path.as_str();
        let text = match tree.get(path) {
            Some(Entry::File { bytes, .. }) => std::str::from_utf8(bytes).unwrap_or_default(),
            _ => "",
        };
        let file = *files.entry(path.to_owned()).or_insert_with(|| sources.add(path, text));
        Diagnostic::at(code, severity, file, Target::Span(line(text, finding.place.line)), &finding.message)
    };
    let errors = audit.errors.iter().map(|it| (it, Code::PIN_NOT_LOCKED, Severity::Error)).collect::<Vec<_>>();
    let warnings = audit.warnings.iter().map(|it| (it, Code::LOOSE_USE, Severity::Warning));
    errors.into_iter().chain(warnings).map(|(finding, code, severity)| diagnostic(finding, code, severity)).collect()
}

/// The bytes of a line, from 1, without what it is indented by.
fn line(text: &str, number: usize) -> Span {
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let end = start + line.len();
        if index + 1 == number {
            return Span { start: end - line.trim_start().len(), end };
        }
        start = end + 1;
    }
    Span { start: text.len(), end: text.len() }
}

/// What the repositories say.
#[derive(Default)]
struct Asked {
    wrong: Vec<Diagnostic>,
    unreachable: Vec<String>,
}

/// Asks each repository once for its tags, and each registry for its digests.
fn ask(network: &impl Network, made: &Made, used: &[Used]) -> Asked {
    let mut asked = Asked::default();
    let mut known: BTreeMap<&str, Option<Tags>> = BTreeMap::new();
    for pin in used {
        let (Some(url), Ok(commit)) = (&pin.url, &pin.fixed) else { continue };
        let tags = known.entry(url).or_insert_with(|| match GitUrl::parse(url) {
            Ok(address) => {
                network.tags(&address).map_err(|error| asked.unreachable.push(format!("{url}: {error}"))).ok()
            }
            Err(error) => {
                asked.unreachable.push(error.to_string());
                None
            }
        });
        let Some(tags) = tags else { continue };
        let (name, tag) = (&pin.name, &pin.version);
        let message = match tags.get(tag) {
            Some(now) if now.as_str() == commit => continue,
            Some(now) => format!("the tag `{tag}` of `{name}` points to {}, and not to {commit}", now.as_str()),
            None => format!("`{name}` has no tag `{tag}` any more"),
        };
        let section = if pin.kind == Kind::Action { "actions" } else { "sources" };
        let origin = made.model.project.lock.key(section).key(name);
        let help = format!("the repository is {url}; a tag that was moved, or a hash that is the tag's own object");
        asked.wrong.push(Diagnostic::error_at_key(Code::PIN_MOVED, &origin, message).help(help));
    }
    asked
}

fn summary(used: &[Used], audit: &Audit, online: bool, is_wrong: bool) -> String {
    let unresolved = used.iter().filter(|pin| pin.fixed.is_err()).count();
    let mut lines = Vec::new();
    if !is_wrong {
        let pins = work::number(used.len() - unresolved, "pin");
        let places = work::number(audit.pins, "line");
        lines.push(styled(GREEN, &format!("{pins} in {places} of generated files, all as spec/ghagen.lock says")));
    }
    if unresolved > 0 {
        lines.push(format!("{} unresolved: `ghagen lock` says why", work::number(unresolved, "pin")));
    }
    lines.push(if online {
        styled(DIM, "the tags were compared with their repositories; digests of images and versions of tools were not")
    } else {
        let words = "whether each commit is its tag's, and not the tag's own object, no file can tell: `--online` asks";
        styled(DIM, words)
    });
    lines.join("\n")
}
