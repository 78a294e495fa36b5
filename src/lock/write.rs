//! The lock as text: always the same for the same pins, whoever wrote it before.

use indexmap::IndexMap;

use crate::spec::{LockFile, LockedAction, LockedImage, LockedSource, LockedTag, LockedToolVersion};
use crate::yaml::{self, Kind, Node};

/// What stands above the pins.
const HEADER: [&str; 6] = [
    "yaml-language-server: $schema=../generated/schema/lock.json",
    "",
    "Every outside input, fixed. `ghagen lock update` and `ghagen adopt` write this file: sorted, without what nothing uses,",
    "without comments of yours. Each commit was read from the repository itself, as the commit that the tag points to.",
    "What could not be verified is not here, or says so: `unresolved`, with the reason.",
    "After an edit by hand run `ghagen generate`, and `ghagen lock verify --online` for what you typed.",
];

/// Writes a lock: sections and names sorted, one pin a block, so that branches merge.
pub fn write(lock: &LockFile) -> String {
    let version = Node::new(Kind::Integer(i64::try_from(lock.lock).unwrap_or(i64::MAX)));
    let mut entries = vec![("lock".to_owned(), HEADER.into_iter().fold(version, Node::with_above))];
    entries.extend(section("actions", &lock.actions, action));
    entries.extend(section("images", &lock.images, image));
    entries.extend(section("sources", &lock.sources, source));
    entries.extend(section("tools", &lock.tools, |releases| Node::sequence(releases.iter().map(release))));
    yaml::write(&Node::mapping(entries)).text
}

/// A section by name; none without pins.
fn section<T>(name: &str, pins: &IndexMap<String, T>, node: impl Fn(&T) -> Node) -> Option<(String, Node)> {
    let mut entries: Vec<(String, Node)> = pins.iter().map(|(name, pin)| (name.clone(), node(pin))).collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    (!entries.is_empty()).then(|| (name.to_owned(), Node::mapping(entries).with_blank_before()))
}

/// The keys that have a text.
fn texts<'a>(entries: impl IntoIterator<Item = (&'static str, Option<&'a String>)>) -> Vec<(String, Node)> {
    let entries = entries.into_iter();
    entries.filter_map(|(key, text)| Some((key.to_owned(), Node::text(text?)))).collect()
}

fn action(pin: &LockedAction) -> Node {
    let LockedAction { tag, commit, unresolved } = pin;
    let keys = [("tag", tag.as_ref()), ("commit", commit.as_ref()), ("unresolved", unresolved.as_ref())];
    Node::mapping(texts(keys))
}

fn image(pin: &LockedImage) -> Node {
    Node::mapping(texts([("digest", pin.digest.as_ref()), ("unresolved", pin.unresolved.as_ref())]))
}

fn source(source: &LockedSource) -> Node {
    let pin = |pin: &LockedTag| Node::mapping(texts([("tag", Some(&pin.tag)), ("commit", Some(&pin.commit))]));
    let mut entries = texts([("url", Some(&source.url)), ("unresolved", source.unresolved.as_ref())]);
    if !source.pins.is_empty() {
        entries.push(("pins".to_owned(), Node::sequence(source.pins.iter().map(pin))));
    }
    Node::mapping(entries)
}

fn release(release: &LockedToolVersion) -> Node {
    let LockedToolVersion { version, checked_by, unresolved } = release;
    let keys =
        [("version", version.as_ref()), ("checked_by", checked_by.as_ref()), ("unresolved", unresolved.as_ref())];
    Node::mapping(texts(keys))
}
