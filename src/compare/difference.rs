//! What is different between two states of a thing: a sentence for each fact, and one for each part that comes or goes.

use super::thing::{Fact, Thing};
use super::words::{code, is_short, list, plural, the};

/// What is different in the newer state of a thing.
pub(super) fn differences(old: &Thing, new: &Thing) -> Vec<String> {
    let mut sentences = Vec::new();
    for (what, fact) in &new.facts {
        sentences.extend(of_fact(&new.name, what, old.find(what), Some(fact)));
    }
    for (what, fact) in old.facts.iter().filter(|(what, _)| new.find(what).is_none()) {
        sentences.extend(of_fact(&new.name, what, Some(fact), None));
    }
    for (noun, key, part) in &new.parts {
        if let Some(old) = old.has_part(noun, key) {
            sentences.extend(differences(old, part));
            continue;
        }
        sentences.push(if new.name.is_empty() {
            format!("adds the {noun} {key}")
        } else {
            format!("{} gains the {noun} {key}", new.name)
        });
        sentences.extend(granted(part));
    }
    for (noun, key, _) in old.parts.iter().filter(|(noun, key, _)| new.has_part(noun, key).is_none()) {
        sentences.push(if new.name.is_empty() {
            format!("drops the {noun} {key}")
        } else {
            format!("{} loses the {noun} {key}", new.name)
        });
    }
    sentences.extend(reordered(old, new));
    sentences
}

/// What something that is new may do.
pub(super) fn granted(thing: &Thing) -> Vec<String> {
    let mut sentences = Vec::new();
    for (_, fact) in &thing.facts {
        if let Fact::May(items) = fact
            && !items.is_empty()
        {
            sentences.push(format!("{} gains {}", thing.name, list(items)));
        }
    }
    sentences.extend(thing.parts.iter().flat_map(|(.., part)| granted(part)));
    sentences
}

/// Parts that both have, and that stand in another order.
fn reordered(old: &Thing, new: &Thing) -> Vec<String> {
    let keys = |thing: &Thing, other: &Thing| -> Vec<(&'static str, String)> {
        let both = thing.parts.iter().filter(|(noun, key, _)| other.has_part(noun, key).is_some());
        both.map(|(noun, key, _)| (*noun, key.clone())).collect()
    };
    let (before, after) = (keys(old, new), keys(new, old));
    let mut nouns: Vec<&str> = Vec::new();
    for (noun, _) in &after {
        if !nouns.contains(noun) {
            nouns.push(noun);
        }
    }
    let of = |keys: &[(&str, String)], noun: &str| -> Vec<String> {
        keys.iter().filter(|(of, _)| *of == noun).map(|(_, key)| key.clone()).collect()
    };
    nouns.retain(|noun| of(&before, noun) != of(&after, noun));
    nouns.into_iter().map(|noun| in_another_order(&new.name, noun)).collect()
}

fn in_another_order(name: &str, noun: &str) -> String {
    let nouns = plural(noun);
    if name.is_empty() {
        format!("the {nouns} stand in another order")
    } else {
        format!("the {nouns} of {name} stand in another order")
    }
}

fn of_fact(name: &str, what: &str, old: Option<&Fact>, new: Option<&Fact>) -> Vec<String> {
    if old == new {
        return Vec::new();
    }
    let subject = if name.is_empty() { format!("the {what}") } else { format!("the {what} of {name}") };
    match (old, new) {
        (Some(Fact::Has(_)) | None, Some(Fact::Has(_)) | None) if is(old, new, |it| matches!(it, Fact::Has(_))) => {
            of_items(name, what, items(old), items(new), true)
        }
        (Some(Fact::May(_)) | None, Some(Fact::May(_)) | None) if is(old, new, |it| matches!(it, Fact::May(_))) => {
            of_items(name, what, items(old), items(new), false)
        }
        (Some(Fact::Map(_)) | None, Some(Fact::Map(_)) | None) if is(old, new, |it| matches!(it, Fact::Map(_))) => {
            of_map(name, what, values(old), values(new))
        }
        (Some(Fact::Pin { version, exact }), Some(Fact::Pin { version: newer, exact: now })) => {
            vec![bump(what, [version, exact], [newer, now])]
        }
        (Some(Fact::Is(before)), Some(Fact::Is(after))) => vec![changed(&subject, before.as_deref(), after.as_deref())],
        (None, Some(Fact::Is(after))) => after.iter().map(|after| changed(&subject, None, Some(after))).collect(),
        (Some(Fact::Is(before)), None) => before.iter().map(|before| changed(&subject, Some(before), None)).collect(),
        (None, Some(Fact::Pin { version, .. })) => vec![format!("{what} {version} is new")],
        (Some(Fact::Pin { version, .. }), None) => vec![format!("{what} {version} is gone")],
        _ => vec![format!("{subject} changed")],
    }
}

/// Whether a fact of that kind is on one side at least, and no other kind on the other.
fn is(old: Option<&Fact>, new: Option<&Fact>, kind: impl Fn(&Fact) -> bool) -> bool {
    old.is_none_or(&kind) && new.is_none_or(&kind)
}

fn items(fact: Option<&Fact>) -> &[String] {
    match fact {
        Some(Fact::Has(items) | Fact::May(items)) => items,
        _ => &[],
    }
}

fn values(fact: Option<&Fact>) -> &[(String, String)] {
    match fact {
        Some(Fact::Map(values)) => values,
        _ => &[],
    }
}

