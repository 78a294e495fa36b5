//! Which cells of a tool come and go, and what their packages hold.

use std::collections::{BTreeMap, BTreeSet};

use super::words::list;
use crate::model::{Arch, Cell, ComponentName, LineName, VariantName};
use crate::plan::{Package, ToolPlan};

/// More files than these are counted rather than named.
const NAMED: usize = 3;

/// Sentences about the cells, the packages and the parts of a tool that both states have.
pub(super) fn differences(old: &ToolPlan, new: &ToolPlan) -> Vec<String> {
    let mut sentences = come_and_gone(old, new);
    sentences.extend(reasons(old, new));
    sentences.extend(contents(old, new));
    sentences.extend(units(old, new));
    sentences
}

fn included(plan: &ToolPlan) -> BTreeSet<&Cell> {
    plan.cells.iter().filter(|cell| cell.excluded.is_none()).map(|cell| &cell.cell).collect()
}

fn lines(plan: &ToolPlan) -> BTreeSet<&LineName> {
    plan.cells.iter().map(|cell| &cell.cell.line).collect()
}

/// Cells of lines that both have: that a line is new, or gone, is told of the line.
fn come_and_gone(old: &ToolPlan, new: &ToolPlan) -> Vec<String> {
    let mut sentences = added(old, new, |variant, what, is_whole| {
        let tool = &new.name;
        if is_whole {
            format!("adds {variant} of {tool} for {what}")
        } else {
            format!("adds {what} to {variant} of {tool}")
        }
    });
    sentences.extend(added(new, old, |variant, what, is_whole| {
        let tool = &new.name;
        if is_whole { format!("drops {variant} of {tool}") } else { format!("drops {what} from {variant} of {tool}") }
    }));
    sentences
}

fn added(old: &ToolPlan, new: &ToolPlan, say: impl Fn(&VariantName, &str, bool) -> String) -> Vec<String> {
    let (before, after) = (included(old), included(new));
    let known = lines(old);
    let mut by_variant: BTreeMap<&VariantName, Vec<&Cell>> = BTreeMap::new();
    for cell in after.iter().filter(|cell| !before.contains(*cell) && known.contains(&cell.line)) {
        by_variant.entry(&cell.variant).or_default().push(cell);
    }
    let sentence = |(variant, cells): (&VariantName, Vec<&Cell>)| {
        let is_whole = !before.iter().any(|cell| &cell.variant == variant);
        let mut by_lines: BTreeMap<BTreeSet<&LineName>, Vec<String>> = BTreeMap::new();
        for arch in Arch::ALL {
            let lines: BTreeSet<&LineName> =
                cells.iter().filter(|cell| cell.arch == arch).map(|cell| &cell.line).collect();
            if !lines.is_empty() {
                by_lines.entry(lines).or_default().push(arch.to_string());
            }
        }
        let all = lines(new);
        let what = by_lines.into_iter().map(|(lines, arches)| format!("{}{}", list(&arches), of_lines(&lines, &all)));
        say(variant, &list(&what.collect::<Vec<_>>()), is_whole)
    };
    by_variant.into_iter().map(sentence).collect()
}

/// ` in line 5`, unless it is all of them.
fn of_lines(lines: &BTreeSet<&LineName>, all: &BTreeSet<&LineName>) -> String {
    if all.is_subset(lines) {
        return String::new();
    }
    let names: Vec<String> = lines.iter().map(ToString::to_string).collect();
    format!(" in {} {}", if names.len() == 1 { "line" } else { "lines" }, list(&names))
}

/// Cells that stay left out, for another reason.
fn reasons(old: &ToolPlan, new: &ToolPlan) -> Vec<String> {
    let before: BTreeMap<&Cell, Option<&String>> =
        old.cells.iter().map(|it| (&it.cell, it.excluded.as_ref())).collect();
    let mut reasons: BTreeMap<&String, Vec<String>> = BTreeMap::new();
    for planned in &new.cells {
        let (Some(reason), Some(Some(was))) = (&planned.excluded, before.get(&planned.cell)) else { continue };
        let Cell { variant, arch, line } = &planned.cell;
        if reason != *was {
            reasons.entry(reason).or_default().push(format!("{variant} for {arch} in line {line}"));
        }
    }
    let sentence = |(reason, cells): (&String, Vec<String>)| {
        format!("{} of {} stays left out, now because: {}", list(&cells), new.name, super::words::code(reason))
    };
    reasons.into_iter().map(sentence).collect()
}

