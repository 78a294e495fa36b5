//! `spec/ghagen.yaml`: what holds for every tool.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::gha::{Cron, Minutes};
use crate::model::{
    Bash, Builder, BuilderKind, CommandName, Constraint, Departure, Generator, GeneratorRelease, ImageName, Layout,
    LayoutName, PersistentImage, PlaceName, Principle, Project, RelativePath, Release, Schedule, Sha256, SmokeCommand,
    Timeouts, Variant, VariantName, Version, Visibility,
};
use crate::source::Origin;
use crate::spec;

use super::sink::Sink;
use super::source::GHAGEN;
use super::text::{BRANCH, SUFFIX};
use super::{Context, arch, condition, hook, input, pins, source, toolchain};

/// What a run is given in place of a variant to build all of them.
const ALL: &str = "all";

/// The project. Without one, the spec says too little for the rest to be looked at as a whole.
pub(super) fn lower(context: &Context<'_>, sink: &mut Sink) -> Option<Project> {
    let file = &context.spec.project.value;
    let origin = Origin::file(context.spec.project.file);
    let about = origin.key("project");
    let name = name(sink, &about.key("name"), &file.project.name);
    let summary = sink.line(&about.key("summary"), &file.project.summary);
    let branch = BRANCH.check(sink, &about.key("branch"), &file.project.branch);
    let schedule = schedule(sink, &file.schedule, &origin.key("schedule"));
    let builder = builder(context, sink, &origin.key("builder"));
    let arches = arch::lower(context, sink, &origin.key("arches"));
    let toolchain = toolchain::lower(context, sink, &origin.key("toolchain"));
    let layouts = layouts(sink, &file.layouts, &origin.key("layouts"));
    let variants = variants(context, sink, &origin.key("variants"));
    let release = release(context, sink, &origin.key("release"));
    let smoke_commands = smoke_commands(sink, &file.smoke_commands, &origin.key("smoke_commands"));
    let hooks = hook::lower(context, sink, &file.hooks, &origin.key("hooks"), None);
    let dispatch_inputs = input::lower(sink, &file.dispatch_inputs, &origin.key("dispatch_inputs"), None);
    let timeouts = timeouts(sink, &file.timeouts, &origin.key("timeouts"));
    let generator = generator(context, sink, &origin.key("gate").key("generator"));
    let pins = pins::lower(sink, &file.pins, &origin.key("pins"));
    Some(Project {
        name,
        summary,
        branch,
        schedule: schedule?,
        builder,
        arches,
        toolchain: toolchain?,
        layouts,
        variants,
        visibility: visibility(context),
        release,
        smoke_commands,
        hooks,
        dispatch_inputs,
        timeouts: timeouts?,
        generator: generator?,
        pins: pins?,
        departures: file.notes.departures.iter().map(departure).collect(),
        principles: file.notes.principles.iter().map(principle).collect(),
        origin,
        lock: Origin::file(context.spec.lock.file),
    })
}

fn name(sink: &mut Sink, origin: &Origin, text: &str) -> String {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.is_empty() || text.len() > 60 || text.starts_with('-') || !text.bytes().all(allowed) {
        let message = format!("`{text}` is not the name of a project");
        let help = "take 1 to 60 lower-case letters, digits and `-`, the first one a letter or a digit";
        sink.push(Diagnostic::error(Code::INVALID_NAME, origin, message).help(help));
    }
    text.to_owned()
}

fn schedule(sink: &mut Sink, wire: &spec::Schedule, origin: &Origin) -> Option<Schedule> {
    Some(Schedule {
        cron: cron(sink, &origin.key("cron"), &wire.cron)?,
        retry_days: wire.retry_days,
        most_builds: wire.most_builds,
        starts_rebuilds: wire.rebuilds == spec::Rebuilds::Start,
        origin: origin.clone(),
    })
}

/// What other programs take for a schedule, at a minute that few take.
const MACROS: [(&str, &str); 4] =
    [("@hourly", "17 * * * *"), ("@daily", "17 4 * * *"), ("@weekly", "17 4 * * 1"), ("@monthly", "17 4 1 * *")];

/// A schedule.
pub(super) fn cron(sink: &mut Sink, origin: &Origin, text: &str) -> Option<Cron> {
    let parsed = Cron::parse(text);
    if let Err(error) = &parsed {
        let message = format!("`{text}` is not a schedule: {error}");
        let help =
            "five fields in UTC: minute, hour, day of month, month, day of week; `17 4 * * *` is every day at 04:17";
        let diagnostic = Diagnostic::error(Code::INVALID_SCHEDULE, origin, message).help(help);
        sink.push(match MACROS.iter().find(|(name, _)| *name == text) {
            Some((_, fields)) => diagnostic.fix(format!("write it as `{fields}`"), text, fields),
            None => diagnostic,
        });
    }
    parsed.ok()
}

/// The command that ghagen itself gives to checks.
const NOT_SHOWN: &str = "not-shown";

