//! The values of `component/<build system>.sh`: one function for each recipe.

use minijinja::{Value, context};

use super::component::{allocator_object, copies, link_flags, link_origins};
use super::items::{self, Item, always};
use super::marks::{Marks, below};
use super::{condition, word};
use crate::model::{
    Autotools, Bootstrap, Cargo, Cmake, Component, Go, GoProgram, LinkMode, Make, MakeStep, Meson, Model, Program,
    Recipe, RelativePath,
};
use crate::source::Origin;

/// What every Makefile is told on the command line, where its own assignments cannot win.
const MAKE_TOOLS: [&str; 4] = ["\"CC=$CC\"", "\"CXX=$CXX\"", "\"AR=$AR\"", "\"RANLIB=$RANLIB\""];

/// The values of a recipe.
pub(super) fn values(model: &Model, component: &Component, marks: &mut Marks) -> Result<Value, String> {
    let at = below(&component.origin, &["recipe", component.recipe.system()]);
    for name in
        ["release", "vendor", "directory", "bootstrap", "configure", "build", "install", "options", "targets", "tags"]
    {
        marks.name(&format!("recipe.{name}"), || at.key(name));
    }
    marks.name("copies", || at.key("copy"));
    marks.name("recipe.run", || at.key("run"));
    if let (Recipe::Go(_) | Recipe::Cargo(_), Some(origin)) = (&component.recipe, release_of(model, component)) {
        marks.name("recipe.release", || origin);
    }
    Ok(match &component.recipe {
        Recipe::Go(recipe) => go(model, component, recipe, &at, marks)?,
        Recipe::Cargo(recipe) => cargo(model, component, recipe, &at, marks)?,
        Recipe::Make(recipe) => make(recipe, &at, marks),
        Recipe::Autotools(recipe) => autotools(recipe, &at, marks),
        Recipe::Meson(recipe) => meson(recipe, &at, marks),
        Recipe::Cmake(recipe) => cmake(recipe, &at, marks),
        Recipe::Files(recipe) => context! { copies => copies(recipe, &at.key("copy"), marks) },
        Recipe::Script(run) => context! { run => run.as_str() },
    })
}

/// The release of the language that the lock has for a component.
pub(super) fn release_of(model: &Model, component: &Component) -> Option<Origin> {
    let (program, release) = match &component.recipe {
        Recipe::Go(go) => ("go", &go.release),
        Recipe::Cargo(cargo) => ("rust", &cargo.release),
        _ => return None,
    };
    let locked = model.releases.get(program)?;
    let index = locked.releases.iter().position(|it| it.version == release.version)?;
    Some(locked.origin.index(index))
}

/// Whether a program is made without our compiler: it has no record of its link.
pub(super) fn without_linker(component: &Component, file: &RelativePath) -> bool {
    let Recipe::Go(go) = &component.recipe else { return false };
    go.programs.iter().any(|program| &program.path == file && !program.cgo)
}

fn go(model: &Model, component: &Component, go: &Go, at: &Origin, marks: &mut Marks) -> Result<Value, String> {
    let mut programs = Vec::new();
    for program in &go.programs {
        programs.push(go_program(model, component, program, &below(at, &["programs", program.path.as_str()]), marks)?);
    }
    let vendor = if go.vendor { "-mod=vendor" } else { "-mod=readonly" };
    let vendor = Item { origins: vec![at.key("vendor")], ..always(vendor) };
    let first = [always("-trimpath"), always("-buildvcs=false"), vendor];
    Ok(context! {
        release => go.release.version.as_str(),
        tags => items::texts(marks, &go.tags, &at.key("tags")),
        vendor => go.vendor,
        options => items::array(marks, first.into_iter().chain(items::words("", &go.options, &at.key("options")))),
        programs => programs,
    })
}

fn go_program(
    model: &Model,
    component: &Component,
    program: &GoProgram,
    at: &Origin,
    marks: &mut Marks,
) -> Result<Value, String> {
    let declared = declared(component, &program.path);
    let stamps = program.stamps.iter().map(|(name, value)| {
        let stamp = format!("{}={}", word::inside(name), word::inside(&value.value));
        // The flags are split again by `go build`, which knows both kinds of quotes.
        let quote = if stamp.contains('\'') { "\\\"" } else { "'" };
        let name = name.text();
        Item {
            condition: condition::condition(&value.when),
            word: format!("\"-X {quote}{stamp}{quote}\""),
            origins: vec![below(at, &["stamps", &name])],
        }
    });
    let pie = declared.is_some_and(|declared| declared.link == LinkMode::StaticPie);
    // No debugging data, and no id that holds paths of the build; the symbols stay for the proofs.
    let mut flags = vec![always("-w"), always("-buildid=")];
    let link = link_origins(model, component, Some(&program.path));
    if program.cgo {
        let flag = if pie { "\"-extldflags '-static-pie'\"" } else { "\"-extldflags '-static'\"" };
        flags.push(Item { origins: vec![at.key("cgo")], ..always("-linkmode=external") });
        let origins = std::iter::once(at.key("cgo")).chain(link.iter().take(1).cloned()).collect();
        flags.push(Item { origins, ..always(flag) });
    }
    Ok(context! {
        path => marks.value(program.path.as_str(), [at]),
        package => marks.value(word::quote(&program.package), [&at.key("package")]),
        cgo => program.cgo,
        link_mark => link.first().map(|origin| marks.mark(origin)).unwrap_or_default(),
        cgo_mark => marks.mark(&at.key("cgo")),
        flags => items::array(marks, flags.into_iter().chain(stamps)),
        pie => pie,
        link_flags => marks.value(link_flags(model, declared)?, &link),
    })
}

