//! `ghagen explain TOOL/VARIANT/ARCH`: every value of a cell, and where it was set.

use serde_json::Value;

use crate::support::{Project, Tree, repository};

fn own() -> Project {
    let project = Project::new();
    Tree::read(&repository().join("spec")).write_to(&project.root().join("spec"));
    project
}

fn explained(project: &Project, cell: &str) -> Value {
    serde_json::from_str(project.run(["explain", cell, "--format", "json"]).status(0).stdout()).unwrap()
}

/// The value of a fact of a unit and the lines of the spec where it was set.
fn fact(cell: &Value, unit: &str, what: &str) -> Vec<(String, String)> {
    let unit = cell["units"].as_array().unwrap().iter().find(|it| it["component"] == unit);
    let facts = unit.unwrap_or_else(|| panic!("no unit {unit:?}"))["facts"].as_array().unwrap();
    let texts = |fact: &Value| {
        let set = fact["set"].as_array().unwrap().iter().map(|set| set["text"].as_str().unwrap_or_default().trim());
        (fact["value"].as_str().unwrap().to_owned(), set.collect::<Vec<_>>().join(" | "))
    };
    facts.iter().filter(|fact| fact["what"] == what).map(texts).collect()
}

#[test]
fn every_value_has_the_place_where_it_was_set() {
    let project = own();
    let cell = explained(&project, "podman@5/full/amd64");
    assert_eq!(cell["schema_version"], 1);
    let flags = fact(&cell, "crun", "configure");
    assert!(
        flags.len() > 3 && flags.iter().all(|(value, set)| set.contains(value.trim_matches(['"', '\'']))),
        "{flags:?}"
    );
    // The pin is that of the line, and says so.
    let (version, set) = fact(&cell, "netavark", "version").remove(0);
    assert!(version.starts_with("1.") && set.contains("netavark: '>=1"), "{version}: {set}");
    let lock = fs_err::read_to_string(project.root().join("spec/ghagen.lock")).unwrap();
    assert!(lock.contains(version.rsplit(' ').next().unwrap()), "{version}");
    // Conditions are applied.
    let targets =
        |arch: &str| fact(&explained(&project, &format!("podman@5/full/{arch}")), "passt", "build target").len();
    assert_eq!(targets("amd64"), targets("arm64") + 1);
    let contents = cell["contents"].as_array().unwrap();
    let podman = contents.iter().find(|fact| fact["what"] == "usr/local/bin/podman").unwrap();
    assert_eq!(podman["value"], "bin/podman of podman, mode 0755");
    assert!(podman["set"].as_array().unwrap().len() >= 3, "{podman:#}");
}

#[test]
fn every_program_of_every_cell_is_there_with_its_link_and_allocator() {
    let project = own();
    for tool in ["podman@6", "podman@5", "buildah", "skopeo"] {
        for arch in ["amd64", "arm64"] {
            let cell = explained(&project, &format!("{tool}/full/{arch}"));
            let mut programs = 0;
            for unit in cell["units"].as_array().unwrap() {
                for fact in unit["facts"].as_array().unwrap() {
                    let set = fact["set"].as_array().unwrap();
                    assert!(!set.is_empty(), "{tool} {arch}: {fact}");
                    programs += usize::from(fact["what"].as_str().unwrap().starts_with("allocator of "));
                }
            }
            assert!(programs > 0, "{tool} {arch}");
        }
    }
}

#[test]
fn words_that_are_no_cell_say_what_there_is() {
    let project = own();
    let told = |words: &[&str], expected: &str| {
        let words: Vec<&str> = ["explain"].iter().chain(words).copied().collect();
        project.run(words).status(2).stderr_has(expected);
    };
    told(&["podman/full/arm64"], "say which one: `podman@6/full/arm64`, `podman@5/full/arm64`");
    told(&["podman@7", "full", "arm64"], "there is no line of podman `7`");
    told(&["podmn/full/arm64"], "did you mean `podman`?");
    told(&["skopeo", "fulll", "arm64"], "did you mean `full`?");
    told(&["skopeo/full/arm"], "there is no arch `arm`");
    told(&["skopeo", "full"], "one thing at a time");
    project.run(["explain", "skopeo", "full", "arm64"]).status(0).stdout_has("skopeo-full-linux-arm64.tar.zst");
}