fn smoke_commands(sink: &mut Sink, wires: &IndexMap<String, String>, origin: &Origin) -> Vec<SmokeCommand> {
    let mut commands = Vec::new();
    for (name, text) in wires {
        let origin = origin.key(name);
        if name == NOT_SHOWN {
            let message = format!("`{NOT_SHOWN}` is a command that checks have already");
            let help = "take another name: with `not-shown.sh REASON` a check says that the machine cannot show it";
            sink.push(Diagnostic::error_at_key(Code::INVALID_NAME, &origin, message).help(help));
        }
        let name = sink.take_key(Code::INVALID_NAME, &origin, CommandName::parse(name));
        let run = sink.take(Code::UNFINISHED_SCRIPT, &origin, Bash::parse(text));
        commands.extend(name.zip(run).map(|(name, run)| SmokeCommand { name, run, origin }));
    }
    commands
}

fn builder(context: &Context<'_>, sink: &mut Sink, origin: &Origin) -> Builder {
    let wire = &context.spec.project.value.builder;
    let image = |sink: &mut Sink, origin: &Origin, text: &str| {
        let name = sink.take(Code::INVALID_ADDRESS, origin, ImageName::parse(text))?;
        Some(context.lock.image(name, origin))
    };
    let first = wire.image.as_ref().and_then(|text| image(sink, &origin.key("image"), text));
    let fallback = wire.fallback_image.as_ref().and_then(|text| image(sink, &origin.key("fallback_image"), text));
    let persistent = wire.persistent_image.as_ref().and_then(|wire| {
        let origin = origin.key("persistent_image");
        let name = ImageName::parse_repository(&wire.name);
        if name.is_err() {
            let message = format!("`{}` is not the name of an image without a tag", wire.name);
            let help = "take the registry and the name, such as `ghcr.io/owner/build-env`; the workflow adds the tag";
            sink.push(Diagnostic::error(Code::INVALID_ADDRESS, &origin.key("name"), message).help(help));
        }
        let cron = cron(sink, &origin.key("cron"), &wire.cron);
        Some(PersistentImage { name: name.ok()?, cron: cron?, origin })
    });
    let kind = match wire.kind {
        spec::BuilderKind::Container => BuilderKind::Container,
        spec::BuilderKind::Image => BuilderKind::Image,
        spec::BuilderKind::Runner => BuilderKind::Runner,
    };
    if kind == BuilderKind::Image && wire.persistent_image.is_none() {
        let help = "add `persistent_image` with a name and a schedule, or say `kind: container`";
        sink.settings(&origin.key("kind"), "the builder is `image`, but no `persistent_image` is named", help);
    }
    if wire.image.is_none() && (kind != BuilderKind::Runner || wire.persistent_image.is_some()) {
        let help =
            "add `image`, such as `docker.io/ubuntu:rolling`, or say `kind: runner` to build without a container";
        sink.settings(origin, "the builder makes containers, but names no `image` for them", help);
    }
    Builder { kind, image: first, fallback, persistent, origin: origin.clone() }
}

fn layouts(sink: &mut Sink, wires: &IndexMap<String, spec::Layout>, origin: &Origin) -> BTreeMap<LayoutName, Layout> {
    let mut layouts = BTreeMap::new();
    for (name, wire) in wires {
        let origin = origin.key(name);
        let name = sink.take_key(Code::INVALID_NAME, &origin, LayoutName::parse(name));
        let summary = sink.line(&origin.key("summary"), &wire.summary);
        let mut places = IndexMap::new();
        for (place, folder) in &wire.places {
            let origin = origin.key("places").key(place);
            let place = sink.take_key(Code::INVALID_NAME, &origin, PlaceName::parse(place));
            let folder = condition::path(sink, &origin, folder);
            places.extend(place.zip(folder));
        }
        let Some(prefix) = prefix(sink, &origin.key("prefix"), wire) else { continue };
        layouts.extend(name.map(|name| (name, Layout { summary, places, prefix, origin })));
    }
    layouts
}

/// The folder that packages of a layout are installed into, below `/`.
fn prefix(sink: &mut Sink, origin: &Origin, wire: &spec::Layout) -> Option<RelativePath> {
    let is_flat = wire.places.values().all(|folder| folder == ".");
    let text = wire.prefix.as_deref().unwrap_or(if is_flat { "/usr/local/bin" } else { "/" });
    let Some(below) = text.strip_prefix('/') else {
        let message = format!("`{text}` is not an absolute path");
        let help =
            format!("write `/{text}`: the machine that packages are installed on has no other folder to start from");
        sink.push(Diagnostic::error(Code::INVALID_PATH, origin, message).fix(help, text, &format!("/{text}")));
        return None;
    };
    condition::path(sink, origin, if below.is_empty() { "." } else { below })
}

