//! Two runs at once: the second writes nothing, and says who is at work. The claim ends with the process, however that ends.

use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{GHAGEN, Project, edit, generated};
use crate::support::assert_same_tree;

/// A run that holds the project for as long as it lives: the git that it starts to commit with waits for a file.
struct Holder {
    project: Project,
    tools: Project,
    process: Child,
}

impl Holder {
    fn new() -> Self {
        let (project, tools) = (generated(), Project::new());
        edit(&project, "spec/ghagen.yaml", "23 5 * * *", "24 5 * * *");
        let script = "#!/bin/sh\ntouch \"$WAIT/started\"\nuntil [ -e \"$WAIT/go\" ]; do sleep 0.02; done\nexit 1\n";
        tools.write("git", script);
        fs_err::set_permissions(tools.root().join("git"), PermissionsExt::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", tools.root().display(), std::env::var("PATH").unwrap());
        let mut command: Command = project.command(GHAGEN);
        command.args(["generate", "--commit"]).env("PATH", path).env("WAIT", tools.root());
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let start = Instant::now();
        while !tools.root().join("started").exists() {
            assert!(start.elapsed() < Duration::from_secs(60), "no git was started");
            std::thread::sleep(Duration::from_millis(10));
        }
        Self { project, tools, process }
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        // Ends the git that waits, also where the test failed.
        self.tools.write("go", "");
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_second_writes_nothing_and_says_who_is_at_work() {
    let holder = Holder::new();
    let before = holder.project.tree();
    let who = format!("`ghagen generate --commit` (process {}) is at work in this project", holder.process.id());
    for args in [["generate"].as_slice(), &["adopt"], &["lock", "update"]] {
        let again = format!("wait until it ends, then run `ghagen {}` again", args.join(" "));
        holder.project.run(args).status(74).stderr_has("nothing was written").stderr_has(&who).stderr_has(&again);
    }
    assert_same_tree(&before, &holder.project.tree());
}

#[test]
fn whoever_writes_nothing_needs_no_claim() {
    let holder = Holder::new();
    holder.project.run(["validate"]).status(0);
    holder.project.run(["check"]).status(1);
    holder.project.run(["generate", "--dry-run"]).status(0);
    holder.project.run(["adopt", "--dry-run"]).status(1);
    holder.project.run(["lock", "update", "--dry-run", "zizmor"]).status(0);
}

#[test]
fn a_claim_ends_with_its_process() {
    let mut holder = Holder::new();
    // SIGKILL: nothing is cleaned up, and the git that was started lives on.
    holder.process.kill().unwrap();
    holder.process.wait().unwrap();
    holder.project.run(["generate"]).status(0);
    holder.project.run(["check"]).status(0);
}

#[test]
fn other_projects_are_free() {
    let _holder = Holder::new();
    generated().run(["generate"]).status(0);
}