/// `x: a -> b`, where both can be shown.
pub(super) fn changed(subject: &str, old: Option<&str>, new: Option<&str>) -> String {
    if !old.into_iter().chain(new).all(is_short) {
        return format!("{subject} changed");
    }
    let shown = |value: Option<&str>| value.map_or_else(|| "none".to_owned(), code);
    format!("{subject}: {} -> {}", shown(old), shown(new))
}

/// `crun 1.29.1 -> 1.30`; the same version with something else in it is told by what it is exactly.
pub(super) fn bump(what: &str, old: [&str; 2], new: [&str; 2]) -> String {
    if old[0] != new[0] {
        return format!("{what} {} -> {}", old[0], new[0]);
    }
    let short = |exact: &str| -> String { exact.trim_start_matches("sha256:").chars().take(12).collect() };
    format!("{what} {} is not what it was: {} -> {}", old[0], short(old[1]), short(new[1]))
}

fn of_items(name: &str, noun: &str, old: &[String], new: &[String], quoted: bool) -> Vec<String> {
    let gained = without(new, old);
    let lost = without(old, new);
    if gained.is_empty() && lost.is_empty() {
        return if quoted && old != new { vec![in_another_order(name, noun)] } else { Vec::new() };
    }
    let shown = |items: &[String]| if quoted { the(noun, items) } else { list(items) };
    let [gains, loses] = if name.is_empty() { ["adds", "drops"] } else { ["gains", "loses"] };
    let mut parts = Vec::new();
    if !gained.is_empty() {
        parts.push(format!("{gains} {}", shown(&gained)));
    }
    if !lost.is_empty() {
        parts.push(format!("{loses} {}", shown(&lost)));
    }
    vec![format!("{name} {}", parts.join(" and ")).trim_start().to_owned()]
}

/// What is in one list more often than in the other.
fn without(items: &[String], others: &[String]) -> Vec<String> {
    let mut others: Vec<&String> = others.iter().collect();
    let mut left = Vec::new();
    for item in items {
        match others.iter().position(|other| *other == item) {
            Some(position) => drop(others.swap_remove(position)),
            None => left.push(item.clone()),
        }
    }
    left
}

fn of_map(name: &str, noun: &str, old: &[(String, String)], new: &[(String, String)]) -> Vec<String> {
    let value = |values: &[(String, String)], key: &str| values.iter().find(|it| it.0 == key).map(|it| it.1.clone());
    let pairs = |values: &[(String, String)], others: &[(String, String)]| -> Vec<String> {
        let only = values.iter().filter(|it| value(others, &it.0).is_none());
        only.map(|(key, value)| format!("{key}={value}")).collect()
    };
    let mut sentences = of_items(name, noun, &pairs(old, new), &pairs(new, old), true);
    for (key, now) in new {
        let Some(before) = value(old, key).filter(|before| before != now) else { continue };
        let of = if name.is_empty() { String::new() } else { format!(" of {name}") };
        sentences.push(changed(&format!("the {noun} {}{of}", code(key)), Some(&before), Some(now)));
    }
    let keys = |values: &[(String, String)], others: &[(String, String)]| -> Vec<String> {
        values.iter().filter(|it| value(others, &it.0).is_some()).map(|it| it.0.clone()).collect()
    };
    if keys(old, new) != keys(new, old) {
        sentences.push(in_another_order(name, noun));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(permissions: &[&str], variables: &[(&str, &str)]) -> Thing {
        let variables = variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Thing::new("the release job of a.yml")
            .may(permissions.iter().map(ToString::to_string).collect())
            .map("variable", variables)
            .is("time limit", permissions.len())
            .pin("crun", "1.29.1", &permissions.len().to_string())
    }

    #[test]
    fn each_kind_of_fact_has_its_sentence() {
        let old = job(&["contents: read"], &[("A", "1"), ("B", "2"), ("C", "3")]);
        let new = job(&["contents: read", "id-token: write"], &[("B", "2"), ("A", "9"), ("D", "4")]);
        assert_eq!(
            differences(&old, &new),
            [
                "the release job of a.yml gains id-token: write",
                "the release job of a.yml gains the variable `D=4` and loses the variable `C=3`",
                "the variable `A` of the release job of a.yml: `1` -> `9`",
                "the variables of the release job of a.yml stand in another order",
                "the time limit of the release job of a.yml: `1` -> `2`",
                "crun 1.29.1 is not what it was: 1 -> 2",
            ]
        );
        assert_eq!(differences(&new, &new), [] as [&str; 0]);
    }

    #[test]
    fn what_is_new_is_told_with_what_it_may_do() {
        let empty = || Thing::new("a.yml");
        let full = empty().part("job", "release", job(&["contents: write"], &[("A", "1")]));
        let expected = ["a.yml gains the job release", "the release job of a.yml gains contents: write"];
        assert_eq!(differences(&empty(), &full), expected);
        assert_eq!(differences(&full, &empty()), ["a.yml loses the job release"]);
    }

    #[test]
    fn kinds_of_facts_that_do_not_fit_are_told_anyway() {
        let one = Thing::new("x").has("file", vec!["a".to_owned()]);
        let other = Thing::new("x").is("file", "a");
        assert_eq!(differences(&one, &other), ["the file of x changed"]);
        let long = |text: &str| Thing::new("x").is("summary", text.repeat(60));
        assert_eq!(differences(&long("ab"), &long("ac")), ["the summary of x changed"]);
    }
}
