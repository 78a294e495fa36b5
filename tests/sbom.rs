//! The bills of materials that the generated script writes: valid for a validator of others, and with everything in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    process::Command,
};

use serde_json::Value;

use crate::support::{Output, Project, Tree, repository, tool};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// A package of a project, and its bill of materials.
struct Bill {
    tool: String,
    line: String,
    variant: String,
    arch: String,
    file: PathBuf,
    content: Value,
}

/// Writes the bill of every package of a generated project.
fn bills(project: &Project) -> Vec<Bill> {
    let mut bills = Vec::new();
    for path in project.tree().paths().filter(|path| path.starts_with("generated/plan/")) {
        let plan: Value = serde_json::from_str(&project.read(path)).unwrap();
        for cell in plan["cells"].as_array().unwrap().iter().filter(|cell| cell["included"] == true) {
            let text = |key: &str| cell[key].as_str().unwrap().to_owned();
            let (tool, line, variant, arch) = (text("tool"), text("line"), text("variant"), text("arch"));
            let archive = format!("dist/{}", text("artifact"));
            project.write(&archive, "an archive");
            let out = project.output(
                project
                    .command("generated/scripts/write-sbom.sh")
                    .args([&tool, &line, &variant, &arch, &archive])
                    .envs([("VERSION", "9.8.7"), ("COMMIT", COMMIT)]),
            );
            out.status(0);
            let file = format!("bills/{tool}-{line}-{variant}-{arch}.cdx.json");
            project.write(&file, out.stdout());
            let content = serde_json::from_str(out.stdout()).unwrap();
            bills.push(Bill { tool, line, variant, arch, file: project.root().join(file), content });
        }
    }
    assert!(!bills.is_empty());
    bills
}

fn validate<'a>(files: impl Iterator<Item = &'a PathBuf>) -> Option<Output> {
    let mut python = Command::new(tool("python3")?);
    python.arg(repository().join("tests/sbom/validate.py")).args(files);
    Some(Output::of(&mut python, repository()))
}

/// The spec, read without ghagen.
struct Spec {
    tools: BTreeMap<String, serde_yaml::Value>,
    components: BTreeMap<String, serde_yaml::Value>,
}

impl Spec {
    fn of(project: &Project) -> Self {
        let read = |folder: &str| {
            let tree = project.tree();
            let paths = tree.paths().filter(|path| path.starts_with(folder));
            let entry = |path: &str| {
                let name = path.trim_start_matches(folder).trim_end_matches(".yaml").to_owned();
                (name, serde_yaml::from_str(&project.read(path)).unwrap())
            };
            paths.map(entry).collect()
        };
        Self { tools: read("spec/tools/"), components: read("spec/components/") }
    }

    /// The components of a package, with what they need and what their programs allocate by.
    fn components_of(&self, tool: &str, variant: &str) -> BTreeSet<String> {
        let contents = self.tools[tool]["variants"][variant]["contents"].as_mapping().unwrap();
        let mut waiting: Vec<String> = contents.keys().map(|name| name.as_str().unwrap().to_owned()).collect();
        let mut found = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            let component = &self.components[&name];
            let needs = component["needs"].as_sequence().into_iter().flatten();
            waiting.extend(needs.map(|need| need.as_str().unwrap().to_owned()));
            for output in component["outputs"].as_mapping().into_iter().flat_map(|outputs| outputs.values()) {
                let allocator = output["program"]["allocator"].as_str().filter(|name| !["libc", "none"].contains(name));
                waiting.extend(allocator.map(str::to_owned));
            }
            found.insert(name);
        }
        found
    }
}

/// This repository's own spec, generated.
pub(crate) fn own() -> Project {
    let project = Project::new();
    for path in Tree::read(&repository().join("spec")).paths() {
        let to = project.root().join("spec").join(path);
        fs_err::create_dir_all(to.parent().unwrap()).unwrap();
        fs_err::copy(repository().join("spec").join(path), to).unwrap();
    }
    project.run(["generate"]).status(0);
    project
}

