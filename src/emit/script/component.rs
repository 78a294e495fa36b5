//! The values of `components/<name>.sh`: one component's source, environment, recipe and proofs.

use minijinja::{Value, context};

use super::marks::{Marks, below};
use super::{condition, items, recipe, word};
use crate::model::{Component, LinkMode, Malloc, Model, Output, Program, Recipe, RelativePath, Source, VersionCheck};
use crate::source::Origin;

/// The values of the script of a component.
pub(super) fn values(model: &Model, component: &Component, marks: &mut Marks) -> Result<Value, String> {
    let system = component.recipe.system();
    let (source, submodules) = match &component.source {
        Source::Git(git) => ("git", git.submodules),
        Source::Archive(_) => ("archive", false),
        Source::Upstream(name) => ("git", model.tools.get(name).is_some_and(|tool| tool.upstream.submodules)),
        Source::Files => ("files", false),
    };
    let first = component.programs().next().map(|(_, _, program)| program);
    let origin = &component.origin;
    marks.names(
        origin,
        &[
            ("name", "component"),
            ("summary", "summary"),
            ("source", "source"),
            ("submodules", "source.git.submodules"),
            ("license_files", "license_files"),
            ("patches", "patches"),
            ("environment", "environment"),
            ("programs", "outputs"),
            ("recipe_template", "recipe"),
        ],
    );
    if let Some(owner) = component.shares_source_of.as_ref().and_then(|owner| model.components.get(owner)) {
        marks.names(&owner.origin, &[("source", "source"), ("submodules", "source.git.submodules")]);
    }
    if let Source::Upstream(tool) = &component.source {
        let upstream = model.tools.get(tool).map(|tool| tool.upstream.origin.key("submodules"));
        if let Some(origin) = upstream {
            marks.name("submodules", || origin);
        }
    }
    for origin in link_origins(model, component, None) {
        marks.name("link_flags", || origin);
    }
    Ok(context! {
        name => component.name.as_str(),
        summary => component.summary.as_str(),
        source => source,
        submodules => submodules,
        license_files => paths(&component.license_files, &origin.key("license_files"), marks),
        patches => paths(&component.patches, &origin.key("patches"), marks),
        environment => environment(component, marks),
        link_flags => link_flags(model, first)?,
        links => links(component),
        programs => programs(model, component, marks)?,
        recipe_template => format!("component/{system}.sh.j2"),
        recipe => recipe::values(model, component, marks)?,
        source_mark => marks.mark(&origin.key("source")),
        environment_mark => marks.mark(&origin.key("environment")),
        patches_mark => marks.mark(&origin.key("patches")),
        recipe_mark => marks.mark(&origin.key("recipe").key(system)),
    })
}

/// The spec values that decide how a program is linked: of the first one, or of that at a path.
pub(super) fn link_origins(model: &Model, component: &Component, path: Option<&RelativePath>) -> Vec<Origin> {
    let toolchain = &model.project.toolchain;
    let mut programs = component.programs();
    let found = programs.find(|(_, file, _)| path.is_none_or(|path| *file == path));
    let mut origins = Vec::new();
    if let Some((output, _, program)) = found {
        let declared = output.origin.key("program");
        origins.extend(["link", "allocator"].map(|key| declared.key(key)));
        origins.extend(object_origin(model, program));
    }
    origins.push(toolchain.origin.key("thread_stack"));
    origins
}

/// The object of a program's allocator, in the spec.
pub(super) fn object_origin(model: &Model, program: &Program) -> Option<Origin> {
    let Malloc::Allocator(name) = &program.malloc else { return None };
    model.project.toolchain.allocators.get(name).map(|allocator| allocator.origin.clone())
}

/// Paths, each with its place in a list.
fn paths(paths: &[RelativePath], origin: &Origin, marks: &mut Marks) -> Value {
    let path = |(index, path): (usize, &RelativePath)| marks.value(path.as_str(), [&origin.index(index)]);
    items::list(paths.iter().enumerate().map(path).collect::<Vec<String>>())
}

/// What the compiler wrapper adds to every link: as it stands between double quotes.
pub(super) fn link_flags(model: &Model, program: Option<&Program>) -> Result<String, String> {
    let toolchain = &model.project.toolchain;
    let link = program.map_or(LinkMode::Static, |program| program.link);
    let mut flags = vec![format!("-{}", link.as_str())];
    flags.extend(allocator_object(model, program)?.map(|object| format!("$PREFIX/{object}")));
    flags.extend(toolchain.thread_stack.map(|bytes| format!("-Wl,-z,stack-size={bytes}")));
    Ok(flags.join(" "))
}

