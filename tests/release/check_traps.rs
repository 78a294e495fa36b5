//! The tags of real upstreams are full of traps: each has its repository here, with the tags that are known to be there, and the
//! right version is found by the generated script.

use std::{fmt::Write as _, time::Instant};

use serde_json::{Value, json};

use super::{
    fixture::Releasing,
    upstream::{self, rewritten},
};

/// An upstream: its name, the pattern of its tags, tags that never count, its lines with their versions, its tags in the order of
/// time, and what is found: line and version, `-` for a version that no line takes.
struct Trap {
    name: &'static str,
    pattern: &'static str,
    exclude: &'static [&'static str],
    lines: &'static [(&'static str, &'static str)],
    tags: &'static [&'static str],
    found: &'static [(&'static str, &'static str)],
}

const TRAPS: [Trap; 11] = [
    Trap {
        // Two-part versions, and old tags with a `v` that any sort by text puts first.
        name: "crun",
        pattern: r"^(?<version>[0-9]+\.[0-9]+(?:\.[0-9]+)*)$",
        exclude: &[],
        lines: &[("1", ">=1")],
        tags: &["v0.2", "v0.3", "0.21", "1.9.2", "1.10", "1.29", "1.29.1"],
        found: &[("1", "1.29.1")],
    },
    Trap {
        // A release candidate of a line that has no release yet, and a backport that is the newest by date.
        name: "podman",
        pattern: r"^v(?<version>[0-9]+\.[0-9]+\.[0-9]+(?:-rc[0-9]+)?)$",
        exclude: &[],
        lines: &[("6", ">=6 <7"), ("5", ">=5.7 <6")],
        tags: &["v5.8.2", "v5.8.10", "v6.0.0-rc1", "v5.8.9", "v4.9.5"],
        found: &[("5", "5.8.10")],
    },
    Trap {
        name: "aardvark-dns",
        pattern: r"^v(?<version>[0-9]+\.[0-9]+\.[0-9]+)$",
        exclude: &[r"^v2\.1\.0$"],
        lines: &[("1", ">=1 <2"), ("2", ">=2")],
        tags: &["v1.9.0", "v1.10.0", "v1.10.1-rhel", "v2.0.0", "v2.1.0"],
        found: &[("1", "1.10.0"), ("2", "2.0.0")],
    },
    Trap {
        // By date the newest would be v1.29.8.
        name: "buildah",
        pattern: r"^v(?<version>[0-9]+\.[0-9]+(?:\.[0-9]+)*)$",
        exclude: &[],
        lines: &[("1", ">=1")],
        tags: &["V1.0", "v", "v1.9.3", "v1.44.0", "v1.39.9", "v1.33.15", "v1.29.8"],
        found: &[("1", "1.44.0")],
    },
    Trap {
        name: "libfuse",
        pattern: r"^fuse-(?<version>[0-9]+\.[0-9]+\.[0-9]+)$",
        exclude: &[],
        lines: &[("3", ">=3")],
        tags: &["start", "fuse_2_9_bugfix", "fuse-3.9.4", "fuse-3.18.2", "fuse-3.17.4"],
        found: &[("3", "3.18.2")],
    },
    Trap {
        // Three lines side by side.
        name: "mimalloc",
        pattern: r"^v(?<version>[0-9]+\.[0-9]+\.[0-9]+(?:-beta)?)$",
        exclude: &[],
        lines: &[("3", ">=3"), ("2", ">=2 <3"), ("1", ">=1 <2")],
        tags: &["win-m4", "v1.9.4", "v2.2.4", "v3.1.5", "v3.2.0-beta", "v1.9.10"],
        found: &[("3", "3.1.5"), ("2", "2.2.4"), ("1", "1.9.10")],
    },
    Trap {
        // A date and a commit: what looks like a number in the commit is none.
        name: "passt",
        pattern: r"^(?<version>[0-9]{4}_[0-9]{2}_[0-9]{2}\.[0-9a-f]{7})$",
        exclude: &[],
        lines: &[("1", ">=2025")],
        tags: &["2024_12_31.fffffff", "2026_07_16.090d739", "2026_01_02.9999aaa", "2025_12_30.ab12345"],
        found: &[("1", "2026_07_16.090d739")],
    },
    Trap {
        name: "fuse-overlayfs",
        pattern: r"^v(?<version>[0-9]+\.[0-9]+(?:\.[0-9]+)?)$",
        exclude: &[],
        lines: &[("1", ">=1 <2")],
        tags: &["v1.9", "v1.15.1", "v1.16", "v1.8.2"],
        found: &[("1", "1.16")],
    },
    Trap {
        // Two live lines: 2.5.6 came after 2.6.0.
        name: "libseccomp",
        pattern: r"^v(?<version>[0-9]+\.[0-9]+\.[0-9]+)$",
        exclude: &[],
        lines: &[("2.6", ">=2.6"), ("2.5", ">=2.5 <2.6")],
        tags: &["v2.5.5", "v2.6.0", "v2.5.6"],
        found: &[("2.6", "2.6.0"), ("2.5", "2.5.6")],
    },
    Trap {
        // A major version that nobody has decided about.
        name: "netavark",
        pattern: r"^v(?<version>[0-9]+\.[0-9]+\.[0-9]+)$",
        exclude: &[],
        lines: &[("1", ">=1 <2")],
        tags: &["v1.17.2", "v2.0.0", "v1.9.0"],
        found: &[("-", "2.0.0"), ("1", "1.17.2")],
    },
    Trap {
        // Leading zeros, and more digits than 32 bits hold.
        name: "dated",
        pattern: r"^r(?<version>[0-9.]+)$",
        exclude: &[],
        lines: &[("1", ">=1")],
        tags: &["r20260099999999", "r2026.08.09", "r2026.8.10", "r20260100000000"],
        found: &[("1", "20260100000000")],
    },
];

