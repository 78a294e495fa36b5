//! Small words that all sentences are made of: lists, plurals, quotes, conditions.

use crate::model::{Condition, Conditional, Template};

/// Longer texts are not shown: that they changed is enough.
const LONGEST: usize = 100;

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// `the file x`, `the files x and y`; many are counted.
pub(super) fn the(noun: &str, items: &[String]) -> String {
    const NAMED: usize = 6;
    let quoted: Vec<String> = items.iter().map(|item| code(item)).collect();
    match items.len() {
        1 => format!("the {noun} {}", list(&quoted)),
        count if count > NAMED => {
            let (named, more) = quoted.split_at(NAMED - 1);
            format!("the {} {} and {} more", plural(noun), named.join(", "), more.len())
        }
        _ => format!("the {} {}", plural(noun), list(&quoted)),
    }
}

/// `paths of pull requests`: the first word is the one that there are many of, with what belongs to it.
pub(super) fn plural(noun: &str) -> String {
    let end = [" of ", " before ", " in ", " for "].iter().filter_map(|word| noun.find(word)).min();
    let (many, rest) = noun.split_at(end.unwrap_or(noun.len()));
    if many.ends_with("ch") { format!("{many}es{rest}") } else { format!("{many}s{rest}") }
}

/// A text as a piece of code on one line, cut where it is long.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let text = text.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push_str("...");
    }
    format!("`{shown}`")
}

/// Whether a text can be shown as a whole.
pub(super) fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST && !text.contains(['\n', '`'])
}

/// ` when arch is arm64 and line is 6 or 5`; nothing for a condition that always holds.
pub(super) fn when(condition: &Condition) -> String {
    let Condition { arches, tools, lines } = condition;
    let of = |what: &str, names: Vec<String>| (!names.is_empty()).then(|| format!("{what} is {}", names.join(" or ")));
    let parts = [
        of("arch", arches.iter().map(ToString::to_string).collect()),
        of("tool", tools.iter().map(ToString::to_string).collect()),
        of("line", lines.iter().map(ToString::to_string).collect()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" when {}", parts.join(" and ")) }
}

/// Arguments with their conditions.
pub(super) fn arguments(arguments: &[Conditional<Template>]) -> Vec<String> {
    arguments.iter().map(|it| it.value.text() + &when(&it.when)).collect()
}

/// Names with values that have conditions; those are part of the name, which can be there once for each.
pub(super) fn variables(variables: &[(String, Conditional<Template>)]) -> Vec<(String, String)> {
    variables.iter().map(|(name, it)| (name.clone() + &when(&it.when), it.value.text())).collect()
}

/// Things as texts.
pub(super) fn texts<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_people_write_them() {
        let items = ["a", "b", "c"].map(ToOwned::to_owned);
        assert_eq!((list(&items), list(&items[..2])), ("a, b and c".to_owned(), "a and b".to_owned()));
        assert_eq!(the("file", &items[..1]), "the file `a`");
        assert_eq!(the("patch", &items), "the patches `a`, `b` and `c`");
        assert_eq!(plural("path of pull requests"), "paths of pull requests");
        assert_eq!(code(""), "nothing");
        let many: Vec<String> = (0..9).map(|number| number.to_string()).collect();
        assert_eq!(the("file", &many), "the files `0`, `1`, `2`, `3`, `4` and 4 more");
    }

    #[test]
    fn code_stays_on_its_line_and_in_its_quotes() {
        assert_eq!(code("a`b\n  c"), "`a'b c`");
        assert_eq!(code(&"x".repeat(101)), format!("`{}...`", "x".repeat(100)));
    }
}
