//! Images whose digest nobody has verified.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{BuilderKind, Model};

/// Warns of every image that is used by its tag alone.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let builder = &model.project.builder;
    if builder.kind == BuilderKind::Runner && builder.persistent.is_none() {
        return;
    }
    for image in [builder.image.as_ref(), builder.fallback.as_ref()].into_iter().flatten() {
        let Err(reason) = &image.digest else { continue };
        let name = &image.name;
        let message = format!("the image `{name}` has no verified digest: {reason}");
        let diagnostic = Diagnostic::warning(Code::UNRESOLVED_PIN, &image.origin, message);
        let help = format!(
            "builds take whatever `{name}` is on that day; `ghagen lock update {name}` asks the registry for the digest"
        );
        diagnostics.push(diagnostic.help(help));
    }
}