/// The plan of a tool as ghagen writes it, cut to what a check reads.
fn plan(name: &str, trap: &Trap) -> String {
    let lines: Vec<Value> = trap
        .lines
        .iter()
        .map(|(line, versions)| {
            let rules = versions.split(' ').map(|rule| {
                let (op, version) = rule.split_at(rule.find(|it: char| it.is_ascii_digit()).unwrap());
                json!({"op": op, "version": version})
            });
            json!({"line": line, "versions": rules.collect::<Vec<_>>()})
        })
        .collect();
    let upstream = json!({
        "url": format!("https://example.org/{name}"), "tags": trap.pattern, "exclude": trap.exclude, "prereleases": false,
    });
    json!({
        "tool": name, "title": name, "workflow": format!("build-{name}.yml"), "upstream": upstream, "lines": lines,
        "musl": null, "units": [],
    })
    .to_string()
}

#[test]
fn every_trap_in_the_tags_is_passed() {
    let Some(releasing) = Releasing::built() else { return };
    releasing.project.remove("generated/plan/jq.json");
    let mut expected = String::new();
    for trap in &TRAPS {
        upstream::repository(&releasing.project, &format!("example.org/{}", trap.name), trap.tags);
        releasing.project.write(&format!("generated/plan/{}.json", trap.name), &plan(trap.name, trap));
    }
    let mut traps: Vec<_> = TRAPS.iter().collect();
    traps.sort_by_key(|trap| trap.name);
    for trap in traps {
        for (line, version) in trap.found {
            let name = trap.name;
            let rest = if *line == "-" {
                "`-` | in no line | none: extend the spec".to_owned()
            } else {
                format!("`{name}-v{version}` | unknown | none")
            };
            writeln!(expected, "| {name} | {line} | {version} | {rest} |").unwrap();
        }
    }
    let mut command = releasing.script("check-version.sh", &[]);
    command.env_remove("REPOSITORY");
    let output = releasing.project.output(rewritten(&releasing.project, &mut command));
    output.status(0);
    let rows: String =
        output.stdout().lines().skip(2).filter(|line| !line.is_empty()).map(|it| format!("{it}\n")).collect();
    assert!(rows == expected, "found\n{rows}\nexpected\n{expected}");
}

