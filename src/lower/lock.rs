//! The lock: pins of sources, images, actions and programs, taken up where the spec asks for them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::gha::{ActionRef, ActionRefError};
use crate::model::{Commit, Constraint, GitUrl, Image, ImageName, Pin, TagPattern, ToolRelease, ToolReleases, Version};
use crate::source::Origin;
use crate::spec::{Loaded, LockFile, LockedToolVersion, closest};

use super::sink::Sink;

/// The lock, with its releases and actions understood.
pub(super) struct Lock<'a> {
    file: &'a LockFile,
    origin: Origin,
    /// Names that stand for two different sources.
    pub(super) clashes: BTreeSet<String>,
    /// The locked releases of programs.
    pub(super) releases: BTreeMap<String, ToolReleases>,
    /// The pinned actions.
    pub(super) actions: BTreeMap<String, ActionRef>,
    /// Why other actions have no commit.
    pub(super) unresolved_actions: BTreeMap<String, String>,
}

/// What the lock has of a source.
#[derive(Default)]
pub(super) struct Locked {
    /// Its pins, the lowest version first.
    pub(super) pins: Vec<Pin>,
    /// Why it has none.
    pub(super) unresolved: Option<String>,
}

/// A git source as the spec has it: what a locked one is compared with.
pub(super) struct Wanted<'a> {
    /// Its name in the lock.
    pub(super) name: &'a str,
    /// Its address.
    pub(super) url: &'a GitUrl,
    /// Where the address stands.
    pub(super) url_origin: Origin,
    /// Its tags.
    pub(super) tags: &'a TagPattern,
    /// Where the pattern stands.
    pub(super) tags_origin: Origin,
}

impl<'a> Lock<'a> {
    /// Reads what can be understood without the rest of the spec.
    pub(super) fn new(sink: &mut Sink, loaded: &'a Loaded<LockFile>) -> Self {
        let origin = Origin::file(loaded.file);
        let releases = releases(sink, &loaded.value, &origin);
        let (actions, unresolved_actions) = actions(sink, &loaded.value, &origin);
        Self { file: &loaded.value, origin, clashes: BTreeSet::new(), releases, actions, unresolved_actions }
    }

    /// The pins of a source; none where the lock has none.
    pub(super) fn source(&self, sink: &mut Sink, wanted: &Wanted<'_>) -> Locked {
        let locked = self.file.sources.get(wanted.name).filter(|_| !self.clashes.contains(wanted.name));
        let Some(locked) = locked else { return Locked::default() };
        let name = wanted.name;
        let origin = self.origin.key("sources").key(name);
        let again = format!("if the spec is right, `ghagen lock update {name}` reads the pins anew");
        // From an address of which nothing is known nothing was read.
        if locked.url != wanted.url.as_str() && locked.unresolved.is_none() {
            let message = format!("the pins of `{name}` were read from another address than the spec has");
            let diagnostic = Diagnostic::error(Code::LOCK_MISMATCH, &origin.key("url"), message);
            sink.push(diagnostic.related(&wanted.url_origin, "the address in the spec").help(again));
            return Locked::default();
        }
        let unresolved = match (&locked.unresolved, locked.pins.is_empty()) {
            (Some(reason), true) => Some(sink.line(&origin.key("unresolved"), reason)),
            (Some(_), false) => {
                sink.both(&origin, name);
                None
            }
            (None, true) => {
                let message = format!("`sources.{name}` lacks the key `pins`");
                let help = "or say why there are none, as `unresolved`";
                sink.push(Diagnostic::error_at_key(Code::UNPINNED, &origin, message).help(again.as_str()).help(help));
                None
            }
            (None, false) => None,
        };
        let mut pins = Vec::new();
        for (index, pin) in locked.pins.iter().enumerate() {
            let origin = origin.key("pins").index(index);
            let Some(version) = wanted.tags.version(&pin.tag) else {
                let message = format!("the pattern of `{name}` finds no version in the locked tag `{}`", pin.tag);
                let diagnostic = Diagnostic::error(Code::LOCK_MISMATCH, &origin.key("tag"), message);
                sink.push(diagnostic.related(&wanted.tags_origin, "the pattern in the spec").help(again.as_str()));
                continue;
            };
            if let Some(commit) = sink.take(Code::LOCK_MISMATCH, &origin.key("commit"), Commit::parse(&pin.commit)) {
                pins.push(Pin { tag: pin.tag.clone(), version, commit, origin });
            }
        }
        pins.sort_by(|one, other| one.version.cmp(&other.version));
        Locked { pins, unresolved }
    }

    /// Whether all that can be said about a source without pins was said already.
    pub(super) fn was_told(&self, name: &str) -> bool {
        self.file.sources.contains_key(name) || self.clashes.contains(name)
    }

