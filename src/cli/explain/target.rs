//! What is to be explained: a generated file or a line of it. Says what else there is, where there is no such thing.

use std::path::{Component, Path, PathBuf};

use crate::cli::exit::Failure;
use crate::compile::Made;
use crate::emit::Artifact;
use crate::spec::closest;

/// What is to be explained.
#[derive(Debug)]
pub(super) enum Target<'a> {
    /// A generated file as a whole.
    File(&'a Artifact),
    /// A line of it, from 1.
    Line(&'a Artifact, usize),
}

/// Whether a word can only be meant as a code: it is no path.
pub(super) fn looks_like_a_code(what: &str) -> bool {
    !what.contains(['/', '.', ':', '@'])
}

/// What a word names.
pub(super) fn of<'a>(root: &Path, made: &'a Made, what: &str) -> Result<Target<'a>, Failure> {
    let (path, line) = match what.rsplit_once(':') {
        Some((path, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => (path, Some(line)),
        _ => (what, None),
    };
    let path = below(root, path);
    let artifact = made.artifacts.iter().find(|artifact| artifact.path == path);
    let artifact = artifact.ok_or_else(|| Failure::Usage(not_generated(root, made, &path)))?;
    let Some(line) = line else { return Ok(Target::File(artifact)) };
    let last = String::from_utf8_lossy(&artifact.bytes).lines().count();
    match line.parse() {
        Ok(number) if (1..=last).contains(&number) => Ok(Target::Line(artifact, number)),
        _ => Err(Failure::Usage(format!("{path} has no line {line}: its lines are 1 to {last}"))),
    }
}

/// A path as the project names it: given from its root, from here, or in full.
fn below(root: &Path, path: &str) -> String {
    let plain = plain(Path::new(path));
    let full = Path::new(path).canonicalize().ok();
    let inside = || Some(full?.strip_prefix(root.canonicalize().ok()?).ok()?.to_owned());
    let found = if root.join(&plain).exists() || Path::new(path).is_relative() && !Path::new(path).exists() {
        plain
    } else {
        inside().unwrap_or(plain)
    };
    let names: Vec<String> = found.components().map(|it| it.as_os_str().to_string_lossy().into_owned()).collect();
    names.join("/")
}

/// Without `.`, which means nothing.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

fn not_generated(root: &Path, made: &Made, path: &str) -> String {
    let paths = || made.artifacts.iter().map(|artifact| artifact.path.as_str());
    let named = |name: &str| paths().find(|path| path.rsplit('/').next() == Some(name)).map(ToOwned::to_owned);
    let same_name = path.rsplit('/').next().and_then(named);
    let near = same_name.or_else(|| closest(path, paths()).map(ToOwned::to_owned));
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    if path.starts_with("spec/") && root.join(path).exists() {
        return format!("`{path}` is not generated: it is what others are generated from{near}");
    }
    if root.join(path).is_file() {
        return format!("`{path}` is not generated: somebody wrote it by hand{near}");
    }
    let all = "`ghagen generate --dry-run` and generated/manifest.json tell which files are";
    format!("`{path}` is not generated{}", if near.is_empty() { format!("; {all}") } else { near })
}
