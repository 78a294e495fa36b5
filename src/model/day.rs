//! A day of the calendar.

use std::fmt;

/// A text that names no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a day: write year, month and day, such as `2026-11-01`")]
pub struct DayError(String);

/// A day since 2000, as year, month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u16,
    month: u16,
    of_month: u16,
}

impl Day {
    /// Reads a day.
    pub fn parse(text: &str) -> Result<Self, DayError> {
        let refuse = || DayError(text.to_owned());
        let number = |part: &str, digits: usize| {
            let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { part.parse::<u16>().ok() } else { None }
        };
        let mut parts = text.splitn(3, '-');
        let mut next = |digits| parts.next().and_then(|part| number(part, digits)).ok_or_else(refuse);
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        if year >= 2000 && (1..=days).contains(&day) { Ok(Self { year, month, of_month: day }) } else { Err(refuse()) }
    }

    /// Year, month and day without anything between.
    pub fn compact(self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.of_month)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_calendar_are_read() {
        for (text, compact) in [("2026-11-01", "20261101"), ("2028-02-29", "20280229"), ("2000-12-31", "20001231")] {
            let day = Day::parse(text).unwrap();
            assert_eq!((day.compact(), day.to_string()), (compact.to_owned(), text.to_owned()));
        }
        for text in
            ["", "2026", "2026-11", "2026-11-31", "2027-02-29", "2100-02-29", "2026-13-01", "2026-00-01", "1999-01-01"]
        {
            assert!(Day::parse(text).is_err(), "{text}");
        }
        for text in ["2026-1-01", "2026-11-01-", "2026-11-01T00", "+026-11-01", "2026/11/01", "2026-11-00"] {
            assert!(Day::parse(text).is_err(), "{text}");
        }
    }
}