fn declared<'a>(component: &'a Component, path: &RelativePath) -> Option<&'a Program> {
    component.programs().find(|(_, file, _)| *file == path).map(|(_, _, program)| program)
}

fn cargo(model: &Model, component: &Component, cargo: &Cargo, at: &Origin, marks: &mut Marks) -> Result<Value, String> {
    let program = component.programs().next().map(|(_, _, program)| program);
    let mut programs = Vec::new();
    for (name, path) in &cargo.programs {
        let name_of_program = marks.value(word::between_quotes(name), [&below(at, &["programs", name])]);
        programs.push(context! { name => name_of_program, path => path.as_str() });
    }
    let link = link_origins(model, component, None);
    for origin in &link {
        marks.name("recipe.pie", || origin.clone());
        marks.name("recipe.allocator_object", || origin.clone());
    }
    let (features, options) = (at.key("features"), at.key("options"));
    let features = items::words("--features=", &cargo.features, &features);
    let options = items::array(marks, features.chain(items::words("", &cargo.options, &options)));
    Ok(context! {
        release => cargo.release.version.as_str(),
        directory => directory(&cargo.directory),
        options => options,
        programs => programs,
        pie => program.is_none_or(|program| program.link == LinkMode::StaticPie),
        allocator_object => allocator_object(model, program)?,
    })
}

fn make(make: &Make, at: &Origin, marks: &mut Marks) -> Value {
    context! {
        directory => directory(&make.directory),
        build => make_step(&MAKE_TOOLS, &make.build, &at.key("build"), marks),
        install => make.install.as_ref().map(|step| make_step(&MAKE_TOOLS, step, &at.key("install"), marks)),
        copies => copies(&make.copy, &at.key("copy"), marks),
    }
}

fn autotools(autotools: &Autotools, at: &Origin, marks: &mut Marks) -> Value {
    let (arguments, variables) = (at.key("configure"), at.key("variables"));
    let configure = items::words("", &autotools.configure, &arguments);
    context! {
        directory => directory(&autotools.directory),
        bootstrap => match autotools.bootstrap {
            Bootstrap::None => "none",
            Bootstrap::Autoreconf => "autoreconf",
            Bootstrap::Autogen => "autogen",
        },
        configure => items::array(marks, configure.chain(items::assignments(&autotools.variables, &variables))),
        build => make_step(&[], &autotools.build, &at.key("build"), marks),
        install => autotools.install.as_ref().map(|step| make_step(&[], step, &at.key("install"), marks)),
        copies => copies(&autotools.copy, &at.key("copy"), marks),
    }
}

fn meson(meson: &Meson, at: &Origin, marks: &mut Marks) -> Value {
    context! {
        directory => directory(&meson.directory),
        options => items::texts(marks, &meson.options, &at.key("options")),
        targets => items::texts(marks, &meson.targets, &at.key("targets")),
        install => meson.install,
        copies => copies(&meson.copy, &at.key("copy"), marks),
    }
}

fn cmake(cmake: &Cmake, at: &Origin, marks: &mut Marks) -> Value {
    context! {
        directory => directory(&cmake.directory),
        options => items::texts(marks, &cmake.options, &at.key("options")),
        targets => items::texts(marks, &cmake.targets, &at.key("targets")),
        install => cmake.install,
        copies => copies(&cmake.copy, &at.key("copy"), marks),
    }
}

/// A folder below the source as it follows `$SOURCE`.
fn directory(path: &RelativePath) -> String {
    if path.as_str() == "." { String::new() } else { format!("/{path}") }
}

/// One run of make: variables, then targets.
fn make_step(first: &[&str], step: &MakeStep, at: &Origin, marks: &mut Marks) -> Value {
    let first = first.iter().copied().map(always);
    let (variables, targets) = (at.key("variables"), at.key("targets"));
    let words = first.chain(items::assignments(&step.variables, &variables));
    context! { words => items::array(marks, words.chain(items::words("", &step.targets, &targets))) }
}
