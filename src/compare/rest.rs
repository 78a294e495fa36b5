//! What nothing else tells: files that are generated differently. The net below all sentences.

use std::collections::BTreeMap;

use super::{Change, State};
use crate::emit::{Artifact, header, manifest};

/// Files that follow from others, and tell nothing of their own.
fn is_derived(path: &str) -> bool {
    let name = path.strip_prefix("generated/").unwrap_or(path);
    name == "PIPELINE.md" || name == "pipeline.svg" || name.starts_with("plan/") || name.starts_with("sbom/")
}

/// The generated files that differ by more than their headers, and those that only one state has.
pub(super) fn differing(old: State<'_>, new: State<'_>) -> Vec<String> {
    let before: BTreeMap<&str, &Artifact> = old.artifacts.iter().map(|it| (it.path.as_str(), it)).collect();
    let after: BTreeMap<&str, &Artifact> = new.artifacts.iter().map(|it| (it.path.as_str(), it)).collect();
    let is_same = |path: &str| match (before.get(path), after.get(path)) {
        (Some(one), Some(other)) => {
            one.executable == other.executable
                && (one.bytes == other.bytes || header::without(&one.bytes) == header::without(&other.bytes))
        }
        _ => false,
    };
    let mut paths: Vec<&str> =
        before.keys().chain(after.keys()).copied().filter(|path| *path != manifest::PATH).collect();
    paths.sort_unstable();
    paths.dedup();
    paths.into_iter().filter(|path| !is_same(path)).map(ToOwned::to_owned).collect()
}

/// Sentences for files that differ where no sentence speaks of what they are made from.
pub(super) fn untold(differing: &[String], told: &[Change]) -> Vec<Change> {
    let is_told = |path: &str| told.iter().any(|change| speaks_of(change, path));
    let mut left: Vec<&String> = differing.iter().filter(|path| !is_told(path)).collect();
    if !told.is_empty() || left.iter().any(|path| !is_derived(path)) {
        left.retain(|path| !is_derived(path));
    }
    let change = |path: &String| Change { tools: Vec::new(), sentence: format!("`{path}` changed") };
    left.into_iter().map(change).collect()
}

/// Whether a sentence may be the reason why a file differs. Too often yes rather than a sentence too many: what it is about is
/// said, and everything of the model has a sentence of its own.
fn speaks_of(change: &Change, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    match path.strip_prefix("generated/scripts/components/") {
        // A word of the sentence, since names have no blanks.
        Some(_) => change.sentence.split([' ', ',', ':', '`', '/']).any(|word| word == name) || change.tools.is_empty(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(tools: &[&str], sentence: &str) -> Change {
        Change { tools: tools.iter().map(ToString::to_string).collect(), sentence: sentence.to_owned() }
    }

    #[test]
    fn a_file_that_no_sentence_speaks_of_is_named() {
        let files = ["generated/PIPELINE.md", "generated/scripts/components/crun.sh"].map(ToOwned::to_owned);
        let untold =
            |told: &[Change]| -> Vec<String> { untold(&files, told).into_iter().map(|it| it.sentence).collect() };
        assert_eq!(untold(&[]), ["`generated/scripts/components/crun.sh` changed"]);
        assert_eq!(untold(&[change(&["podman"], "conmon 1 -> 2")]), ["`generated/scripts/components/crun.sh` changed"]);
        assert_eq!(untold(&[change(&["podman"], "crun 1 -> 2")]), [] as [&str; 0]);
    }

    #[test]
    fn where_nothing_else_differs_even_a_table_is_named() {
        let files = ["generated/PIPELINE.md".to_owned()];
        assert_eq!(untold(&files, &[])[0].sentence, "`generated/PIPELINE.md` changed");
    }
}
