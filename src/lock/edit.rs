//! Changes of a lock in memory: a pin set, and what nothing uses taken out.

use std::collections::BTreeSet;

use super::line::repository;
use super::{Bumps, Kind, Used};
use crate::spec::{LockFile, LockedAction, LockedImage, LockedSource, LockedTag, LockedToolVersion};

/// Pins an action.
pub fn set_action(lock: &mut LockFile, name: &str, tag: &str, commit: &str) {
    lock.actions.insert(name.to_owned(), action(tag, commit));
}

fn action(tag: &str, commit: &str) -> LockedAction {
    LockedAction { tag: Some(tag.to_owned()), commit: Some(commit.to_owned()), unresolved: None }
}

/// Pins an image to a digest, or says why it has none.
pub fn set_image(lock: &mut LockFile, name: &str, digest: Result<String, String>) {
    let pin = match digest {
        Ok(digest) => LockedImage { digest: Some(digest), unresolved: None },
        Err(reason) => LockedImage { digest: None, unresolved: Some(reason) },
    };
    lock.images.insert(name.to_owned(), pin);
}

/// Pins a source to all of these tags, the lowest version first; without any the source goes.
pub fn set_source(lock: &mut LockFile, name: &str, url: &str, pins: Vec<LockedTag>) {
    if pins.is_empty() {
        lock.sources.shift_remove(name);
    } else {
        lock.sources.insert(name.to_owned(), LockedSource { url: url.to_owned(), pins, unresolved: None });
    }
}

/// Says why a source has no pin.
pub fn set_unresolved(lock: &mut LockFile, name: &str, url: &str, reason: &str) {
    let source = LockedSource { url: url.to_owned(), pins: Vec::new(), unresolved: Some(reason.to_owned()) };
    lock.sources.insert(name.to_owned(), source);
}

/// Pins a program to all of these versions, the lowest first; without any the program goes.
pub fn set_tool(lock: &mut LockFile, name: &str, releases: Vec<LockedToolVersion>) {
    if releases.is_empty() {
        lock.tools.shift_remove(name);
    } else {
        lock.tools.insert(name.to_owned(), releases);
    }
}

/// Takes bumped pins into a lock. An action in a folder is pinned together with its repository.
pub fn take(lock: &mut LockFile, bumps: &Bumps) {
    for moved in &bumps.moved {
        let Some(version) = &moved.new.version else {
            set_image(lock, &moved.name, Ok(moved.new.to.clone()));
            continue;
        };
        for (name, pin) in &mut lock.actions {
            if repository(name) == moved.name {
                *pin = action(version, &moved.new.to);
            }
        }
    }
}

/// Takes out every pin that is not used. Gives what went, as `name` or `name version`.
pub fn prune(lock: &mut LockFile, used: &[Used]) -> Vec<String> {
    let used: BTreeSet<(Kind, &str, &str)> =
        used.iter().map(|pin| (pin.kind, pin.name.as_str(), pin.version.as_str())).collect();
    let is_named = |kind: Kind, name: &str| used.iter().any(|pin| (pin.0, pin.1) == (kind, name));
    let mut gone = Vec::new();
    let mut keep = |is_used: bool, what: String| {
        if !is_used {
            gone.push(what);
        }
        is_used
    };
    lock.actions.retain(|name, _| keep(is_named(Kind::Action, name), name.clone()));
    lock.images.retain(|name, _| keep(is_named(Kind::Image, name), name.clone()));
    for (name, source) in &mut lock.sources {
        source.pins.retain(|pin| keep(used.contains(&(Kind::Source, name, &pin.tag)), format!("{name} {}", pin.tag)));
        if source.unresolved.is_some() && !keep(is_named(Kind::Source, name), name.clone()) {
            source.unresolved = None;
        }
    }
    lock.sources.retain(|_, source| !source.pins.is_empty() || source.unresolved.is_some());
    for (name, releases) in &mut lock.tools {
        // Nothing runs a program without a version.
        let is_used = |version: &str| used.contains(&(Kind::Tool, name.as_str(), version));
        releases.retain(|it| {
            let version = it.version.as_deref();
            keep(version.is_some_and(is_used), format!("{name} {}", version.unwrap_or("unresolved")))
        });
    }
    lock.tools.retain(|_, releases| !releases.is_empty());
    gone
}
