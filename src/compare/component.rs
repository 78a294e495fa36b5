//! A component as facts. Each field of the model is named here, so that a new one cannot be forgotten.

use super::difference::differences as compare;
use super::recipe;
use super::thing::Thing;
use super::toolchain::git;
use super::words::{texts, when};
use crate::model::{Archive, Component, ComponentName, Link, Malloc, Model, Output, Program, Source, VersionCheck};

/// What is different about a component.
pub(super) fn differences(name: &ComponentName, old: &Model, new: &Model) -> Vec<String> {
    match (old.components.get(name), new.components.get(name)) {
        (Some(old), Some(new)) => compare(&thing(old), &thing(new)),
        (None, Some(new)) => {
            vec![format!("adds the component {name} ({}, {})", new.kind.as_str(), new.recipe.system())]
        }
        (Some(_), None) => vec![format!("drops the component {name}")],
        (None, None) => Vec::new(),
    }
}

fn thing(component: &Component) -> Thing {
    let Component {
        name,
        kind,
        summary,
        license,
        license_files,
        source,
        shares_source_of,
        needs,
        packages,
        environment,
        patches,
        seconds,
        recipe,
        outputs,
        origin: _,
    } = component;
    let environment = environment.iter().map(|(name, it)| (format!("{name}{}", when(&it.when)), it.value.text()));
    let seconds = seconds.iter().map(|(arch, seconds)| (arch.to_string(), seconds.to_string())).collect();
    let thing = Thing::new(name.as_str())
        .is("kind", kind.as_str())
        .is("summary", summary)
        .is("licence", license)
        .has("licence file", texts(license_files))
        .maybe("owner of the source", shares_source_of.as_ref())
        .has("need", texts(needs))
        .has("package of the distribution", texts(packages))
        .map("environment variable", environment.collect())
        .has("patch", texts(patches))
        .map("time in seconds to build for", seconds);
    let thing = match source {
        Source::Git(source) if shares_source_of.is_none() => git(thing.is("source", "git"), "", source),
        Source::Archive(archive) if shares_source_of.is_none() => {
            let Archive { url, version: _, sha256, origin: _ } = archive;
            thing.is("source", "archive").is("address", url).is("checksum", sha256.as_str())
        }
        // Told by the component that it shares the source of.
        Source::Git(_) | Source::Archive(_) => thing,
        Source::Upstream(tool) => thing.is("source", format!("the upstream of {tool}")),
        Source::Files => thing.is("source", "files of the spec"),
    };
    thing
        .part("recipe", recipe.system(), recipe::thing(name, recipe))
        .parts(outputs.iter().map(|it| ("output", it.name.to_string(), output(name, it))))
}

fn output(component: &ComponentName, output: &Output) -> Thing {
    let Output { name, files, links, place, mode, when: condition, program, origin: _ } = output;
    let links = links.iter().map(|link| {
        let Link { name, target, origin: _ } = link;
        (name.clone(), target.clone())
    });
    let thing = Thing::new(format!("the output {name} of {component}"))
        .has("file", texts(files))
        .map("link", links.collect())
        .is("place", place)
        .is("mode", format!("{mode:04o}"))
        .maybe("condition", Some(when(condition)).filter(|text| !text.is_empty()));
    let Some(Program { link, malloc, minimum_size, version_check }) = program else {
        return thing.flag("declaration of a program", false);
    };
    let malloc = match malloc {
        Malloc::Allocator(name) => name.to_string(),
        Malloc::Libc(reason) => format!("the C library's: {reason}"),
        Malloc::None(reason) => format!("none: {reason}"),
    };
    let thing = thing
        .flag("declaration of a program", true)
        .is("way to link", link.as_str())
        .is("malloc", malloc)
        .is("smallest size", minimum_size);
    let Some(VersionCheck { arguments, expect, emulated }) = version_check else {
        return thing.flag("question for its version", false);
    };
    thing
        .flag("question for its version", true)
        .has("argument of the question for its version", arguments.clone())
        .is("answer with its version", expect.text())
        .flag("answer under an emulator", *emulated)
}
