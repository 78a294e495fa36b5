//! Sources: addresses, tags, versions and the pins that the lock has for them.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Archive, ComponentName, Constraint, GitSource, GitUrl, Sha256, Source, SourceError, TagPattern, Version,
};
use crate::source::Origin;
use crate::spec;

use super::condition::placeholders;
use super::lock::{Locked, Wanted};
use super::sink::{Sink, Spot, told};
use super::{Context, caret};

/// The name of the C library in the lock.
pub(super) const MUSL: &str = "musl";

/// The name of the source in the lock that the gate gets ghagen from.
pub(super) const GHAGEN: &str = "ghagen";

/// An address.
pub(super) fn url(sink: &mut Sink, origin: &Origin, text: &str) -> Option<GitUrl> {
    GitUrl::parse(text).map_err(|error| sink.push(address(origin, text, &error))).ok()
}

/// Says that an address is none; where it can be reached in another way, how to write that.
fn address(origin: &Origin, text: &str, error: &SourceError) -> Diagnostic {
    let diagnostic = told(Diagnostic::error, Code::INVALID_ADDRESS, origin, &error.to_string());
    let of_ssh = || text.strip_prefix("git@").map(|rest| rest.replacen(':', "/", 1));
    match text.strip_prefix("http://").map(str::to_owned).or_else(of_ssh).map(|rest| format!("https://{rest}")) {
        Some(other) if GitUrl::parse(&other).is_ok() => {
            diagnostic.fix("most hosts have the same by `https://`", text, &other)
        }
        _ => diagnostic,
    }
}

/// A constraint; without one, any version.
pub(super) fn constraint(sink: &mut Sink, origin: &Origin, text: Option<&str>) -> Option<Constraint> {
    text.map_or_else(|| Some(Constraint::any()), |text| caret::constraint(sink, origin, text))
}

/// A pattern over tags.
pub(super) fn pattern(sink: &mut Sink, origin: &Origin, text: &str) -> Option<TagPattern> {
    if text.contains("(?P<") {
        let message = format!("`{text}` has a group in a form that jq does not know");
        let help = "the generated scripts read the pattern with jq: write `(?<version>...)`, without the `P`";
        let diagnostic = Diagnostic::error(Code::INVALID_PATTERN, origin, message);
        sink.push(diagnostic.fix_written(help, "(?P<", "(?<"));
        return None;
    }
    match TagPattern::parse(text) {
        Err(error @ SourceError::Pattern(_)) => refuse_regex(sink, origin, text, &error.to_string()),
        Err(error @ SourceError::NoVersionGroup(_)) => {
            let diagnostic = Diagnostic::error(Code::INVALID_PATTERN, origin, error.to_string());
            sink.push(diagnostic.help("put the group around that part, such as `^v(?<version>[0-9.]+)$`"));
        }
        Err(error @ SourceError::Unanchored(_)) => {
            let whole = format!("^{}$", text.trim_start_matches('^').trim_end_matches('$'));
            let diagnostic = told(Diagnostic::error, Code::INVALID_PATTERN, origin, &error.to_string());
            sink.push(if TagPattern::parse(&whole).is_ok() {
                // Its words are the advice that comes with the error.
                Diagnostic { help: Vec::new(), ..diagnostic }.fix("start it with `^` and end it with `$`", text, &whole)
            } else {
                diagnostic
            });
        }
        parsed => return sink.take(Code::INVALID_PATTERN, origin, parsed),
    }
    None
}

/// Regular expressions of tags that never count.
pub(super) fn exclude(sink: &mut Sink, origin: &Origin, texts: &[String]) -> Vec<String> {
    for (index, text) in texts.iter().enumerate() {
        refuse_regex(sink, &origin.index(index), text, &format!("`{text}` is not a regular expression"));
    }
    texts.to_vec()
}