/// What is said of a variant, and for which arches and lines.
type Phrase<'a> = (&'a VariantName, String, BTreeSet<(Arch, &'a LineName)>);

/// What the packages of cells hold that both states have.
fn contents(old: &ToolPlan, new: &ToolPlan) -> Vec<String> {
    let mut phrases: Vec<Phrase<'_>> = Vec::new();
    let mut common: BTreeMap<&VariantName, BTreeSet<(Arch, &LineName)>> = BTreeMap::new();
    for after in &new.packages {
        let is_same = |it: &&Package| it.variant == after.variant && it.arch == after.arch && it.line == after.line;
        let Some(before) = old.packages.iter().find(is_same) else { continue };
        let place = (after.arch, &after.line);
        common.entry(&after.variant).or_default().insert(place);
        let phrases_of = gained(before, after, "gains").into_iter().chain(gained(after, before, "loses"));
        for phrase in phrases_of.chain(moved(before, after)) {
            match phrases.iter_mut().find(|(variant, known, _)| *variant == &after.variant && known == &phrase) {
                Some((.., places)) => drop(places.insert(place)),
                None => phrases.push((&after.variant, phrase, [place].into())),
            }
        }
    }
    let sentence = |(variant, phrase, places): Phrase<'_>| {
        let mut sentence = format!("{variant} of {} {phrase}", new.name);
        let all = common.get(variant).cloned().unwrap_or_default();
        if places != all {
            let arches: BTreeSet<Arch> = places.iter().map(|place| place.0).collect();
            let lines: BTreeSet<&LineName> = places.iter().map(|place| place.1).collect();
            let all_arches: BTreeSet<Arch> = all.iter().map(|place| place.0).collect();
            if arches != all_arches || places.len() != arches.len() * lines.len() {
                let arches: Vec<String> = arches.iter().map(ToString::to_string).collect();
                sentence = format!("{sentence} for {}", list(&arches));
            }
            sentence.push_str(&of_lines(&lines, &all.iter().map(|place| place.1).collect()));
        }
        sentence
    };
    phrases.into_iter().map(sentence).collect()
}

/// What the second package has and the first one has not: components as a whole, and files of components that both have.
fn gained(before: &Package, after: &Package, verb: &str) -> Vec<String> {
    let of = |package: &Package| -> BTreeSet<ComponentName> {
        package.entries.iter().map(|entry| entry.component.clone()).collect()
    };
    let known = of(before);
    let paths: BTreeSet<&str> = before.entries.iter().map(|entry| entry.path.as_str()).collect();
    let mut phrases = Vec::new();
    for component in of(after) {
        let new: Vec<String> = after
            .entries
            .iter()
            .filter(|entry| entry.component == component && !paths.contains(entry.path.as_str()))
            .map(|entry| format!("`{}`", entry.path))
            .collect();
        let count = match new.len() {
            0 => continue,
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        };
        phrases.push(if !known.contains(&component) {
            format!("{verb} {component} ({count})")
        } else if new.len() <= NAMED {
            format!("{verb} {} of {component}", list(&new))
        } else {
            format!("{verb} {count} of {component}, the first {}", new[0])
        });
    }
    phrases
}

/// Files that come from another component.
fn moved(before: &Package, after: &Package) -> Vec<String> {
    let from: BTreeMap<&str, &ComponentName> =
        before.entries.iter().map(|it| (it.path.as_str(), &it.component)).collect();
    let other = after.entries.iter().filter_map(|entry| {
        let old = from.get(entry.path.as_str()).filter(|old| **old != &entry.component)?;
        Some(format!("takes `{}` from {} instead of {old}", entry.path, entry.component))
    });
    other.collect()
}

/// Components that begin or cease to be built for a tool.
fn units(old: &ToolPlan, new: &ToolPlan) -> Vec<String> {
    let of =
        |plan: &ToolPlan| -> BTreeSet<String> { plan.units.iter().map(|unit| unit.component.to_string()).collect() };
    let (before, after) = (of(old), of(new));
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect::<Vec<_>>();
    let (come, gone) = (only(&after, &before), only(&before, &after));
    let mut sentences = Vec::new();
    if !come.is_empty() {
        sentences.push(format!("{} is built with {}", new.name, list(&come)));
    }
    if !gone.is_empty() {
        sentences.push(format!("{} is built without {}", new.name, list(&gone)));
    }
    sentences
}
