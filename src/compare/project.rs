//! What holds for every tool, as facts. Each field of the model is named here, so that a new one cannot be forgotten.
//!
//! What stands in a workflow is told by the workflow: schedules, time limits, where the gate gets ghagen from.

use super::hook;
use super::thing::Thing;
use super::toolchain;
use super::words::code;
use crate::emit::hash;
use crate::model::{
    Allocator, ArchSettings, BuildMode, Builder, BuilderKind, Image, Layout, Model, PersistentImage, Pins, Project,
    Release, Schedule, SmokeCommand, Timeouts, Toolchain, Variant, Visibility,
};

/// The project, the pins that all share, and the files that the spec carries.
pub(super) fn thing(model: &Model) -> Thing {
    // Actions without a commit are in no workflow. Releases are told by what uses them.
    let Model { project, tools: _, components: _, actions, unresolved_actions: _, releases: _, carried } = model;
    let mut thing = of_project(project);
    for (name, action) in actions {
        thing = thing.pin(name, action.version(), action.commit());
    }
    let file = |(path, bytes): (&_, &Vec<u8>)| {
        let path = format!("spec/{path}");
        ("file", path.clone(), Thing::new(code(&path)).long("content", hash::of_bytes(bytes)))
    };
    thing.parts(carried.iter().map(file))
}

fn of_project(project: &Project) -> Thing {
    let Project {
        name,
        summary,
        branch,
        schedule,
        builder,
        arches,
        toolchain,
        layouts,
        variants,
        visibility,
        release,
        smoke_commands,
        hooks,
        dispatch_inputs,
        timeouts,
        generator: _,
        pins,
        departures,
        principles,
        origin: _,
        lock: _,
    } = project;
    let Timeouts { build: _, test: _, release: _ } = timeouts;
    let Schedule { cron: _, retry_days, most_builds, starts_rebuilds, origin: _ } = schedule;
    let Release { signature_suffix, attest, compression_level, cosign, origin: _ } = release;
    let Pins { update: _, adopt: _, dependabot, renovate, origin: _ } = pins;
    let notes = |name: &str, notes: Vec<String>| (name.to_owned(), notes.join("\n"));
    let departures = departures.iter().map(|it| [&*it.plan, &it.instead, &it.why, &it.evidence].join("\n"));
    let principles = principles.iter().map(|it| [&*it.principle, &it.proved_by].join("\n"));
    let [departures, principles] =
        [notes("departures", departures.collect()), notes("principles", principles.collect())];
    let thing = Thing::new("")
        .is("name of the project", name)
        .is("summary of the project", summary)
        .is("branch that releases are made from", branch)
        .is("days that a failed version waits", retry_days)
        .is("number of builds that one check may start", most_builds)
        .flag("start of rebuilds by themselves", *starts_rebuilds)
        .is("visibility of the repository", if *visibility == Visibility::Public { "public" } else { "private" })
        .is("suffix of signatures", signature_suffix)
        .flag("attestation of packages", *attest)
        .is("level of compression", compression_level)
        .maybe("release of cosign", cosign.as_ref().map(|it| &it.text))
        .flag("use of Dependabot", *dependabot)
        .flag("use of Renovate", *renovate)
        .long("list of departures", departures.1)
        .long("list of principles", principles.1);
    let thing = of_builder(thing, builder);
    let Toolchain { allocators, .. } = toolchain;
    toolchain::facts(thing, toolchain)
        .parts(arches.iter().map(|(arch, settings)| {
            let ArchSettings { runner, build, build_runner, origin: _ } = settings;
            let build = match build {
                BuildMode::Native => "native".to_owned(),
                BuildMode::CrossFrom(host) => format!("cross, on {host}"),
            };
            let thing = Thing::new(arch.as_str());
            (
                "arch",
                arch.to_string(),
                thing.is("runner", runner).is("runner of builds", build_runner).is("way to build", build),
            )
        }))
        .parts(layouts.iter().map(|(name, layout)| {
            let Layout { summary, places, prefix, origin: _ } = layout;
            let places = places.iter().map(|(place, folder)| (place.to_string(), folder.to_string()));
            let thing = Thing::new(format!("the layout {name}")).is("summary", summary);
            ("layout", name.to_string(), thing.map("place", places.collect()).is("default folder", prefix))
        }))
        .parts(variants.iter().map(|(name, variant)| {
            let Variant { summary, layout, origin: _ } = variant;
            ("variant", name.to_string(), Thing::new(name.as_str()).is("summary", summary).is("layout", layout))
        }))
        .parts(allocators.iter().map(|(name, allocator)| {
            let Allocator { component, object, symbol, origin: _ } = allocator;
            let thing = Thing::new(format!("the allocator {name}")).is("component", component);
            ("allocator", name.to_string(), thing.is("object", object).is("symbol", symbol))
        }))
        .parts(smoke_commands.iter().map(|command| {
            let SmokeCommand { name, run, origin: _ } = command;
            let thing = Thing::new(format!("the command {name} of checks")).long("script", run.as_str());
            ("command of checks", name.to_string(), thing)
        }))
        .parts(hook::parts(hooks, "every tool"))
        .parts(hook::entered(dispatch_inputs, "every tool"))
}

fn of_builder(thing: Thing, builder: &Builder) -> Thing {
    let Builder { kind, image, fallback, persistent, origin: _ } = builder;
    let kind = match kind {
        BuilderKind::Container => "a new container",
        BuilderKind::Image => "a container of the persistent image",
        BuilderKind::Runner => "the runner itself",
    };
    let mut thing = thing.is("place where builds run", kind);
    for (what, image) in [("image of builds", image), ("image that stands in for it", fallback)] {
        let Some(Image { name, digest, origin: _ }) = image else { continue };
        let digest = digest.as_ref().map_or("unresolved", |digest| digest.trim_start_matches("sha256:"));
        let short: String = digest.chars().take(12).collect();
        thing = thing.is(what, name).pin(name.as_str(), &format!("at {short}"), digest);
    }
    let name = persistent.as_ref().map(|it| {
        let PersistentImage { name, cron: _, origin: _ } = it;
        name.as_str()
    });
    thing.maybe("persistent image", name)
}
