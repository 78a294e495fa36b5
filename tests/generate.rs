//! `generate`: writes what the spec says, once; removes what it owns; touches nothing else.

use std::{
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

use crate::support::{Entry, Project, assert_same_text, assert_same_tree, edit, generated, small};

fn git(project: &Project, args: &[&str]) -> String {
    let identity = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", "-c", "init.defaultBranch=main"];
    let output = project.output(project.command("git").args(identity).args(args));
    output.status(0);
    output.stdout().to_owned()
}

/// The project under git, with all that is there committed.
fn under_git(project: &Project) {
    git(project, &["init", "--quiet"]);
    git(project, &["config", "user.name", "Nobody"]);
    git(project, &["config", "user.email", "nobody@example.com"]);
    git(project, &["add", "."]);
    git(project, &["commit", "--quiet", "--message", "Begin"]);
}

#[test]
fn twice_in_a_row_changes_nothing() {
    let project = generated();
    let before = project.tree();
    let manifest = project.root().join("generated/manifest.json");
    let stamp = |path: &Path| {
        let metadata = fs_err::metadata(path).unwrap();
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
    };
    let stamp_before = stamp(&manifest);
    project.run(["generate"]).status(0).stdout_has("nothing to do");
    assert_same_tree(&before, &project.tree());
    assert_eq!(stamp_before, stamp(&manifest), "an unchanged file was touched");
}

#[test]
fn whatever_was_done_is_undone() {
    let project = generated();
    let before = project.tree();
    edit(&project, "generated/scripts/package.sh", "set -euo pipefail", "");
    project.remove("generated/manifest.json");
    project.write("generated/scripts/stray.sh", "# Made by ghagen from spec/tools/old.yaml.\n");
    let script = project.root().join("generated/scripts/build-tool.sh");
    fs_err::set_permissions(&script, PermissionsExt::from_mode(0o600)).unwrap();
    project.run(["generate"]).status(0).stdout_has("remove generated/scripts/stray.sh");
    assert_same_tree(&before, &project.tree());
    assert_eq!(fs_err::metadata(&script).unwrap().mode() & 0o777, 0o755);
}

#[test]
fn modes_do_not_follow_the_umask() {
    let project = small();
    let program = env!("CARGO_BIN_EXE_ghagen");
    let script = format!("umask 077; exec '{program}' generate");
    project.output(project.command("bash").args(["-c", &script])).status(0);
    let mode = |path| fs_err::metadata(project.root().join(path)).unwrap().mode() & 0o777;
    assert_eq!(mode("generated/scripts/build-tool.sh"), 0o755);
    assert_eq!(mode("generated/manifest.json"), 0o644);
}

#[test]
fn orphans_go_with_their_empty_folders_and_nothing_else_does() {
    let project = generated();
    fs_err::create_dir_all(project.root().join("spec/files/deep/er")).unwrap();
    project.write("spec/files/deep/er/x.conf", "x\n");
    project.run(["generate"]).status(0);
    assert!(project.tree().get("generated/files/deep/er/x.conf").is_some());
    project.write("generated/files/mine.txt", "mine\n");
    project.remove("spec/files/deep/er/x.conf");
    project.run(["generate"]).status(0).stdout_has("remove generated/files/deep/er/x.conf");
    assert!(!project.root().join("generated/files/deep").exists());
    assert!(project.tree().get("generated/files/mine.txt").is_some());
    project.run(["check"]).status(0);
}

#[test]
fn a_file_that_somebody_made_theirs_stays() {
    let project = generated();
    project.remove("spec/files/etc/small.conf");
    project.write("generated/files/etc/small.conf", "a year of work\n");
    project.run(["generate"]).status(0).stdout_has("keep   generated/files/etc/small.conf");
    assert_eq!(project.read("generated/files/etc/small.conf"), "a year of work\n");
    project.run(["check"]).status(0);
}

#[test]
fn what_is_not_ours_is_refused_before_anything_is_written() {
    let project = small().file(".github/workflows/build-catatonit.yml", "name: mine\n");
    let before = project.tree();
    for args in [["generate"].as_slice(), &["generate", "--dry-run"]] {
        project
            .run(args)
            .status(74)
            .stderr_has(".github/workflows/build-catatonit.yml: in its place is a file that ghagen");
    }
    assert_same_tree(&before, &project.tree());
    project.run(["check"]).status(1).stdout_has("build-catatonit.yml: cannot be written");
}

#[test]
fn no_link_is_followed() {
    let project = small();
    let outside = Project::new();
    fs_err::os::unix::fs::symlink(outside.root(), project.root().join("generated")).unwrap();
    project.run(["generate"]).status(74).stderr_has("`generated`, which is a symbolic link");
    assert!(outside.tree().is_empty());
    fs_err::remove_file(project.root().join("generated")).unwrap();
    fs_err::os::unix::fs::symlink(outside.root(), project.root().join(".github")).unwrap();
    project.run(["generate"]).status(74).stderr_has("`.github`, which is a symbolic link");
    assert!(outside.tree().is_empty() && !project.root().join("generated").exists());
}

#[test]
fn what_a_killed_run_left_is_completed() {
    let project = generated();
    let whole = project.tree();
    let paths: Vec<String> = whole.paths().filter(|path| !path.starts_with("spec/")).map(ToOwned::to_owned).collect();
    // The manifest is written last, so it is what lacks, and any part of the rest.
    for kept in [0, 1, paths.len() / 2, paths.len() - 1] {
        project.remove("generated/manifest.json");
        for path in paths.iter().skip(kept).filter(|path| *path != "generated/manifest.json") {
            project.remove(path);
        }
        project.run(["generate"]).status(0);
        assert_same_tree(&whole, &project.tree());
    }
    // A file on its way to its place is an orphan, since it begins like the one that it was to become.
    let Some(Entry::File { bytes, .. }) = whole.get("generated/scripts/package.sh") else { panic!("no script") };
    fs_err::write(project.root().join("generated/scripts/.ghagen-x.tmp"), bytes).unwrap();
    project.run(["generate"]).status(0);
    assert_same_tree(&whole, &project.tree());
}

#[test]
fn a_dry_run_writes_nothing_and_a_diff_shows_what() {
    let project = small();
    let before = project.tree();
    project
        .run(["generate", "--dry-run"])
        .status(0)
        .stdout_has("create generated/manifest.json")
        .stdout_has("would be");
    assert_same_tree(&before, &project.tree());
    project.run(["generate"]).status(0);
    edit(&project, "spec/ghagen.yaml", "23 5 * * *", "24 5 * * *");
    let output = project.run(["generate", "--dry-run", "--diff"]);
    output.status(0).stdout_has("update .github/workflows/check-releases.yml").stdout_has("24 5 * * *");
    project.run(["check"]).status(1);
}

#[test]
fn nothing_is_written_for_a_spec_with_mistakes() {
    let project = generated();
    let before = project.tree();
    edit(&project, "spec/ghagen.yaml", "schedule:", "schedul:");
    project.run(["generate"]).status(3).stderr_has("error[").stderr_has("spec/ghagen.yaml:");
    edit(&project, "spec/ghagen.yaml", "schedul:", "schedule:");
    assert_same_tree(&before, &project.tree());
}

#[test]
fn a_commit_holds_what_was_written_and_nothing_else() {
    let project = generated();
    under_git(&project);
    project.write("spec/files/etc/new.conf", "new\n");
    project.remove("spec/files/etc/small.conf");
    project.write("mine.txt", "mine\n");
    project.write("staged.txt", "staged\n");
    git(&project, &["add", "staged.txt"]);
    project.run(["generate", "--commit"]).status(0).stdout_has("committed");
    assert_eq!(git(&project, &["log", "-1", "--format=%s"]), "Regenerate from the spec\n");
    let committed = git(&project, &["show", "--format=", "--name-status", "--no-renames", "HEAD"]);
    let expected = "A\tgenerated/files/etc/new.conf\nD\tgenerated/files/etc/small.conf\nM\tgenerated/manifest.json\n";
    assert_same_text(expected, &committed);
    let left = git(&project, &["status", "--porcelain"]);
    assert_same_text(" D spec/files/etc/small.conf\nA  staged.txt\n?? mine.txt\n?? spec/files/etc/new.conf\n", &left);
    project.run(["generate", "--commit"]).status(0).stdout_has("nothing to commit");
}

#[test]
fn a_commit_takes_files_that_git_never_knew() {
    let project = small();
    under_git(&project);
    // Written, but never committed: removing it is nothing that a commit could hold.
    project.write("generated/old.sh", "# Made by ghagen from spec/tools/old.yaml.\n");
    project.run(["generate", "--commit"]).status(0).stdout_has("committed");
    assert_same_text("", &git(&project, &["status", "--porcelain"]));
    assert!(git(&project, &["ls-files"]).contains("generated/manifest.json"));
}

#[test]
fn a_commit_needs_a_repository() {
    let project = small();
    let before = project.tree();
    project.run(["generate", "--commit"]).status(74).stderr_has("needs a git repository");
    assert_same_tree(&before, &project.tree());
    project.run(["generate", "--commit", "--dry-run"]).status(2);
}
