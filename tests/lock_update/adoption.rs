//! `adopt-pins.yml`: its scripts, run over real git repositories on this machine; a stand-in for `gh` answers by jq, as gh does.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use super::{GIT, LOCK, WITHOUT_GIT, World};
use crate::support::{Output, Tree, edit, lint_workflows};

const BRANCH: &str = "dependabot/github_actions/actions-0123456789";

/// A project whose bot is Dependabot, its repository, and a branch in which the bot bumped an action.
struct Scene {
    world: World,
    folder: TempDir,
    new: String,
}

/// What a step of the workflow gave.
struct Ran {
    output: Output,
    outputs: String,
}

impl Scene {
    fn new() -> Self {
        let world = World::new();
        let app = "app: {client_id: PINS_ID, private_key: PINS_KEY}";
        let pins = format!("pins:\n  dependabot: true\n  adopt: {{cron: '23 * * * *', {app}}}\ngate:\n");
        edit(&world.project, "spec/ghagen.yaml", "gate:\n", &pins);
        world.project.write(LOCK, WITHOUT_GIT);
        world.remotes.release("github.com/actions/create-github-app-token", "v1.0.0", 90);
        let names: Vec<&str> = GIT.into_iter().chain(["actions/create-github-app-token"]).collect();
        world.update(&names).status(0);
        world.project.run(["generate"]).status(0);
        let new = world.remotes.release("github.com/actions/checkout", "v1.1.0", 30);
        let scene = Self { world, folder: tempfile::Builder::new().prefix("ghagen-adoption-").tempdir().unwrap(), new };
        scene.git(scene.root(), &["init", "--quiet", "--initial-branch=main"]);
        scene.commit("main");
        scene.git(scene.root(), &["clone", "--quiet", "--bare", ".", scene.origin().to_str().unwrap()]);
        scene.git(scene.root(), &["switch", "--quiet", "--create", BRANCH]);
        scene
    }

    fn root(&self) -> &Path {
        self.world.project.root()
    }

    fn origin(&self) -> PathBuf {
        self.folder.path().join("origin.git")
    }

    fn git(&self, folder: &Path, args: &[&str]) -> String {
        let mut git = self.world.project.command("git");
        git.arg("-C").arg(folder).args(["-c", "user.name=t", "-c", "user.email=t@example.org"]).args(args);
        self.world.project.output(self.world.remotes.known_to(&mut git)).status(0).stdout().trim().to_owned()
    }

    fn commit(&self, message: &str) {
        self.git(self.root(), &["add", "--all"]);
        self.git(self.root(), &["commit", "--quiet", "--message", message]);
    }

    /// Bumps actions/checkout in every workflow, as Dependabot does.
    fn bump(&self) {
        let old = self.world.remotes.commit("github.com/actions/checkout", "v1.0.0");
        let (from, to) = (format!("checkout@{old} # v1.0.0"), format!("checkout@{} # v1.1.0", self.new));
        for path in self.world.project.tree().paths().filter(|path| path.starts_with(".github/workflows/")) {
            let text = self.world.project.read(path);
            self.world.project.write(path, &text.replace(&from, &to));
        }
    }

    /// Pushes what the bot has, and gives its commit.
    fn push(&self) -> String {
        self.commit("Bump actions/checkout");
        self.git(self.root(), &["push", "--quiet", "--force", self.origin().to_str().unwrap(), BRANCH]);
        self.git(self.root(), &["rev-parse", "HEAD"])
    }

    /// A fresh checkout of main, as the workflow has it.
    fn checkout(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        let _ = fs_err::remove_dir_all(&folder);
        let origin = format!("file://{}", self.origin().display());
        self.git(self.root(), &["clone", "--quiet", "--depth=1", &origin, folder.to_str().unwrap()]);
        folder
    }