/// The object of a program's allocator, below the prefix.
pub(super) fn allocator_object<'a>(model: &'a Model, program: Option<&Program>) -> Result<Option<&'a str>, String> {
    let Some(Malloc::Allocator(name)) = program.map(|program| &program.malloc) else { return Ok(None) };
    let allocator = model.project.toolchain.allocators.get(name).ok_or_else(|| format!("the allocator {name}"))?;
    Ok(Some(allocator.object.as_str()))
}

/// The words for `prove-program.sh` that a declaration gives, but for what is printed by the program.
pub(super) fn proof(model: &Model, program: &Program) -> Result<Vec<String>, String> {
    let symbol = match &program.malloc {
        Malloc::Libc(_) => "libc",
        Malloc::None(_) => "none",
        Malloc::Allocator(name) => {
            let allocators = &model.project.toolchain.allocators;
            allocators.get(name).ok_or_else(|| format!("the allocator {name}"))?.symbol.as_str()
        }
    };
    let words = ["--link", program.link.as_str(), "--allocator-symbol", symbol];
    Ok(words.map(str::to_owned).to_vec())
}

/// The words for what a program prints, with the text that is expected as a word already.
pub(super) fn answer(check: &VersionCheck, expected: String) -> Vec<String> {
    let mut words = vec!["--expect".to_owned(), expected, "--".to_owned()];
    words.extend(check.arguments.iter().map(|argument| word::quote(argument)));
    words
}

/// Whether programs of the component are linked by our compiler, which notes what goes into them.
fn links(component: &Component) -> bool {
    !matches!(component.recipe, Recipe::Cargo(_) | Recipe::Files(_))
}

fn programs(model: &Model, component: &Component, marks: &mut Marks) -> Result<Vec<Value>, String> {
    let mut values = Vec::new();
    for (output, file, program) in component.programs() {
        let mut words = proof(model, program)?;
        words.extend(["--symbols", "yes"].map(str::to_owned));
        if links(component) && !recipe::without_linker(component, file) {
            words.extend(["--links", "\"$LINKS\""].map(str::to_owned));
        }
        if let Some(check) = &program.version_check {
            words.extend(answer(check, word::word(&check.expect)));
        }
        values.push(context! {
            condition => asked(&output.when, &output.origin.key("when"), marks),
            path => file.as_str(),
            proof => words,
            mark => proof_marks(model, component, (output, file, program), marks),
        });
    }
    Ok(values)
}

/// Marks of what is proved of a program.
fn proof_marks(
    model: &Model,
    component: &Component,
    (output, file, program): (&Output, &RelativePath, &Program),
    marks: &mut Marks,
) -> String {
    let recipe = component.origin.key("recipe").key(component.recipe.system());
    let go = matches!(component.recipe, Recipe::Go(_)).then(|| below(&recipe, &["programs", file.as_str(), "cgo"]));
    let first = marks.mark(&output.origin.key("program"));
    let object = object_origin(model, program);
    let asked = [output.origin.key("files"), output.origin.key("when")];
    marks.value(first, asked.iter().chain(&object).chain(&go))
}

fn environment(component: &Component, marks: &mut Marks) -> Vec<Value> {
    let origin = component.origin.key("environment");
    let value = |(name, text): &(crate::gha::EnvName, crate::model::Conditional<crate::model::Template>)| {
        let origin = origin.key(name.as_str());
        context! {
            condition => asked(&text.when, &origin, marks),
            name => name.as_str(),
            word => marks.value(word::word(&text.value), [&origin]),
        }
    };
    component.environment.iter().map(value).collect()
}

/// A condition with marks of the value that it belongs to. None stays an empty text.
fn asked(when: &crate::model::Condition, origin: &Origin, marks: &mut Marks) -> String {
    let condition = condition::condition(when);
    if condition.is_empty() { condition } else { marks.value(condition, [origin]) }
}

/// The copies at the end of a recipe. `origin` is that of the mapping.
pub(super) fn copies(copies: &[crate::model::Copy], origin: &Origin, marks: &mut Marks) -> Value {
    let copies = copies.iter().map(|copy| {
        let origin = origin.key(copy.from.as_str());
        context! {
            condition => asked(&copy.to.when, &origin, marks),
            from => copy.from.as_str(),
            to => marks.value(copy.to.value.as_str(), [&origin]),
        }
    });
    Value::from(copies.collect::<Vec<Value>>())
}
