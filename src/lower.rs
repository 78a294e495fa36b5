//! From the shape of the spec to its meaning: names, defaults, references, pins.
//!
//! Every mistake of the whole spec comes out of one run, each at the value that it is about. Reads no files and writes no
//! text; what is legal but wrong is for `rules` to say.

mod arch;
mod caret;
mod carried;
mod component;
mod condition;
mod coupling;
mod environment;
mod hook;
mod input;
mod line;
mod lock;
mod names;
mod output;
mod pins;
mod project;
mod recipe;
mod sink;
mod source;
mod text;
mod tool;
mod toolchain;

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Label, Target, has_errors};
use crate::model::{Model, Source};
use crate::source::Sources;
use crate::spec::Spec;

use lock::Lock;
use names::Names;
use sink::Sink;

/// What everything is lowered with.
struct Context<'a> {
    /// The whole spec.
    spec: &'a Spec,
    /// The names that it gives.
    names: Names<'a>,
    /// The lock.
    lock: Lock<'a>,
    /// The sources that components have of their own; those with a mistake are missing.
    sources: BTreeMap<String, Source>,
}

/// Gives a spec its meaning. Without a model at least one of the diagnostics is an error, and with an error there is none.
pub fn lower(sources: &Sources, spec: &Spec) -> (Option<Model>, Vec<Diagnostic>) {
    let (model, diagnostics) = lower_all(sources, spec);
    let model = model.filter(|_| spec.unread.is_empty());
    // A model with a mistake in it must not leave: parts of it are missing.
    (model.filter(|_| !has_errors(&diagnostics)), diagnostics)
}

/// Gives a spec enough of a meaning to ask for pins: what the lock lacks, or has wrong, is missing from the model and no
/// mistake. For anything else than new pins such a model is of no use.
pub fn lower_for_pins(sources: &Sources, spec: &Spec) -> (Option<Model>, Vec<Diagnostic>) {
    let (model, mut diagnostics) = lower_all(sources, spec);
    diagnostics.retain(|it| !matches!(it.code, Code::UNPINNED | Code::LOCK_MISMATCH));
    (model.filter(|_| !has_errors(&diagnostics)), diagnostics)
}

/// Gives a spec as much of a meaning as it has. With an error among the diagnostics, parts of the model may be missing: it is there
/// for rules that can live with that, and for nothing else.
pub fn lower_all(sources: &Sources, spec: &Spec) -> (Option<Model>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let spec = &*names::by_file(&mut sink, sources, spec);
    let lock = Lock::new(&mut sink, &spec.lock);
    let mut context = Context { spec, names: Names::new(spec), lock, sources: BTreeMap::new() };
    context.lock.clashes = source::clashes(&context, &mut sink);
    context.sources = source::own(&context, &mut sink);
    let project = project::lower(&context, &mut sink);
    let components = spec.components.iter().filter_map(|loaded| component::lower(&context, &mut sink, loaded));
    let components = components.map(|component| (component.name.clone(), component)).collect();
    let tools = spec.tools.iter().filter_map(|loaded| tool::lower(&context, &mut sink, loaded));
    let tools = tools.map(|tool| (tool.name.clone(), tool)).collect();
    let carried = carried::lower(spec, &mut sink);
    let model = project.map(|project| Model {
        project,
        tools,
        components,
        actions: context.lock.actions.clone(),
        unresolved_actions: context.lock.unresolved_actions.clone(),
        releases: context.lock.releases.clone(),
        carried,
    });
    if let Some(model) = &model {
        coupling::check(&context, &mut sink, model);
    }
    (model, in_order(sources, sink.diagnostics))
}

/// File by file and from top to bottom, as a reader of the spec meets them.
fn in_order(sources: &Sources, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_cached_key(|Diagnostic { primary: Label { file, target, .. }, .. }| {
        let span = match target {
            Target::File => None,
            Target::Key(route) => sources.key_span(*file, route),
            Target::Value(route) => sources.value_span(*file, route),
            Target::Span(span) => Some(*span),
        };
        (*file, span)
    });
    diagnostics
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::project::read_files;
    use crate::{rules, spec};

    /// Single mistakes are the cases of `tests/diagnostics`.
    #[test]
    fn the_spec_of_this_repository_has_no_mistakes() {
        let files = read_files(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut sources = Sources::default();
        let (spec, diagnostics) = spec::read(&mut sources, &files);
        assert_eq!(diagnostics, []);
        let (model, diagnostics) = lower(&sources, &spec.unwrap());
        assert_eq!(diagnostics, []);
        assert!(!has_errors(&rules::check(&model.unwrap())));
    }
}
