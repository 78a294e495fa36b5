//! What the lines of the build scripts say. The format is that of `build-unit.sh` and `run-build.sh`; CI prints the same lines.

/// A line of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'a> {
    /// About one unit.
    Unit(Unit<'a>),
    /// The build environment is being set up: `Some` is how long it took.
    Environment(Option<&'a str>),
    /// Anything else that the scripts themselves say.
    Note(&'a str),
    /// A line of a program that they run.
    Other(&'a str),
}

/// What became of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit<'a> {
    /// Its position, from 1.
    pub number: usize,
    /// How many units there are.
    pub total: usize,
    /// Its component.
    pub name: &'a str,
    /// Its state.
    pub state: State<'a>,
}

/// The state of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State<'a> {
    /// Being built.
    Started,
    /// Built, in this time: `12 s`.
    Done(&'a str),
    /// Taken from an earlier build.
    Reused,
    /// Failed: at which step, when, and why.
    Failed(&'a str),
}

impl<'a> Event<'a> {
    /// Reads a line.
    pub fn of(line: &'a str) -> Self {
        let Some(said) = line.strip_prefix("ghagen: ") else { return Self::Other(line) };
        if let Some(unit) = said.strip_prefix("unit ").and_then(Unit::of) {
            return Self::Unit(unit);
        }
        match said.strip_prefix("environment (").and_then(|rest| rest.split_once(") ")) {
            Some((_, "...")) => Self::Environment(None),
            Some((_, rest)) => {
                rest.strip_prefix("done in ").map_or(Self::Note(said), |time| Self::Environment(Some(time)))
            }
            None => Self::Note(said),
        }
    }
}

impl<'a> Unit<'a> {
    /// Reads `3/25 libcap 2.76 (amd64) done in 1 s`; the version can be missing.
    fn of(text: &'a str) -> Option<Self> {
        let (place, rest) = text.split_once(' ')?;
        let (number, total) = place.split_once('/')?;
        let (title, state) = rest.split_once(") ")?;
        let name = title.split(' ').next()?;
        let state = match state {
            "..." => State::Started,
            "reused" => State::Reused,
            _ => match state.strip_prefix("done in ") {
                Some(time) => State::Done(time),
                None => State::Failed(state.strip_prefix("failed ")?),
            },
        };
        Some(Self { number: number.parse().ok()?, total: total.parse().ok()?, name, state })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_units_are_read() {
        let unit = |state| Event::Unit(Unit { number: 3, total: 25, name: "libcap", state });
        for (line, state) in [
            ("ghagen: unit 3/25 libcap 2.76 (amd64) ...", State::Started),
            ("ghagen: unit 3/25 libcap (amd64) reused", State::Reused),
            ("ghagen: unit 3/25 libcap 2.76 (amd64) done in 12 s", State::Done("12 s")),
            (
                "ghagen: unit 3/25 libcap 2.76 (amd64) failed at compile after 2 s (exit code 2)",
                State::Failed("at compile after 2 s (exit code 2)"),
            ),
        ] {
            assert_eq!(Event::of(line), unit(state), "{line}");
        }
    }

    #[test]
    fn other_lines_are_what_they_are() {
        assert_eq!(Event::of("ghagen: environment (amd64) ..."), Event::Environment(None));
        assert_eq!(Event::of("ghagen: environment (amd64) done in 61 s"), Event::Environment(Some("61 s")));
        assert_eq!(Event::of("ghagen: packed x"), Event::Note("packed x"));
        assert_eq!(Event::of("ghagen: unit of measure"), Event::Note("unit of measure"));
        assert_eq!(Event::of("make: unit 1/2 x (y) ..."), Event::Other("make: unit 1/2 x (y) ..."));
    }
}
