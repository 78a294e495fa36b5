//! How long builds take and how many there are: what the spec says, added up in other ways than ghagen's own.

use serde_json::Value;

use crate::support::{Project, Tree, edit, repository, small};

/// This repository's spec.
fn own() -> Project {
    let project = Project::new();
    Tree::read(&repository().join("spec")).write_to(&project.root().join("spec"));
    project
}

/// The units of every tool, as `ghagen plan --format json` gives them.
fn plan(project: &Project) -> Value {
    serde_json::from_str(project.run(["plan", "--format", "json"]).status(0).stdout()).unwrap()
}

#[test]
fn every_build_of_this_repository_takes_less_than_half_an_hour() {
    let project = own();
    let plan = plan(&project);
    let mut sums: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    // Nobody has timed a static build of ghagen itself yet.
    for unit in plan["units"].as_array().unwrap().iter().filter(|unit| unit["tool"] != "ghagen") {
        let build = format!("{} {} {}", unit["tool"], unit["line"], unit["arch"]);
        let seconds = unit["seconds"].as_u64().unwrap_or_else(|| panic!("nobody says how long {unit} takes"));
        *sums.entry(build).or_default() += seconds;
    }
    assert_eq!(sums.len(), 8, "{sums:?}");
    for (build, seconds) in &sums {
        assert!((60..30 * 60).contains(seconds), "{build} takes {seconds} s");
    }
    // The limit of each job leaves room for its slowest build, and ends one that hangs.
    for (tool, slowest) in [("buildah", 653), ("podman", 782), ("skopeo", 116)] {
        let longest = sums.iter().filter(|(build, _)| build.contains(tool)).map(|(_, seconds)| *seconds).max();
        assert_eq!(longest, Some(slowest), "{tool}: {sums:?}");
        let workflow =
            fs_err::read_to_string(repository().join(format!(".github/workflows/build-{tool}.yml"))).unwrap();
        let job = workflow.split("\n  build:\n").nth(1).unwrap();
        let limit = job.split("timeout-minutes: ").nth(1).unwrap().lines().next().unwrap().parse::<u64>().unwrap();
        let total = slowest + 90;
        assert!(limit * 60 >= 3 * total && limit * 60 < 3 * total + 20 * 60, "{tool}: {limit} min for {total} s");
    }
}

#[test]
fn a_full_cycle_builds_every_unit_once() {
    let project = own();
    let plan = plan(&project);
    let newest = |it: &&Value| it["line"] != "5";
    let cells = plan["cells"].as_array().unwrap().iter().filter(newest).filter(|cell| cell["included"] == true);
    let units: Vec<&Value> = plan["units"].as_array().unwrap().iter().filter(newest).collect();
    let alone: usize = units.iter().map(|unit| unit["variants"].as_array().unwrap().len()).sum();
    let row = format!(
        "| **a full cycle: every tool, its newest line** | **{}** | **{}** | **{alone}** |",
        cells.count(),
        units.len()
    );
    let page = fs_err::read_to_string(repository().join("generated/PIPELINE.md")).unwrap();
    assert!(page.contains(&row), "PIPELINE.md does not say {row}");
    assert!(row.contains("| **20** |") && alone > units.len(), "{row}");
}

#[test]
fn the_limit_of_a_job_follows_from_what_is_said_and_can_be_set() {
    let limit = |project: &Project| {
        project.run(["generate"]).status(0);
        let workflow = project.read(".github/workflows/build-catatonit.yml");
        let job = workflow.split("\n  build:\n").nth(1).unwrap();
        job.split("timeout-minutes: ").nth(1).unwrap().lines().next().unwrap().to_owned()
    };
    let project = small();
    assert_eq!(limit(&project), "60");
    assert!(!project.read("generated/PIPELINE.md").contains("## Times"));
    edit(&project, "spec/components/catatonit.yaml", "recipe:\n", "seconds: {amd64: 1000}\nrecipe:\n");
    assert_eq!(limit(&project), "60");
    edit(&project, "spec/ghagen.yaml", "toolchain:\n", "toolchain:\n  seconds: {amd64: 80}\n");
    assert_eq!(limit(&project), "55");
    let row = "| catatonit main | `amd64` | 80 | 1000 | 18 min 00 s | catatonit (1000 s) | 55 min |";
    assert!(project.read("generated/PIPELINE.md").contains(row), "{}", project.read("generated/PIPELINE.md"));
    project.run(["plan"]).status(0).stdout_has("amd64 1000");
    edit(&project, "spec/ghagen.yaml", "gate:\n", "timeouts: {build: 90}\ngate:\n");
    assert_eq!(limit(&project), "90");
}
