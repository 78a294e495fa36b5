//! The values of `components/<name>.sh`: one component's source, environment, recipe and proofs.

use minijinja::{Value, context};

use super::marks::Marks;
use super::{condition, items, recipe, word};
use crate::model::{Component, LinkMode, Malloc, Model, Program, Recipe, Source, VersionCheck};

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
    Ok(context! {
        name => component.name.as_str(),
        summary => component.summary.as_str(),
        source => source,
        submodules => submodules,
        license_files => items::list(component.license_files.iter().map(crate::model::RelativePath::as_str)),
        patches => items::list(component.patches.iter().map(crate::model::RelativePath::as_str)),
        environment => environment(component),
        link_flags => link_flags(model, first)?,
        links => links(component),
        programs => programs(model, component, marks)?,
        recipe_template => format!("component/{system}.sh.j2"),
        recipe => recipe::values(model, component)?,
        source_mark => marks.mark(&origin.key("source")),
        environment_mark => marks.mark(&origin.key("environment")),
        patches_mark => marks.mark(&origin.key("patches")),
        recipe_mark => marks.mark(&origin.key("recipe").key(system)),
    })
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
            condition => condition::condition(&output.when),
            path => file.as_str(),
            proof => words,
            mark => marks.mark(&output.origin.key("program")),
        });
    }
    Ok(values)
}

fn environment(component: &Component) -> Vec<Value> {
    let value = |(name, text): &(crate::gha::EnvName, crate::model::Conditional<crate::model::Template>)| {
        context! {
            condition => condition::condition(&text.when),
            name => name.as_str(),
            word => word::word(&text.value),
        }
    };
    component.environment.iter().map(value).collect()
}

/// The copies at the end of a recipe.
pub(super) fn copies(copies: &[crate::model::Copy]) -> Value {
    let copies = copies.iter().map(|copy| {
        context! {
            condition => condition::condition(&copy.to.when),
            from => copy.from.as_str(),
            to => copy.to.value.as_str(),
        }
    });
    Value::from(copies.collect::<Vec<Value>>())
}