/// Says what is wrong with a regular expression, if anything is.
fn refuse_regex(sink: &mut Sink, origin: &Origin, text: &str, message: &str) {
    let Err(error) = Regex::new(text) else { return };
    // The error draws the expression over several lines; the last one says what is wrong.
    let error = error.to_string();
    let reason = error.lines().last().unwrap_or_default();
    let reason = reason.strip_prefix("error: ").unwrap_or(reason);
    sink.push(Diagnostic::error(Code::INVALID_PATTERN, origin, message).help(format!("the reason: {reason}")));
}

/// A git repository, by its name in the lock.
pub(super) fn git(
    context: &Context<'_>,
    sink: &mut Sink,
    wire: &spec::GitSource,
    name: &str,
    origin: &Origin,
) -> Option<GitSource> {
    let url = url(sink, &origin.key("url"), &wire.url);
    let tags = pattern(sink, &origin.key("tags"), &wire.tags);
    let versions = constraint(sink, &origin.key("versions"), wire.versions.as_deref());
    let (url, tags, versions) = (url?, tags?, versions?);
    let wanted =
        Wanted { name, url: &url, url_origin: origin.key("url"), tags: &tags, tags_origin: origin.key("tags") };
    let Locked { pins, unresolved } = context.lock.source(sink, &wanted);
    Some(GitSource { pins, unresolved, url, tags, versions, submodules: wire.submodules, origin: origin.clone() })
}

/// Says so where a git source has no pin that fits, also with what a release line asks for. What is unresolved is for the rules to
/// tell.
pub(super) fn require_pin(
    context: &Context<'_>,
    sink: &mut Sink,
    git: &GitSource,
    name: &str,
    narrower: Option<(&Constraint, &Origin, &str)>,
) {
    let constraint = narrower.map(|(constraint, _, _)| constraint);
    // An entry that does not fit the spec was told already.
    let was_told = git.pins.is_empty() && context.lock.was_told(name);
    if was_told || git.unresolved.is_some() || git.pin(constraint).is_some() {
        return;
    }
    let update = format!("`ghagen lock update {name}` asks the network for tags that fit, and pins the newest");
    if git.pins.is_empty() {
        let diagnostic = Diagnostic::error(Code::UNPINNED, &git.origin, format!("the lock has no pin for `{name}`"));
        let near = context.lock.nearest_source(name).map(|near| format!("the lock has `{near}`: is that the same?"));
        sink.push(near.into_iter().fold(diagnostic, Diagnostic::help).help(update));
        return;
    }
    let pinned: Vec<&str> = git.pins.iter().map(|pin| pin.version.as_str()).collect();
    let (all, origin, whose) = match narrower {
        Some((narrower, origin, line)) => (git.versions.and(narrower), origin.clone(), format!(" for {line}")),
        None => (git.versions.clone(), git.origin.key("versions"), String::new()),
    };
    let diagnostic = Diagnostic::error(Code::UNPINNED, &origin, format!("no pin of `{name}` fits `{all}`{whose}"));
    let diagnostic = diagnostic.related(&context.lock.source_origin(name), format!("pinned: {}", pinned.join(", ")));
    sink.push(diagnostic.help(update));
}

/// Tools, components and the toolchain share one set of names in the lock: no two may mean different repositories by one.
///
/// Gives the names that do: no pin can be right for both, and nothing more has to be said about them.
pub(super) fn clashes(context: &Context<'_>, sink: &mut Sink) -> BTreeSet<String> {
    let project = &context.spec.project.value;
    let origin = Origin::file(context.spec.project.file);
    let mut clashes = BTreeSet::new();
    let mut owners: BTreeMap<&str, (&str, Origin)> = BTreeMap::new();
    let musl = origin.key("toolchain").key("musl").key("url");
    owners.insert(MUSL, (&project.toolchain.musl.url, musl));
    if let Some(git) = &project.gate.generator.git {
        owners.insert(GHAGEN, (&git.url, origin.key("gate").key("generator").key("git").key("url")));
    }
    let tools = context.spec.tools.iter().filter_map(|tool| {
        let origin = Origin::file(tool.file).key("upstream").key("git");
        Some((tool.value.tool.as_str(), tool.value.upstream.git.as_deref()?, origin))
    });
    let components = context.spec.components.iter().filter_map(|component| {
        let git = component.value.source.as_ref()?.git.as_ref()?;
        let origin = Origin::file(component.file).key("source").key("git").key("url");
        Some((component.value.component.as_str(), git.url.as_str(), origin))
    });
    for (name, url, origin) in tools.chain(components) {
        let (first, first_origin) = owners.entry(name).or_insert((url, origin.clone()));
        if *first != url {
            let message = format!("two sources are named `{name}`, and the lock can hold one of them");
            let diagnostic = Diagnostic::error(Code::SETTINGS, &origin, message).related(first_origin, "the other one");
            sink.push(diagnostic.help("rename the tool or the component, or give both the same address"));
            clashes.insert(name.to_owned());
        }
    }
    clashes
}

