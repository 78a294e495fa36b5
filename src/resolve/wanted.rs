//! What a model wants to be pinned, as wishes.

use std::collections::BTreeMap;

use regex::Regex;

use super::{Found, GitError, Network, TagRule, Wish};
use crate::gha::ActionRef;
use crate::model::{
    Commit, Component, ComponentName, Constraint, Generator, GitSource, GitUrl, Model, Pin, Source, Tool, Version,
};

/// The names of the sources that belong to no tool and no component.
const MUSL: &str = "musl";
const GHAGEN: &str = "ghagen";

/// A git source or an action: one repository, one wish for each constraint that somebody has.
#[derive(Debug, Clone)]
pub struct SourceWish {
    /// Its name in the lock.
    pub name: String,
    /// Its address.
    pub url: GitUrl,
    /// What is asked for.
    pub wishes: Vec<Wish>,
    /// What is pinned.
    pub locked: Vec<Found>,
}

/// Every git source of a model, by name.
pub fn source_wishes(model: &Model) -> Vec<SourceWish> {
    let mut all = BTreeMap::new();
    add(&mut all, MUSL, of_git(&model.project.toolchain.musl, &[]));
    if let Generator::Git(git) = &model.project.generator {
        add(&mut all, GHAGEN, of_git(git, &[]));
    }
    for tool in model.tools.values() {
        add(&mut all, tool.name.as_str(), of_tool(tool));
    }
    for component in model.components.values() {
        if let (Source::Git(git), None) = (&component.source, &component.shares_source_of) {
            add(&mut all, component.name.as_str(), of_git(git, &narrower(model, component)));
        }
    }
    all.into_values().collect()
}

/// The wish for an action: its newest version; of what is pinned the same major version, unless another one may be taken.
/// `None` where the name is none.
pub fn action_wish(name: &str, locked: Option<&ActionRef>, any_major: bool) -> Option<SourceWish> {
    let repository: Vec<&str> = name.splitn(3, '/').take(2).collect();
    let url = GitUrl::parse(&format!("https://github.com/{}", repository.join("/"))).ok()?;
    let locked: Vec<Found> = locked.into_iter().filter_map(of_action).collect();
    let majors = locked.iter().filter(|_| !any_major).find_map(|found| found.version.numbers().first().copied());
    let versions = match majors {
        Some(major) => Constraint::parse(&format!(">={major}, <{}", major.saturating_add(1))).ok()?,
        None => Constraint::any(),
    };
    let wishes = vec![Wish { rule: TagRule::FullVersion, versions }];
    Some(SourceWish { name: name.to_owned(), url, wishes, locked })
}

fn of_action(action: &ActionRef) -> Option<Found> {
    let tag = action.version().to_owned();
    let version = Version::parse(tag.strip_prefix('v').unwrap_or(&tag)).ok()?;
    Some(Found { version, commit: Commit::parse(action.commit()).ok()?, tag })
}

/// A tool and a component of one name share one entry of the lock; `lower` has made sure that they share the repository.
fn add(all: &mut BTreeMap<String, SourceWish>, name: &str, source: (GitUrl, Vec<Wish>, Vec<Found>)) {
    let (url, wishes, locked) = source;
    match all.get_mut(name) {
        Some(there) => {
            there.wishes.extend(wishes);
            there.locked.extend(locked.into_iter().filter(|found| !there.locked.contains(found)).collect::<Vec<_>>());
        }
        None => {
            all.insert(name.to_owned(), SourceWish { name: name.to_owned(), url, wishes, locked });
        }
    }
}

/// The source's own constraint, and each that a release line adds to it: all of them keep their highest.
fn of_git(git: &GitSource, narrower: &[&Constraint]) -> (GitUrl, Vec<Wish>, Vec<Found>) {
    let rule = TagRule::Pattern { pattern: git.tags.clone(), exclude: Vec::new(), prereleases: false };
    let wish = |versions: Constraint| Wish { rule: rule.clone(), versions };
    let of_lines = narrower.iter().map(|line| wish(git.versions.and(line)));
    let wishes = std::iter::once(wish(git.versions.clone())).chain(of_lines).collect();
    (git.url.clone(), wishes, git.pins.iter().map(of_pin).collect())
}

/// The tag of a tool's version. Prereleases count: it is asked for by name.
pub fn find_version(network: &impl Network, tool: &Tool, version: &Version) -> Result<Option<Found>, GitError> {
    let rule = rule(tool);
    let tags = network.tags(&tool.upstream.url)?;
    let found = tags.into_iter().find(|(tag, _)| rule.version(tag).as_ref() == Some(version));
    Ok(found.map(|(tag, commit)| Found { tag, version: version.clone(), commit }))
}

fn rule(tool: &Tool) -> TagRule {
    let upstream = &tool.upstream;
    // `lower` has refused what is no regular expression.
    let exclude: Vec<Regex> = upstream.exclude.iter().filter_map(|text| Regex::new(text).ok()).collect();
    TagRule::Pattern { pattern: upstream.tags.clone(), exclude, prereleases: upstream.prereleases }
}

/// One pin for each release line: its last known good version.
fn of_tool(tool: &Tool) -> (GitUrl, Vec<Wish>, Vec<Found>) {
    let upstream = &tool.upstream;
    let rule = rule(tool);
    let wish = |versions: &Constraint| Wish { rule: rule.clone(), versions: versions.clone() };
    let wishes = tool.lines.iter().map(|line| wish(&line.versions)).collect();
    (upstream.url.clone(), wishes, upstream.pins.iter().map(of_pin).collect())
}

fn narrower<'a>(model: &'a Model, component: &Component) -> Vec<&'a Constraint> {
    let of = |name: &ComponentName| name == &component.name;
    let lines = model.tools.values().flat_map(|tool| &tool.lines);
    lines.flat_map(|line| &line.components).filter(|(name, _)| of(name)).map(|(_, versions)| versions).collect()
}

fn of_pin(pin: &Pin) -> Found {
    Found { tag: pin.tag.clone(), version: pin.version.clone(), commit: pin.commit.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn an_action_keeps_its_major_version_unless_asked() {
        let locked = ActionRef::parse("actions/cache/restore", COMMIT, "v5.0.5").unwrap();
        let fits = |any_major, tag: &str| {
            let wish = action_wish("actions/cache/restore", Some(&locked), any_major).unwrap();
            assert_eq!(wish.url.as_str(), "https://github.com/actions/cache");
            wish.wishes[0].versions.fits(&wish.wishes[0].rule.version(tag).unwrap())
        };
        assert!(fits(false, "v5.9.0") && !fits(false, "v6.0.0") && fits(true, "v6.0.0"));
        assert!(action_wish("actions/cache", None, false).unwrap().locked.is_empty());
    }
}
