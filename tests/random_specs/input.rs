//! What can be entered for the hooks of a random spec.

use ghagen::yaml::Node;

use super::node::{flag, mapping, text, texts};
use crate::support::Random;

/// The inputs of every random project.
pub(super) const OF_PROJECT: [&str; 2] = ["channel", "dry_run"];

/// Those that a random tool may have.
pub(super) const OF_TOOL: [&str; 3] = ["a", "note_2", "x____"];

/// Patterns, and texts that fit.
const PATTERNS: [(&str, &[&str]); 3] = [
    ("[a-z0-9 ]{0,40}", &["", "a b", "releases"]),
    (r".*", &["", "it's \"100%\" $HOME `x` \\", "* # {not}", "-n", "!!"]),
    (r"(\$[a-z]+|'[^`]*')+", &["$home", "'a'$b", "'\"\\'"]),
];

/// Inputs of these names.
pub(super) fn inputs(random: &mut Random, names: &[&str]) -> Node {
    mapping(names.iter().map(|name| (*name, input(random))).collect::<Vec<_>>())
}

fn input(random: &mut Random) -> Node {
    let kind = match random.below(3) {
        0 => vec![("boolean", flag(random.chance(50)))],
        1 => {
            let mut options: Vec<String> = (0..=random.below(4)).map(|_| random.line().trim().to_owned()).collect();
            options.retain(|option| !option.is_empty());
            options.push("last".to_owned());
            options.sort();
            options.dedup();
            vec![("options", texts(options))]
        }
        _ => {
            let (pattern, defaults) = PATTERNS[random.below(PATTERNS.len())];
            vec![("pattern", text(pattern)), ("default", text(random.pick(defaults)))]
        }
    };
    mapping(kind.into_iter().chain([("description", text(random.line()))]).collect::<Vec<_>>())
}
