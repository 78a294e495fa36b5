//! Which tags become pins. Knows no network: tags and times are handed over.

use regex::Regex;

use super::Tags;
use crate::model::{Commit, Constraint, TagPattern, Version};

/// Which tags are versions.
#[derive(Debug, Clone)]
pub enum TagRule {
    /// Those that a pattern fits, save some.
    Pattern {
        /// The pattern.
        pattern: TagPattern,
        /// Tags that never count.
        exclude: Vec<Regex>,
        /// Whether prereleases count.
        prereleases: bool,
    },
    /// `v1.2.3`: what bots can read behind an action. Shorter tags move.
    FullVersion,
}

impl TagRule {
    /// The version of a tag, where it counts at all.
    pub fn version(&self, tag: &str) -> Option<Version> {
        match self {
            Self::Pattern { pattern, exclude, .. } => {
                if exclude.iter().any(|regex| regex.is_match(tag)) {
                    None
                } else {
                    pattern.version(tag)
                }
            }
            Self::FullVersion => {
                let number = tag.strip_prefix('v').filter(|number| !number.contains('_'))?;
                Version::parse(number).ok().filter(|version| version.numbers().len() == 3)
            }
        }
    }

    /// Whether a version may be taken by itself.
    fn is_wanted(&self, version: &Version) -> bool {
        let prereleases = matches!(self, Self::Pattern { prereleases: true, .. });
        prereleases || !version.is_prerelease()
    }
}

/// One version that is asked for: the highest that fits.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Which tags are versions.
    pub rule: TagRule,
    /// Which versions fit.
    pub versions: Constraint,
}

/// A tag with its commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The tag.
    pub tag: String,
    /// The version that it names.
    pub version: Version,
    /// The commit.
    pub commit: Commit,
}

/// What may be taken.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// How old a tag must be, in seconds.
    pub cooldown: u64,
    /// Now, in seconds since 1970.
    pub now: u64,
    /// Whether a locked tag may point to another commit than it did.
    pub accept_moved: bool,
}

/// What a wish comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The pin before.
    pub old: Option<Found>,
    /// What is to be pinned.
    pub choice: Choice,
    /// Newer tags that are too young, with their age in seconds, the highest first.
    pub held_back: Vec<(String, u64)>,
    /// Whether the locked tag is gone from the repository.
    pub is_gone: bool,
}

/// What is to be pinned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// What is pinned already.
    Keep(Found),
    /// Another tag, or the tag's other commit.
    Take(Found),
    /// Nothing: the locked tag points to this commit now. Somebody may have put another content in its place.
    Moved(Commit),
    /// Nothing: no tag fits.
    Nothing,
}

/// Chooses what a wish comes to. `time` says when a tag was made; it is asked for as few tags as can be.
pub fn choose<E>(
    wish: &Wish,
    locked: &[Found],
    tags: &Tags,
    rules: Rules,
    mut time: impl FnMut(&Found) -> Result<u64, E>,
) -> Result<Chosen, E> {
    let fits = |version: &Version| wish.versions.fits(version);
    let old = locked.iter().filter(|found| fits(&found.version)).max_by(|one, other| one.version.cmp(&other.version));
    let mut chosen = Chosen { old: old.cloned(), choice: Choice::Nothing, held_back: Vec::new(), is_gone: false };
    if let Some(old) = old {
        chosen.choice = Choice::Keep(old.clone());
        match tags.get(&old.tag) {
            None => chosen.is_gone = true,
            Some(commit) if *commit != old.commit && rules.accept_moved => {
                chosen.choice = Choice::Take(Found { commit: commit.clone(), ..old.clone() });
            }
            // Where a tag was moved, nothing of that repository is taken unseen, newer tags neither.
            Some(commit) if *commit != old.commit => {
                chosen.choice = Choice::Moved(commit.clone());
                return Ok(chosen);
            }
            Some(_) => {}
        }
    }
    for found in candidates(wish, tags, old) {
        let age = rules.now.saturating_sub(time(&found)?);
        if age >= rules.cooldown {
            chosen.choice = Choice::Take(found);
            break;
        }
        chosen.held_back.push((found.tag, age));
    }
    Ok(chosen)
}

