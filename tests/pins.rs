//! Pins: the lock as a file, which pins are used, bumps by bots, audits, merges.

mod audits;
mod bots;
mod format;
mod merges;
mod properties;
mod unresolved;

use crate::support::{Project, generated};

/// What the lock of the example has for its image.
const DIGEST: &str = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

/// The example of the page, with a digest for its image, so that it holds every kind of pin.
fn pinned() -> Project {
    let project = generated();
    let lock = project.read("spec/ghagen.lock");
    let start = lock.find("unresolved: ").unwrap();
    let (before, rest) = lock.split_at(start);
    let (_, after) = rest.split_once('\n').unwrap();
    project.write("spec/ghagen.lock", &format!("{before}digest: {DIGEST}\n{after}"));
    project.run(["generate"]).status(0);
    project
}

/// Replaces a text in every workflow and in the definition of the container, as bots do. Gives the files.
#[track_caller]
fn bump(project: &Project, from: &str, to: &str) -> Vec<String> {
    let tree = project.tree();
    let is_read = |path: &&str| path.starts_with(".github/workflows/") || path.ends_with("Containerfile.build");
    let mut files = Vec::new();
    for path in tree.paths().filter(is_read) {
        let text = project.read(path);
        if text.contains(from) {
            project.write(path, &text.replace(from, to));
            files.push(path.to_owned());
        }
    }
    assert!(!files.is_empty(), "no file holds {from:?}");
    files
}
