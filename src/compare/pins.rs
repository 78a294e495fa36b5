//! Which versions components are built at: what tools really build, and not what the lock offers.

use std::collections::BTreeMap;

use super::difference::bump;
use super::words::list;
use crate::model::ComponentName;
use crate::plan::{Plan, UnitSource};

/// The version and the commit, or what stands for it.
type Pin = [String; 2];

/// Sentences about the pins of a component that both states build.
pub(super) fn differences(name: &ComponentName, old: &Plan, new: &Plan) -> Vec<String> {
    let (old, new) = (pins(name, old), pins(name, new));
    let both: Vec<(&String, &Pin, &Pin)> =
        new.iter().filter_map(|(place, pin)| Some((place, old.get(place)?, pin))).collect();
    let mut bumps: Vec<(&Pin, &Pin, Vec<String>)> = Vec::new();
    for (place, before, after) in both.iter().filter(|(_, before, after)| before != after) {
        match bumps.iter_mut().find(|(from, to, _)| from == before && to == after) {
            Some((.., places)) => places.push((*place).clone()),
            None => bumps.push((before, after, vec![(*place).clone()])),
        }
    }
    let sentence = |(from, to, places): (&Pin, &Pin, Vec<String>)| {
        let sentence = bump(name.as_str(), from.each_ref().map(String::as_str), to.each_ref().map(String::as_str));
        // Everywhere, unless something is said.
        if places.len() == both.len() { sentence } else { format!("{sentence} in {}", list(&places)) }
    };
    bumps.into_iter().map(sentence).collect()
}

/// By tool and line.
fn pins(name: &ComponentName, plan: &Plan) -> BTreeMap<String, Pin> {
    let mut pins = BTreeMap::new();
    for tool in &plan.tools {
        for unit in tool.units.iter().filter(|unit| &unit.component == name) {
            let pin = match &unit.source {
                UnitSource::Git { version, commit, .. } => [version.to_string(), commit.as_str().to_owned()],
                UnitSource::Archive { version, sha256, .. } => [version.to_string(), sha256.as_str().to_owned()],
                UnitSource::Unresolved { .. } => ["unresolved", "unresolved"].map(ToOwned::to_owned),
                UnitSource::Run { .. } | UnitSource::Files => continue,
            };
            pins.insert(format!("{} {}", tool.name, unit.line), pin);
        }
    }
    pins
}
