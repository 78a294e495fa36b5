//! Two branches that each add a tool and generate: the merge ends clean after the documented step.

use crate::support::{Project, generated};

fn git(project: &Project, args: &[&str]) -> crate::support::Output {
    let mut command = project.command("git");
    command.args(["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]).args(args);
    project.output(&mut command)
}

/// A second tool of the same shape, with a pin of its own.
fn add_tool(project: &Project, name: &str, digit: char) {
    let tool = project.read("spec/tools/catatonit.yaml").replace("catatonit", name);
    project.write(&format!("spec/tools/{name}.yaml"), &tool);
    let component = project.read("spec/components/catatonit.yaml").replace("catatonit", name);
    project.write(&format!("spec/components/{name}.yaml"), &component);
    let lock = project.read("spec/ghagen.lock");
    let commit = digit.to_string().repeat(40);
    let entry = format!(
        "  {name}:\n    url: https://github.com/openSUSE/{name}\n    pins:\n      - tag: v0.2.1\n        commit: \"{commit}\"\n"
    );
    let place = if name < "musl" { lock.find("  catatonit:").unwrap() } else { lock.find("tools:").unwrap() };
    let (before, after) = lock.split_at(place);
    project.write("spec/ghagen.lock", &format!("{before}{entry}{after}"));
    project.run(["generate"]).status(0);
    git(project, &["add", "-A"]).status(0);
    git(project, &["commit", "-qm", name]).status(0);
}

fn branches() -> Project {
    let project = generated();
    git(&project, &["init", "-q", "-b", "main"]).status(0);
    git(&project, &["add", "-A"]).status(0);
    git(&project, &["commit", "-qm", "base"]).status(0);
    git(&project, &["checkout", "-qb", "one"]).status(0);
    add_tool(&project, "alpha", 'a');
    git(&project, &["checkout", "-q", "main"]).status(0);
    add_tool(&project, "zulu", 'b');
    project
}

#[test]
fn with_the_driver_a_merge_needs_one_command() {
    let project = branches();
    git(&project, &["config", "merge.ghagen.name", "generated files"]).status(0);
    git(&project, &["config", "merge.ghagen.driver", "true"]).status(0);
    git(&project, &["merge", "-q", "--no-edit", "one"]).status(0);
    project.run(["check"]).status(1);
    project.run(["generate"]).status(0);
    project.run(["check"]).status(0);
    let lock = project.read("spec/ghagen.lock");
    assert!(lock.contains("  alpha:") && lock.contains("  zulu:"));
    assert!(project.root().join(".github/workflows/build-alpha.yml").is_file());
}

#[test]
fn without_the_driver_the_same_command_settles_the_conflicts() {
    let project = branches();
    let output = git(&project, &["merge", "-q", "--no-edit", "one"]);
    output.status(1);
    let conflicts = git(&project, &["diff", "--name-only", "--diff-filter=U"]);
    let conflicts: Vec<&str> = conflicts.stdout().lines().collect();
    assert!(conflicts.contains(&"generated/manifest.json"), "{conflicts:?}");
    // Nothing that people write is among them.
    assert!(
        conflicts.iter().all(|path| path.starts_with("generated/") || path.starts_with(".github/")),
        "{conflicts:?}"
    );
    project.run(["generate"]).status(0);
    git(&project, &["add", "-A"]).status(0);
    git(&project, &["commit", "-qm", "merge"]).status(0);
    project.run(["check"]).status(0);
    assert!(!project.read("generated/manifest.json").contains("<<<<<<<"));
}
