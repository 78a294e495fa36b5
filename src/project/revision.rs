//! The spec as a revision has it, out of git's objects, by the machine's own git. The work tree is neither read nor touched.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use super::{ProjectError, text_of, walk};
use crate::spec::Files;

/// The spec of a revision.
#[derive(Debug)]
pub struct Revision {
    /// The commit.
    pub commit: String,
    /// What stood below `spec/`.
    pub files: Files,
}

/// Why there is no spec of a revision.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// There is no git.
    #[error("git cannot be started: {0}")]
    NoGit(#[source] io::Error),
    /// There is no repository.
    #[error("`{root}` is in no git repository, so there is nothing to compare with: {said}", root = .root.display())]
    NoRepository {
        /// The root of the project.
        root: PathBuf,
        /// What git said.
        said: String,
    },
    /// There is no such commit.
    #[error("git knows no revision `{0}`; in a shallow clone, fetch it first: `git fetch --depth=1 origin {0}`")]
    NoRevision(String),
    /// The revision is older than the spec.
    #[error("there is no `spec/ghagen.yaml` in the revision `{0}`, so there is nothing to compare with")]
    NoSpec(String),
    /// git failed.
    #[error("`git {command}` failed: {said}")]
    Failed {
        /// What was asked.
        command: &'static str,
        /// What it said.
        said: String,
    },
    /// Something that cannot be part of a spec.
    #[error("in the revision `{revision}`: {error}")]
    Project {
        /// The revision.
        revision: String,
        /// What is wrong with it.
        error: ProjectError,
    },
}

/// Everything that stood below `spec/` of the project at a revision: a commit, a tag, a branch.
pub fn read_revision(root: &Path, revision: &str) -> Result<Revision, RevisionError> {
    let inside = git(root, &["rev-parse", "--is-inside-work-tree"], &[])?;
    if !(inside.status.success() && inside.stdout.trim_ascii() == b"true") {
        return Err(RevisionError::NoRepository { root: root.to_owned(), said: said(&inside) });
    }
    let unknown = || RevisionError::NoRevision(revision.to_owned());
    // It would be taken for an option.
    if revision.starts_with('-') {
        return Err(unknown());
    }
    let found = git(root, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")], &[])?;
    let commit = String::from_utf8_lossy(found.stdout.trim_ascii()).into_owned();
    if !found.status.success() || commit.is_empty() {
        return Err(unknown());
    }
    let entries = entries(&must("ls-tree", git(root, &["ls-tree", "-r", "-z", &commit, "--", "spec"], &[])?)?);
    let wrong = |error| RevisionError::Project { revision: revision.to_owned(), error };
    let mut blobs: Vec<(String, String)> = Vec::new();
    for Entry { mode, object, path } in entries {
        if !walk::is_of_spec(&path).map_err(wrong)? {
            continue;
        }
        match mode.as_str() {
            "120000" => return Err(wrong(ProjectError::NotPlain { path, what: "a symbolic link" })),
            "160000" => return Err(wrong(ProjectError::NotPlain { path, what: "a submodule" })),
            _ => blobs.push((path, object)),
        }
    }
    if !blobs.iter().any(|(path, _)| path == "spec/ghagen.yaml") {
        return Err(RevisionError::NoSpec(revision.to_owned()));
    }
    let objects: Vec<&str> = blobs.iter().map(|(_, object)| object.as_str()).collect();
    let batch = must("cat-file", git(root, &["cat-file", "--batch"], &objects)?)?;
    let mut files = Files::default();
    let mut rest = batch.as_slice();
    for (path, _) in blobs {
        let bytes = next_blob(&mut rest).ok_or_else(|| RevisionError::Failed {
            command: "cat-file",
            said: format!("no content of `{path}`; a partial clone may lack it"),
        })?;
        if walk::is_carried(&path) {
            files.carried.insert(path, bytes);
        } else {
            let text = text_of(&path, bytes).map_err(wrong)?;
            files.texts.insert(path, text);
        }
    }
    Ok(Revision { commit, files })
}

/// A line of `git ls-tree`.
struct Entry {
    mode: String,
    object: String,
    path: String,
}

/// Reads `<mode> <type> <object> TAB <path>`, each ended by a NUL.
fn entries(listing: &[u8]) -> Vec<Entry> {
    let lines = listing.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let entry = |line: std::borrow::Cow<'_, str>| {
        let (words, path) = line.split_once('\t')?;
        let mut words = words.split(' ');
        let (mode, object) = (words.next()?.to_owned(), words.nth(1)?.to_owned());
        Some(Entry { mode, object, path: path.to_owned() })
    };
    lines.filter_map(entry).collect()
}

/// Takes `<object> blob <size> LF <content> LF` from the front of what `git cat-file --batch` wrote.
fn next_blob(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (line, behind) = rest.split_at(end);
    let line = String::from_utf8_lossy(line);
    let mut words = line.split(' ');
    let (kind, size) = (words.nth(1)?, words.next()?.parse::<usize>().ok()?);
    let content = behind.get(1..=size).filter(|_| kind == "blob")?.to_vec();
    *rest = behind.get(size + 2..)?;
    Some(content)
}

/// Runs git in the project, with these lines on its standard input.
fn git(root: &Path, args: &[&str], lines: &[&str]) -> Result<Output, RevisionError> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(args)
        .env("GIT_LITERAL_PATHSPECS", "1")
        // What a partial clone lacks is not fetched behind anybody's back.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(RevisionError::NoGit)?;
    let input = child.stdin.take();
    let text = lines.join("\n") + "\n";
    thread::scope(|scope| {
        // Beside the reading: git answers before it has read all, and either pipe can be full.
        scope.spawn(move || input.map(|mut input| input.write_all(text.as_bytes())));
        child.wait_with_output().map_err(RevisionError::NoGit)
    })
}

fn must(command: &'static str, output: Output) -> Result<Vec<u8>, RevisionError> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(RevisionError::Failed { command, said: said(&output) })
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listings_and_contents_are_read_whatever_stands_in_them() {
        let listing = b"100644 blob aaaa\tspec/a b\n.yaml\x00120000 blob bbbb\tspec/link\0";
        let found: Vec<_> = entries(listing).into_iter().map(|it| (it.mode, it.object, it.path)).collect();
        let expected = [("100644", "aaaa", "spec/a b\n.yaml"), ("120000", "bbbb", "spec/link")];
        assert_eq!(found, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
        let mut rest: &[u8] = b"aaaa blob 4\na\n\0b\nbbbb blob 0\n\ncccc missing\n";
        assert_eq!(next_blob(&mut rest), Some(b"a\n\0b".to_vec()));
        assert_eq!(next_blob(&mut rest), Some(Vec::new()));
        assert_eq!(next_blob(&mut rest), None);
    }
}
