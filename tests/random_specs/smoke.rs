//! The checks of a random spec, and what they share.

use ghagen::yaml::Node;

use super::{
    component,
    node::{flag, mapping, text, texts},
    spec::{World, when},
};
use crate::support::Random;

/// A check of a tool.
pub(super) fn check(random: &mut Random, world: &World, variants: &[String], lines: &[String]) -> Node {
    let mut check = vec![("name", text(random.line())), ("run", text(component::bash(random, world)))];
    if random.chance(40) {
        check.push(("variant", texts(random.some(variants, 1))));
    }
    if random.chance(30) {
        check.push(("when", when(random, world, lines)));
    }
    for key in ["installed", "optional"] {
        if random.chance(30) {
            check.push((key, flag(random.chance(50))));
        }
    }
    mapping(check)
}

/// The commands that checks share.
pub(super) fn commands(random: &mut Random, world: &World) -> Node {
    let names = random.some(&["cat", "0", "a-b.c_d"], 0);
    let commands: Vec<_> = names.into_iter().map(|name| (name, text(component::bash(random, world)))).collect();
    mapping(commands)
}