    /// Runs a step of the workflow in a checkout, with a gh that knows these pull requests.
    fn step(&self, folder: &Path, job: &str, step: &str, pulls: &serde_json::Value, env: &[(&str, &str)]) -> Ran {
        let workflow: serde_yaml::Value =
            serde_yaml::from_str(&self.world.project.read(".github/workflows/adopt-pins.yml")).unwrap();
        let steps = workflow["jobs"][job]["steps"].as_sequence().unwrap();
        let step = steps.iter().find(|it| it["name"] == step).unwrap();
        let home = self.folder.path().join("home");
        fs_err::create_dir_all(home.join(".cargo/bin")).unwrap();
        fs_err::create_dir_all(home.join("bin")).unwrap();
        let ghagen = home.join(".cargo/bin/ghagen");
        if !ghagen.exists() {
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_ghagen"), ghagen).unwrap();
        }
        fs_err::write(home.join("pulls.json"), pulls.to_string()).unwrap();
        let gh = "#!/bin/bash\nif [[ $1 == api ]]; then exec jq --raw-output \"${@: -1}\" \"$HOME/pulls.json\"; fi\n";
        fs_err::write(home.join("bin/gh"), gh).unwrap();
        fs_err::set_permissions(home.join("bin/gh"), std::fs::Permissions::from_mode(0o755)).unwrap();
        fs_err::write(home.join("outputs"), "").unwrap();
        let path = format!("{}:{}", home.join("bin").display(), std::env::var("PATH").unwrap());
        let mut bash = self.world.project.command("bash");
        bash.current_dir(folder).args(["--noprofile", "--norc", "-eo", "pipefail", "-c"]);
        bash.arg(step["run"].as_str().unwrap()).env("PATH", path).env("HOME", &home).env("RUNNER_TEMP", &home);
        bash.env("GITHUB_OUTPUT", home.join("outputs")).env("GH_TOKEN", "x").env("GH_REPO", "o/r").env("BASE", "main");
        bash.env("BOT", step["env"]["BOT"].as_str().unwrap_or_default()).env("APP", "pins").envs(env.iter().copied());
        let output = self.world.project.output(self.world.remotes.known_to(&mut bash));
        Ran { output, outputs: fs_err::read_to_string(home.join("outputs")).unwrap() }
    }

    /// The first job, over one pull request of Dependabot's. Gives what it took, and the folder.
    fn take(&self, head: &str) -> (String, PathBuf) {
        let folder = self.checkout("reader");
        let pulls = json!([pull(7, head, "dependabot[bot]", "o/r")]);
        let listed = self.step(&folder, "take", "List the pull requests of the bot", &pulls, &[]);
        listed.output.status(0);
        assert_eq!(listed.outputs, "found=true\n");
        let taken = self.step(&folder, "take", "Take a bump into the lock", &pulls, &[]);
        taken.output.status(0);
        if taken.outputs.is_empty() {
            taken.output.stdout_has("::notice::Pull request 7 is left alone");
            let changed = self.git(&folder, &["status", "--porcelain", "--", "spec", "generated", ".github"]);
            assert_eq!(changed, "", "something of a refused pull request stays");
        }
        (taken.outputs, folder)
    }

    /// The second job, with the patch of the first.
    fn write(&self, reader: &Path, head: &str) -> Output {
        let folder = self.checkout("writer");
        Tree::read(&reader.join("adopted")).write_to(&folder.join("adopted"));
        let env = [("HEAD_COMMIT", head), ("HEAD_BRANCH", BRANCH)];
        let output = self.step(&folder, "push", "Push the commit", &json!([]), &env).output;
        let changed = self.git(&folder, &["status", "--porcelain", "--", "spec", "generated", ".github"]);
        assert_eq!(changed, "", "a file of the pull request came into the working tree");
        output
    }

    fn pushed(&self) -> String {
        self.git(&self.origin(), &["rev-parse", BRANCH])
    }
}

fn pull(number: u64, head: &str, user: &str, repository: &str) -> serde_json::Value {
    json!({
        "number": number,
        "user": {"login": user},
        "head": {"sha": head, "ref": BRANCH, "repo": {"full_name": repository}},
    })
}

#[test]
fn a_bump_gets_the_commit_that_it_lacks() {
    let scene = Scene::new();
    lint_workflows(scene.root());
    scene.bump();
    let head = scene.push();
    let (outputs, reader) = scene.take(&head);
    assert_eq!(outputs, format!("head={head}\nbranch={BRANCH}\n"));
    scene.write(&reader, &head).status(0);
    let pushed = scene.pushed();
    assert_eq!(
        scene.git(&scene.origin(), &["rev-parse", &format!("{pushed}^")]),
        head,
        "not on top of the bot's commit"
    );
    let changed = scene.git(&scene.origin(), &["diff", "--name-only", &head, &pushed]);
    assert!(changed.lines().all(|path| path == LOCK || path.starts_with("generated/")), "{changed}");
    let message = scene.git(&scene.origin(), &["log", "-1", "--format=%s", &pushed]);
    assert_eq!(message, "Adopt the bumped pins [dependabot skip]");

    // The pull request is whole now, and the next run leaves it alone.
    scene.git(scene.root(), &["fetch", "--quiet", scene.origin().to_str().unwrap(), BRANCH]);
    scene.git(scene.root(), &["checkout", "--quiet", "FETCH_HEAD"]);
    scene.world.project.run(["check"]).status(0);
    scene.world.project.run(["lock", "verify"]).status(0);
    assert!(scene.world.lock().contains(&format!("tag: v1.1.0\n    commit: {}\n", scene.new)));
    assert_eq!(scene.take(&pushed).0, "");
}