#[test]
fn every_component_of_every_package_is_in_a_valid_bill() {
    let project = own();
    let bills = bills(&project);
    if let Some(validated) = validate(bills.iter().map(|bill| &bill.file)) {
        validated.status(0);
    }
    let spec = Spec::of(&project);
    for bill in &bills {
        let whose = format!("{} {} {} {}", bill.tool, bill.line, bill.variant, bill.arch);
        let components = bill.content["components"].as_array().unwrap();
        let find = |name: &str| components.iter().find(|component| component["bom-ref"] == name);
        let named: BTreeSet<String> =
            components.iter().map(|component| component["bom-ref"].as_str().unwrap().to_owned()).collect();
        let (linked, own): (BTreeSet<String>, BTreeSet<String>) = named
            .into_iter()
            .partition(|name| ["toolchain-", "go-std-", "rust-std-"].iter().any(|it| name.starts_with(it)));
        assert_eq!(own, spec.components_of(&bill.tool, &bill.variant), "{whose}");
        if bill.tool == "ghagen" {
            assert!(
                linked.iter().all(|name| name.starts_with("rust-std-")) && linked.len() == 1,
                "{whose}: {linked:?}"
            );
        } else {
            // All of them are in Go, and have C code in them.
            assert!(linked.contains("toolchain-musl") && linked.contains("toolchain-libgcc"), "{whose}: {linked:?}");
            assert!(linked.iter().any(|name| name.starts_with("go-std-")), "{whose}: {linked:?}");
        }
        // What is built from the tool is at the version and the commit of the run, all else at those of the lock.
        let main = find(&bill.tool).unwrap();
        assert_eq!(
            (&main["version"], &bill.content["metadata"]["component"]["version"]),
            (&"9.8.7".into(), &"9.8.7".into())
        );
        // Where this repository is, nobody knows before a run on GitHub.
        if bill.tool != "ghagen" {
            assert!(main["purl"].as_str().unwrap().ends_with(COMMIT), "{whose}");
            assert_eq!(main["externalReferences"][0]["comment"], format!("commit {COMMIT}"));
        }
        for component in components {
            assert!(component["licenses"][0]["expression"].is_string(), "{whose}: {component}");
            let name = component["bom-ref"].as_str().unwrap();
            let has_source = spec.components.get(name).is_some_and(|component| !component["source"].is_null());
            assert!(!has_source || component["version"].is_string(), "{whose}: {component}");
        }
    }
    // Two lines of a tool, two versions of a component.
    let version = |line: &str| {
        let bill =
            bills.iter().find(|bill| bill.tool == "podman" && bill.line == line && bill.variant == "full").unwrap();
        let netavark = bill.content["components"].as_array().unwrap().iter().find(|it| it["name"] == "netavark");
        netavark.unwrap()["version"].as_str().unwrap().to_owned()
    };
    assert!(version("6").starts_with("2.") && version("5").starts_with("1."));
}

#[test]
fn the_bills_of_a_project_with_everything_in_it_are_valid() {
    let project = Project::copy_of("tests/golden/everything");
    project.run(["generate"]).status(0);
    let bills = bills(&project);
    if let Some(validated) = validate(bills.iter().map(|bill| &bill.file)) {
        validated.status(0);
    }
}

#[test]
fn the_validator_refuses_what_is_wrong() {
    let project = own();
    let archive = "podman-linux-amd64.tar.zst";
    project.write(archive, "an archive");
    let mut command = project.command("generated/scripts/write-sbom.sh");
    command.args(["podman", "6", "default", "amd64", archive]).envs([("VERSION", "6.0.0"), ("COMMIT", COMMIT)]);
    let good = project.output(&mut command).stdout().to_owned();
    let wrong = |name: &str, from: &str, to: &str, said: &str| {
        assert!(good.contains(from), "{from}");
        project.write(name, &good.replacen(from, to, 1));
        if let Some(validated) = validate([project.root().join(name)].iter()) {
            validated.status(1).stdout_has(said);
        }
    };
    wrong("schema.json", "\"type\": \"application\"", "\"type\": \"programme\"", "programme");
    wrong("version.json", "\"specVersion\": \"1.6\"", "\"specVersion\": \"1.5\"", "specVersion");
    wrong("licence.json", "\"expression\": \"Apache-2.0\"", "\"expression\": \"Apache 2\"", "Apache");
    wrong("reference.json", "\"ref\": \"", "\"ref\": \"x", "is no component");
}

#[test]
fn a_bill_is_refused_for_what_is_not_there() {
    let project = own();
    project.write("podman-linux-amd64.tar.zst", "an archive");
    let run = |words: [&str; 5], commit: &str| {
        let mut command = project.command("generated/scripts/write-sbom.sh");
        project.output(command.args(words).envs([("VERSION", "6.0.0"), ("COMMIT", commit)]))
    };
    let good = ["podman", "6", "default", "amd64", "podman-linux-amd64.tar.zst"];
    run(good, COMMIT).status(0);
    run(good, "main").status(2).stderr_has("COMMIT must be a commit");
    run(["podman", "7", "default", "amd64", good[4]], COMMIT).stderr_has("nothing is known of default in 7/amd64");
    run(["podman", "6", "default", "amd64", "no.tar.zst"], COMMIT).status(2).stderr_has("there is no archive");
}
