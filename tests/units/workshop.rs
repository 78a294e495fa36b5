//! The project of `tests/units` with repositories, a toolchain and all that its scripts want to find.

use std::{
    collections::BTreeMap,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use crate::support::{Output, Project, Tree, edit, repository, tool};

/// The repositories that the units are built from.
const SOURCES: [&str; 5] = ["leaf", "middle", "other", "patched", "report"];

/// A project that can be built here.
pub(super) struct Workshop {
    project: Project,
}

impl Workshop {
    /// None where a program is missing that the scripts call.
    #[track_caller]
    pub(super) fn new() -> Option<Self> {
        for name in ["cc", "ar", "make", "git", "patch", "zstd", "dpkg-query"] {
            tool(name)?;
        }
        let project = Project::new();
        let folder = repository().join("tests/units");
        Tree::read(&folder.join("spec")).write_to(&project.root().join("spec"));
        let workshop = Self { project };
        for name in SOURCES {
            let source = workshop.source(name);
            Tree::read(&folder.join("sources").join(name)).write_to(&source);
            workshop.git(name, &["init", "--quiet", "--initial-branch=main"]);
            workshop.commit(name, "v1.0");
            let commit = workshop.git(name, &["rev-parse", "HEAD"]);
            edit(&workshop.project, "spec/ghagen.lock", &format!("COMMIT-OF-{name}"), &format!("'{commit}'"));
        }
        workshop.toolchain();
        Some(workshop)
    }

    pub(super) fn root(&self) -> &Path {
        self.project.root()
    }

    /// Builds every variant.
    pub(super) fn build(&self) -> Output {
        self.build_with(&[])
    }

    /// Compiles the spec, and builds with these variables.
    pub(super) fn build_with(&self, variables: &[(&str, &str)]) -> Output {
        self.project.output(&mut self.command(variables))
    }

    /// Builds with a toolchain that is not there.
    pub(super) fn build_unprepared(&self) -> Output {
        let mut command = self.command(&[]);
        fs_err::remove_file(self.root().join("toolchain/stamps/base")).unwrap();
        self.project.output(&mut command)
    }

    /// Compiles the spec, and prepares the process that builds with these variables.
    pub(super) fn command(&self, variables: &[(&str, &str)]) -> Command {
        self.project.run(["generate"]).status(0);
        self.stamp();
        let plan: serde_json::Value = serde_json::from_str(&self.project.read("generated/plan/report.json")).unwrap();
        let tested = &plan["lines"][0]["tested"];
        let variant = variables.iter().find(|(name, _)| *name == "VARIANT").map_or("all", |(_, variant)| variant);
        let mut command = self.as_root("generated/scripts/build-tool.sh");
        command.args(["report", "amd64", variant]);
        command.env("VERSION", tested["version"].as_str().unwrap()).env("COMMIT", tested["commit"].as_str().unwrap());
        command.envs(variables.iter().copied());
        command
    }

    /// Compiles the spec, and prepares `ghagen build report` with these arguments.
    pub(super) fn ghagen(&self, arguments: &[&str]) -> Command {
        self.project.run(["generate"]).status(0);
        self.stamp();
        let mut command = self.as_root(env!("CARGO_BIN_EXE_ghagen"));
        command.args(["build", "report"]).args(arguments);
        command
    }

    /// A process that sees the toolchain. The scripts install packages, so they want to be root, though here is nothing to install.
    fn as_root(&self, program: &str) -> Command {
        let is_root = self.project.output(self.project.command("id").arg("-u")).stdout() == "0\n";
        let mut command = if is_root { self.project.command(program) } else { self.project.command("unshare") };
        if !is_root {
            command.args(["--map-root-user", "--", program]);
        }
        let path = format!("{}:{}", self.root().join("toolchain/machine").display(), std::env::var("PATH").unwrap());
        command.env("PATH", path).env("GHAGEN_TOOLCHAIN", self.root().join("toolchain"));
        command.env("GHAGEN_RETRY_SECONDS", "0");
        command
    }

    /// A line for the shell, in the same environment.
    pub(super) fn shell(&self, line: &str) -> Command {
        let mut command = self.as_root("bash");
        command.args(["-c", line]);
        command
    }

    /// Runs a process to its end.
    pub(super) fn output(&self, command: &mut Command) -> Output {
        self.project.output(command)
    }

    /// Puts a program where the scripts find it before the machine's own one.
    pub(super) fn program(&self, name: &str, text: &str) {
        self.project.write(&format!("toolchain/machine/{name}"), text);
        self.project.output(self.project.command("chmod").args(["+x", &format!("toolchain/machine/{name}")])).status(0);
    }

    /// Whether a process of this machine has a word among its arguments.
    pub(super) fn is_running(&self, word: &str) -> bool {
        let output = self.project.output(self.project.command("ps").args(["-e", "-o", "args="]));
        output.status(0).stdout().lines().any(|line| line.split(' ').any(|found| found == word))
    }

    /// Writes a file of the project.
    pub(super) fn write(&self, path: &str, text: &str) {
        self.project.write(path, text);
    }

    /// Replaces one text of a file.
    #[track_caller]
    pub(super) fn edit(&self, path: &str, from: &str, to: &str) {
        edit(&self.project, path, from, to);
    }

    /// Replaces a text of a file wherever it stands.
    #[track_caller]
    pub(super) fn edit_all(&self, path: &str, from: &str, to: &str) {
        edit(&self.project, path, from, to);
        self.project.write(path, &self.project.read(path).replace(from, to));
    }

    /// Changes a source, tags it, and has the lock know of the tag.
    pub(super) fn release(&self, name: &str, tag: &str, file: &str, from: &str, to: &str) {
        let path = self.source(name).join(file);
        let text = fs_err::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} does not hold {from:?}");
        fs_err::write(&path, text.replace(from, to)).unwrap();
        self.commit(name, tag);
        let commit = self.git(name, &["rev-parse", "HEAD"]);
        let start = format!("    url: https://example.org/{name}\n    pins:\n");
        let pin = format!("{start}      - {{tag: {tag}, commit: '{commit}'}}\n");
        edit(&self.project, "spec/ghagen.lock", &start, &pin);
    }

    /// The packages that were made, by name.
    pub(super) fn packages(&self) -> BTreeMap<String, Vec<u8>> {
        let dist = fs_err::read_dir(self.root().join("build/report-amd64/dist")).unwrap();
        dist.map(|file| file.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs_err::read(&path).unwrap()))
            .collect()
    }

    /// The stored result of a unit.
    pub(super) fn entry(&self, unit: &str) -> PathBuf {
        let folder = fs_err::read_dir(self.root().join("build/cache/units/report-amd64")).unwrap();
        let start = format!("{unit}-");
        let mut entries: Vec<PathBuf> = folder.map(|file| file.unwrap().path()).collect();
        entries.retain(|path| path.file_name().unwrap().to_str().unwrap().starts_with(&start));
        assert_eq!(entries.len(), 1, "{entries:?}");
        entries.remove(0)
    }

    /// The folder of a repository.
    pub(super) fn source(&self, name: &str) -> PathBuf {
        self.root().join("sources").join(name)
    }

    fn commit(&self, name: &str, tag: &str) {
        self.git(name, &["add", "--all"]);
        self.git(name, &["commit", "--quiet", "--message", tag]);
        self.git(name, &["tag", tag]);
    }

    /// Runs git in a repository, and gives what it prints.
    pub(super) fn git(&self, name: &str, arguments: &[&str]) -> String {
        let config = format!(
            "[user]\n\tname = Nobody\n\temail = nobody@example.org\n[url \"file://{}/\"]\n\tinsteadOf = https://example.org/\n",
            self.root().join("sources").display()
        );
        let home = self.root().with_file_name("home");
        fs_err::write(home.join(".gitconfig"), config).unwrap();
        let mut command = self.project.command("git");
        command.current_dir(self.source(name)).args(arguments);
        command.env("GIT_AUTHOR_DATE", "2026-01-02T03:04:05Z").env("GIT_COMMITTER_DATE", "2026-01-02T03:04:05Z");
        self.project.output(&mut command).status(0).stdout().trim().to_owned()
    }

    /// The compiler of this machine under the names of the toolchain, and a list of packages that a test can change.
    fn toolchain(&self) {
        let bin = self.root().join("toolchain/bin");
        let machine = self.root().join("toolchain/machine");
        for folder in [&bin, &machine, &self.root().join("toolchain/stamps")] {
            fs_err::create_dir_all(folder).unwrap();
        }
        for (name, program) in
            [("clang", "cc"), ("clang++", "cc"), ("ar", "ar"), ("ranlib", "ranlib"), ("strip", "strip")]
        {
            symlink(tool(program).unwrap(), bin.join(format!("x86_64-linux-musl-{name}"))).unwrap();
        }
        if let Some(readelf) = tool("readelf") {
            symlink(readelf, bin.join("llvm-readelf")).unwrap();
        }
        self.project.write("toolchain/upgraded", "no\n");
        let query = format!(
            "#!/bin/sh\n{} \"$@\"\nprintf 'upgraded %s amd64\\n' \"$(cat {})\"\n",
            tool("dpkg-query").unwrap().display(),
            self.root().join("toolchain/upgraded").display()
        );
        self.program("dpkg-query", &query);
    }

    /// Says that the toolchain was set up by the script as it is now.
    fn stamp(&self) {
        let script = "generated/scripts/container/setup-build-env.sh";
        // As the script itself does: comments make no difference.
        let sum = "sed '/^ *# /d' -- \"$1\" | sha256sum";
        let output = self.project.output(self.project.command("bash").args(["-c", sum, "sum", script]));
        let hash = output.stdout().split(' ').next().unwrap();
        for stamp in ["base", "amd64"] {
            self.project.write(&format!("toolchain/stamps/{stamp}"), &format!("{hash}\n"));
        }
    }
}

/// The units that were built and those that were reused, each sorted by name: by the lines that the scripts print.
pub(super) fn outcomes(output: &Output) -> (Vec<&str>, Vec<&str>) {
    let mut outcomes = (Vec::new(), Vec::new());
    for line in output.stderr().lines() {
        let Some(unit) = line.strip_prefix("ghagen: unit ") else { continue };
        let name = unit.split(' ').nth(1).unwrap();
        if unit.contains(" done in ") {
            outcomes.0.push(name);
        } else if unit.ends_with(" reused") {
            outcomes.1.push(name);
        }
    }
    outcomes.0.sort_unstable();
    outcomes.1.sort_unstable();
    outcomes
}

/// Waits until something holds.
#[track_caller]
pub(super) fn wait_until(condition: &dyn Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(120), "it never came to that");
        std::thread::sleep(Duration::from_millis(50));
    }
}
