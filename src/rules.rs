//! What is legal but wrong: limits, security, and things that do not go together. One rule, one file, one code.
//!
//! Judges a model and never changes it. A new rule is a new file and a new line of [`RULES`].

mod cron_on_the_hour;
mod cycle;
mod dangling_link;
mod duplicate_artifact;
mod duplicate_path;
mod empty_variant;
mod hook_permission;
mod leaving_link;
mod matrix_too_large;
mod mixed_links;
mod not_for_private;
mod output_not_built;
mod overlapping_lines;
mod stale_exclusion;
mod stale_hook;
mod stale_narrowing;
mod undeclared_program;
mod unpinned_action;
mod unpinned_program;
mod unresolved_pin;
mod unused_component;

pub use unpinned_action::wanted_actions;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;

/// One judgement about a model.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The code of what it finds.
    pub code: Code,
    /// Its name: a few words with `-` between them.
    pub name: &'static str,
    /// Whether what it finds is wrong whatever is missing from the model, so that it is told beside the mistakes of names.
    of_parts: bool,
    /// Finds what is wrong.
    run: fn(&Model, &mut Vec<Diagnostic>),
}

/// Every rule, in the order of the codes.
pub static RULES: &[Rule] = &[
    Rule { code: Code::CYCLE, name: "cycle", of_parts: true, run: cycle::run },
    Rule { code: Code::DUPLICATE_PATH, name: "duplicate-path", of_parts: false, run: duplicate_path::run },
    Rule { code: Code::EMPTY_VARIANT, name: "empty-variant", of_parts: false, run: empty_variant::run },
    Rule { code: Code::UNUSED_COMPONENT, name: "unused-component", of_parts: false, run: unused_component::run },
    Rule { code: Code::OVERLAPPING_LINES, name: "overlapping-lines", of_parts: true, run: overlapping_lines::run },
    Rule { code: Code::DANGLING_LINK, name: "dangling-link", of_parts: false, run: dangling_link::run },
    Rule { code: Code::DUPLICATE_ARTIFACT, name: "duplicate-artifact", of_parts: true, run: duplicate_artifact::run },
    Rule { code: Code::LEAVING_LINK, name: "leaving-link", of_parts: true, run: leaving_link::run },
    Rule { code: Code::UNRESOLVED_PIN, name: "unresolved-pin", of_parts: false, run: unresolved_pin::run },
    Rule { code: Code::MATRIX_TOO_LARGE, name: "matrix-too-large", of_parts: false, run: matrix_too_large::run },
    Rule { code: Code::UNPINNED_ACTION, name: "unpinned-action", of_parts: false, run: unpinned_action::run },
    Rule { code: Code::UNPINNED_PROGRAM, name: "unpinned-program", of_parts: false, run: unpinned_program::run },
    Rule { code: Code::STALE_EXCLUSION, name: "stale-exclusion", of_parts: false, run: stale_exclusion::run },
    Rule { code: Code::OUTPUT_NOT_BUILT, name: "output-not-built", of_parts: false, run: output_not_built::run },
    Rule { code: Code::CRON_ON_THE_HOUR, name: "cron-on-the-hour", of_parts: true, run: cron_on_the_hour::run },
    Rule { code: Code::UNDECLARED_PROGRAM, name: "undeclared-program", of_parts: false, run: undeclared_program::run },
    Rule { code: Code::STALE_NARROWING, name: "stale-narrowing", of_parts: false, run: stale_narrowing::run },
    Rule { code: Code::NOT_FOR_PRIVATE, name: "not-for-private", of_parts: false, run: not_for_private::run },
    Rule { code: Code::MIXED_LINKS, name: "mixed-links", of_parts: true, run: mixed_links::run },
    Rule { code: Code::HOOK_PERMISSION, name: "hook-permission", of_parts: true, run: hook_permission::run },
    Rule { code: Code::STALE_HOOK, name: "stale-hook", of_parts: false, run: stale_hook::run },
];

/// Asks every rule. A model without errors can be planned.
pub fn check(model: &Model) -> Vec<Diagnostic> {
    ask(model, |_| true)
}

/// Asks the rules that can judge a model of which parts are missing.
pub fn check_parts(model: &Model) -> Vec<Diagnostic> {
    ask(model, |rule| rule.of_parts)
}

fn ask(model: &Model, is_asked: impl Fn(&Rule) -> bool) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in RULES.iter().filter(|rule| is_asked(rule)) {
        (rule.run)(model, &mut diagnostics);
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_in_order() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}
