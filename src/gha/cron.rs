//! Schedules in GitHub's dialect of cron: five fields of POSIX with names, ranges and steps, and no macros.
//!
//! Knows times, not why something runs then. A schedule that GitHub would refuse, delay for ever or never reach is none.

mod calendar;
mod field;

use std::fmt;

pub use field::{CronField, ItemError};

use field::Values;

/// A schedule that GitHub would not keep.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CronError {
    /// `@daily` and the like.
    #[error("`{0}` is a macro, which GitHub does not know: write the five fields")]
    Macro(String),
    /// Not five fields.
    #[error("found {0} fields instead of five: minute, hour, day of month, month, day of week")]
    FieldCount(usize),
    /// A field with an item that is wrong.
    #[error("the field {field}: `{item}` {problem}")]
    Item {
        /// The field.
        field: CronField,
        /// The part of it between commas.
        item: String,
        /// What is wrong with it.
        problem: ItemError,
    },
    /// GitHub starts a schedule every five minutes at most.
    #[error("the field minute: two runs are {0} min apart; GitHub's least is 5")]
    TooOften(u8),
    /// Such as 31 February.
    #[error("the field day of month: no such day in any of the months")]
    NoSuchDay,
}

/// A schedule such as `17 4 * * 1-5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    text: String,
    minutes: Values,
}

impl Cron {
    /// Checks a schedule.
    pub fn parse(text: &str) -> Result<Self, CronError> {
        let fields: Vec<&str> = text.split([' ', '\t']).filter(|field| !field.is_empty()).collect();
        if let Some(first) = fields.first().filter(|first| first.starts_with('@')) {
            return Err(CronError::Macro((*first).to_owned()));
        }
        let [minute, hour, day, month, weekday] = fields[..] else {
            return Err(CronError::FieldCount(fields.len()));
        };
        let minutes = field::parse(CronField::Minute, minute)?;
        let hours = field::parse(CronField::Hour, hour)?;
        let days = field::parse(CronField::DayOfMonth, day)?;
        let months = field::parse(CronField::Month, month)?;
        field::parse(CronField::DayOfWeek, weekday)?;
        if let Some(gap) = calendar::shortest_gap(minutes, hours).filter(|gap| *gap < calendar::LEAST_GAP) {
            return Err(CronError::TooOften(gap));
        }
        // With a day of the week as well, cron runs on either; a day that never comes is a mistake all the same.
        if !calendar::has_a_day(days, months) {
            return Err(CronError::NoSuchDay);
        }
        Ok(Self { text: fields.join(" "), minutes })
    }

    /// The schedule, with one space between its fields.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The minutes of the hour at which it starts.
    pub fn minutes(&self) -> impl Iterator<Item = u8> {
        self.minutes.iter()
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_schedules() {
        for (text, minutes) in [
            ("17 4 * * *", vec![17]),
            (" 17\t4  * * * ", vec![17]),
            ("*/15 * * * *", vec![0, 15, 30, 45]),
            ("20/15 * * * *", vec![20, 35, 50]),
            ("10-30/10,5 6 1,15 * *", vec![5, 10, 20, 30]),
            ("0 0 * JAN-mar Sun,TUE-THU", vec![0]),
            ("0 0 29 2 *", vec![0]),
            ("0 0 31 2,3 *", vec![0]),
            ("*/5 * * * *", (0..60).step_by(5).collect()),
            ("0,59 3 * * *", vec![0, 59]),
            ("0 0 * * 0-6", vec![0]),
        ] {
            let cron = Cron::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(cron.minutes().collect::<Vec<_>>(), minutes, "{text}");
        }
        assert_eq!(Cron::parse(" 17\t4  * * * ").unwrap().to_string(), "17 4 * * *");
    }

    #[test]
    fn bad_schedules_are_told_apart() {
        for (text, message) in [
            ("", "found 0 fields"),
            ("17 4 * *", "found 4 fields"),
            ("0 17 4 * * *", "found 6 fields"),
            ("@daily", "`@daily` is a macro"),
            ("60 4 * * *", "minute: `60` is outside 0-59"),
            ("0 24 * * *", "hour: `24` is outside 0-23"),
            ("0 0 0 * *", "day of month: `0` is outside 1-31"),
            ("0 0 * 13 *", "month: `13` is outside 1-12"),
            ("0 0 * * 7", "day of week: `7` is outside 0-6: Sunday is 0"),
            ("0 0 * Foo *", "month: `Foo` is not a number from 1 to 12 or a name such as JAN"),
            ("0 0 * * L", "day of week: `L` is not"),
            ("0 0 ? * *", "day of month: `?` is not a number from 1 to 31"),
            ("0 0 15W * *", "day of month: `15W` is not"),
            ("JAN 0 * * *", "minute: `JAN` is not a number"),
            ("+5 0 * * *", "minute: `+5` is not a number"),
            ("-5 0 * * *", "minute: `-5` is not a number"),
            ("5- 0 * * *", "minute: `5-` is not a number"),
            ("005 0 * * *", "minute: `005` is not a number"),
            ("0,,5 0 * * *", "minute: `` is empty"),
            ("0, 0 * * *", "minute: `` is empty"),
            ("30-10 0 * * *", "minute: `30-10` runs backwards"),
            ("0 0 * * FRI-MON", "day of week: `FRI-MON` runs backwards"),
            ("*/0 0 * * *", "minute: `*/0` has no step from 1 to 59"),
            ("*/60 0 * * *", "minute: `*/60` has no step from 1 to 59"),
            ("*/x 0 * * *", "minute: `*/x` has no step"),
            ("*/5/5 0 * * *", "minute: `*/5/5` has no step"),
            ("*-5 0 * * *", "minute: `*-5` is not a number"),
            ("* 0 * * *", "two runs are 1 min apart"),
            ("*/4 * * * *", "two runs are 4 min apart"),
            ("10,12 4 * * *", "two runs are 2 min apart"),
            ("0,57 * * * *", "two runs are 3 min apart"),
            ("0,57 23,0 * * *", "two runs are 3 min apart"),
            ("0 0 31 2 *", "no such day"),
            ("0 0 30,31 FEB *", "no such day"),
            ("0 0 31 4,6,9,11 *", "no such day"),
            ("0 0 31 2 1", "no such day"),
        ] {
            let error = Cron::parse(text).expect_err(text).to_string();
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
