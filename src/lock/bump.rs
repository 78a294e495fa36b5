//! Bumps: pins that somebody moved in generated files, as bots do, and edits that look like one and are none.
//!
//! A file counts only where nothing but whole pins was moved in it, and only if the same thing has the same new pin
//! everywhere: otherwise the lock, which has one pin for each, could not take it.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Kind;
use super::line::{LinePin, is_read_by_bots, pin_of};
use crate::gha::ActionRef;

/// A generated file: what stands there, and what the lock says.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Its path.
    pub path: &'a str,
    /// What stands there.
    pub is: &'a str,
    /// What should.
    pub should_be: &'a str,
    /// Whether somebody changed it since it was written. Otherwise it is the lock that moved.
    pub is_edited: bool,
}

/// A line of a file, from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path of the file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

/// What a pin fixes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixed {
    /// The version in the comment; an image has none.
    pub version: Option<String>,
    /// The commit or the digest.
    pub to: String,
}

/// A pin that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What is pinned: an action or an image.
    pub kind: Kind,
    /// `owner/name` or `registry/name:tag`.
    pub name: String,
    /// What the lock says; nothing for an image that had no digest.
    pub old: Option<Fixed>,
    /// What the files say.
    pub new: Fixed,
    /// Where they say it.
    pub places: Vec<Place>,
}

/// A line that no lock can take.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// Where.
    pub place: Place,
    /// Why: lower case, no full stop.
    pub reason: String,
}

/// What was done to pins in generated files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bumps {
    /// The pins that the lock can take, sorted by name.
    pub moved: Vec<Moved>,
    /// The lines that it cannot, sorted.
    pub refused: Vec<Refused>,
    /// The files in which nothing but pins was moved that the lock can take.
    pub files: BTreeSet<String>,
}

/// A pin that was moved in one line.
struct Move<'a> {
    place: Place,
    is: LinePin<'a>,
    old: Option<Fixed>,
}

/// Finds the pins that were moved in edited files, and holds them to what all other files say.
pub fn bumps(texts: &[Text<'_>]) -> Bumps {
    let edited: Vec<&Text<'_>> = texts.iter().filter(|text| text.is_edited && text.is != text.should_be).collect();
    if edited.is_empty() {
        return Bumps::default();
    }
    let (mut moves, mut refused) = (Vec::new(), Vec::new());
    for text in &edited {
        compare(text, &mut moves, &mut refused);
    }
    let told = seen(texts, &moves);
    let (good, odd): (Vec<Move<'_>>, Vec<Move<'_>>) =
        moves.into_iter().partition(|it| told.get(it.is.name).is_none_or(|values| values.len() == 1));
    refused.extend(odd.iter().map(|it| disagreement(it, &told)));
    refused.sort();
    let bad: BTreeSet<&str> = refused.iter().map(|it| it.place.path.as_str()).collect();
    let files = edited.iter().map(|text| text.path).filter(|path| !bad.contains(path)).map(ToOwned::to_owned).collect();
    Bumps { moved: by_name(good), files, refused }
}

/// What the files say about each thing whose pin was moved, and where.
type Told<'a> = BTreeMap<&'a str, BTreeMap<(&'a str, Option<&'a str>), Vec<Place>>>;

/// A bot leaves a pin in a script alone, so that one may still be the old one; the next run writes it anew.
fn seen<'a>(texts: &[Text<'a>], moves: &[Move<'a>]) -> Told<'a> {
    let mut told: Told<'a> = moves.iter().map(|it| (it.is.name, BTreeMap::new())).collect();
    for text in texts.iter().filter(|text| is_read_by_bots(text.path)) {
        for (index, pin) in text.is.split('\n').enumerate().filter_map(|(index, line)| Some((index, pin_of(line)?))) {
            if let Some(values) = told.get_mut(pin.name) {
                let place = Place { path: text.path.to_owned(), line: index + 1 };
                values.entry((pin.to, pin.version)).or_default().push(place);
            }
        }
    }
    for it in moves.iter().filter(|it| !is_read_by_bots(&it.place.path)) {
        let values = told.entry(it.is.name).or_default();
        values.entry((it.is.to, it.is.version)).or_default().push(it.place.clone());
    }
    told
}

/// Why a pin that was moved well in its own line cannot be taken.
fn disagreement(it: &Move<'_>, told: &Told<'_>) -> Refused {
    let name = it.is.name;
    let mine = (it.is.to, it.is.version);
    let others = told.get(name).into_iter().flatten().filter(|(value, _)| **value != mine);
    let mut reasons = Vec::new();
    for ((to, version), places) in others {
        let Some(first) = places.first() else { continue };
        let more = if places.len() > 1 { format!(" and in {} more lines", places.len() - 1) } else { String::new() };
        let at = format!("{}:{}{more}", first.path, first.line);
        let is_old = it.old.as_ref().is_some_and(|old| old.to == *to && old.version.as_deref() == *version);
        reasons.push(if is_old {
            format!("the bump is half-applied: {at} still has the old one")
        } else if version.is_some() && *version == it.is.version {
            format!("one version with two commits: {at} has another commit behind the same `{}`", version.unwrap_or(""))
        } else {
            format!("two bumps of the same thing: {at} has another one")
        });
    }
    Refused { place: it.place.clone(), reason: format!("`{name}` was moved, but {}", reasons.join("; ")) }
}

fn by_name(moves: Vec<Move<'_>>) -> Vec<Moved> {
    let mut all: BTreeMap<&str, Moved> = BTreeMap::new();
    for it in moves {
        let kind = if it.is.version.is_some() { Kind::Action } else { Kind::Image };
        let new = Fixed { version: it.is.version.map(ToOwned::to_owned), to: it.is.to.to_owned() };
        let entry = all.entry(it.is.name);
        let pin =
            entry.or_insert_with(|| Moved { kind, name: it.is.name.to_owned(), old: it.old, new, places: vec![] });
        pin.places.push(it.place);
    }
    all.into_values().collect()
}

/// Tells moved pins from all other edits, line by line.
fn compare<'a>(text: &Text<'a>, moves: &mut Vec<Move<'a>>, refused: &mut Vec<Refused>) {
    let is: Vec<&str> = text.is.split('\n').collect();
    let should_be: Vec<&str> = text.should_be.split('\n').collect();
    let place = |index: usize| Place { path: text.path.to_owned(), line: index + 1 };
    let mut pairs = Vec::new();
    if is.len() == should_be.len() {
        pairs.extend((0..is.len()).filter(|index| is.get(*index) != should_be.get(*index)).map(|index| (index, index)));
    } else {
        for op in capture_diff_slices(Algorithm::Myers, &should_be, &is) {
            let (index, reason) = match op {
                DiffOp::Equal { .. } => continue,
                DiffOp::Replace { old_index, old_len, new_index, new_len } if old_len == new_len => {
                    pairs.extend((0..new_len).map(|offset| (new_index + offset, old_index + offset)));
                    continue;
                }
                DiffOp::Replace { new_index, .. } | DiffOp::Insert { new_index, .. } => {
                    (new_index, "this is no pin, and it is not what ghagen wrote".to_owned())
                }
                DiffOp::Delete { new_index, old_len, .. } => {
                    (new_index, format!("above this line, lines of ghagen are gone: {old_len}"))
                }
            };
            refused.push(Refused { place: place(index), reason });
        }
    }
    for (index, old) in pairs {
        let (Some(is), Some(should_be)) = (is.get(index), should_be.get(old)) else { continue };
        match moved(is, should_be) {
            Ok((pin, old)) => moves.push(Move { place: place(index), is: pin, old }),
            Err(reason) => refused.push(Refused { place: place(index), reason }),
        }
    }
}

