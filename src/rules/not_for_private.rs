//! What GitHub gives to public repositories, and to private ones only for money.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Model, Visibility};

/// How the labels of GitHub's own arm64 runners end.
const ARM: &str = "-arm";

/// Looks at the settings of a private repository.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let project = &model.project;
    if project.visibility == Visibility::Public {
        return;
    }
    if project.release.attest {
        let origin = project.release.origin.key("attest");
        let message = "attestations of a private repository need GitHub Enterprise Cloud";
        let help = "on any other plan leave `attest` out: then releases are signed, and not attested";
        diagnostics.push(Diagnostic::warning(Code::NOT_FOR_PRIVATE, &origin, message).help(help));
    }
    for (arch, settings) in &project.arches {
        let label = settings.runner.to_string();
        if label.starts_with("ubuntu-") && label.ends_with(ARM) {
            let message =
                format!("`{label}` is free for public repositories alone, and packages of {arch} are tested on it");
            let help = "name a runner of your own or one that your plan has; or remove the arch";
            let origin = settings.origin.key("runner");
            diagnostics.push(Diagnostic::warning(Code::NOT_FOR_PRIVATE, &origin, message).help(help));
        }
    }
}
