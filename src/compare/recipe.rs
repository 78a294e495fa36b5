//! A recipe as facts: what a build is told to do.

use super::thing::Thing;
use super::words::{arguments, variables, when};
use crate::model::{
    Autotools, Bootstrap, Cargo, Cmake, ComponentName, Copy, Go, GoProgram, Make, MakeStep, Meson, Recipe,
};

/// The recipe of a component.
pub(super) fn thing(component: &ComponentName, recipe: &Recipe) -> Thing {
    let thing = Thing::new(component.as_str());
    match recipe {
        Recipe::Go(go) => of_go(thing, component, go),
        Recipe::Cargo(Cargo { release, directory, features, options, programs }) => {
            let programs = programs.iter().map(|(name, path)| (name.clone(), path.to_string()));
            thing
                .is("Rust release", &release.text)
                .is("folder in the source", directory)
                .has("feature", arguments(features))
                .has("argument of cargo", arguments(options))
                .map("program", programs.collect())
        }
        Recipe::Make(Make { directory, build, install, copy }) => {
            made(thing.is("folder in the source", directory), Some(build), install.as_ref()).map("copy", copies(copy))
        }
        Recipe::Autotools(autotools) => of_autotools(thing, autotools),
        Recipe::Meson(Meson { directory, options, targets, install, copy }) => thing
            .is("folder in the source", directory)
            .has("argument of meson", arguments(options))
            .has("target", arguments(targets))
            .flag("use of meson install", *install)
            .map("copy", copies(copy)),
        Recipe::Cmake(Cmake { directory, options, targets, install, copy }) => thing
            .is("folder in the source", directory)
            .has("argument of cmake", arguments(options))
            .has("target", arguments(targets))
            .flag("use of cmake --install", *install)
            .map("copy", copies(copy)),
        Recipe::Files(copy) => thing.map("copy", copies(copy)),
        Recipe::Script(bash) => thing.long("script", bash.as_str()),
    }
}

fn of_go(thing: Thing, component: &ComponentName, go: &Go) -> Thing {
    let Go { release, tags, vendor, options, programs } = go;
    thing
        .is("Go release", &release.text)
        .has("build tag", arguments(tags))
        .flag("use of the vendor folder", *vendor)
        .has("argument of go build", arguments(options))
        .parts(programs.iter().map(|program| {
            let GoProgram { path, package, cgo, stamps } = program;
            let stamps = stamps.iter().map(|(name, it)| (name.text() + &when(&it.when), it.value.text()));
            let thing = Thing::new(format!("the program {path} of {component}"))
                .is("package", package)
                .flag("use of cgo", *cgo)
                .map("stamp", stamps.collect());
            ("program", path.to_string(), thing)
        }))
}

fn of_autotools(thing: Thing, autotools: &Autotools) -> Thing {
    let Autotools { directory, bootstrap, configure, variables: given, build, install, copy } = autotools;
    let bootstrap = match bootstrap {
        Bootstrap::None => "the source's own",
        Bootstrap::Autoreconf => "autoreconf",
        Bootstrap::Autogen => "autogen.sh",
    };
    let thing = thing
        .is("folder in the source", directory)
        .is("origin of configure", bootstrap)
        .has("argument of configure", arguments(configure))
        .map("variable of configure", variables(given));
    made(thing, Some(build), install.as_ref()).map("copy", copies(copy))
}

fn made(mut thing: Thing, build: Option<&MakeStep>, install: Option<&MakeStep>) -> Thing {
    for (what, step) in [("make", build), ("make install", install)] {
        thing = thing.flag(&format!("use of {what}"), step.is_some());
        let Some(MakeStep { targets, variables: given }) = step else { continue };
        thing = thing
            .has(&format!("target of {what}"), arguments(targets))
            .map(&format!("variable of {what}"), variables(given));
    }
    thing
}

/// From where to where.
fn copies(copies: &[Copy]) -> Vec<(String, String)> {
    let copy = |Copy { from, to }: &Copy| (format!("{from}{}", when(&to.when)), to.value.to_string());
    copies.iter().map(copy).collect::<Vec<_>>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::difference::differences;
    use crate::model::{Conditional, RelativePath, Template};

    fn made_with(configure: &[&str], install: Option<MakeStep>) -> Thing {
        let configure = configure.iter().map(|text| Conditional::always(Template::parse(text).unwrap())).collect();
        let recipe = Recipe::Autotools(Autotools {
            directory: RelativePath::parse(".").unwrap(),
            bootstrap: Bootstrap::None,
            configure,
            variables: Vec::new(),
            build: MakeStep::default(),
            install,
            copy: Vec::new(),
        });
        thing(&ComponentName::parse("crun").unwrap(), &recipe)
    }

    #[test]
    fn flags_are_named() {
        let old = made_with(&["--disable-systemd", "--prefix={prefix}"], Some(MakeStep::default()));
        let new = made_with(&["--prefix={prefix}", "--enable-static"], None);
        let expected = [
            "crun gains the argument of configure `--enable-static` and loses the argument of configure \
             `--disable-systemd`",
            "the use of make install of crun: `yes` -> `no`",
        ];
        assert_eq!(differences(&old, &new), expected);
    }
}