#[test]
fn what_is_not_a_whole_bump_is_left_alone() {
    let readme = |scene: &Scene| scene.world.project.write("README.md", "more\n");
    let workflow = ".github/workflows/verify.yml";
    let command = |scene: &Scene| edit(&scene.world.project, workflow, "run: ", "run: evil && ");
    let mode = |scene: &Scene| {
        let path = scene.root().join(workflow);
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    let link = |scene: &Scene| {
        scene.world.project.remove(workflow);
        std::os::unix::fs::symlink("/etc/passwd", scene.root().join(workflow)).unwrap();
    };
    let new_file = |scene: &Scene| scene.world.project.write(".github/workflows/new.yml", "on: push\n");
    let script =
        |scene: &Scene| edit(&scene.world.project, "generated/scripts/package.sh", "set -euo", "evil; set -euo");
    // Whole, and yet not what the tag says: only the repository knows.
    let other = |scene: &Scene| {
        for path in scene.world.project.tree().paths().filter(|path| path.starts_with(".github/workflows/")) {
            let text = scene.world.project.read(path);
            scene.world.project.write(path, &text.replace(&scene.new, &"e".repeat(40)));
        }
    };
    let half = |scene: &Scene| {
        let old = scene.world.remotes.commit("github.com/actions/checkout", "v1.0.0");
        let (from, to) = (format!("{} # v1.1.0", scene.new), format!("{old} # v1.0.0"));
        edit(&scene.world.project, workflow, &from, &to);
    };
    let edits: [(&str, &dyn Fn(&Scene)); 8] = [
        ("another file", &readme),
        ("a command", &command),
        ("a mode", &mode),
        ("a link", &link),
        ("a new workflow", &new_file),
        ("a script", &script),
        ("a commit that is not the tag's", &other),
        ("half of it", &half),
    ];
    let scene = Scene::new();
    let start = scene.git(scene.root(), &["rev-parse", "HEAD"]);
    for (what, edit) in edits {
        scene.git(scene.root(), &["reset", "--quiet", "--hard", &start]);
        scene.bump();
        edit(&scene);
        let head = scene.push();
        assert_eq!(scene.take(&head).0, "", "{what}");
    }
}

#[test]
fn only_pull_requests_of_the_bot_in_this_repository_are_looked_at() {
    let scene = Scene::new();
    scene.bump();
    let head = scene.push();
    let folder = scene.checkout("reader");
    for (user, repository) in [("somebody", "o/r"), ("renovate[bot]", "o/r"), ("dependabot[bot]", "fork/r")] {
        let pulls = json!([pull(7, &head, user, repository)]);
        let listed = scene.step(&folder, "take", "List the pull requests of the bot", &pulls, &[]);
        assert_eq!(listed.outputs, "found=false\n", "{user} {repository}");
    }
}

#[test]
fn what_can_write_takes_no_other_patch_and_no_other_branch() {
    let scene = Scene::new();
    scene.bump();
    let head = scene.push();
    let (_, reader) = scene.take(&head);
    // A patch that was tampered with on its way.
    let patch = reader.join("adopted/pins.patch");
    let good = fs_err::read_to_string(&patch).unwrap();
    let evil = "diff --git a/.github/workflows/evil.yml b/.github/workflows/evil.yml\nnew file mode 100644\n--- /dev/null\n+++ b/.github/workflows/evil.yml\n@@ -0,0 +1 @@\n+on: push\n";
    fs_err::write(&patch, format!("{good}{evil}")).unwrap();
    scene.write(&reader, &head).status(1).stdout_has("evil.yml");
    assert_eq!(scene.pushed(), head);
    fs_err::write(&patch, good).unwrap();
    // A branch that moved meanwhile.
    scene.world.project.write("README.md", "more\n");
    let moved = scene.push();
    assert!(!scene.write(&reader, &head).is_success());
    assert_eq!(scene.pushed(), moved);
    // A branch that is none of a bot's.
    let env = [("HEAD_COMMIT", head.as_str()), ("HEAD_BRANCH", "main")];
    let folder = scene.checkout("writer");
    assert!(!scene.step(&folder, "push", "Push the commit", &json!([]), &env).output.is_success());
}
