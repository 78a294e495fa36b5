//! What became of each pin: asks the network for one of them, and says what is new. A failure stays with its pin.

use super::{Choice, Chosen, Found, Network, Rules, SourceWish, Tags, Wish, choose};
use crate::lock::Kind;
use crate::model::{GitUrl, Image};

const DAY: u64 = 24 * 60 * 60;

/// What became of a pin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What is pinned.
    pub kind: Kind,
    /// Its name in the lock.
    pub name: String,
    /// How it ended.
    pub state: State,
    /// What changes; without any the pin stays as it is.
    pub changes: Vec<Change>,
    /// What else is to be known.
    pub notes: Vec<String>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The lock has it already.
    Current,
    /// These tags are to be locked, the lowest version first.
    Tags(GitUrl, Vec<Found>),
    /// This digest is to be locked.
    Digest(String),
    /// Not found out; the pin stays.
    Failed(String),
    /// A locked tag points to another commit now; the pin stays.
    Moved(String),
    /// Nothing that ghagen could ask; the pin stays.
    NotResolved(&'static str),
}

/// A pin before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Before; `None` for a new pin.
    pub old: Option<Point>,
    /// After.
    pub new: Point,
    /// Where the difference can be read.
    pub compare: Option<String>,
}

/// What a pin says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The tag.
    pub tag: String,
    /// The commit or the digest.
    pub fixed: String,
}

impl Outcome {
    /// A pin that stays as it is.
    pub const fn still(kind: Kind, name: String, state: State) -> Self {
        Self { kind, name, state, changes: Vec::new(), notes: Vec::new() }
    }

    /// Whether it is to be looked at by somebody.
    pub const fn is_failure(&self) -> bool {
        matches!(self.state, State::Failed(_) | State::Moved(_))
    }
}

/// A git source, or an action, which is one, too.
pub fn source(network: &impl Network, kind: Kind, source: &SourceWish, rules: Rules) -> Outcome {
    let mut outcome = Outcome::still(kind, source.name.clone(), State::Current);
    let tags = match network.tags(&source.url) {
        Ok(tags) => tags,
        Err(error) => return Outcome { state: State::Failed(error.to_string()), ..outcome },
    };
    let mut pins: Vec<Found> = Vec::new();
    for wish in &source.wishes {
        let chosen = match choose_one(network, source, wish, &tags, rules) {
            Ok(chosen) => chosen,
            Err(error) => return Outcome::still(kind, source.name.clone(), State::Failed(error)),
        };
        notes(&mut outcome.notes, &chosen);
        let new = match &chosen.choice {
            Choice::Keep(found) | Choice::Take(found) => found.clone(),
            Choice::Moved(_) | Choice::Nothing => {
                let state = stopped(wish, &chosen);
                return Outcome { state, changes: Vec::new(), ..outcome };
            }
        };
        if chosen.old.as_ref() != Some(&new) {
            let change = change(&source.url, chosen.old.as_ref(), &new);
            if !outcome.changes.contains(&change) {
                outcome.changes.push(change);
            }
        }
        if !pins.contains(&new) {
            pins.push(new);
        }
    }
    if !outcome.changes.is_empty() {
        pins.sort_by(|one, other| one.version.cmp(&other.version));
        outcome.state = State::Tags(source.url.clone(), pins);
    }
    outcome
}

/// An image. No cooldown: a registry does not say since when a tag points to what it does.
pub fn image(network: &impl Network, image: &Image) -> Outcome {
    let outcome = Outcome::still(Kind::Image, image.name.to_string(), State::Current);
    let digest = match network.digest(&image.name) {
        Ok(digest) => digest,
        Err(error) => return Outcome { state: State::Failed(error.to_string()), ..outcome },
    };
    if image.digest.as_ref() == Ok(&digest) {
        return outcome;
    }
    let tag = image.name.as_str().rsplit_once(':').map_or("", |(_, tag)| tag);
    let point = |fixed: &String| Point { tag: tag.to_owned(), fixed: fixed.clone() };
    let old = image.digest.as_ref().ok().map(point);
    let changes = vec![Change { old, new: point(&digest), compare: None }];
    Outcome { state: State::Digest(digest), changes, ..outcome }
}

/// A program.
pub fn tool(name: &str) -> Outcome {
    let reason = match name {
        "cosign" => "the action that installs it carries its checksum, so the two move together, by hand",
        "go" => "the newest one need not build the sources; take one by hand, and Go's checksum database checks it",
        "rust" => "the newest one need not build the sources; take one by hand, and rustup checks it",
        "meson" | "zizmor" => "its package index has no tag or digest that would fix it; take a version by hand",
        _ => "ghagen knows no place that lists its versions",
    };
    Outcome::still(Kind::Tool, name.to_owned(), State::NotResolved(reason))
}

fn choose_one(
    network: &impl Network,
    source: &SourceWish,
    wish: &Wish,
    tags: &Tags,
    rules: Rules,
) -> Result<Chosen, String> {
    // Without a cooldown nobody's date matters.
    let time = |found: &Found| match rules.cooldown {
        0 => Ok(0),
        _ => network.tag_time(&source.url, &found.tag, &found.commit),
    };
    choose(wish, &source.locked, tags, rules, time).map_err(|error| error.to_string())
}

/// Why a wish came to nothing.
fn stopped(wish: &Wish, chosen: &Chosen) -> State {
    match (&chosen.choice, &chosen.old) {
        (Choice::Moved(now), Some(old)) => State::Moved(format!(
            "the tag `{}` pointed to {} and points to {} now: somebody may have changed what it holds; look at both, then take it by `--accept-moved`",
            old.tag,
            old.commit.as_str(),
            now.as_str()
        )),
        _ => State::Failed(match chosen.held_back.first() {
            Some((tag, age)) => {
                format!(
                    "`{tag}` would fit `{}`, but is only {} old; `--cooldown 0` takes it",
                    wish.versions,
                    days(*age)
                )
            }
            None => format!("no tag fits `{}`", wish.versions),
        }),
    }
}

fn notes(notes: &mut Vec<String>, chosen: &Chosen) {
    let gone = chosen.old.as_ref().filter(|_| chosen.is_gone);
    let gone = gone.map(|old| match &chosen.choice {
        Choice::Keep(_) => format!("the tag `{}` is gone from the repository; its pin stays", old.tag),
        _ => format!("the tag `{}` is gone from the repository", old.tag),
    });
    let held = chosen.held_back.iter().map(|(tag, age)| format!("`{tag}` waits: it is only {} old", days(*age)));
    for note in gone.into_iter().chain(held) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
}

fn days(seconds: u64) -> String {
    match seconds / DAY {
        0 => "hours".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

fn change(url: &GitUrl, old: Option<&Found>, new: &Found) -> Change {
    let point = |found: &Found| Point { tag: found.tag.clone(), fixed: found.commit.as_str().to_owned() };
    let old = old.map(point);
    let new = point(new);
    let compare = old.as_ref().filter(|_| url.as_str().starts_with("https://github.com/")).map(|old| {
        let repository = url.as_str().trim_end_matches('/').trim_end_matches(".git");
        format!("{repository}/compare/{}...{}", old.fixed, new.fixed)
    });
    Change { old, new, compare }
}