/// The sources that components have of their own, by component. What had a mistake is not among them.
pub(super) fn own(context: &Context<'_>, sink: &mut Sink) -> BTreeMap<String, Source> {
    let mut sources = BTreeMap::new();
    for loaded in &context.spec.components {
        let name = &loaded.value.component;
        let origin = Origin::file(loaded.file).key("source");
        let source = match &loaded.value.source {
            None => Some(Source::Files),
            Some(spec::Source { git: Some(wire), .. }) => {
                git(context, sink, wire, name, &origin.key("git")).map(Source::Git)
            }
            Some(spec::Source { archive: Some(wire), .. }) => {
                archive(sink, wire, &origin.key("archive")).map(Source::Archive)
            }
            Some(spec::Source { upstream: Some(tool), .. }) => {
                context.names.tool(sink, &origin.key("upstream"), tool).map(Source::Upstream)
            }
            Some(_) => None,
        };
        sources.extend(source.map(|source| (name.clone(), source)));
    }
    sources
}

/// The source of a component, and the component that it shares it with.
pub(super) fn of(
    context: &Context<'_>,
    sink: &mut Sink,
    file: &spec::ComponentFile,
    origin: &Origin,
) -> (Option<Source>, Option<ComponentName>) {
    let Some(shared) = file.source.as_ref().and_then(|source| source.component.as_ref()) else {
        return (context.sources.get(&file.component).cloned(), None);
    };
    let origin = origin.key("source").key("component");
    let Some(owner) = context.names.component(sink, &origin, shared) else { return (None, None) };
    let source = context.names.component_file(shared).and_then(|owner| owner.source.as_ref());
    match source {
        None => {
            let message = format!("`{shared}` has no source that could be shared");
            sink.settings(&origin, message, "name a component with a source, or leave `source` out");
            (None, None)
        }
        Some(source) if source.component.is_some() => {
            let message = format!("`{shared}` has no source of its own, it shares another one's");
            let owner = source.component.as_deref().unwrap_or_default();
            let diagnostic = Diagnostic::error(Code::SETTINGS, &origin, message);
            sink.push(diagnostic.fix(format!("name the owner of the source: `{owner}`"), shared, owner));
            (None, None)
        }
        Some(_) => (context.sources.get(shared).cloned(), Some(owner)),
    }
}

fn archive(sink: &mut Sink, wire: &spec::ArchiveSource, origin: &Origin) -> Option<Archive> {
    let version = sink.take(Code::INVALID_VERSION, &origin.key("version"), Version::parse(&wire.version));
    let sha256 = sink.take(Code::INVALID_FORM, &origin.key("sha256"), Sha256::parse(&wire.sha256));
    let address = placeholders(sink, &Spot::Value(origin.key("url")), &wire.url, &["version"]);
    // The version is known here already, so the address is whole from now on.
    let address = address.map(|template| {
        let segment = |segment: &crate::model::Segment| match segment {
            crate::model::Segment::Literal(text) => text.clone(),
            crate::model::Segment::Placeholder(_) => wire.version.clone(),
        };
        template.segments().iter().map(segment).collect::<String>()
    });
    let url = address.and_then(|address| url(sink, &origin.key("url"), &address));
    Some(Archive { url: url?, version: version?, sha256: sha256?, origin: origin.clone() })
}
