//! Pins that nobody has verified, where what uses them can live with that for a while.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{BuilderKind, Generator, GitSource, Image, Model, Source};
use crate::source::Origin;

/// Warns of every use.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(images(model).filter_map(image));
    let mut say = |name: &str, what: String, origin: &Origin, help: String| {
        let diagnostic = Diagnostic::warning(Code::UNRESOLVED_PIN, origin, what);
        diagnostics.push(diagnostic.help(format!("{help}; `ghagen lock update {name}` pins it")));
    };
    for tool in model.tools.values() {
        let Some(reason) = &tool.upstream.unresolved else { continue };
        let what = format!("the lock has no version of `{}` that is known to be good: {reason}", tool.name);
        let help = "releases look for versions themselves, but pull requests and local builds have none to try";
        say(tool.name.as_str(), what, &tool.upstream.origin, help.to_owned());
    }
    let mut source = |name: &str, git: &GitSource, help: &str| {
        let Some(reason) = &git.unresolved else { return };
        say(name, format!("no commit of `{name}` is verified: {reason}"), &git.origin, help.to_owned());
    };
    if let Generator::Git(git) = &model.project.generator {
        source("ghagen", git, "the gate of pull requests fails until then");
    }
    source("musl", &model.project.toolchain.musl, "no build can be made until then");
    for component in model.components.values().filter(|component| component.shares_source_of.is_none()) {
        if let Source::Git(git) = &component.source {
            source(component.name.as_str(), git, "builds that need it fail until then");
        }
    }
}

/// The images that builds use.
fn images(model: &Model) -> impl Iterator<Item = &Image> {
    let builder = &model.project.builder;
    let is_used = builder.kind != BuilderKind::Runner || builder.persistent.is_some();
    [Some(&builder.image), builder.fallback.as_ref()].into_iter().flatten().filter(move |_| is_used)
}

fn image(image: &Image) -> Option<Diagnostic> {
    let reason = image.digest.as_ref().err()?;
    let name = &image.name;
    let message = format!("the image `{name}` has no verified digest: {reason}");
    let help = format!(
        "builds take whatever `{name}` is on that day; `ghagen lock update {name}` asks the registry for the digest"
    );
    Some(Diagnostic::warning(Code::UNRESOLVED_PIN, &image.origin, message).help(help))
}