#[test]
fn a_version_travels_with_the_commit_that_its_tag_names() {
    let Some(releasing) = Releasing::built() else { return };
    let commits =
        upstream::repository(&releasing.project, "github.com/jqlang/jq", &["jq-1.7.1", "jq-1.8.1", "jq-2.0.0"]);
    let mut command = releasing.script("list-versions.sh", &["jq"]);
    let output = releasing.project.output(rewritten(&releasing.project, &mut command));
    // Annotated tags have an object of their own, which is not the commit.
    let version = |version: &str, commit: &str, line: Option<&str>| json!({"version": version, "tag": format!("jq-{version}"), "commit": commit, "line": line, "prerelease": false});
    let expected = json!([
        version("2.0.0", &commits[2], None),
        version("1.8.1", &commits[1], Some("1")),
        version("1.7.1", &commits[0], Some("1")),
    ]);
    assert_eq!(serde_json::from_str::<Value>(output.status(0).stdout()).unwrap(), expected);
}

#[test]
fn a_tool_that_cannot_be_reached_stops_no_other_one() {
    let Some(releasing) = Releasing::built() else { return };
    for trap in &TRAPS[..3] {
        releasing.project.write(&format!("generated/plan/{}.json", trap.name), &plan(trap.name, trap));
    }
    upstream::repository(&releasing.project, "github.com/jqlang/jq", &["jq-1.8.1"]);
    upstream::repository(&releasing.project, "example.org/podman", TRAPS[1].tags);
    // Of the third, no tag fits.
    upstream::repository(&releasing.project, "example.org/aardvark-dns", &["start"]);
    let mut command = releasing.script("check-version.sh", &[]);
    command.env("START_BUILDS", "true").env("GITHUB_OUTPUT", releasing.at("output"));
    let output = releasing.project.output(rewritten(&releasing.project, &mut command));
    output
        .status(1)
        .stderr_has("could not be checked: aardvark-dns crun")
        .stderr_has("not everything could be checked");
    output.stdout_has("| crun | | | | | **could not be checked**, see the log |");
    assert_eq!(releasing.project.read("output"), "failed=[\"aardvark-dns\",\"crun\"]\nrebuilds=[]\n");
    let started: Vec<_> = releasing.github.state().dispatches.iter().map(|(workflow, _)| workflow.clone()).collect();
    assert_eq!(started, ["build-jq.yml", "build-podman.yml"]);
}

/// How many tools one run looks at.
const TOOLS: usize = 1000;

#[test]
fn a_thousand_tools_are_checked_in_one_run_and_few_requests() {
    let Some(releasing) = Releasing::built() else { return };
    let plan = releasing.project.read("generated/plan/jq.json");
    releasing.project.remove("generated/plan/jq.json");
    upstream::repository(&releasing.project, "github.com/jqlang/jq", &["jq-1.6", "jq-1.7.1", "jq-1.8.1"]);
    let mut state = releasing.github.state();
    for number in 0..TOOLS {
        let name = format!("t{number:04}");
        // Every hundredth cannot be reached.
        let url = if number % 100 == 7 { "https://nowhere.example.org/x" } else { "https://github.com/jqlang/jq" };
        let plan = plan.replace("https://github.com/jqlang/jq", url).replace("\"jq\"", &format!("\"{name}\""));
        releasing
            .project
            .write(&format!("generated/plan/{name}.json"), &plan.replace("build-jq.yml", &format!("build-{name}.yml")));
        // Every other one is released.
        if number % 2 == 0 {
            state.publish(&format!("{name}-v1.8.1"), &[("a", b"b")]);
        }
    }
    drop(state);
    let mut command = releasing.script("check-version.sh", &[]);
    command.env("START_BUILDS", "true").env("GITHUB_OUTPUT", releasing.at("output"));
    let start = Instant::now();
    let output = releasing.project.output(rewritten(&releasing.project, &mut command));
    let took = start.elapsed();
    output.status(1).stderr_has("could not be checked: t0007 t0107 ");
    let failed = releasing.project.read("output").lines().next().unwrap().matches("\"t").count();
    assert_eq!(failed, TOOLS / 100);
    // No more than the spec allows, and the rest tomorrow.
    assert_eq!(releasing.github.state().dispatches.len(), 50);
    let left = output.stdout().matches("| left for the next check: 50 builds were started |").count();
    assert_eq!(left, TOOLS / 2 - TOOLS / 100 - 50);
    let requests = releasing.github.requests().len();
    assert!(requests < 120, "{requests} requests");
    // Said, not held: machines differ.
    eprintln!("{TOOLS} tools in {took:?}, {requests} requests");
}
