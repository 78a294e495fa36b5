//! The audit of pins without a network: what stands in generated files against the lock, byte for byte.
//!
//! Whether a commit is a tag's own object, or not the tag's at all, no file can tell: that takes the network.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::line::{LineUse, is_hex, pin_of, repository, use_of};
use super::{Kind, Place, Text, Used};

/// Something wrong with a pin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What: lower case, no full stop.
    pub message: String,
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audit {
    /// What is wrong in generated files, sorted.
    pub errors: Vec<Finding>,
    /// What could be better in files that people write, sorted.
    pub warnings: Vec<Finding>,
    /// How many lines of generated files hold a pin.
    pub pins: usize,
}

/// Holds every pin in generated files to the lock. A file that is not there has an empty text. `by_hand` are workflows
/// that people write, by path: nobody promised that those are pinned.
pub fn audit(used: &[Used], texts: &[Text<'_>], by_hand: &[(&str, &str)]) -> Audit {
    let needles = Needles::of(used);
    let mut found = BTreeSet::new();
    let mut pins = 0;
    for text in texts {
        pins += text.should_be.split('\n').filter(|line| needles.are_in(line)).count();
        if text.is != text.should_be {
            differences(&needles, text, &mut found);
            uses(used, text, &mut found);
        }
    }
    two_commits(texts, &mut found);
    let warnings = by_hand.iter().flat_map(|(path, text)| loose(used, path, text)).collect::<BTreeSet<_>>();
    Audit { errors: found.into_iter().collect(), warnings: warnings.into_iter().collect(), pins }
}

/// The texts that say that a line holds a pin.
struct Needles(BTreeSet<String>);

impl Needles {
    fn of(used: &[Used]) -> Self {
        let mut needles = BTreeSet::new();
        for pin in used {
            needles.insert(if pin.kind == Kind::Image { pin.name.clone() } else { pin.version.clone() });
            if let (Ok(fixed), true) = (&pin.fixed, pin.kind != Kind::Tool) {
                needles.insert(fixed.clone());
                // Tables for people hold the start of a commit.
                needles.extend(fixed.get(..12).map(ToOwned::to_owned));
            }
        }
        Self(needles)
    }

    fn are_in(&self, line: &str) -> bool {
        self.0.iter().any(|needle| line.contains(needle.as_str()))
    }
}

fn place(path: &str, index: usize) -> Place {
    Place { path: path.to_owned(), line: index + 1 }
}

/// Lines that should hold a pin and are others, and commits and digests that no lock knows.
fn differences(needles: &Needles, text: &Text<'_>, found: &mut BTreeSet<Finding>) {
    let is: Vec<&str> = text.is.split('\n').collect();
    let should_be: Vec<&str> = text.should_be.split('\n').collect();
    let mut say = |index: usize, message: String| found.insert(Finding { place: place(text.path, index), message });
    for op in capture_diff_slices(Algorithm::Myers, &should_be, &is) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (old, new) = (op.old_range(), op.new_range());
        for (offset, line) in should_be.get(old).into_iter().flatten().enumerate() {
            if needles.are_in(line) {
                let index = (new.start + offset).min(new.end.saturating_sub(1).max(new.start));
                say(index, format!("this is not what the lock says: `{}`", line.trim()));
            }
        }
        for index in new {
            let line = is.get(index).copied().unwrap_or_default();
            if let Some(hash) = unknown_hash(needles, line) {
                say(index, format!("`{hash}` is not in the lock"));
            }
        }
    }
}

/// A commit or a digest of a line that the lock does not have.
fn unknown_hash<'a>(needles: &Needles, line: &'a str) -> Option<&'a str> {
    if let Some(pin) = pin_of(line).filter(|pin| !needles.0.contains(pin.to)) {
        return Some(pin.to);
    }
    let words = line.split(|character: char| !character.is_ascii_alphanumeric());
    words.into_iter().find(|word| word.len() == 40 && is_hex(word) && !needles.0.contains(*word))
}

