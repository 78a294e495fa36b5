//! The last job of `build-<tool>.yml`: how the run ended.

use std::fmt::Write as _;

use super::part;
use crate::gha::{EnvName, Expression, Job, JobId, Literal, Minutes, Step, env_name, expr, literal};
use crate::model::{Model, Tool};
use crate::plan::PlanError;

/// Says how the run ended, under a name that never changes. `jobs` are all others, in their order.
pub(super) fn job(model: &Model, tool: &Tool, title: Literal, jobs: &[JobId]) -> Result<Job, PlanError> {
    let mut rows = String::new();
    let mut names = Vec::new();
    for id in jobs {
        let name = id.as_str().replace('-', "_").to_uppercase();
        let _ = writeln!(rows, "  printf '| {id} | %s |\\n' \"${name}\"");
        names.push(name);
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("\"${name}\"")).collect();
    let run = format!(
        r#"set -euo pipefail
{{
  printf '## %s %s\n\n' "$TITLE" "$VERSION"
  printf '| job | result |\n|---|---|\n'
{rows}}} >>"$GITHUB_STEP_SUMMARY"
for result in {}; do
  [[ $result == success || $result == skipped ]] || exit 1
done"#,
        quoted.join(" ")
    );
    let mut step = Step::run(literal!("Summarize"), part::script(&run)?)
        .env(env_name!("TITLE"), title)
        .value("env.TITLE", tool.origin.key("title"))
        .env(env_name!("VERSION"), expr!("needs.plan.outputs.version"));
    let mut job = Job::new(literal!("Summary"), part::runner(model), Minutes::of::<5>());
    for (id, name) in jobs.iter().zip(names) {
        let name = EnvName::parse(name)
            .map_err(|error| PlanError::Workflow { what: "the name of a job".to_owned(), reason: error.to_string() })?;
        step = step.env(name, Expression::job_result(id));
        job = job.needs(id.clone());
    }
    Ok(job.when(expr!("always()")).step(step).comment("Jobs that were not needed are skipped, which is no failure."))
}
