//! Programs of one component that want to be linked in different ways, where its recipe links all of them in one.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Component, LinkMode, Malloc, Model, Recipe};

/// Compares each program with the first one: what that declares holds for every link of the recipe.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for component in model.components.values().filter(|component| links_in_one_way(component)) {
        let mut programs = component.programs();
        let Some((first, _, wanted)) = programs.next() else { continue };
        for (output, _, program) in programs.filter(|(output, _, _)| output.name != first.name) {
            if way(program.link, &program.malloc) != way(wanted.link, &wanted.malloc) {
                let message = format!(
                    "the outputs `{}` and `{}` of `{}` are to be linked in different ways",
                    first.name, output.name, component.name
                );
                let diagnostic = Diagnostic::error(Code::MIXED_LINKS, &output.origin.key("program"), message);
                let diagnostic =
                    diagnostic.related(&first.origin.key("program"), "every link gets what this one declares");
                diagnostics
                    .push(diagnostic.help("give them the same `link` and `allocator`, or make two components of them"));
            }
        }
    }
}

/// Go links each program by a command of its own; files are linked by nobody.
const fn links_in_one_way(component: &Component) -> bool {
    !matches!(component.recipe, Recipe::Go(_) | Recipe::Files(_))
}

/// What goes into the link; without an allocator of its own a program has the C library's or none, and is linked the same.
fn way(link: LinkMode, malloc: &Malloc) -> (LinkMode, Option<&str>) {
    match malloc {
        Malloc::Allocator(name) => (link, Some(name.as_str())),
        Malloc::Libc(_) | Malloc::None(_) => (link, None),
    }
}
