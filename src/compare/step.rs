//! Steps of jobs as facts.

use super::thing::{FILE, JOB, Thing};
use super::words::code;
use super::workflow::pairs;
use crate::gha::{Action, Step, Uses, WithValue};

/// Adds the steps of a job, by name; of several steps of one name, the later ones have a number.
pub(super) fn parts(mut job: Thing, id: &str, steps: &[Step]) -> Thing {
    for (position, step) in steps.iter().enumerate() {
        let before = steps.iter().take(position).filter(|it| it.name == step.name).count();
        let mut name = code(&step.name.to_string());
        if before > 0 {
            name = format!("{name} ({})", before + 1);
        }
        let thing = thing(Thing::new(format!("the step {name} of the {JOB}{id}{JOB} job of {FILE}")), step);
        job = job.part("step", &name, thing);
    }
    job
}

fn thing(thing: Thing, step: &Step) -> Thing {
    let Step { name: _, id, if_, action, env, continue_on_error, timeout, comment: _, made: _, origin: _ } = step;
    let thing = thing
        .maybe("id", id.as_ref())
        .maybe("condition", if_.as_ref())
        .flag("right to fail", *continue_on_error)
        .maybe("time limit", timeout.map(|minutes| format!("{} min", minutes.get())))
        .map("variable", pairs(env));
    match action {
        Action::Run(script) => thing.long("script", script.as_str()),
        Action::Uses(Uses { action, with }) => {
            let with = with.iter().map(|(name, value)| {
                let value = match value {
                    WithValue::Text(text) => text.to_string(),
                    WithValue::Lines(lines) => lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
                    WithValue::Integer(number) => number.to_string(),
                    WithValue::Bool(value) => value.to_string(),
                };
                (name.to_string(), value)
            });
            // Its pin is told once for all steps.
            thing.is("action", action.action()).map("input", with.collect())
        }
    }
}
