//! Versions as upstreams write them, and constraints over them.
//!
//! One scheme serves all: numbers separated by `.` or `_`, then perhaps `-` or `~` and a prerelease. Dates such as
//! `2026_07_16` are numbers too.

use std::cmp::Ordering;
use std::fmt;

/// A version or a constraint that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// Not a version.
    #[error("`{0}` is not a version: it must be numbers separated by `.` or `_`, then perhaps `-` and a prerelease")]
    Version(String),
    /// Not a constraint.
    #[error("`{0}` is not a constraint: it must be like `>=1.2, <2` or `=1.2.3`")]
    Constraint(String),
}

/// A version: its numbers, then the prerelease that comes before them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Version {
    text: String,
    numbers: Vec<u64>,
    prerelease: Option<String>,
}

impl Version {
    /// Reads `1.29.1`, `6.0.0-rc1`, `2026_07_16`.
    pub fn parse(text: &str) -> Result<Self, VersionError> {
        let bad = || VersionError::Version(text.to_owned());
        let (numbers, prerelease) = match text.split_once(['-', '~']) {
            Some((numbers, prerelease)) => (numbers, Some(prerelease)),
            None => (text, None),
        };
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte))
        };
        if prerelease.is_some_and(|word| !is_word(word)) || text.len() > 60 {
            return Err(bad());
        }
        let parse = |number: &str| {
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { number.parse::<u64>().map_err(|_| bad()) } else { Err(bad()) }
        };
        let numbers = numbers.split(['.', '_']).map(parse).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { text: text.to_owned(), numbers, prerelease: prerelease.map(str::to_owned) })
    }

    /// The version as upstream writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its numbers.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// Whether it comes before the version that its numbers name.
    pub const fn is_prerelease(&self) -> bool {
        self.prerelease.is_some()
    }

    /// Compares the numbers alone; missing ones count as 0.
    fn compare_numbers(&self, other: &Self) -> Ordering {
        let length = self.numbers.len().max(other.numbers.len());
        let number = |version: &Self, position: usize| version.numbers.get(position).copied().unwrap_or(0);
        (0..length)
            .map(|position| number(self, position).cmp(&number(other, position)))
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let prerelease = match (&self.prerelease, &other.prerelease) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(mine), Some(theirs)) => natural(mine, theirs),
        };
        // The text comes last, so that equal means the same text: `1.2` and `1.2.0` stay apart.
        self.compare_numbers(other).then(prerelease).then_with(|| self.text.cmp(&other.text))
    }
}

/// Compares texts with their runs of digits as numbers, so that `rc10` follows `rc9`.
fn natural(mine: &str, theirs: &str) -> Ordering {
    let split = |text: &str| -> Vec<(String, u64)> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let word_end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(word_end);
            let digits_end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
            let (digits, tail) = tail.split_at(digits_end);
            parts.push((word.to_owned(), digits.parse().unwrap_or(0)));
            rest = tail;
        }
        parts
    };
    split(mine).cmp(&split(theirs))
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How a comparator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `=`: the same numbers.
    Equal,
    /// `>=`.
    AtLeast,
    /// `>`.
    Above,
    /// `<=`.
    AtMost,
    /// `<`.
    Below,
}

impl Operator {
    /// The operator as it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::AtMost => "<=",
            Self::Below => "<",
        }
    }
}

/// One comparison of a constraint.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Comparator {
    /// How.
    pub operator: Operator,
    /// With what.
    pub version: Version,
}

/// Comparisons that all have to hold. A prerelease counts as the version it leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Constraint {
    comparators: Vec<Comparator>,
}

impl Constraint {
    /// Reads `>=1.2, <2`; a version alone means `=`.
    pub fn parse(text: &str) -> Result<Self, VersionError> {
        let bad = || VersionError::Constraint(text.to_owned());
        let parse = |part: &str| {
            let part = part.trim();
            let operators = [Operator::AtLeast, Operator::AtMost, Operator::Above, Operator::Below, Operator::Equal];
            let (operator, version) = operators
                .into_iter()
                .find_map(|operator| part.strip_prefix(operator.as_str()).map(|version| (operator, version)))
                .unwrap_or((Operator::Equal, part));
            Ok(Comparator { operator, version: Version::parse(version.trim()).map_err(|_| bad())? })
        };
        Ok(Self { comparators: text.split(',').map(parse).collect::<Result<_, _>>()? })
    }

    /// Any version.
    pub fn any() -> Self {
        Self::default()
    }

    /// Whether a version fits.
    pub fn fits(&self, version: &Version) -> bool {
        self.comparators.iter().all(|comparator| {
            let ordering = version.compare_numbers(&comparator.version);
            match comparator.operator {
                Operator::Equal => ordering.is_eq(),
                Operator::AtLeast => ordering.is_ge(),
                Operator::Above => ordering.is_gt(),
                Operator::AtMost => ordering.is_le(),
                Operator::Below => ordering.is_lt(),
            }
        })
    }

    /// Both constraints at once.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self { comparators: self.comparators.iter().chain(&other.comparators).cloned().collect() }
    }

    /// The comparisons.
    pub fn comparators(&self) -> &[Comparator] {
        &self.comparators
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.comparators.is_empty() {
            return f.write_str("any");
        }
        for (position, comparator) in self.comparators.iter().enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            write!(f, "{separator}{}{}", comparator.operator.as_str(), comparator.version)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn versions_sort_as_upstreams_mean_them() {
        let sorted = ["0.3", "1.9.11", "1.29", "1.29.1", "2026_06_11", "2026_07_16"];
        assert!(sorted.windows(2).all(|pair| version(pair[0]) < version(pair[1])));
        let sorted = ["6.0.0-rc2", "6.0.0-rc10", "6.0.0", "6.0.1-rc1"];
        assert!(sorted.windows(2).all(|pair| version(pair[0]) < version(pair[1])));
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for bad in ["", "v1", "1..2", "1.x", "1.2-", "1.2-rc 1", "+1", "1.2;rm", "99999999999999999999"] {
            assert!(Version::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_prerelease_counts_as_the_version_it_leads_to() {
        let line = Constraint::parse(">=6.0, <7").unwrap();
        assert!(line.fits(&version("6.0.0-rc1")) && line.fits(&version("6.9")));
        assert!(!line.fits(&version("7.0.0-rc1")) && !line.fits(&version("5.8.3")));
    }

    #[test]
    fn constraints_compare_and_print() {
        assert!(Constraint::parse("1.2").unwrap().fits(&version("1.2.0")));
        assert_eq!(Constraint::parse(">= 1.2 ,<2").unwrap().to_string(), ">=1.2, <2");
        for bad in ["", ">=", "~1.2", "^1", ">=1.2,"] {
            assert!(Constraint::parse(bad).is_err(), "{bad}");
        }
    }
}