/// Uses of actions that are not pinned as the lock says, each with what is wrong about it.
fn uses(used: &[Used], text: &Text<'_>, found: &mut BTreeSet<Finding>) {
    if !text.path.starts_with(".github/workflows/") {
        return;
    }
    for (index, line) in text.is.split('\n').enumerate() {
        let Some(it) = use_of(line) else { continue };
        if let Some(message) = wrong(used, &it) {
            found.insert(Finding { place: place(text.path, index), message });
        }
    }
}

fn wrong(used: &[Used], it: &LineUse<'_>) -> Option<String> {
    let (action, reference) = (it.action, it.reference);
    if let Some(message) = unpinned(it) {
        return Some(message);
    }
    let Some(pin) = used.iter().find(|pin| pin.kind == Kind::Action && pin.name == action) else {
        return Some(format!("`{action}` is not in the lock"));
    };
    let (commit, version) = (pin.fixed.as_deref().unwrap_or_default(), pin.version.as_str());
    match it.comment {
        _ if reference != commit => {
            Some(format!("`{action}` is at another commit than the lock says, which is {commit}"))
        }
        None => Some(format!("`{action}` has no version behind it, which should be `# {version}`")),
        Some(comment) if comment != version => {
            Some(format!("`{action}` is said to be `{comment}`, but the lock calls this commit `{version}`"))
        }
        Some(_) => None,
    }
}

/// What is wrong with a reference, whatever the lock says.
fn unpinned(it: &LineUse<'_>) -> Option<String> {
    let (action, reference) = (it.action, it.reference);
    if reference.is_empty() {
        return Some(format!("`{action}` is not pinned at all"));
    }
    let is_digits = reference.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_digits && reference.len() == 40 {
        return (!is_hex(reference)).then(|| format!("`{reference}` is not in lower case"));
    }
    if is_digits && reference.len() >= 7 {
        return Some(format!(
            "`{action}` is pinned to a short hash: a commit has 40 digits, this has {}",
            reference.len()
        ));
    }
    Some(format!("`{action}` is pinned to `{reference}`, a tag or a branch, which can be moved"))
}

/// One action at two commits in generated files.
fn two_commits(texts: &[Text<'_>], found: &mut BTreeSet<Finding>) {
    let mut commits: BTreeMap<&str, BTreeMap<&str, Vec<Place>>> = BTreeMap::new();
    for text in texts.iter().filter(|text| text.path.starts_with(".github/workflows/")) {
        for (index, line) in text.is.split('\n').enumerate() {
            if let Some(it) = line.contains("uses:").then(|| use_of(line)).flatten() {
                let commits = commits.entry(repository(it.action)).or_default();
                commits.entry(it.reference).or_default().push(place(text.path, index));
            }
        }
    }
    for (action, commits) in commits.into_iter().filter(|(_, commits)| commits.len() > 1) {
        // The fewest are the odd ones out.
        let most = commits.values().map(Vec::len).max().unwrap_or_default();
        let usual = commits.values().find(|places| places.len() == most).and_then(|places| places.first().cloned());
        let Some(usual) = usual else { continue };
        let odd = commits.into_values().filter(|places| !places.contains(&usual)).flatten();
        found.extend(odd.map(|place| Finding {
            message: format!("`{action}` is at two commits: this one, and that of {}:{}", usual.path, usual.line),
            place,
        }));
    }
}

/// What could be better in a workflow that people write.
fn loose(used: &[Used], path: &str, text: &str) -> Vec<Finding> {
    let message = |it: &LineUse<'_>| {
        unpinned(it).or_else(|| {
            let pin = used.iter().find(|pin| pin.kind == Kind::Action && pin.name == it.action)?;
            let is_other = pin.fixed.as_deref() != Ok(it.reference);
            is_other.then(|| format!("`{}` is at another commit than in generated workflows", it.action))
        })
    };
    let lines = text.split('\n').enumerate();
    lines
        .filter_map(|(index, line)| Some(Finding { message: message(&use_of(line)?)?, place: place(path, index) }))
        .collect()
}

#[cfg(test)]
mod tests;
