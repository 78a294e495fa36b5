//! Tags of git repositories, by plain `git ls-remote`: no API, no token, no quota, any host.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::model::{Commit, GitUrl};

/// The tags of a repository and the commits that they point to: of an annotated tag the commit, never its own object.
pub type Tags = BTreeMap<String, Commit>;

/// A transfer slower than this many bytes a second, for [`STALLED`] seconds, is given up.
const SLOW: &str = "http.lowSpeedLimit=100";
const STALLED: &str = "http.lowSpeedTime=30";

/// Why a repository gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no git.
    #[error("git cannot be started: {0}")]
    NoGit(#[source] io::Error),
    /// No room for the little that is fetched.
    #[error("no temporary folder: {0}")]
    Temporary(#[source] io::Error),
    /// git failed.
    #[error("`git {command}` failed: {said}")]
    Failed {
        /// What was asked.
        command: &'static str,
        /// The last thing that it said.
        said: String,
    },
    /// An answer that makes no sense.
    #[error("{0}")]
    Answer(String),
}

/// The git of this machine.
#[derive(Debug, Default)]
pub struct Git {}

impl Git {
    /// The tags of a repository.
    pub fn tags(&self, url: &GitUrl) -> Result<Tags, GitError> {
        let answer = run("ls-remote", None, &["ls-remote", "--tags", "--", url.as_str()])?;
        parse(&answer)
    }

    /// When a tag was made: the later of what an annotated tag and its commit say. Only those two objects are fetched.
    ///
    /// Both times are what their authors wrote; nobody vouches for them.
    pub fn tag_time(&self, url: &GitUrl, tag: &str, commit: &Commit) -> Result<u64, GitError> {
        let folder = tempfile::Builder::new().prefix("ghagen-tag-").tempdir().map_err(GitError::Temporary)?;
        let folder = folder.path();
        run("init", Some(folder), &["init", "--quiet", "--bare"])?;
        let reference = format!("refs/tags/{tag}");
        let refspec = format!("+{reference}:{reference}");
        let fetch = ["fetch", "--quiet", "--no-tags", "--depth=1", "--filter=tree:0", "--", url.as_str(), &refspec];
        run("fetch", Some(folder), &fetch)?;
        let format = "--format=%(objectname) %(creatordate:unix)%0a%(*objectname) %(*committerdate:unix)";
        let answer = run("for-each-ref", Some(folder), &["for-each-ref", format, "--", &reference])?;
        let mut newest = None;
        let mut is_same = false;
        for line in answer.lines() {
            let (object, time) = line.split_once(' ').unwrap_or((line, ""));
            is_same = is_same || object == commit.as_str();
            newest = newest.max(time.parse::<u64>().ok());
        }
        if !is_same {
            return Err(GitError::Answer(format!("the tag `{tag}` moved while it was read")));
        }
        newest.ok_or_else(|| GitError::Answer(format!("the tag `{tag}` has no date: it points to no commit")))
    }
}

fn run(command: &'static str, folder: Option<&Path>, args: &[&str]) -> Result<String, GitError> {
    let mut git = Command::new("git");
    if let Some(folder) = folder {
        git.arg("-C").arg(folder);
    } else {
        // What the folder's own repository has configured is none of this command's business.
        git.current_dir(std::env::temp_dir());
    }
    let output = git
        .args(["-c", SLOW, "-c", STALLED])
        .args(args)
        // A question for a password would wait for ever.
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_ASKPASS", "true")
        .env("LC_ALL", "C")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .stdin(Stdio::null())
        .output()
        .map_err(GitError::NoGit)?;
    if output.status.success() { text(output) } else { Err(GitError::Failed { command, said: said(&output.stderr) }) }
}

fn text(output: Output) -> Result<String, GitError> {
    String::from_utf8(output.stdout).map_err(|_| GitError::Answer("the answer of git is no text".to_owned()))
}

/// The first complaint of git; what follows is advice.
fn said(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let complaint = text.lines().find(|line| line.starts_with("fatal:") || line.starts_with("error:"));
    complaint.or_else(|| text.lines().last()).unwrap_or("it did not say why").trim().to_owned()
}

/// Reads `<object> TAB refs/tags/<tag>`, and `<tag>^{}` for what an annotated tag points to.
fn parse(answer: &str) -> Result<Tags, GitError> {
    let mut tags = Tags::new();
    let mut peeled = Tags::new();
    for line in answer.lines() {
        let bad = || GitError::Answer(format!("git answers `{line}`, which is no tag"));
        let (object, name) = line.split_once('\t').ok_or_else(bad)?;
        let name = name.strip_prefix("refs/tags/").ok_or_else(bad)?;
        let commit = Commit::parse(object).map_err(|_| bad())?;
        match name.strip_suffix("^{}") {
            Some(name) => peeled.insert(name.to_owned(), commit),
            None => tags.insert(name.to_owned(), commit),
        };
    }
    tags.extend(peeled);
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: &str = "1111111111111111111111111111111111111111";
    const COMMIT: &str = "2222222222222222222222222222222222222222";

    #[test]
    fn a_tag_is_the_commit_it_points_to() {
        let answer = format!("{TAG}\trefs/tags/v2\n{COMMIT}\trefs/tags/v2^{{}}\n{COMMIT}\trefs/tags/v1\n");
        let tags = parse(&answer).unwrap();
        assert_eq!(tags["v2"].as_str(), COMMIT);
        assert_eq!(tags["v1"].as_str(), COMMIT);
        assert_eq!(tags.len(), 2);
    }

    #[test]
    fn strange_answers_are_refused() {
        for bad in ["x", "1234\trefs/tags/v1", &format!("{TAG}\trefs/heads/main")] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(parse("").unwrap().is_empty());
    }

    #[test]
    fn the_complaint_is_taken_out_of_the_advice() {
        let stderr = b"warning: x\nfatal: repository 'y' not found\nPlease make sure\n";
        assert_eq!(said(stderr), "fatal: repository 'y' not found");
        assert_eq!(said(b""), "it did not say why");
    }
}
