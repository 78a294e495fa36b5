//! Who keeps the pins of the lock new.

use crate::diagnostic::{Code, Diagnostic};
use crate::gha::EnvName;
use crate::model::{AdoptPins, App, Pins, UpdatePins};
use crate::source::Origin;
use crate::spec;

use super::project::cron;
use super::sink::Sink;

/// The settings of the bots. `None` after a mistake.
pub(super) fn lower(sink: &mut Sink, wire: &spec::Pins, origin: &Origin) -> Option<Pins> {
    let update = match &wire.update {
        Some(update) => Some(lower_update(sink, update, &origin.key("update"))?),
        None => None,
    };
    let adopt = match &wire.adopt {
        Some(adopt) => {
            let origin = origin.key("adopt");
            if !wire.dependabot && !wire.renovate {
                let help = "say `dependabot: true` or `renovate: true` beside it, or take `adopt` away";
                sink.settings(&origin, "no bot is asked to bump the pins that are to be adopted", help);
            }
            let cron = cron(sink, &origin.key("cron"), &adopt.cron);
            let app = lower_app(sink, &adopt.app, &origin.key("app"));
            Some(AdoptPins { cron: cron?, app: app?, origin })
        }
        None => None,
    };
    if wire.dependabot && wire.renovate {
        let help = "take one: two bots that bump the same lines get in each other's way";
        sink.settings(&origin.key("renovate"), "Dependabot and Renovate are both asked to bump actions", help);
    }
    Some(Pins { update, adopt, dependabot: wire.dependabot, renovate: wire.renovate, origin: origin.clone() })
}

fn lower_update(sink: &mut Sink, wire: &spec::UpdatePins, origin: &Origin) -> Option<UpdatePins> {
    let cron = cron(sink, &origin.key("cron"), &wire.cron);
    let app = match &wire.app {
        Some(app) => Some(lower_app(sink, app, &origin.key("app"))?),
        None => None,
    };
    Some(UpdatePins { cron: cron?, cooldown: wire.cooldown, app, origin: origin.clone() })
}

fn lower_app(sink: &mut Sink, app: &spec::App, origin: &Origin) -> Option<App> {
    let client_id = variable(sink, &origin.key("client_id"), &app.client_id);
    let private_key = variable(sink, &origin.key("private_key"), &app.private_key);
    Some(App { client_id: client_id?, private_key: private_key? })
}

/// The name of a variable or a secret of the repository. Never its value: that has no place in a spec.
fn variable(sink: &mut Sink, origin: &Origin, text: &str) -> Option<EnvName> {
    let parsed = EnvName::parse(text);
    if parsed.is_err() {
        let message = format!("`{text}` is not the name of a variable or a secret of a repository");
        let help = "take letters, digits and `_`, the first one no digit, and not `GITHUB_` in front; the value itself is set in the settings of the repository";
        sink.push(Diagnostic::error(Code::INVALID_NAME, origin, message).help(help));
    }
    parsed.ok()
}
