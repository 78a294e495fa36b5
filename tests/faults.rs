//! Runs that are stopped: killed at every step, by a folder that cannot be written to, by a full disk, by another run.
//!
//! Whatever stops one: each file is whole, old or new; the next run completes; `check` finds nothing then; and what was not ours is as
//! it was.

mod claim;
mod disk;
mod kill;

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{Entry, Output, Project, Tree, edit, generated, small};

const GHAGEN: &str = env!("CARGO_BIN_EXE_ghagen");

/// Something to write: what is there before, the command that writes, and what is there when nothing stops it.
struct Work {
    before: Tree,
    args: &'static [&'static str],
    after: Tree,
    folders: BTreeSet<String>,
}

impl Work {
    /// The work of this command in this project, with files of somebody else in every folder.
    fn new(project: &Project, args: &'static [&'static str]) -> Self {
        for path in ["generated/mine.txt", "generated/files/mine/notes.txt", ".github/workflows/mine.yml", "spec/.mine"]
        {
            project.write(path, "a year of work\n");
        }
        let before = project.tree();
        let project = Project::of(&before);
        project.run(args).status(0);
        // Once for all: it says the same of the same tree.
        project.run(["check"]).status(i32::from(args[0] == "lock"));
        let (after, folders) = (project.tree(), folders(project.root()));
        assert!(before != after, "there is nothing to do");
        Self { before, args, after, folders }
    }

    /// A project in which nothing is written yet.
    fn fresh() -> Self {
        Self::new(&small(), &["generate"])
    }

    /// A generated project whose spec says something else now: files are replaced, some come, and some go with their folders.
    fn changed() -> Self {
        let project = small();
        project.write("spec/files/deep/er/old.conf", "old\n");
        project.write("spec/files/deep/old.conf", "old\n");
        project.write("spec/files/grows.conf", "one setting\n");
        project.run(["generate"]).status(0);
        project.remove("spec/files/deep/er/old.conf");
        project.remove("spec/files/deep/old.conf");
        project.write("spec/files/other/new.conf", "new\n");
        // On a full disk the old one would have made room for a part of the new one.
        project.write("spec/files/grows.conf", &"many settings\n".repeat(2000));
        edit(&project, "spec/ghagen.yaml", "23 5 * * *", "24 5 * * *");
        Self::new(&project, &["generate"])
    }

    /// A run was killed already, somebody changed modes, and an orphan lies where no manifest lists it.
    fn disturbed() -> Self {
        let project = generated();
        project.write("generated/scripts/.ghagen-1aB2c3.tmp", "#!/usr/bin/env bash\n# Made by gha");
        project.write("spec/.ghagen-1aB2c3.tmp", "lock: 1\n");
        project.write("generated/scripts/stray.sh", "# Made by ghagen from spec/tools/old.yaml.\n");
        for (path, mode) in [("generated/scripts/build-tool.sh", 0o644), ("generated/manifest.json", 0o755)] {
            set_mode(&project, path, mode);
        }
        Self::new(&project, &["generate"])
    }

    /// A bot bumped an action.
    fn bumped() -> Self {
        let project = generated();
        let old = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
        let new = format!("actions/checkout@{} # v7.0.2", "a".repeat(40));
        let tree = project.tree().only(|path| path.starts_with(".github/workflows/"));
        for path in tree.paths() {
            let text = project.read(path);
            project.write(path, &text.replace(old, &new));
        }
        Self::new(&project, &["adopt"])
    }

    /// A lock that holds a pin too many. The one that is asked for needs no network.
    fn pruned() -> Self {
        let project = generated();
        let lock = project.read("spec/ghagen.lock");
        project.write(
            "spec/ghagen.lock",
            &lock.replace("tools:\n", "tools:\n  unused: [{version: 1.0.0, checked_by: me}]\n"),
        );
        let work = Self::new(&project, &["lock", "update", "zizmor"]);
        assert!(!work.lock_of(&work.after).contains("unused") && work.lock_of(&work.before).contains("unused"));
        work
    }

    /// How many pages of memory a file of the beginning takes, where a disk is made of them.
    fn pages(&self, path: &str) -> usize {
        match self.before.get(path) {
            Some(Entry::File { bytes, .. }) => bytes.len().div_ceil(4096),
            _ => 0,
        }
    }

    fn lock_of<'a>(&self, tree: &'a Tree) -> &'a str {
        let Some(Entry::File { bytes, .. }) = tree.get("spec/ghagen.lock") else { panic!("no lock: {}", self.args[0]) };
        str::from_utf8(bytes).unwrap()
    }

    /// Asserts that each file is as before or as after, whole, and that only what is on its way lies there beside.
    #[track_caller]
    fn assert_whole(&self, tree: &Tree, what: &str) {
        let is_temporary = |path: &str| {
            let name = path.rsplit('/').next().unwrap();
            name.starts_with(".ghagen-") && name.ends_with(".tmp")
        };
        for path in self.before.paths_of_both(&self.after).into_iter().chain(tree.paths()) {
            let (before, now, after) = (self.before.get(path), tree.get(path), self.after.get(path));
            // A new file comes with its mode, so nothing else changes by halves: of an old one bytes and mode may.
            assert!(now == before || now == after || is_temporary(path), "{what}: {path} is neither old nor new");
        }
    }

    /// Asserts that the next run, of the same command, makes it what it had to become.
    #[track_caller]
    fn assert_completed_by_next_run(&self, project: &Project, what: &str) {
        let output = project.run(self.args);
        if self.args == ["adopt"] && !output.is_success() {
            // The lock was written, so there is no bump any more. What remains is not for `adopt`, and it says for whom.
            output.status(1).stdout_has("run `ghagen generate`");
            project.run(["generate"]).status(0);
        } else {
            assert!(output.is_success(), "{what}: {output}");
        }
        self.assert_done(&project.tree(), &folders(project.root()), what);
    }

    #[track_caller]
    fn assert_done(&self, tree: &Tree, folders: &BTreeSet<String>, what: &str) {
        let other: Vec<&str> =
            tree.paths_of_both(&self.after).into_iter().filter(|path| tree.get(path) != self.after.get(path)).collect();
        assert!(other.is_empty(), "{what}: not as they should be: {}", other.join(", "));
        assert_eq!(*folders, self.folders, "{what}: folders");
    }
}

/// Every folder below one, which a [`Tree`] does not know.
fn folders(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs_err::read_dir(&folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                found.insert(entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned());
                open.push(entry.path());
            }
        }
    }
    found
}

fn set_mode(project: &Project, path: &str, mode: u32) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
    fs_err::set_permissions(project.root().join(path), mode).unwrap();
}
