//! `PIPELINE.md`: what is built, by whom, from what, as tables and a graph that people read.

mod hooks;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::markdown::{code, escape, paragraph, table};
use crate::model::{Arch, BuildMode, BuilderKind, ComponentName, LineName, Malloc, Model, VariantName};
use crate::plan::{Plan, ToolPlan, Unit, UnitSource};

/// The text of `PIPELINE.md`, without the header.
pub(super) fn text(model: &Model, plan: &Plan) -> String {
    let project = &model.project;
    let sections = [
        format!("# The pipeline of {}\n\n{}\n", escape(&project.name), paragraph(&project.summary)),
        graph(),
        runners(model),
        tools(model, plan),
        artifacts(plan),
        units(plan),
        times(plan),
        programs(model, plan),
        hooks::section(model, plan),
        permissions(plan),
        departures(model),
        principles(model),
    ];
    sections.iter().filter(|section| !section.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// The picture that is generated beside it.
fn graph() -> String {
    "## How a release comes to be\n\n![From the spec through the checks to the jobs of each tool](pipeline.svg)\n"
        .to_owned()
}

fn runners(model: &Model) -> String {
    let project = &model.project;
    let rows = project.arches.iter().map(|(arch, settings)| {
        let built = match settings.build {
            BuildMode::Native => "native".to_owned(),
            BuildMode::CrossFrom(host) => format!("cross, on {host}"),
        };
        [
            code(arch.as_str()),
            code(arch.triple()),
            built,
            code(settings.build_runner.as_str()),
            code(settings.runner.as_str()),
        ]
    });
    let image = project.builder.container_image().map(|image| code(&image.reference())).unwrap_or_default();
    let builder = match project.builder.kind {
        BuilderKind::Container => {
            format!("Each build runs in a new container of {image}; its packages are installed at the start.")
        }
        BuilderKind::Image => {
            let name = project.builder.persistent.as_ref().map(|image| code(image.name.as_str())).unwrap_or_default();
            format!("Each build runs in a container of {name}, which `build-image.yml` makes from {image}.")
        }
        BuilderKind::Runner => "Builds run on the runner itself, without a container.".to_owned(),
    };
    let table = table(["arch", "target", "built", "build runner", "test runner"], rows);
    format!("## Where\n\n{builder}\n\n{table}")
}

fn tools(model: &Model, plan: &Plan) -> String {
    let rows = plan.tools.iter().filter_map(|planned| model.tools.get(&planned.name)).flat_map(|tool| {
        tool.lines.iter().map(|line| {
            let tested = line.tested.as_ref().map_or_else(|| "none".to_owned(), |pin| code(pin.version.as_str()));
            [
                escape(&tool.title),
                tool.upstream.url.as_ref().map_or_else(|| "this repository".to_owned(), |url| code(url.as_str())),
                code(line.name.as_str()),
                code(&line.versions.to_string()),
                tested,
            ]
        })
    });
    let table = table(["tool", "upstream", "line", "versions", "in the lock"], rows);
    format!(
        "## Tools\n\nEach tool has versions and releases of its own. A line is a range of versions that are built the same way.\n\n{table}"
    )
}

fn artifacts(plan: &Plan) -> String {
    let mut text = "## Artifacts\n".to_owned();
    for tool in &plan.tools {
        let _ = write!(text, "\n### {}\n\n", tool.name);
        let rows = tool.cells.iter().map(|cell| {
            let outcome = cell
                .excluded
                .as_ref()
                .map_or_else(|| code(&cell.artifact), |reason| format!("left out: {}", escape(reason)));
            let files = tool.packages.iter().find(|package| {
                package.variant == cell.cell.variant && package.arch == cell.cell.arch && package.line == cell.cell.line
            });
            let files = files.map_or_else(String::new, |package| package.entries.len().to_string());
            [
                code(cell.cell.line.as_str()),
                code(cell.cell.variant.as_str()),
                code(cell.cell.arch.as_str()),
                outcome,
                files,
            ]
        });
        text.push_str(&table(["line", "variant", "arch", "artifact", "files"], rows));
    }
    text
}

fn units(plan: &Plan) -> String {
    let mut text = "## Units\n\nA unit is a component for one arch. It is built once, whichever variants contain it, in this order.\n".to_owned();
    for tool in &plan.tools {
        for (line, arch) in first_arches(tool) {
            let _ = write!(text, "\n### {} {line}\n\n", tool.name);
            let rows = tool.units_of(&line, arch).enumerate().map(|(number, unit)| {
                let needs: Vec<&str> = unit.needs.iter().map(ComponentName::as_str).collect();
                let variants: Vec<&str> = unit.variants.iter().map(VariantName::as_str).collect();
                let seconds = tool.seconds_of(unit).map(|(arch, seconds)| format!("{arch} {seconds}"));
                let seconds: Vec<String> = seconds.collect();
                [
                    (number + 1).to_string(),
                    code(unit.component.as_str()),
                    pin(unit),
                    needs.join(", "),
                    variants.join(", "),
                    seconds.join(", "),
                ]
            });
            text.push_str(&table(["order", "component", "source", "needs", "variants", "seconds"], rows));
        }
    }
    text.push_str("\n### Built once, used often\n\n");
    text.push_str(&sharing(plan));
    text
}

/// How long builds take, and what follows from it.
fn times(plan: &Plan) -> String {
    let mut rows = Vec::new();
    for tool in &plan.tools {
        for it in &tool.estimates {
            let path: Vec<&str> = it.path.iter().map(ComponentName::as_str).collect();
            rows.push([
                format!("{} {}", tool.name, it.line),
                code(it.arch.as_str()),
                it.environment.to_string(),
                it.units.to_string(),
                format!("{} min {:02} s", it.total() / 60, it.total() % 60),
                format!("{} ({} s)", path.join(" > "), it.path_seconds),
                format!("{} min", tool.limit.get()),
            ]);
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let columns = ["build", "arch", "environment", "units", "in all", "critical path", "job limit"];
    format!(
        "## Times\n\nFrom `seconds` in the spec, where a comment says how each was measured, or that it was not: on two processors, without \
         packing. Units are built one \
         after the other, each by all processors; the critical path is the chain of needs that would remain if as many as can be were \
         built side by side. The limit of the job is three times the longest, in steps of five minutes, unless `timeouts.build` says \
         another.\n\n{}",
        table(columns, rows)
    )
}

/// Each line of a tool with the first arch that it is built for: the order is the same for all of them.
fn first_arches(tool: &ToolPlan) -> Vec<(LineName, Arch)> {
    let mut lines: Vec<(LineName, Arch)> = Vec::new();
    for unit in &tool.units {
        if !lines.iter().any(|(line, _)| line == &unit.line) {
            lines.push((unit.line.clone(), unit.arch));
        }
    }
    lines
}

fn pin(unit: &Unit) -> String {
    match &unit.source {
        UnitSource::Git { tag, commit, .. } => format!("{} ({})", code(tag), code(&commit.as_str()[..12])),
        UnitSource::Unresolved { .. } => "unresolved".to_owned(),
        UnitSource::Archive { version, .. } => code(version.as_str()),
        UnitSource::Run { .. } => "the version of the run".to_owned(),
        UnitSource::Files => "this repository".to_owned(),
    }
}

/// How many builds sharing saves in one release of each line, and in a release of every tool.
fn sharing(plan: &Plan) -> String {
    let mut rows = Vec::new();
    let mut cycle = [0; 3];
    for tool in &plan.tools {
        for (number, (line, _)) in first_arches(tool).into_iter().enumerate() {
            let units: Vec<&Unit> = tool.units.iter().filter(|unit| unit.line == line).collect();
            let alone = units.iter().map(|unit| unit.variants.len()).sum();
            let artifacts = tool.packages.iter().filter(|package| package.line == line).count();
            let counts = [artifacts, units.len(), alone];
            // The newest line is the first one.
            if number == 0 {
                cycle = std::array::from_fn(|column| cycle[column] + counts[column]);
            }
            let [artifacts, units, alone] = counts.map(|count| count.to_string());
            rows.push([format!("{} {line}", tool.name), artifacts, units, alone]);
        }
    }
    let [artifacts, units, alone] = cycle.map(|count| format!("**{count}**"));
    rows.push(["**a full cycle: every tool, its newest line**".to_owned(), artifacts, units, alone]);
    table(["release", "artifacts", "units built", "if each artifact were built alone"], rows)
}

fn programs(model: &Model, plan: &Plan) -> String {
    let used: BTreeSet<_> = plan.tools.iter().flat_map(|tool| tool.units.iter().map(|unit| &unit.component)).collect();
    let rows = model.components.values().filter(|component| used.contains(&component.name)).flat_map(|component| {
        component.programs().map(|(_, file, program)| {
            let malloc = match &program.malloc {
                Malloc::Allocator(name) => code(name.as_str()),
                Malloc::Libc(reason) => format!("the C library's: {}", escape(reason)),
                Malloc::None(reason) => format!("none: {}", escape(reason)),
            };
            [code(file.as_str()), code(component.name.as_str()), program.link.as_str().to_owned(), malloc]
        })
    });
    let table = table(["program", "component", "linked", "`malloc`"], rows);
    format!("## What every program declares, and its build proves\n\n{table}")
}

/// What each job may do. A job that may do nothing has a row, too: what has none was forgotten.
fn permissions(plan: &Plan) -> String {
    let mut rows = Vec::new();
    for planned in &plan.workflows {
        for (id, job) in &planned.workflow.jobs {
            let row = |may: String, why: String| [code(planned.workflow.path.file_name()), code(id.as_str()), may, why];
            if job.permissions.is_empty() {
                rows.push(row("nothing".to_owned(), String::new()));
            }
            for (scope, grant) in &job.permissions {
                let may = format!("`{}: {}`", scope.as_str(), grant.level.as_str());
                rows.push(row(may, escape(grant.reason.as_str())));
            }
        }
    }
    let table = table(["workflow", "job", "may do", "what for"], rows);
    format!(
        "## What each job may do\n\nThis is what the token of each job is good for. Everything that is not listed is forbidden.\n\n{table}"
    )
}

fn departures(model: &Model) -> String {
    let departures = &model.project.departures;
    if departures.is_empty() {
        return String::new();
    }
    let rows = departures.iter().map(|departure| {
        [&departure.plan, &departure.instead, &departure.why, &departure.evidence].map(|text| escape(text))
    });
    let table = table(["the plan said", "what is done", "why", "evidence"], rows);
    format!("## Departures from the plan\n\n{table}")
}

fn principles(model: &Model) -> String {
    let principles = &model.project.principles;
    if principles.is_empty() {
        return String::new();
    }
    let rows = principles.iter().map(|it| [escape(&it.principle), escape(&it.proved_by)]);
    format!("## Principles, and where each is proved\n\n{}", table(["principle", "proved by"], rows))
}