fn variants(context: &Context<'_>, sink: &mut Sink, origin: &Origin) -> IndexMap<VariantName, Variant> {
    let mut variants = IndexMap::new();
    for (name, wire) in &context.spec.project.value.variants {
        let origin = origin.key(name);
        if name == ALL {
            let message = format!("`{ALL}` cannot be the name of a variant: a run takes it for every variant");
            sink.push(
                Diagnostic::error_at_key(Code::INVALID_NAME, &origin, message)
                    .help("take another name, such as `full`"),
            );
        }
        let name = sink.take_key(Code::INVALID_NAME, &origin, VariantName::parse(name));
        let summary = sink.line(&origin.key("summary"), &wire.summary);
        let layout = context.names.layout(sink, &origin.key("layout"), &wire.layout);
        variants.extend(name.zip(layout).map(|(name, layout)| (name, Variant { summary, layout, origin })));
    }
    variants
}

fn release(context: &Context<'_>, sink: &mut Sink, origin: &Origin) -> Release {
    let wire = &context.spec.project.value.release;
    let suffix = SUFFIX.check(sink, &origin.key("signature_suffix"), &wire.signature_suffix);
    if !suffix.starts_with('.') && !suffix.is_empty() {
        let message = format!("`{suffix}` does not start with a dot");
        let help = format!("write `.{suffix}`: it follows the name of the artifact as it is");
        sink.push(Diagnostic::error(Code::INVALID_NAME, &origin.key("signature_suffix"), message).help(help));
    }
    let cosign = context.lock.releases.get("cosign").and_then(|releases| releases.highest(&Constraint::any()));
    Release {
        signature_suffix: suffix,
        attest: wire.attest.unwrap_or(visibility(context) == Visibility::Public),
        compression_level: wire.compression_level,
        cosign: cosign.cloned(),
        origin: origin.clone(),
    }
}

fn visibility(context: &Context<'_>) -> Visibility {
    match context.spec.project.value.repository.visibility {
        spec::Visibility::Public => Visibility::Public,
        spec::Visibility::Private => Visibility::Private,
    }
}

fn timeouts(sink: &mut Sink, wire: &spec::Timeouts, origin: &Origin) -> Option<Timeouts> {
    let mut minutes = |key: &str, minutes| sink.take(Code::SETTINGS, &origin.key(key), Minutes::new(minutes));
    let build = wire.build.and_then(|number| minutes("build", number));
    let (test, release) = (minutes("test", wire.test), minutes("release", wire.release));
    Some(Timeouts { build, test: test?, release: release? })
}

fn generator(context: &Context<'_>, sink: &mut Sink, origin: &Origin) -> Option<Generator> {
    let wire = &context.spec.project.value.gate.generator;
    if let Some(path) = &wire.path {
        return condition::path(sink, &origin.key("path"), path).map(Generator::Path);
    }
    if let Some(release) = &wire.release {
        return generator_release(context, sink, &origin.key("release"), release).map(Generator::Release);
    }
    let git = source::git(context, sink, wire.git.as_ref()?, GHAGEN, &origin.key("git"))?;
    source::require_pin(context, sink, &git, GHAGEN, None);
    Some(Generator::Git(git))
}

/// A release of ghagen. The gate runs where jobs that compile nothing do: on the runner of the first arch.
fn generator_release(
    context: &Context<'_>,
    sink: &mut Sink,
    origin: &Origin,
    wire: &spec::GeneratorRelease,
) -> Option<GeneratorRelease> {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"._-".contains(&it));
    let is_repository = wire.repository.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name));
    if !is_repository {
        let message = format!("`{}` is not a repository of GitHub", wire.repository);
        let diagnostic = Diagnostic::error(Code::INVALID_ADDRESS, &origin.key("repository"), message);
        sink.push(diagnostic.help("write `owner/name`, without an address before it"));
    }
    let version = sink.take(Code::INVALID_VERSION, &origin.key("version"), Version::parse(&wire.version));
    let mut sha256 = BTreeMap::new();
    for (arch, text) in &wire.sha256 {
        let origin = origin.key("sha256").key(arch);
        let arch = context.names.arch(sink, &origin, arch);
        let text = sink.take(Code::INVALID_FORM, &origin, Sha256::parse(text));
        sha256.extend(arch.zip(text));
    }
    if let Some(first) = context.spec.project.value.arches.keys().next().filter(|it| !wire.sha256.contains_key(*it)) {
        let message = format!("the gate runs on a machine of `{first}`, and no checksum of ghagen for it is given");
        sink.settings(
            &origin.key("sha256"),
            message,
            format!("add the one of `ghagen-standalone-linux-{first}.tar.zst`"),
        );
    }
    Some(GeneratorRelease { repository: wire.repository.clone(), version: version?, sha256, origin: origin.clone() })
}

fn departure(wire: &spec::Departure) -> Departure {
    Departure {
        plan: wire.plan.clone(),
        instead: wire.instead.clone(),
        why: wire.why.clone(),
        evidence: wire.evidence.clone(),
    }
}

fn principle(wire: &spec::Principle) -> Principle {
    Principle { principle: wire.principle.clone(), proved_by: wire.proved_by.clone() }
}
