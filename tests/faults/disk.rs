//! A disk that refuses: a folder that is read-only, and a disk that is full. Real ones, mounted where nobody else sees them.

use std::fmt::Write;

use super::{GHAGEN, Project, Tree, Work};

/// Runs a script where mounts are private. `None` where the system does not let us mount; with `CI=true` that is a failure.
#[track_caller]
fn with_mounts(project: &Project, script: &str) -> Option<crate::support::Output> {
    // root needs no more; others first become root of a name space of their own.
    let ways = [["--mount"].as_slice(), &["--mount", "--map-root-user"]];
    let can = |way: &&&[&str]| {
        let mut probe = project.command("unshare");
        probe.args(**way).args(["bash", "-c", "mount -t tmpfs tmpfs /mnt"]);
        probe.output().is_ok_and(|output| output.status.success())
    };
    let Some(way) = ways.iter().find(can) else {
        let thread = std::thread::current();
        let message = format!("SKIPPED {}: unshare may not mount here", thread.name().unwrap_or("test"));
        assert!(std::env::var_os("CI").is_none_or(|value| value != "true"), "{message}");
        // Straight to the stream: the test runner hides what the print macros of a passing test write.
        std::io::Write::write_all(&mut std::io::stderr(), format!("{message}\n").as_bytes()).unwrap();
        return None;
    };
    let mut command = project.command("unshare");
    Some(project.output(command.args(*way).args(["bash", "-euo", "pipefail", "-c", script])))
}

/// What a stopped run, and the one after it, left in the folder of a test.
struct Outcome {
    status: String,
    stderr: String,
    stopped: Tree,
    next: String,
    completed: Tree,
}

/// Does the work in a folder `work` beside, once with the mounts of `hinder`, and again with those of `help`.
#[track_caller]
fn stopped(work: &Work, hinder: &str, help: &str) -> Option<Outcome> {
    let project = Project::new();
    work.before.write_to(&project.root().join("before"));
    let args = work.args.join(" ");
    let mut script = String::from("mkdir work\n");
    writeln!(script, "{hinder}").unwrap();
    writeln!(
        script,
        "status=0; '{GHAGEN}' --root work {args} >out 2>err || status=$?; printf '%s' \"$status\" >status"
    )
    .unwrap();
    writeln!(script, "cp -a work stopped; {help}").unwrap();
    writeln!(
        script,
        "status=0; '{GHAGEN}' --root work {args} >out-next 2>&1 || status=$?; printf '%s' \"$status\" >next"
    )
    .unwrap();
    writeln!(script, "cp -a work completed").unwrap();
    with_mounts(&project, &script)?.status(0);
    let tree = |folder| Tree::read(&project.root().join(folder));
    Some(Outcome {
        status: project.read("status"),
        stderr: project.read("err"),
        stopped: tree("stopped"),
        next: project.read("next"),
        completed: tree("completed"),
    })
}

/// Asserts all that has to hold of a run that the disk stopped; `reason` is what the system says.
#[track_caller]
fn assert_stopped(work: &Work, outcome: &Outcome, reason: &str, what: &str) {
    let Outcome { status, stderr, stopped, next, completed } = outcome;
    assert_eq!(status, "74", "{what}: {stderr}");
    // Without the names that were asked for: the next run may as well do all of it.
    let again = format!("then run `ghagen {}` again", work.args.join(" ").trim_end_matches(" zizmor"));
    let (_, error) = stderr.split_once("error: `").unwrap_or_else(|| panic!("{what}: {stderr}"));
    let (path, _) = error.split_once('`').unwrap();
    let is_known = |path: &str| work.folders.contains(path) || work.after.get(path).or(work.before.get(path)).is_some();
    assert!(is_known(path), "{what}: names no file: {stderr}");
    assert!(!error.contains(".ghagen-") && error.contains(reason) && stderr.contains(&again), "{what}: {stderr}");
    work.assert_whole(stopped, what);
    // Stopped, and not killed: it has cleaned up behind itself.
    assert!(!stopped.paths().any(|path| path.contains(".ghagen-")), "{what}: left a temporary file");
    assert_eq!(next, "0", "{what}");
    assert!(*completed == work.after, "{what}: not completed");
}

/// Fills a disk that has room for what is there before and for so many pages more, until that is enough.
#[track_caller]
fn on_full_disks(work: &Work) {
    let mut full = 0;
    // How much that is, tmpfs counts in pages; the files of before take one or more each.
    let taken: usize = work.before.paths().map(|path| work.pages(path)).sum();
    for pages in (0..).step_by(2) {
        let hinder = format!("mount -t tmpfs -o size={}k tmpfs work; cp -a before/. work", (taken + pages) * 4);
        let Some(outcome) = stopped(work, &hinder, "mount -o remount,size=64m work") else { return };
        if outcome.status == "0" {
            break;
        }
        full += 1;
        assert_stopped(work, &outcome, "No space left on device", &format!("{pages} pages left"));
    }
    assert!(full > 0, "no disk was full");
}

#[test]
fn a_full_disk_in_a_fresh_project() {
    on_full_disks(&Work::fresh());
}

#[test]
fn a_full_disk_with_files_that_change_come_and_go() {
    on_full_disks(&Work::changed());
}

#[test]
fn a_full_disk_for_the_lock() {
    on_full_disks(&Work::pruned());
}

#[track_caller]
fn on_a_read_only(work: &Work, folder: &str) {
    let place = format!("work/{folder}");
    let hinder = format!(
        "cp -a before/. work; mkdir -p '{place}'; mount --bind '{place}' '{place}'; mount -o remount,bind,ro '{place}'"
    );
    let Some(outcome) = stopped(work, &hinder, &format!("mount -o remount,bind,rw '{place}'")) else { return };
    assert_stopped(work, &outcome, "Read-only file system", &format!("{folder} is read-only"));
}

#[test]
fn a_read_only_folder() {
    for folder in [".", "generated", ".github/workflows"] {
        on_a_read_only(&Work::fresh(), folder);
        on_a_read_only(&Work::changed(), folder);
    }
}

#[test]
fn a_read_only_folder_of_the_lock() {
    on_a_read_only(&Work::pruned(), "spec");
    on_a_read_only(&Work::bumped(), "spec");
}
