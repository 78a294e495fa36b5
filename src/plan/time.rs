//! How long builds take: by what the spec says of each part. The time limits of jobs follow from it.

use std::collections::BTreeMap;

use super::{ToolPlan, Unit};
use crate::gha::Minutes;
use crate::model::{Arch, ComponentName, LineName, Model};

/// A job may take this many times as long: machines and networks differ, and the packages have to be compressed.
const FACTOR: u64 = 3;

/// Limits are multiples of this many minutes.
const STEP: u64 = 5;

/// No build has a shorter limit, in minutes: the network alone may take that long.
const SHORTEST: u64 = 20;

/// What GitHub lets a job take at most, in minutes.
const LONGEST: u64 = 360;

/// The limit where the spec does not say how long the parts take.
const UNKNOWN: Minutes = Minutes::of::<60>();

/// About how long the build of a tool takes, for one line and one arch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// The line.
    pub line: LineName,
    /// The arch.
    pub arch: Arch,
    /// Seconds for setting up the build environment.
    pub environment: u64,
    /// Seconds for all units, one after the other.
    pub units: u64,
    /// The chain of units, each needed by the next, that takes longest.
    pub path: Vec<ComponentName>,
    /// Seconds for that chain.
    pub path_seconds: u64,
}

impl Estimate {
    /// Seconds for all of it.
    pub const fn total(&self) -> u64 {
        self.environment + self.units
    }
}

/// An estimate for each line and arch of which all parts are known.
pub(super) fn estimates(model: &Model, units: &[Unit]) -> Vec<Estimate> {
    let mut builds: Vec<(&LineName, Arch, Vec<&Unit>)> = Vec::new();
    for unit in units {
        match builds.iter_mut().find(|(line, arch, _)| *line == &unit.line && *arch == unit.arch) {
            Some((.., units)) => units.push(unit),
            None => builds.push((&unit.line, unit.arch, vec![unit])),
        }
    }
    let seconds = &model.project.toolchain.seconds;
    let estimate = |(line, arch, units): (&LineName, Arch, Vec<&Unit>)| {
        let sum = units.iter().map(|unit| unit.seconds).sum::<Option<u64>>()?;
        let (path, path_seconds) = critical_path(&units);
        let environment = *seconds.get(&arch)?;
        Some(Estimate { line: line.clone(), arch, environment, units: sum, path, path_seconds })
    };
    builds.into_iter().filter_map(estimate).collect()
}

/// The chain of needs that takes longest, and its seconds. The units are in their order: each comes after what it needs.
fn critical_path(units: &[&Unit]) -> (Vec<ComponentName>, u64) {
    let mut ends: BTreeMap<&ComponentName, (u64, Option<&ComponentName>)> = BTreeMap::new();
    for unit in units {
        let before = unit.needs.iter().filter_map(|need| Some((ends.get(need)?.0, need)));
        // Of two that take as long, the first one.
        let before = before.fold(None, |best: Option<(u64, _)>, it| best.filter(|best| best.0 >= it.0).or(Some(it)));
        let start = before.map_or(0, |(seconds, _)| seconds);
        ends.insert(&unit.component, (start + unit.seconds.unwrap_or(0), before.map(|(_, need)| need)));
    }
    let longest = units.iter().map(|unit| &unit.component).fold(None, |best: Option<&ComponentName>, name| {
        let seconds = |name: &ComponentName| ends.get(name).map_or(0, |end| end.0);
        best.filter(|best| seconds(best) >= seconds(name)).or(Some(name))
    });
    let mut path = Vec::new();
    let mut next = longest;
    while let Some(name) = next {
        path.push(name.clone());
        next = ends.get(name).and_then(|end| end.1);
    }
    path.reverse();
    (path, longest.and_then(|name| ends.get(name)).map_or(0, |end| end.0))
}

/// How long the job may take that builds a tool for an arch: what the spec says, else what follows from the longest estimate.
pub(super) fn limit(model: &Model, units: &[Unit], estimates: &[Estimate]) -> Minutes {
    if let Some(minutes) = model.project.timeouts.build {
        return minutes;
    }
    let is_known = |unit: &Unit| estimates.iter().any(|it| it.line == unit.line && it.arch == unit.arch);
    let longest = estimates.iter().map(Estimate::total).max().filter(|_| units.iter().all(is_known));
    longest.map_or(UNKNOWN, |seconds| Minutes::new(rounded(seconds)).unwrap_or(UNKNOWN))
}

/// The minutes of a limit for something that takes about this many seconds.
fn rounded(seconds: u64) -> u64 {
    (seconds.saturating_mul(FACTOR).div_ceil(60 * STEP) * STEP).clamp(SHORTEST, LONGEST)
}

impl ToolPlan {
    /// About how long the component of a unit takes in its line, for each arch of which that is known.
    pub fn seconds_of(&self, unit: &Unit) -> impl Iterator<Item = (Arch, u64)> {
        let same = self.units.iter().filter(|it| it.line == unit.line && it.component == unit.component);
        same.filter_map(|it| Some((it.arch, it.seconds?)))
    }

    /// The estimates that are longer than the limit of the job.
    pub fn too_long(&self) -> impl Iterator<Item = &Estimate> {
        self.estimates.iter().filter(|it| it.total() > 60 * u64::from(self.limit.get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str, needs: &[&str], seconds: u64) -> Unit {
        Unit {
            component: ComponentName::parse(name).unwrap(),
            arch: Arch::Amd64,
            line: LineName::parse("1").unwrap(),
            variants: Vec::new(),
            needs: needs.iter().map(|need| ComponentName::parse(need).unwrap()).collect(),
            source: super::super::UnitSource::Files,
            seconds: Some(seconds),
            origin: crate::source::Origin::file(crate::source::Sources::default().add("a.yaml", "")),
        }
    }

    #[test]
    fn the_critical_path_is_the_longest_chain_and_not_the_longest_unit() {
        let units = [
            unit("base", &[], 5),
            unit("slow", &[], 9),
            unit("left", &["base"], 2),
            unit("right", &["base"], 3),
            unit("top", &["left", "right"], 2),
        ];
        let (path, seconds) = critical_path(&units.iter().collect::<Vec<_>>());
        assert_eq!(path.iter().map(ComponentName::as_str).collect::<Vec<_>>(), ["base", "right", "top"]);
        assert_eq!(seconds, 10);
        assert_eq!(critical_path(&[]), (Vec::new(), 0));
    }

    #[test]
    fn limits_leave_room_and_are_round() {
        for (seconds, minutes) in [(0, 20), (400, 20), (401, 25), (740, 40), (100_000, 360), (u64::MAX, 360)] {
            assert_eq!(rounded(seconds), minutes, "{seconds} s");
        }
    }
}
