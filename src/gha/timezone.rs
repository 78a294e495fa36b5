//! The time zone of a schedule.
//!
//! Knows the form of a key of the IANA database, not its entries: those change several times a year.

use std::fmt;

/// A zone that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a time zone: it must be `UTC` or an area and a place of the IANA database, such as `Europe/Berlin`"
)]
pub struct TimezoneError(String);

/// A key of the IANA database, such as `Europe/Berlin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timezone(String);

const AREAS: [&str; 11] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Etc",
    "Europe",
    "Indian",
    "Pacific",
];

impl Timezone {
    /// Checks a zone.
    pub fn parse(text: impl Into<String>) -> Result<Self, TimezoneError> {
        let text = text.into();
        let is_place = |place: &str| {
            place.starts_with(|c: char| c.is_ascii_alphabetic())
                && place.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
        };
        let is_zone = |(area, places): (&str, &str)| AREAS.contains(&area) && places.split('/').all(is_place);
        if text == "UTC" || text.split_once('/').is_some_and(is_zone) {
            Ok(Self(text))
        } else {
            Err(TimezoneError(text))
        }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Timezone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_an_area_and_a_place() {
        for good in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "Etc/GMT+5"] {
            assert!(Timezone::parse(good).is_ok(), "{good}");
        }
        for bad in
            ["", "CET", "utc", "UTC+2", "+02:00", "Berlin", "europe/berlin", "Europe/", "Europe//Berlin", "Europe/1"]
        {
            assert!(Timezone::parse(bad).is_err(), "{bad}");
        }
    }
}
