//! A workflow that uses most of what there is, and the file that it must become.
//!
//! Every linter passes `tests/*.yml`; run them when you change one.

use super::*;
use crate::gha::{
    ActionRef, Choice, Concurrency, Cron, Dispatch, DispatchInput, Environment, Expression, InputKind, Job, Level,
    Matrix, MergeGroup, Minutes, PullRequest, PullRequestType, Push, Row, RunScript, RunnerLabel, Schedule, Scope,
    Step, Strategy, Text, Timezone, Triggers, Uses, WithValue, Workflow, WorkflowPath, env_name, expr, input_name,
    job_id, literal, matrix_key, output_name, path_pattern, ref_pattern, runner_label, script, step_id, text,
};
use crate::source::{Origin, Sources};

const RUNNER: RunnerLabel = runner_label!("ubuntu-24.04");

fn checkout() -> Step {
    let pin = ActionRef::parse("actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1").unwrap();
    Step::uses(text!("Check out"), Uses::new(pin).with(input_name!("persist-credentials"), false))
}

fn upload(name: Text, path: impl Into<WithValue>, if_none: Text) -> Uses {
    let pin =
        ActionRef::parse("actions/upload-artifact", "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0").unwrap();
    Uses::new(pin)
        .with(input_name!("name"), name)
        .with(input_name!("path"), path)
        .with(input_name!("if-no-files-found"), if_none)
        .with(input_name!("retention-days"), 7)
        .with(input_name!("compression-level"), 0)
}

fn triggers() -> Triggers {
    let schedule = Schedule {
        cron: Cron::parse("23 4 * * 1").unwrap(),
        timezone: None,
        comment: "Mondays. Full hours are crowded, so it starts between them.".into(),
        origin: None,
    };
    let variant = Choice::of(literal!("all")).or(literal!("standalone")).or(literal!("default")).or(literal!("full"));
    let form = Dispatch::default()
        .input(
            input_name!("version"),
            DispatchInput::new(literal!("Version to build, such as 5.8.4"), InputKind::Text { default: None })
                .required(),
        )
        .input(input_name!("variant"), DispatchInput::new(literal!("Variant"), InputKind::Choice(variant)))
        .input(
            input_name!("publish"),
            DispatchInput::new(literal!("Publish a release"), InputKind::Boolean { default: true }),
        )
        .input(
            input_name!("revision"),
            DispatchInput::new(literal!("Revision of a rebuild: 2, 3, ..."), InputKind::Number { default: Some(1) }),
        );
    let change = PullRequest {
        types: vec![PullRequestType::Opened, PullRequestType::Synchronize, PullRequestType::ReadyForReview],
        branches: vec![ref_pattern!("main"), ref_pattern!("release/**")],
        paths: vec![path_pattern!("generated/**"), path_pattern!("!**/*.md")],
    };
    Triggers::from(schedule).and(form).and(change)
}

fn plan() -> Job {
    let read = script!(
        "set -euo pipefail",
        "./generated/scripts/check-version.sh \"$TOOL\" \"$VERSION\"",
        "",
        "printf 'matrix=%s\\n' \"$(jq -c .cells plan.json)\" >> \"$GITHUB_OUTPUT\""
    );
    Job::new(text!("Plan"), RUNNER, Minutes::of::<5>())
        .permit(Scope::Contents, Level::Read, literal!("check out the repository"))
        .output(output_name!("matrix"), Expression::step_output(&step_id!("plan"), &output_name!("matrix")))
        .step(checkout())
        .step(
            Step::run(text!("Choose what to build"), read)
                .id(step_id!("plan"))
                .env(env_name!("VERSION"), Expression::input(&input_name!("version"))),
        )
}