/// The pin of a line and the one that it had, if a whole pin was moved and nothing else; otherwise why not.
fn moved<'a>(is: &'a str, should_be: &str) -> Result<(LinePin<'a>, Option<Fixed>), String> {
    let (new, old) = (pin_of(is), pin_of(should_be));
    let Some(new) = new else {
        return Err(match old {
            Some(LinePin { name, version: Some(_), .. }) => {
                format!(
                    "this is no pin: it must be `{name}@`, all 40 hexadecimal digits of a commit, ` # ` and its version"
                )
            }
            Some(LinePin { name, .. }) => {
                format!("this is no pin: it must be `{name}@sha256:` and 64 hexadecimal digits")
            }
            None => format!("this is no pin; ghagen wrote `{}`", should_be.trim()),
        });
    };
    let Some(old) = old else {
        // Bots add digests to images that have none.
        let is_first = new.version.is_none() && format!("{}{}{}", new.before, new.name, new.behind) == should_be;
        return if is_first { Ok((new, None)) } else { Err("there was no pin in this line".to_owned()) };
    };
    let image = |pin: &LinePin<'_>| pin.name.rsplit_once(':').map(|(name, _)| name.to_owned());
    if new.version.is_none() && old.version.is_none() && new.name != old.name && image(&new) == image(&old) {
        return Err(format!(
            "the tag of an image belongs into the spec: say `{}` there, in place of `{}`",
            new.name, old.name
        ));
    }
    if (new.before, new.name, new.behind) != (old.before, old.name, old.behind) {
        return Err("more than the pin differs in this line".to_owned());
    }
    if let (Some(version), Some(was)) = (new.version, old.version) {
        if new.to == old.to {
            return Err(format!("only the comment was changed: `{version}`, but the commit is still that of `{was}`"));
        }
        if version == was {
            return Err(format!("only the commit was changed: the comment still says `{version}`"));
        }
        ActionRef::parse(new.name, new.to, version).map_err(|error| error.to_string())?;
    }
    let fixed = Fixed { version: old.version.map(ToOwned::to_owned), to: old.to.to_owned() };
    Ok((new, Some(fixed)))
}

#[cfg(test)]
mod tests;
