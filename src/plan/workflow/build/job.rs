//! The jobs of `build-<tool>.yml`.

use std::collections::BTreeSet;

use super::{hook, input, part};
use crate::gha::{
    Concurrency, Expression, Job, Level, Literal, Matrix, OutputName, Scope, Step, Strategy, Text, Uses, WithValue,
    env_name, expr, input_name, job_id, literal, output_name, script, step_id, text,
};
use crate::model::{BuilderKind, Model, Moment, Tool};
use crate::plan::{PlanError, ToolPlan};

/// What the job `plan` tells the others.
const OUTPUTS: [OutputName; 10] = [
    output_name!("version"),
    output_name!("upstream_tag"),
    output_name!("commit"),
    output_name!("line"),
    output_name!("release_tag"),
    output_name!("publish"),
    output_name!("needed"),
    output_name!("variants"),
    output_name!("build_matrix"),
    output_name!("test_matrix"),
];

/// Decides what this run builds.
pub(super) fn plan(model: &Model, tool: &Tool) -> Result<Job, PlanError> {
    let decide = Step::run(literal!("Decide what to build"), script!("generated/scripts/plan-build.sh"))
        .id(step_id!("plan"))
        .env(env_name!("INPUT_VERSION"), expr!("inputs.version"))
        .env(env_name!("INPUT_COMMIT"), expr!("inputs.commit"))
        .env(env_name!("INPUT_VARIANT"), expr!("inputs.variant"))
        .env(env_name!("INPUT_ARCH"), expr!("inputs.arch"))
        .env(env_name!("INPUT_REVISION"), expr!("inputs.revision"))
        .env(env_name!("INPUT_PUBLISH"), expr!("inputs.publish"))
        .env(env_name!("EVENT_NAME"), expr!("github.event_name"))
        .env(env_name!("REF"), expr!("github.ref"))
        .env(env_name!("REPOSITORY"), expr!("github.repository"))
        .env(env_name!("GH_TOKEN"), expr!("github.token"));
    let mut job = Job::new(literal!("Plan"), part::runner(model), part::SHORT)
        .permit(Scope::Contents, Level::Read, literal!("check out, look for the release"))
        .step(part::checkout_for(model, tool)?)
        .origin(tool.origin.key("upstream"));
    job = input::check(model, tool, job)?.step(decide);
    for name in OUTPUTS {
        let value = Expression::step_output(&step_id!("plan"), &name);
        job = job.output(name, value);
    }
    Ok(job)
}

/// Builds every unit of an arch once, and packs every variant from them.
pub(super) fn build(model: &Model, tool: &Tool, plan: &ToolPlan) -> Result<Job, PlanError> {
    let name = &tool.name;
    let builder = &model.project.builder;
    let build = Step::run(
        literal!("Build and pack"),
        script!("generated/scripts/build-tool.sh \"$TOOL\" \"$ARCH\" \"$VARIANTS\""),
    )
    .env(env_name!("ARCH"), expr!("matrix.arch"))
    .env(env_name!("VARIANTS"), expr!("needs.plan.outputs.variants"))
    .env(env_name!("VERSION"), expr!("needs.plan.outputs.version"))
    .env(env_name!("COMMIT"), expr!("needs.plan.outputs.commit"))
    // A release is made from nothing but its inputs.
    .env(env_name!("GHAGEN_REUSE"), literal!("off"))
    .comment(match builder.kind {
        BuilderKind::Container => "One container per arch; its packages are installed at the start.",
        BuilderKind::Image => "One container per arch, from the image that build-image.yml keeps.",
        BuilderKind::Runner => "On the runner itself, without a container.",
    })
    .value("", builder.origin.key("kind"))
    .origin(builder.origin.clone());
    let folder = |tail: Literal| -> Result<Text, PlanError> {
        let start = part::literal("a path", &format!("build/{name}-"))?;
        Ok(text!(start, expr!("matrix.arch"), tail))
    };
    let packages = Uses::new(part::action(model, "actions/upload-artifact")?)
        .with(input_name!("name"), named("packages", name.as_str())?)
        .with(input_name!("path"), folder(literal!("/dist/*.tar.zst"))?)
        .with(input_name!("if-no-files-found"), literal!("error"))
        .with(input_name!("compression-level"), 0)
        .with(input_name!("retention-days"), 7);
    let logs = Uses::new(part::action(model, "actions/upload-artifact")?)
        .with(input_name!("name"), named("logs", name.as_str())?)
        .with(input_name!("path"), folder(literal!("/logs"))?)
        .with(input_name!("if-no-files-found"), literal!("ignore"))
        .with(input_name!("retention-days"), 14);
    let own = tool.origin.key("tool");
    let packages = Step::uses(literal!("Keep the packages"), packages);
    let logs = Step::uses(literal!("Keep the logs of a failed build"), logs).when(expr!("failure()"));
    let job = Job::new(text!("Build for ", expr!("matrix.arch")), expr!("matrix.runner"), plan.limit)
        .needs(job_id!("plan"))
        .when(expr!("needs.plan.outputs.needed == 'true'"))
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .strategy(Strategy::new(Matrix::From(expr!("fromJSON(needs.plan.outputs.build_matrix)"))))
        .step(part::checkout_for(model, tool)?)
        .steps(hook::steps(model, tool, Moment::BeforeBuild)?)
        .step(build)
        .step(packages.value("with.name", own.clone()).value("with.path", own.clone()))
        // After them: no hook changes what is tested and released.
        .steps(hook::steps(model, tool, Moment::AfterBuild)?)
        .step(logs.value("with.name", own.clone()).value("with.path", own))
        .origin(model.project.origin.key("arches"));
    // Where the spec does not say the limit, it follows from how long the parts take.
    let parts = plan.units.iter().map(|unit| unit.origin.key("seconds"));
    let parts = parts.chain([model.project.toolchain.origin.key("seconds")]).collect::<BTreeSet<_>>();
    let parts = parts.into_iter().filter(|_| model.project.timeouts.build.is_none());
    let limit = [model.project.origin.key("timeouts").key("build")];
    Ok(limit.into_iter().chain(parts).fold(job, |job, origin| job.value("timeout-minutes", origin)))
}

