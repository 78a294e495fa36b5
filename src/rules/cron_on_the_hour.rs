//! Schedules at the start of an hour, when GitHub is late.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;

/// Looks at every schedule of the project.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let checks = (&model.project.schedule.cron, model.project.origin.key("schedule").key("cron"));
    let image = model.project.builder.persistent.as_ref().map(|image| (&image.cron, image.origin.key("cron")));
    let update = model.project.pins.update.as_ref().map(|update| (&update.cron, update.origin.key("cron")));
    for (cron, origin) in
        [Some(checks), image, update].into_iter().flatten().filter(|(cron, _)| cron.minutes().any(|it| it == 0))
    {
        let message = format!("`{cron}` starts at the beginning of an hour, when runs are delayed or dropped");
        let diagnostic = Diagnostic::warning(Code::CRON_ON_THE_HOUR, &origin, message);
        let rest = cron.as_str().split_once(' ').map_or("4 * * *", |(_, rest)| rest);
        let better = format!("17 {rest}");
        let help = format!("take an odd minute that nobody else takes, such as `{better}`");
        diagnostics.push(diagnostic.fix(help, cron.as_str(), &better));
    }
}