fn build() -> Job {
    let rows = Expression::job_output(&job_id!("plan"), &output_name!("matrix")).from_json();
    let arch = Expression::matrix(&matrix_key!("arch"));
    let podman = script!(
        "set -euo pipefail",
        "podman version",
        "mkdir -p build",
        "podman run --rm \\",
        "  --env TOOL --env VERSION --env ARCH \\",
        "  --volume \"$PWD/generated/scripts:/workspace/scripts:ro\" \\",
        "  --volume \"$PWD/build:/workspace/build:rw\" \\",
        "  \"$IMAGE\" /workspace/scripts/build-tool.sh \"$TOOL\" \"$ARCH\" all"
    );
    Job::new(text!("Build for ", arch.clone()), Expression::matrix(&matrix_key!("runner")), Minutes::of::<90>())
        .comment("One container an arch builds every unit once, then packs each variant from them.")
        .needs(job_id!("plan"))
        .permit(Scope::Contents, Level::Read, literal!("check out the repository"))
        .strategy(Strategy::new(Matrix::IncludeFrom(rows)))
        .env(env_name!("ARCH"), arch.clone())
        .step(checkout())
        .step(
            Step::run(text!("Build"), podman)
                .timeout(Minutes::of::<60>())
                .env(env_name!("VERSION"), Expression::input(&input_name!("version")))
                .env(env_name!("IMAGE"), text!("docker.io/library/ubuntu:24.04")),
        )
        .step(Step::uses(
            text!("Keep the tarballs"),
            upload(text!("tarballs-", arch.clone()), text!("build/dist/*.tar.zst"), text!("error")),
        ))
        .step(
            Step::uses(
                text!("Keep the logs"),
                upload(
                    text!("logs-", arch, "-", expr!("github.run_attempt")),
                    vec![text!("build/logs/"), text!("build/*/config.log")],
                    text!("warn"),
                ),
            )
            .when(expr!("failure()"))
            .comment("Only when something went wrong: the logs of a good build say nothing."),
        )
}

fn release() -> Job {
    let publish = Expression::input(&input_name!("publish"));
    let tag = text!("podman-v", Expression::input(&input_name!("version")));
    Job::new(text!("Release"), RUNNER, Minutes::of::<15>())
        .needs(job_id!("plan"))
        .needs(job_id!("build"))
        .when(expr!("github.event_name == 'workflow_dispatch'").and(&publish))
        .permit(Scope::Contents, Level::Write, literal!("create the tag and the release"))
        .permit(Scope::IdToken, Level::Write, literal!("sign as this workflow"))
        .concurrency(Concurrency::new(text!("release-", tag.clone())).comment("One publisher a tag, never cancelled."))
        .environment(Environment {
            name: text!("release"),
            url: Some(text!(expr!("github.server_url"), "/", expr!("github.repository"), "/releases")),
        })
        .step(checkout())
        .step(
            Step::run(text!("Publish"), script!("./generated/scripts/publish-release.sh \"$TOOL\" \"$TAG\""))
                .env(env_name!("GH_TOKEN"), expr!("github.token"))
                .env(env_name!("TAG"), tag),
        )
}

fn summary() -> Job {
    Job::new(text!("Summary"), RUNNER, Minutes::of::<5>())
        .needs(job_id!("plan"))
        .needs(job_id!("build"))
        .needs(job_id!("release"))
        .when(expr!("!cancelled()"))
        .step(
            Step::run(text!("Tell how it went"), script!("printf '%s\\n' \"$RESULTS\" >> \"$GITHUB_STEP_SUMMARY\""))
                .env(env_name!("RESULTS"), expr!("join(needs.*.result, ' ')")),
        )
}

fn workflow() -> Workflow {
    let path = WorkflowPath::parse("build-tool.yml").unwrap();
    let group = text!("build-tool-", expr!("github.ref"), "-", expr!("inputs.version"));
    Workflow::new(
        path,
        literal!("Build a tool"),
        triggers(),
        Concurrency::new(group).cancel_in_progress(expr!("github.event_name == 'pull_request'")),
    )
    .header("Made by ghagen from spec/tools/tool.yaml. Do not edit: change the spec, then\nrun `ghagen generate`.")
    .run_name(text!("Build ", expr!("inputs.version"), " (", expr!("github.event_name"), ")"))
    .env(env_name!("TOOL"), text!("podman"))
    .job(job_id!("plan"), plan())
    .job(job_id!("build"), build())
    .job(job_id!("release"), release())
    .job(job_id!("summary"), summary())
}

/// A workflow with one job that runs one step.
fn small(on: impl Into<Triggers>, job: Job) -> Workflow {
    let path = WorkflowPath::parse("small.yml").unwrap();
    Workflow::new(path, literal!("Small"), on, Concurrency::new(text!("small"))).job(job_id!("only"), job)
}

fn job() -> Job {
    Job::new(text!("Only"), RUNNER, Minutes::of::<1>()).step(Step::run(text!("Run"), script!("./run.sh")))
}

#[test]
fn a_workflow_becomes_the_file_that_people_would_write() {
    let workflow = workflow();
    assert_eq!(workflow.problems(), []);
    assert_eq!(emit(&workflow).unwrap().text, include_str!("tests/build-tool.yml"));
}