/// Tries out every package on a machine of its own arch.
pub(super) fn test(model: &Model, tool: &Tool) -> Result<Job, PlanError> {
    let packages = Uses::new(part::action(model, "actions/download-artifact")?)
        .with(input_name!("name"), named("packages", tool.name.as_str())?)
        .with(input_name!("path"), literal!("dist"));
    let run = script!("generated/scripts/smoke-test.sh \"$TOOL\" \"$ARCH\" \"$VARIANT\" \"dist/$ARTIFACT\"");
    let test = Step::run(literal!("Test the package"), run)
        .env(env_name!("ARCH"), expr!("matrix.arch"))
        .env(env_name!("VARIANT"), expr!("matrix.variant"))
        .env(env_name!("ARTIFACT"), expr!("matrix.artifact"))
        .env(env_name!("VERSION"), expr!("needs.plan.outputs.version"))
        .origin(tool.origin.key("smoke"));
    let name = text!("Test ", expr!("matrix.variant"), " on ", expr!("matrix.arch"));
    Ok(Job::new(name, expr!("matrix.runner"), model.project.timeouts.test)
        .needs(job_id!("plan"))
        .needs(job_id!("build"))
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .strategy(Strategy::new(Matrix::From(expr!("fromJSON(needs.plan.outputs.test_matrix)"))))
        .step(part::checkout(model)?)
        .step(Step::uses(literal!("Fetch the packages"), packages).value("with.name", tool.origin.key("tool")))
        .steps(hook::steps(model, tool, Moment::BeforeTest)?)
        .step(test)
        .steps(hook::steps(model, tool, Moment::AfterTest)?)
        .value("timeout-minutes", model.project.origin.key("timeouts").key("test"))
        .origin(tool.origin.key("variants")))
}

