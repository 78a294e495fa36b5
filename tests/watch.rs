//! `--watch`: a run for every change, whatever became of the last one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::{Project, edit, generated};

const TITLE: &str = "spec/tools/catatonit.yaml";

/// A command that watches a project; it ends with the test.
struct Watch {
    process: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(project: &Project, args: &[&str]) -> Self {
        let mut command = project.command(env!("CARGO_BIN_EXE_ghagen"));
        let mut process = command.args(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(process.stderr.take().unwrap());
        // It ends when the process does.
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { process, lines }
    }

    /// What is said up to a line that holds these words.
    #[track_caller]
    fn until(&self, words: &str) -> Vec<String> {
        let mut said = Vec::new();
        loop {
            match self.lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) => said.push(line),
                Err(error) => panic!("{error} before {words:?}, after {said:#?}"),
            }
            if said.last().unwrap().contains(words) {
                return said;
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn validate_says_what_each_change_is() {
    let project = generated();
    let watch = Watch::start(&project, &["validate", "--watch"]);
    watch.until("run 1 done; waiting for a change below spec/");
    edit(&project, TITLE, "title:", "titel:");
    let said = watch.until("run 2 failed").join("\n");
    assert!(said.contains("error[G0104]") && said.contains("did you mean `title`?"), "{said}");
    // What cannot even be read is no reason to end.
    std::os::unix::fs::symlink("/", project.root().join("spec/link")).unwrap();
    watch.until("run 3 failed");
    fs_err::remove_file(project.root().join("spec/link")).unwrap();
    watch.until("run 4 failed");
    edit(&project, TITLE, "titel:", "title:");
    watch.until("run 5 done");
}

#[test]
fn generate_writes_what_each_change_means() {
    let project = generated();
    let mut watch = Watch::start(&project, &["generate", "--watch"]);
    watch.until("run 1 done");
    let old = project.read("generated/PIPELINE.md");
    edit(&project, TITLE, "title: ", "title: New ");
    watch.until("run 2 done");
    assert_ne!(project.read("generated/PIPELINE.md"), old);
    // Nothing is claimed between the runs, and what it writes itself starts none.
    project.run(["generate"]).status(0).stdout_has("nothing to do");
    std::thread::sleep(Duration::from_millis(700));
    assert!(watch.lines.try_recv().is_err());
    assert!(watch.process.try_wait().unwrap().is_none());
}

#[test]
fn a_commit_for_every_keystroke_is_not_to_be_had() {
    generated().run(["generate", "--watch", "--commit"]).status(2).stderr_has("cannot be used with");
}
