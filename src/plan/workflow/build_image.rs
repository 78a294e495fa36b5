//! `build-image.yml`: builds the image with the build environment in it, where the spec asks for one.

use indexmap::IndexMap;

use super::{PlannedWorkflow, part};
use crate::gha::{
    Comment, Concurrency, Dispatch, Job, Level, Matrix, Row, Scalar, Schedule, Scope, Step, Strategy, Text, Triggers,
    Workflow, env_name, expr, job_id, literal, matrix_key, script,
};
use crate::model::{Arch, BuildMode, BuilderKind, Model, PersistentImage};
use crate::plan::PlanError;

/// The workflow of the image; none where builds do not use it.
pub(super) fn plan(model: &Model) -> Result<Option<PlannedWorkflow>, PlanError> {
    let builder = &model.project.builder;
    let Some(image) = builder.persistent.as_ref().filter(|_| builder.kind == BuilderKind::Image) else {
        return Ok(None);
    };
    let schedule = Schedule {
        cron: image.cron.clone(),
        timezone: None,
        comment: Comment::from("Packages of the distribution get their fixes this way."),
        origin: Some(image.origin.key("cron")),
    };
    let concurrency =
        Concurrency::new(literal!("build-image")).comment("Two pushes at once would leave either one's image.");
    let workflow = Workflow::new(
        part::path("build-image.yml")?,
        literal!("Build image"),
        Triggers::from(schedule).and(Dispatch::default()),
        concurrency,
    )
    .job(job_id!("image"), job(model, image)?)
    .value("on.schedule[0].cron", image.origin.key("cron"))
    .origin(image.origin.clone());
    Ok(Some(PlannedWorkflow { workflow, files: part::project_files(model) }))
}

fn job(model: &Model, image: &PersistentImage) -> Result<Job, PlanError> {
    let mut registry = image.name.as_str().split('/');
    let registry = registry.next().unwrap_or_default();
    let build = Step::run(
        literal!("Build the image"),
        script!("podman build --file generated/Containerfile.build --tag \"$IMAGE:$ARCH\" generated"),
    )
    .env(env_name!("ARCH"), expr!("matrix.arch"));
    let push = Step::run(
        literal!("Push the image"),
        script!(
            r#"set -euo pipefail
printf '%s' "$TOKEN" | podman login --username "$ACTOR" --password-stdin "$REGISTRY"
podman push "$IMAGE:$ARCH""#
        ),
    )
    .env(env_name!("ARCH"), expr!("matrix.arch"))
    .env(env_name!("REGISTRY"), part::literal("a registry", registry)?)
    .value("env.REGISTRY", image.origin.key("name"))
    .env(env_name!("ACTOR"), expr!("github.actor"))
    .env(env_name!("TOKEN"), expr!("github.token"));
    Ok(Job::new(Text::from(literal!("Image for ")).and(expr!("matrix.arch")), expr!("matrix.runner"), part::SHORT)
        .permit(Scope::Contents, Level::Read, literal!("check out"))
        .permit(Scope::Packages, Level::Write, literal!("push the image"))
        .strategy(Strategy::new(Matrix::Include(rows(model)?)))
        .env(env_name!("IMAGE"), part::literal("the name of an image", image.name.as_str())?)
        .value("env.IMAGE", image.origin.key("name"))
        .value("strategy", model.project.origin.key("arches"))
        .step(part::checkout(model)?)
        .step(build)
        .step(push))
}

/// One row for each arch whose runner builds: cross builds share the image of the arch that they run on.
fn rows(model: &Model) -> Result<Vec<Row>, PlanError> {
    let mut hosts: IndexMap<Arch, Row> = IndexMap::new();
    for (arch, settings) in &model.project.arches {
        let host = match settings.build {
            BuildMode::Native => *arch,
            BuildMode::CrossFrom(host) => host,
        };
        let mut row = Row::new();
        row.insert(matrix_key!("arch"), Scalar::Text(part::literal("an arch", host.as_str())?.into()));
        let runner = part::literal("a runner", settings.build_runner.as_str())?;
        row.insert(matrix_key!("runner"), Scalar::Text(runner.into()));
        hosts.insert(host, row);
    }
    Ok(hosts.into_values().collect())
}