/// Signs and publishes, once everything is tested.
pub(super) fn release(model: &Model, tool: &Tool) -> Result<Job, PlanError> {
    let release = &model.project.release;
    let mut cosign = Uses::new(part::action(model, "sigstore/cosign-installer")?);
    if let Some(pinned) = &release.cosign {
        cosign = cosign.with(input_name!("cosign-release"), part::literal("a release of cosign", &pinned.text)?);
    }
    let assets = Step::run(
        literal!("Make what goes with the packages"),
        script!("generated/scripts/release-assets.sh dist"),
    )
    .env(env_name!("VERSION"), expr!("needs.plan.outputs.version"))
    .env(env_name!("LINE"), expr!("needs.plan.outputs.line"))
    .env(env_name!("COMMIT"), expr!("needs.plan.outputs.commit"))
    .env(env_name!("RELEASE_TAG"), expr!("needs.plan.outputs.release_tag"))
    .env(env_name!("REPOSITORY"), expr!("github.repository"))
    .comment(
        "The bills of materials, the licences of all that is in them, and the installer: signed like the packages.",
    );
    let sign = Step::run(literal!("Sign"), script!("generated/scripts/sign-release.sh dist"))
        .env(env_name!("LINE"), expr!("needs.plan.outputs.line"))
        .comment("Without a key: the identity that signs is this workflow on this branch.")
        .origin(release.origin.key("signature_suffix"));
    let publish = Step::run(literal!("Publish"), script!("generated/scripts/publish-release.sh dist"))
        .env(env_name!("VERSION"), expr!("needs.plan.outputs.version"))
        .env(env_name!("LINE"), expr!("needs.plan.outputs.line"))
        .env(env_name!("COMMIT"), expr!("needs.plan.outputs.commit"))
        .env(env_name!("UPSTREAM_TAG"), expr!("needs.plan.outputs.upstream_tag"))
        .env(env_name!("RELEASE_TAG"), expr!("needs.plan.outputs.release_tag"))
        .env(env_name!("TARGET"), expr!("github.sha"))
        .env(env_name!("REPOSITORY"), expr!("github.repository"))
        .env(env_name!("GH_TOKEN"), expr!("github.token"))
        .comment("A draft, its files, a look at what arrived, and only then the release. Safe to run again.");
    let concurrency = Concurrency::new(text!("release-", expr!("needs.plan.outputs.release_tag")))
        .comment("One publisher per tag: two would split the files between two drafts.");
    let mut job = Job::new(literal!("Release"), part::runner(model), model.project.timeouts.release)
        .needs(job_id!("plan"))
        .needs(job_id!("build"))
        .needs(job_id!("test"))
        .when(on_release(model)?)
        .permit(Scope::Contents, Level::Write, literal!("create the release and its tag"))
        .permit(Scope::IdToken, Level::Write, literal!("sign as this workflow, without a key"))
        .concurrency(concurrency)
        .step(part::checkout(model)?)
        .step(fetch_all(model, tool)?)
        .step(assets)
        .step(
            Step::uses(literal!("Install cosign"), cosign)
                .value("with.cosign-release", model.project.lock.key("tools").key("cosign"))
                .origin(model.project.lock.key("actions")),
        )
        .step(sign)
        .value("timeout-minutes", model.project.origin.key("timeouts").key("release"))
        .value("if", model.project.origin.key("project").key("branch"))
        .origin(release.origin.clone());
    if let Some((_, hook)) = model.hooks_of(tool, Moment::BeforeRelease).next() {
        job = job.needs(hook::job_of(Moment::BeforeRelease)).value("needs", hook.origin.clone());
    }
    if release.attest {
        job = attest(model, tool, job)?;
    }
    Ok(job.step(publish))
}

/// When there is something to release, and where from.
pub(super) fn on_release(model: &Model) -> Result<Expression, PlanError> {
    // The identity that signs holds the branch: one other than people verify against must not sign anything.
    let on_branch = format!("github.ref == 'refs/heads/{}'", model.project.branch);
    let on_branch = Expression::parse(on_branch)
        .map_err(|error| PlanError::Workflow { what: "a branch".to_owned(), reason: error.to_string() })?;
    Ok(expr!("needs.plan.outputs.publish == 'true'").and(&on_branch))
}

/// The packages of every arch.
pub(super) fn fetch_all(model: &Model, tool: &Tool) -> Result<Step, PlanError> {
    let pattern = part::literal("a pattern", &format!("{}-packages-*", tool.name))?;
    let packages = Uses::new(part::action(model, "actions/download-artifact")?)
        .with(input_name!("pattern"), pattern)
        .with(input_name!("path"), literal!("dist"))
        .with(input_name!("merge-multiple"), true);
    Ok(Step::uses(literal!("Fetch the packages"), packages).value("with.pattern", tool.origin.key("tool")))
}

/// Lets GitHub say in public where the packages were built.
fn attest(model: &Model, tool: &Tool, job: Job) -> Result<Job, PlanError> {
    // What the default follows from.
    let visibility = model.project.origin.key("repository").key("visibility");
    let attest = Uses::new(part::action(model, "actions/attest")?)
        .with(input_name!("subject-checksums"), literal!("dist/checksums.txt"));
    let file = part::literal("the name of a file", &format!("dist/{}.intoto.jsonl", tool.name))?;
    let keep = Step::run(literal!("Add the attestation to the release"), script!("cp -- \"$BUNDLE\" \"$FILE\""))
        .env(env_name!("BUNDLE"), expr!("steps.attest.outputs.bundle-path"))
        .env(env_name!("FILE"), file)
        .value("env.FILE", tool.origin.key("tool"))
        .value("", model.project.release.origin.key("attest"))
        .value("", visibility.clone());
    let asked = model.project.release.origin.key("attest");
    Ok(job
        .value("permissions.attestations", asked.clone())
        .value("permissions.attestations", visibility.clone())
        .permit(Scope::Attestations, Level::Write, literal!("store where the packages were built"))
        .step(
            Step::uses(literal!("Attest where they were built"), attest)
                .id(step_id!("attest"))
                .value("", asked)
                .value("", visibility)
                .origin(model.project.release.origin.key("attest")),
        )
        .step(keep))
}

/// `<tool>-<what>-<arch>`: artifacts have unique names within a run.
fn named(what: &str, tool: &str) -> Result<WithValue, PlanError> {
    let start = part::literal("the name of an artifact", &format!("{tool}-{what}-"))?;
    Ok(WithValue::from(text!(start, expr!("matrix.arch"))))
}