/// The tags that are higher than what is pinned, the highest first.
fn candidates(wish: &Wish, tags: &Tags, old: Option<&Found>) -> Vec<Found> {
    let mut candidates: Vec<Found> = tags
        .iter()
        .filter_map(|(tag, commit)| {
            let version = wish.rule.version(tag)?;
            let is_higher = old.is_none_or(|old| version > old.version && *tag != old.tag);
            let is_good = is_higher && wish.rule.is_wanted(&version) && wish.versions.fits(&version);
            is_good.then(|| Found { tag: tag.clone(), version, commit: commit.clone() })
        })
        .collect();
    candidates.sort_by(|one, other| other.version.cmp(&one.version).then_with(|| one.tag.cmp(&other.tag)));
    candidates
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    const DAY: u64 = 86_400;
    const RULES: Rules = Rules { cooldown: 3 * DAY, now: 100 * DAY, accept_moved: false };

    fn commit(digit: char) -> Commit {
        Commit::parse(&digit.to_string().repeat(40)).unwrap()
    }

    fn wish(versions: &str) -> Wish {
        Wish { rule: TagRule::FullVersion, versions: Constraint::parse(versions).unwrap() }
    }

    fn found(tag: &str, digit: char) -> Found {
        Found { tag: tag.to_owned(), version: Version::parse(&tag[1..]).unwrap(), commit: commit(digit) }
    }

    fn tags(tags: &[(&str, char)]) -> Tags {
        tags.iter().map(|(tag, digit)| ((*tag).to_owned(), commit(*digit))).collect()
    }

    fn chosen(wish: &Wish, locked: &[Found], tags: &Tags, rules: Rules, ages: &[(&str, u64)]) -> Chosen {
        let time = |found: &Found| {
            let age = ages.iter().find(|(tag, _)| *tag == found.tag).map_or(50, |(_, age)| *age);
            Ok::<_, Infallible>(rules.now - age * DAY)
        };
        choose(wish, locked, tags, rules, time).unwrap()
    }

    #[test]
    fn the_highest_release_that_fits_is_taken() {
        let tags = tags(&[("v1.2.0", 'a'), ("v1.10.0", 'b'), ("v1.11.0-rc.1", 'c'), ("v2.0.0", 'd'), ("v1", 'e')]);
        let chosen = chosen(&wish(">=1, <2"), &[found("v1.2.0", 'a')], &tags, RULES, &[]);
        assert_eq!(chosen.choice, Choice::Take(found("v1.10.0", 'b')));
        assert_eq!(chosen.old, Some(found("v1.2.0", 'a')));
    }

    #[test]
    fn young_tags_wait_and_the_next_one_is_looked_at() {
        let tags = tags(&[("v1.0.0", 'a'), ("v1.1.0", 'b'), ("v1.2.0", 'c'), ("v1.3.0", 'd')]);
        let ages = [("v1.3.0", 1), ("v1.2.0", 3)];
        let locked = [found("v1.0.0", 'a')];
        let chosen = chosen(&wish(">=1, <2"), &locked, &tags, RULES, &ages);
        assert_eq!(chosen.choice, Choice::Take(found("v1.2.0", 'c')));
        assert_eq!(chosen.held_back, [("v1.3.0".to_owned(), DAY)]);
    }

    #[test]
    fn a_moved_tag_is_taken_on_request_alone() {
        let tags = tags(&[("v1.0.0", 'b'), ("v1.1.0", 'c')]);
        let locked = [found("v1.0.0", 'a')];
        assert_eq!(chosen(&wish(">=1"), &locked, &tags, RULES, &[]).choice, Choice::Moved(commit('b')));
        let rules = Rules { accept_moved: true, ..RULES };
        assert_eq!(chosen(&wish(">=1"), &locked, &tags, rules, &[]).choice, Choice::Take(found("v1.1.0", 'c')));
        assert_eq!(chosen(&wish("<1.1"), &locked, &tags, rules, &[]).choice, Choice::Take(found("v1.0.0", 'b')));
    }

    #[test]
    fn a_deleted_tag_keeps_its_pin_and_nothing_goes_back() {
        let tags = tags(&[("v1.0.0", 'a')]);
        let chosen = chosen(&wish(">=1"), &[found("v1.1.0", 'b')], &tags, RULES, &[]);
        assert_eq!(chosen.choice, Choice::Keep(found("v1.1.0", 'b')));
        assert!(chosen.is_gone);
    }

    #[test]
    fn tags_of_actions_are_full_versions() {
        for (tag, is_one) in [("v1.2.3", true), ("v1", false), ("v1.2", false), ("1.2.3", false), ("v1_2_3", false)] {
            assert_eq!(TagRule::FullVersion.version(tag).is_some(), is_one, "{tag}");
        }
    }
}
