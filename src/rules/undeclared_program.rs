//! Programs that nothing is proved about, because they declare nothing.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Component, ComponentKind, Model, Output};

/// Folders that hold programs.
const PROGRAM_FOLDERS: [&str; 3] = ["bin", "libexec", "sbin"];

/// Warns of outputs of program components that look like programs and have no `program` block.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for component in model.components.values().filter(|component| component.kind == ComponentKind::Program) {
        for output in component.outputs.iter().filter(|output| output.program.is_none() && !output.files.is_empty()) {
            if is_executable(output) || is_in_program_folder(model, output) {
                diagnostics.push(tell(component, output));
            }
        }
    }
}

const fn is_executable(output: &Output) -> bool {
    output.mode & 0o111 != 0
}

fn is_in_program_folder(model: &Model, output: &Output) -> bool {
    let mut folders = model.project.layouts.values().filter_map(|layout| layout.places.get(&output.place));
    folders.any(|folder| PROGRAM_FOLDERS.contains(&folder.name()))
}

fn tell(component: &Component, output: &Output) -> Diagnostic {
    let message = format!("nothing is proved about the output `{}` of `{}`", output.name, component.name);
    let diagnostic = Diagnostic::warning(Code::UNDECLARED_PROGRAM, &output.origin, message);
    let diagnostic = diagnostic.label("looks like a program, but declares nothing");
    diagnostic
        .help("add `program` with `link`, `allocator` and `minimum_size`")
        .help("scripts and other files belong to a component of the kind `files`")
}
