//! Git repositories of this machine, which git takes for those on the network.

use std::path::PathBuf;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

/// Repositories by host and path.
pub(crate) struct Remotes {
    folder: TempDir,
}

impl Remotes {
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("ghagen-remotes-").tempdir().unwrap();
        let settings = format!("[url \"file://{}/\"]\n\tinsteadOf = https://\n", folder.path().to_str().unwrap());
        fs_err::write(folder.path().join("settings"), settings).unwrap();
        Self { folder }
    }

    /// Tells a process that these are the repositories.
    pub(crate) fn known_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("GIT_CONFIG_GLOBAL", self.folder.path().join("settings")).env("GIT_CONFIG_NOSYSTEM", "1")
    }

    /// A new commit, so many days old, with a lightweight tag; a tag that is there moves. Gives the commit.
    pub(crate) fn release(&self, repository: &str, tag: &str, days: u64) -> String {
        self.commit_anew(repository, tag, days);
        self.git(repository, days, &["tag", "--force", tag]);
        self.commit(repository, tag)
    }

    /// An old commit with an annotated tag that is so many days old.
    pub(crate) fn annotated(&self, repository: &str, tag: &str, days: u64) {
        self.commit_anew(repository, tag, 200);
        self.git(repository, days, &["tag", "--annotate", "--message", "A release", tag]);
    }

    /// The commit that a tag points to.
    pub(crate) fn commit(&self, repository: &str, tag: &str) -> String {
        self.git(repository, 0, &["rev-parse", &format!("{tag}^{{commit}}")])
    }

    /// The tag's own object.
    pub(crate) fn object(&self, repository: &str, tag: &str) -> String {
        self.git(repository, 0, &["rev-parse", tag])
    }

    pub(crate) fn delete(&self, repository: &str, tag: &str) {
        self.git(repository, 0, &["tag", "--delete", tag]);
    }

    pub(crate) fn remove(&self, repository: &str) {
        fs_err::remove_dir_all(self.path(repository)).unwrap();
    }

    fn path(&self, repository: &str) -> PathBuf {
        self.folder.path().join(repository)
    }

    fn commit_anew(&self, repository: &str, message: &str, days: u64) {
        if !self.path(repository).exists() {
            fs_err::create_dir_all(self.path(repository)).unwrap();
            self.git(repository, 0, &["init", "--quiet"]);
            self.git(repository, 0, &["config", "uploadpack.allowFilter", "true"]);
        }
        self.git(repository, days, &["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    fn git(&self, repository: &str, days: u64, args: &[&str]) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        // An hour more, so that a test that runs at this very second does not fall between two days.
        let date = format!("{} +0000", now - days * 86_400 - 3600);
        let mut git = Command::new("git");
        git.arg("-C").arg(self.path(repository)).args(args);
        for who in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{who}_NAME"), "Somebody").env(format!("GIT_{who}_EMAIL"), "somebody@example.org");
            git.env(format!("GIT_{who}_DATE"), &date);
        }
        let output = self.known_to(&mut git).env_remove("GIT_DIR").output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}
