//! The values of `component/<build system>.sh`: one function for each recipe.

use minijinja::{Value, context};

use super::component::{allocator_object, copies, link_flags};
use super::{condition, items, word};
use crate::model::{
    Autotools, Bootstrap, Cargo, Cmake, Component, Go, GoProgram, LinkMode, Make, MakeStep, Meson, Model, Program,
    Recipe, RelativePath,
};

/// What every Makefile is told on the command line, where its own assignments cannot win.
const MAKE_TOOLS: [&str; 4] = ["\"CC=$CC\"", "\"CXX=$CXX\"", "\"AR=$AR\"", "\"RANLIB=$RANLIB\""];

/// The values of a recipe.
pub(super) fn values(model: &Model, component: &Component) -> Result<Value, String> {
    Ok(match &component.recipe {
        Recipe::Go(recipe) => go(model, component, recipe)?,
        Recipe::Cargo(recipe) => cargo(model, component, recipe)?,
        Recipe::Make(recipe) => make(recipe),
        Recipe::Autotools(recipe) => autotools(recipe),
        Recipe::Meson(recipe) => meson(recipe),
        Recipe::Cmake(recipe) => cmake(recipe),
        Recipe::Files(recipe) => context! { copies => copies(recipe) },
        Recipe::Script(run) => context! { run => run.as_str() },
    })
}

/// Whether a program is made without our compiler: it has no record of its link.
pub(super) fn without_linker(component: &Component, file: &RelativePath) -> bool {
    let Recipe::Go(go) = &component.recipe else { return false };
    go.programs.iter().any(|program| &program.path == file && !program.cgo)
}

fn go(model: &Model, component: &Component, go: &Go) -> Result<Value, String> {
    let programs = go.programs.iter().map(|program| go_program(model, component, program)).collect::<Result<_, _>>();
    let programs: Vec<Value> = programs?;
    let first = ["-trimpath", "-buildvcs=false", if go.vendor { "-mod=vendor" } else { "-mod=readonly" }];
    Ok(context! {
        release => go.release.version.as_str(),
        tags => items::texts(&go.tags),
        vendor => go.vendor,
        options => items::array(first.map(always).into_iter().chain(items::words("", &go.options))),
        programs => programs,
    })
}

fn go_program(model: &Model, component: &Component, program: &GoProgram) -> Result<Value, String> {
    let declared = declared(component, &program.path);
    let stamps = program.stamps.iter().map(|(name, value)| {
        let stamp = format!("{}={}", word::inside(name), word::inside(&value.value));
        // The flags are split again by `go build`, which knows both kinds of quotes.
        let quote = if stamp.contains('\'') { "\\\"" } else { "'" };
        (condition::condition(&value.when), format!("\"-X {quote}{stamp}{quote}\""))
    });
    let pie = declared.is_some_and(|declared| declared.link == LinkMode::StaticPie);
    // No debugging data, and no id that holds paths of the build; the symbols stay for the proofs.
    let mut flags = vec!["-w", "-buildid="];
    if program.cgo {
        flags.extend([
            "-linkmode=external",
            if pie { "\"-extldflags '-static-pie'\"" } else { "\"-extldflags '-static'\"" },
        ]);
    }
    Ok(context! {
        path => program.path.as_str(),
        package => word::quote(&program.package),
        cgo => program.cgo,
        flags => items::array(flags.into_iter().map(always).chain(stamps)),
        pie => pie,
        link_flags => link_flags(model, declared)?,
    })
}

/// A word that always applies.
fn always(word: &str) -> (String, String) {
    (String::new(), word.to_owned())
}

fn declared<'a>(component: &'a Component, path: &RelativePath) -> Option<&'a Program> {
    component.programs().find(|(_, file, _)| *file == path).map(|(_, _, program)| program)
}

fn cargo(model: &Model, component: &Component, cargo: &Cargo) -> Result<Value, String> {
    let program = component.programs().next().map(|(_, _, program)| program);
    let programs = cargo.programs.iter().map(|(name, path)| {
        context! { name => word::between_quotes(name), path => path.as_str() }
    });
    Ok(context! {
        release => cargo.release.version.as_str(),
        directory => directory(&cargo.directory),
        options => items::array(items::words("--features=", &cargo.features).chain(items::words("", &cargo.options))),
        programs => programs.collect::<Vec<Value>>(),
        pie => program.is_none_or(|program| program.link == LinkMode::StaticPie),
        allocator_object => allocator_object(model, program)?,
    })
}

fn make(make: &Make) -> Value {
    context! {
        directory => directory(&make.directory),
        build => make_step(&MAKE_TOOLS, &make.build),
        install => make.install.as_ref().map(|step| make_step(&MAKE_TOOLS, step)),
        copies => copies(&make.copy),
    }
}

fn autotools(autotools: &Autotools) -> Value {
    context! {
        directory => directory(&autotools.directory),
        bootstrap => match autotools.bootstrap {
            Bootstrap::None => "none",
            Bootstrap::Autoreconf => "autoreconf",
            Bootstrap::Autogen => "autogen",
        },
        configure => items::array(items::words("", &autotools.configure).chain(items::assignments(&autotools.variables))),
        build => make_step(&[], &autotools.build),
        install => autotools.install.as_ref().map(|step| make_step(&[], step)),
        copies => copies(&autotools.copy),
    }
}

fn meson(meson: &Meson) -> Value {
    context! {
        directory => directory(&meson.directory),
        options => items::texts(&meson.options),
        targets => items::texts(&meson.targets),
        install => meson.install,
        copies => copies(&meson.copy),
    }
}

fn cmake(cmake: &Cmake) -> Value {
    context! {
        directory => directory(&cmake.directory),
        options => items::texts(&cmake.options),
        targets => items::texts(&cmake.targets),
        install => cmake.install,
        copies => copies(&cmake.copy),
    }
}

/// A folder below the source as it follows `$SOURCE`.
fn directory(path: &RelativePath) -> String {
    if path.as_str() == "." { String::new() } else { format!("/{path}") }
}

/// One run of make: variables, then targets.
fn make_step(first: &[&str], step: &MakeStep) -> Value {
    let first = first.iter().copied().map(always);
    let words = first.chain(items::assignments(&step.variables)).chain(items::words("", &step.targets));
    context! { words => items::array(words) }
}
