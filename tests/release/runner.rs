//! A repository with generated workflows, and a runner for them: act.
//!
//! gh, git and cosign are the real ones. GitHub's API is the mock, its actions and the container are stand-ins (see `act/`), and a
//! machine of the other arch is this one under another name.

use std::{path::PathBuf, process::Command};

use super::{
    fixture::{cosign, program},
    sign,
};
use crate::support::{GitHub, Output, Project, Tree, edit, repository, tool};

/// The actions that have a stand-in, and the commits that the lock of the project has for them.
const ACTIONS: [(&str, char); 4] = [
    ("actions/upload-artifact", '4'),
    ("actions/download-artifact", '3'),
    ("actions/attest", '1'),
    ("sigstore/cosign-installer", '5'),
];

/// Another arch in `uname`, where a job says that it needs one.
const UNAME: &str = r#"#!/bin/sh
if [ "$*" = --machine ] && [ "$ARCH" = arm64 ]; then echo aarch64; else exec /bin/uname "$@"; fi
"#;

/// A repository with generated workflows, and what it takes to run them.
pub(super) struct Repository {
    pub(super) project: Project,
    pub(super) github: GitHub,
}

impl Repository {
    /// `None` where a tool is missing.
    pub(super) fn new() -> Option<Self> {
        let tools = ["act", "gh", "jq", "git", "zstd"];
        if tools.map(tool).contains(&None) {
            return None;
        }
        let project = Project::copy_of("tests/diagnostics/base");
        let own = |name: &str| fs_err::read_to_string(repository().join("tests/release/act").join(name)).unwrap();
        // Packages of texts: nothing has to be compiled to make them.
        project.write("spec/components/hello.yaml", &own("hello.yaml"));
        project.remove("spec/components/quick.yaml");
        edit(
            &project,
            "spec/ghagen.yaml",
            "  allocators:\n    quick:\n      component: quick\n      object: lib/quick.o\n      symbol: quick_malloc\n",
            "",
        );
        edit(
            &project,
            "spec/ghagen.lock",
            "cosign:\n    - {version: v1.0.0",
            &format!("cosign:\n    - {{version: {}", cosign()),
        );
        edit(&project, "spec/tools/hello.yaml", "hello: {outputs: [hello]}", "hello: {}");
        let smoke = "\nsmoke:\n  - name: it greets\n    variant: plain\n    run: grep \"hello $VERSION\" hello.txt\n";
        project.write("spec/tools/hello.yaml", &(project.read("spec/tools/hello.yaml") + smoke));
        project.run(["generate"]).status(0);
        let repository = Self { project, github: GitHub::start() };
        sign::use_key(&repository.project)?;
        program(&repository.project, "podman", &own("podman"));
        program(&repository.project, "uname", UNAME);
        for (action, _) in ACTIONS {
            let name = action.split_once('/').unwrap().1;
            let folder = repository.beside("actions").join(name);
            fs_err::create_dir_all(&folder).unwrap();
            fs_err::write(folder.join("action.yml"), own(&format!("{name}.yml"))).unwrap();
        }
        // act runs a copy of what git does not ignore.
        repository.project.write(".gitignore", "/bin/\n/keys/\n/upstream/\n");
        let script = "git init --quiet --initial-branch main && git add --all && git remote add origin https://github.com/o/r \
                      && git -c user.name=Nobody -c user.email=nobody@example.org commit --quiet --message All";
        repository.project.output(repository.project.command("bash").args(["-c", script])).status(0);
        Some(repository)
    }

    /// A folder beside the project, for what is not part of it.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.project.root().parent().unwrap().join(name)
    }

    /// Runs a workflow on an event.
    pub(super) fn act(&self, event: &str, workflow: &str, inputs: &[(&str, &str)]) -> Output {
        self.project.output(&mut self.act_command(event, workflow, inputs))
    }

    /// The process that runs a workflow on an event.
    pub(super) fn act_command(&self, event: &str, workflow: &str, inputs: &[(&str, &str)]) -> Command {
        let artifacts = self.beside("artifacts");
        drop(fs_err::remove_dir_all(&artifacts));
        fs_err::create_dir_all(&artifacts).unwrap();
        let mut command = self.project.command(tool("act").unwrap());
        command.args([event, "--workflows", &format!(".github/workflows/{workflow}"), "--no-cache-server"]);
        for label in ["ubuntu-24.04", "ubuntu-24.04-arm"] {
            command.args(["--platform", &format!("{label}=-self-hosted")]);
        }
        for (action, digit) in ACTIONS {
            let commit = format!("{digit}{}", "0".repeat(39));
            let folder = self.beside("actions").join(action.split_once('/').unwrap().1);
            command.args(["--local-repository", &format!("{action}@{commit}={}", folder.display())]);
        }
        for (name, value) in inputs {
            command.args(["--input", &format!("{name}={value}")]);
        }
        let own = [self.project.root().join("bin"), repository().join("target/tools/bin")];
        let path = std::env::var_os("PATH").unwrap();
        command.env("PATH", std::env::join_paths(own.into_iter().chain(std::env::split_paths(&path))).unwrap());
        let mut environment = vec![
            ("ACT_ARTIFACTS".to_owned(), artifacts.display().to_string()),
            ("COSIGN_KEYS".to_owned(), self.project.root().join("keys").display().to_string()),
            ("COSIGN_PASSWORD".to_owned(), String::new()),
            ("GHAGEN_RETRY_SECONDS".to_owned(), "0".to_owned()),
            ("GITHUB_WORKFLOW_REF".to_owned(), format!("o/r/.github/workflows/{workflow}@refs/heads/main")),
            ("GIT_CONFIG_COUNT".to_owned(), "1".to_owned()),
            (
                "GIT_CONFIG_KEY_0".to_owned(),
                format!("url.file://{}/upstream/.insteadOf", self.project.root().display()),
            ),
            ("GIT_CONFIG_VALUE_0".to_owned(), "https://".to_owned()),
        ];
        for (name, value) in self.github.environment() {
            if name == "GH_TOKEN" {
                command.args(["--secret", &format!("GITHUB_TOKEN={value}")]);
            } else if name == "http_proxy" {
                command.env(name, value);
            } else {
                environment.push((name.to_owned(), value));
            }
        }
        for (name, value) in environment {
            command.args(["--env", &format!("{name}={value}")]);
        }
        command
    }

    /// The commit that everything runs at.
    pub(super) fn head(&self) -> String {
        let output = self.project.output(self.project.command("git").args(["rev-parse", "HEAD"]));
        output.stdout().trim().to_owned()
    }

    /// The packages that the builds of the last run left.
    pub(super) fn packages(&self) -> Tree {
        let artifacts = Tree::read(&self.beside("artifacts"));
        artifacts.only(|path| path.contains("-packages-"))
    }
}