    /// The entry of a source.
    pub(super) fn source_origin(&self, name: &str) -> Origin {
        self.origin.key("sources").key(name)
    }

    /// The name in the lock that is nearest to one that it does not have.
    pub(super) fn nearest_source(&self, name: &str) -> Option<&str> {
        closest(name, self.file.sources.keys().map(String::as_str))
    }

    /// An image with what the lock knows about it.
    pub(super) fn image(&self, name: ImageName, origin: &Origin) -> Image {
        let digest = match self.file.images.get(name.as_str()) {
            None => Err("the lock has no entry for it".to_owned()),
            Some(locked) => locked.digest.clone().ok_or_else(|| {
                locked.unresolved.clone().unwrap_or_else(|| "the lock has neither digest nor reason".to_owned())
            }),
        };
        Image { name, digest, origin: origin.clone() }
    }

    /// The highest locked release of a program that fits.
    pub(super) fn release(
        &self,
        sink: &mut Sink,
        origin: &Origin,
        program: &str,
        versions: &Constraint,
    ) -> Option<ToolRelease> {
        let releases = self.releases.get(program);
        let found = releases.and_then(|releases| releases.highest(versions));
        // A locked version that is none was told already.
        let with_version = |locked: &Vec<LockedToolVersion>| locked.iter().filter(|it| it.version.is_some()).count();
        let is_whole =
            |locked: &Vec<_>| releases.is_some_and(|releases| releases.releases.len() == with_version(locked));
        if found.is_none() && self.file.tools.get(program).is_none_or(is_whole) {
            let known: Vec<&str> = releases.iter().flat_map(|it| &it.releases).map(|it| it.text.as_str()).collect();
            let message = format!("no release of {program} in the lock fits `{versions}`");
            let diagnostic = Diagnostic::error(Code::UNPINNED, origin, message);
            let has = match releases.and_then(|it| it.unresolved.as_ref()) {
                Some(reason) => format!("unresolved, {reason}"),
                None if known.is_empty() => "none".to_owned(),
                None => known.join(", "),
            };
            let help = "add one that fits by hand: `ghagen lock update` looks for no versions of programs";
            sink.push(diagnostic.help(format!("releases of {program} in the lock: {has}")).help(help));
        }
        found.cloned()
    }
}

fn releases(sink: &mut Sink, lock: &LockFile, origin: &Origin) -> BTreeMap<String, ToolReleases> {
    let mut all = BTreeMap::new();
    for (name, locked) in &lock.tools {
        let origin = origin.key("tools").key(name);
        let (mut releases, mut unresolved) = (Vec::new(), None);
        for (index, release) in locked.iter().enumerate() {
            let origin = origin.index(index);
            match (&release.version, &release.checked_by, &release.unresolved) {
                (None, None, Some(reason)) => unresolved = Some(sink.line(&origin.key("unresolved"), reason)),
                (Some(text), Some(checked_by), None) => {
                    // Some publishers write `v3.0.6` wherever they mean the version.
                    let number = text.strip_prefix('v').unwrap_or(text);
                    let version = sink.take(Code::INVALID_VERSION, &origin.key("version"), Version::parse(number));
                    let checked_by = sink.line(&origin.key("checked_by"), checked_by);
                    releases.extend(version.map(|version| ToolRelease { text: text.clone(), version, checked_by }));
                }
                _ => sink.both(&origin, name),
            }
        }
        all.insert(name.clone(), ToolReleases { releases, unresolved, origin });
    }
    all
}

type Actions = (BTreeMap<String, ActionRef>, BTreeMap<String, String>);

fn actions(sink: &mut Sink, lock: &LockFile, origin: &Origin) -> Actions {
    let (mut actions, mut unresolved) = (BTreeMap::new(), BTreeMap::new());
    for (name, locked) in &lock.actions {
        let origin = origin.key("actions").key(name);
        let (tag, commit) = match (&locked.tag, &locked.commit, &locked.unresolved) {
            (Some(tag), Some(commit), None) => (tag, commit),
            (None, None, Some(reason)) => {
                unresolved.insert(name.clone(), sink.line(&origin.key("unresolved"), reason));
                continue;
            }
            _ => {
                sink.both(&origin, name);
                continue;
            }
        };
        match ActionRef::parse(name, commit, tag) {
            Ok(action) => {
                actions.insert(name.clone(), action);
            }
            Err(error @ ActionRefError::Action(_)) => {
                sink.take_key::<(), _>(Code::INVALID_NAME, &origin, Err(error));
            }
            Err(error @ ActionRefError::Commit(_)) => {
                sink.take::<(), _>(Code::INVALID_VERSION, &origin.key("commit"), Err(error));
            }
            Err(error @ ActionRefError::Version(_)) => {
                sink.take::<(), _>(Code::INVALID_VERSION, &origin.key("tag"), Err(error));
            }
        }
    }
    (actions, unresolved)
}