#[test]
fn events_and_rows_without_settings_stay_short() {
    let on =
        Triggers::from(Push { branches: vec![ref_pattern!("main")], tags: vec![ref_pattern!("v*")], paths: vec![] })
            .and(PullRequest::default())
            .and(MergeGroup::default())
            .and(Dispatch::default());
    let row = |arch| {
        Row::from([(matrix_key!("arch"), Text::parse(arch).unwrap().into()), (matrix_key!("fast"), true.into())])
    };
    let mut strategy = Strategy::new(Matrix::Include(vec![row("amd64"), row("arm64")]));
    strategy.max_parallel = std::num::NonZeroU16::new(1);
    strategy.fail_fast = true;
    let job = Job { environment: Some(Environment { name: text!("release"), url: None }), ..job() }.strategy(strategy);
    let job = job.step(Step::run(text!("Try"), script!("./try.sh")).continue_on_error());
    let text = emit(&small(on, job)).unwrap().text;
    let expected = include_str!("tests/small.yml");
    assert_eq!(text, expected);
}

/// Apart from the others, because the strict schema of act does not know time zones yet.
#[test]
fn a_time_zone_stands_under_its_schedule() {
    let schedule = Schedule {
        cron: Cron::parse("*/15 9-17 * * MON-FRI").unwrap(),
        timezone: Some(Timezone::parse("Europe/Berlin").unwrap()),
        comment: "".into(),
        origin: None,
    };
    let text = emit(&small(schedule, job())).unwrap().text;
    assert!(text.contains("    - cron: \"*/15 9-17 * * MON-FRI\"\n      timezone: Europe/Berlin\n"), "{text}");
}

#[test]
fn conditions_are_bare_where_yaml_lets_them() {
    for (condition, expected) in [
        (expr!("failure()"), "if: failure()\n"),
        (expr!("!cancelled()"), "if: ${{ !cancelled() }}\n"),
        (expr!("'a' == github.ref"), "if: ${{ 'a' == github.ref }}\n"),
    ] {
        let text = emit(&small(Dispatch::default(), job().when(condition))).unwrap().text;
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn a_file_that_github_would_not_start_is_refused() {
    let origin = Origin::file(Sources::default().add("spec/a.yaml", ""));
    let long = RunScript::parse("true # ".to_owned() + &"x".repeat(500_000)).unwrap();
    let large = small(Dispatch::default(), job().step(Step::run(text!("Run"), long))).origin(origin.clone());
    let error = emit(&large).unwrap_err();
    assert!(matches!(&error, EmitError::FileTooLarge { found: 500_001.., most: 500_000, .. }), "{error}");
    assert_eq!(error.origin(), Some(&origin));
}

#[test]
fn a_value_that_github_would_not_evaluate_is_refused() {
    let long = Text::parse("x".repeat(21_000)).unwrap().and(expr!("github.ref"));
    let step = Step::run(text!("Run"), script!("./run.sh")).env(env_name!("LONG"), long);
    let error = emit(&small(Dispatch::default(), job().step(step))).unwrap_err().to_string();
    assert!(error.contains("`jobs.only.steps[1].env.LONG` would be an expression"), "{error}");
}

#[test]
fn a_writer_that_lies_is_found_out() {
    let lying = |node: &Node| {
        let written = yaml::write(node);
        Written { text: written.text.replace("permissions: {}", "permissions: write-all"), ..written }
    };
    let error = emit_with(&small(Dispatch::default(), job()), lying).unwrap_err();
    assert_eq!(
        error.to_string(),
        ".github/workflows/small.yml: `permissions` reads differently from what was to be written"
    );
    assert!(!error.is_limit());
}

#[test]
fn lines_lead_back_to_the_spec() {
    let spec = Origin::file(Sources::default().add("spec/a.yaml", ""));
    let step = Step::run(text!("Last"), script!("./run.sh")).origin(spec.key("step"));
    let workflow =
        small(Dispatch::default(), job().step(step).origin(spec.key("job"))).header("Header.").origin(spec.clone());
    let written = emit(&workflow).unwrap();
    let origin = |line: &str| {
        let number = written.text.lines().position(|other| other == line).unwrap() + 1;
        written.origins.iter().rev().find(|(start, _)| *start <= number).map(|(_, origin)| origin.route.to_string())
    };
    assert_eq!(origin("# Header.").as_deref(), Some("."));
    assert_eq!(origin("    runs-on: ubuntu-24.04").as_deref(), Some("job"));
    assert_eq!(origin("      - name: Last").as_deref(), Some("step"));
}
