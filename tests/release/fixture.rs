//! A generated project with one tool of two archives, what its build would have left, and the environment of its scripts.

use std::{os::unix::fs::PermissionsExt, path::PathBuf, process::Command, sync::OnceLock};

use crate::support::{GitHub, Project, Tree, edit, repository, tool};

/// The version that is released.
pub(super) const VERSION: &str = "1.8.1";
/// Its tag.
pub(super) const TAG: &str = "jq-v1.8.1";
/// The commit of this repository.
pub(super) const TARGET: &str = "0123456789abcdef0123456789abcdef01234567";
/// The commit of the upstream.
pub(super) const COMMIT: &str = "89abcdef0123456789abcdef0123456789abcdef";

/// Signs and verifies at once and without keys: a signature is the checksum of the file. cosign itself is tried in `sign`.
const COSIGN: &str = r#"#!/usr/bin/env bash
set -euo pipefail
file=${*: -1}
while (($# > 0)); do
  case $1 in
    version)
      printf '{"gitVersion": "VERSION"}\n'
      exit
      ;;
    sign-blob | verify-blob) command=$1 ;;
    --bundle) bundle=$2 ;;
  esac
  shift
done
if [[ $command == sign-blob ]]; then
  sha256sum <"$file" >"$bundle"
else
  sha256sum <"$file" | cmp - "$bundle"
fi
"#;

/// The project of `tests/golden/autotools`, generated.
pub(super) fn project() -> Project {
    static GENERATED: OnceLock<Tree> = OnceLock::new();
    Project::of(GENERATED.get_or_init(|| {
        let project = Project::new();
        Tree::read(&repository().join("tests/golden/autotools/spec")).write_to(&project.root().join("spec"));
        // The golden projects have made-up versions; this repository's is the one that is tried.
        edit(
            &project,
            "spec/ghagen.lock",
            "  cosign:\n    - version: v1.1.1\n",
            &format!("  cosign:\n    - version: {}\n", cosign()),
        );
        project.run(["generate"]).status(0);
        project.tree()
    }))
}

/// The release of cosign that this repository pins.
pub(super) fn cosign() -> String {
    let lock = fs_err::read_to_string(repository().join("spec/ghagen.lock")).unwrap();
    let (_, rest) = lock.split_once("  cosign:\n    - version: ").unwrap();
    rest.lines().next().unwrap().to_owned()
}

/// A program in the folder `bin` of a project.
pub(super) fn program(project: &Project, name: &str, text: &str) {
    let path = format!("bin/{name}");
    project.write(&path, text);
    fs_err::set_permissions(project.root().join(path), std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// A project with a built and signed release, and the GitHub that it is to be published on.
pub(super) struct Releasing {
    pub(super) project: Project,
    pub(super) github: GitHub,
}

impl Releasing {
    /// Everything is built and signed; nothing is published. `None` where gh or jq is not installed.
    pub(super) fn new() -> Option<Self> {
        static SIGNED: OnceLock<Option<Tree>> = OnceLock::new();
        let signed = SIGNED.get_or_init(|| {
            let releasing = Self::built()?;
            releasing.project.output(&mut releasing.script("sign-release.sh", &["dist"])).status(0);
            Some(releasing.project.tree())
        });
        tool("gh")?;
        Some(Self { project: Project::of(signed.as_ref()?), github: GitHub::start() })
    }

    /// Everything is built; nothing is signed.
    pub(super) fn built() -> Option<Self> {
        (tool("jq")?, tool("gh")?);
        let releasing = Self { project: project(), github: GitHub::start() };
        releasing.program("cosign", &COSIGN.replace("VERSION", &cosign()));
        let files = releasing.files();
        for (kind, name) in &files {
            if kind == "archive" || kind == "asset" {
                releasing.project.write(&format!("dist/{name}"), &format!("the bytes of {name}\n"));
            } else if kind == "attestation" {
                releasing.project.write(&format!("dist/{name}"), "{}\n");
            }
        }
        Some(releasing)
    }

    /// A program that the scripts find before all others.
    pub(super) fn program(&self, name: &str, text: &str) {
        program(&self.project, name, text);
    }

    /// The files of the release, as KIND and NAME.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let output = self.project.output(&mut self.script("release-files.sh", &["jq", "1"]));
        output.status(0);
        let pairs = output.stdout().lines().map(|line| line.split_once(' ').unwrap());
        pairs.map(|(kind, name)| (kind.to_owned(), name.to_owned())).collect()
    }

    /// A generated script, in the environment of the job `release`.
    pub(super) fn script(&self, name: &str, args: &[&str]) -> Command {
        let mut command = self.project.command(self.project.root().join("generated/scripts").join(name));
        command.args(args).envs([
            ("TOOL", "jq"),
            ("VERSION", VERSION),
            ("LINE", "1"),
            ("COMMIT", COMMIT),
            ("RELEASE_TAG", TAG),
            ("TARGET", TARGET),
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_WORKFLOW_REF", "o/r/.github/workflows/build-jq.yml@refs/heads/trunk"),
            ("GHAGEN_RETRY_SECONDS", "0"),
        ]);
        self.github.reached_by(&mut command).env("PATH", self.path());
        command
    }

    /// The script that publishes.
    pub(super) fn publish(&self) -> Command {
        self.script("publish-release.sh", &["dist"])
    }

    /// The programs of the test, the test tools, and those of this machine.
    pub(super) fn path(&self) -> std::ffi::OsString {
        let own = [self.project.root().join("bin"), repository().join("target/tools/bin")];
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::join_paths(own.into_iter().chain(std::env::split_paths(&path))).unwrap()
    }

    /// The path of a file of the project.
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.project.root().join(path)
    }

    /// Asserts that there is one release, whole and published, and nothing beside it.
    #[track_caller]
    pub(super) fn assert_published(&self) {
        let state = self.github.state();
        let releases = state.of_tag(TAG);
        assert_eq!(state.releases.len(), 1, "{:#?}", state.releases);
        assert!(!releases[0].draft, "{releases:#?}");
        let mut held: Vec<_> =
            releases[0].assets.iter().map(|asset| (asset.name.clone(), asset.bytes.clone())).collect();
        held.sort();
        let mut built: Vec<_> = fs_err::read_dir(self.at("dist"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs_err::read(path).unwrap()))
            .collect();
        built.sort();
        assert!(built.len() >= 8);
        assert!(held == built, "the release holds other files than were built: {held:?}");
        assert_eq!(state.tags[TAG], TARGET);
    }
}
