//! Outputs that their recipe does not make, as far as the recipe says what it makes.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Component, Condition, Copy, Model, Output, Recipe, RelativePath, Situation};
use crate::source::Origin;

/// What a recipe is known to make.
struct Made<'a> {
    /// Paths below the prefix, and where they are made.
    paths: Vec<(&'a RelativePath, &'a Condition)>,
    /// Whether it makes nothing else.
    is_all: bool,
}

/// Looks at every component for outputs that are never made, and at every cell for those that are not made there.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let always = Condition::default();
    let mut told: BTreeSet<Origin> = BTreeSet::new();
    for component in model.components.values() {
        let made = made(&component.recipe, &always);
        for (output, file, origin) in files(component) {
            if made.is_all && made.of(file).next().is_none() && told.insert(origin.clone()) {
                diagnostics.push(never(component, output, file, &origin, &made));
            }
        }
    }
    for tool in model.tools.values() {
        for cell in model.cells(tool) {
            let situation = tool.situation(&cell);
            for component in model.reached(tool, &cell).keys().filter_map(|name| model.components.get(*name)) {
                let made = made(&component.recipe, &always);
                for (output, file, origin) in files(component).filter(|(output, _, _)| output.when.fits(situation)) {
                    let mut makers = made.of(file).peekable();
                    let is_missing = makers.peek().is_some() && !makers.any(|when| when.fits(situation));
                    if is_missing && told.insert(origin.clone()) {
                        diagnostics.push(not_here(component, output, file, &origin, situation));
                    }
                }
            }
        }
    }
}

fn files(component: &Component) -> impl Iterator<Item = (&Output, &RelativePath, Origin)> {
    component.outputs.iter().flat_map(|output| {
        let origin = output.origin.key("files");
        output.files.iter().enumerate().map(move |(index, file)| (output, file, origin.index(index)))
    })
}

fn made<'a>(recipe: &'a Recipe, always: &'a Condition) -> Made<'a> {
    let copies = |copies: &'a [Copy]| copies.iter().map(|copy| (&copy.to.value, &copy.to.when)).collect();
    let (paths, is_all) = match recipe {
        Recipe::Go(go) => (go.programs.iter().map(|program| (&program.path, always)).collect(), true),
        Recipe::Cargo(cargo) => (cargo.programs.iter().map(|(_, path)| (path, always)).collect(), true),
        Recipe::Files(files) => (copies(files), true),
        // Their targets can install more than the spec shows.
        Recipe::Make(make) => (copies(&make.copy), false),
        Recipe::Autotools(autotools) => (copies(&autotools.copy), false),
        Recipe::Meson(meson) => (copies(&meson.copy), false),
        Recipe::Cmake(cmake) => (copies(&cmake.copy), false),
        Recipe::Script(_) => (Vec::new(), false),
    };
    Made { paths, is_all }
}

impl Made<'_> {
    /// Where a file is made. A copied folder brings all that is in it.
    fn of<'b>(&'b self, file: &'b RelativePath) -> impl Iterator<Item = &'b Condition> {
        let is_it = move |path: &RelativePath| path == file || file.parents().any(|folder| folder == path.as_str());
        self.paths.iter().filter(move |(path, _)| is_it(path)).map(|(_, when)| *when)
    }
}

fn never(component: &Component, output: &Output, file: &RelativePath, origin: &Origin, made: &Made<'_>) -> Diagnostic {
    let system = component.recipe.system();
    let message = format!("`{file}` of the output `{}` is not made by the recipe of `{}`", output.name, component.name);
    let diagnostic = Diagnostic::error(Code::OUTPUT_NOT_BUILT, origin, message);
    let diagnostic = diagnostic.related(&component.origin.key("recipe").key(system), "the recipe");
    let paths: Vec<String> = made.paths.iter().map(|(path, _)| format!("`{path}`")).collect();
    let paths = if paths.is_empty() { "nothing".to_owned() } else { paths.join(", ") };
    diagnostic.help(format!("the recipe makes {paths}"))
}

fn not_here(
    component: &Component,
    output: &Output,
    file: &RelativePath,
    origin: &Origin,
    situation: Situation<'_>,
) -> Diagnostic {
    let Situation { tool, line, arch } = situation;
    let message = format!("`{file}` of `{}` is not made for `{tool}`, line `{line}`, on {arch}", component.name);
    let diagnostic = Diagnostic::error(Code::OUTPUT_NOT_BUILT, origin, message);
    diagnostic
        .help(format!("give the output `{}` the same `when` as the part of the recipe that makes it", output.name))
}
