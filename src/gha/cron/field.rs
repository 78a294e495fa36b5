//! One field of a schedule: a list of values, ranges and steps, read into the set of its values.

use std::fmt;

use super::CronError;

/// A field of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CronField {
    /// The first: 0 to 59.
    Minute,
    /// The second: 0 to 23.
    Hour,
    /// The third: 1 to 31.
    DayOfMonth,
    /// The fourth: 1 to 12 or JAN to DEC.
    Month,
    /// The fifth: 0 to 6 or SUN to SAT.
    DayOfWeek,
}

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

impl CronField {
    /// The lowest and the highest value.
    const fn bounds(self) -> (u8, u8) {
        match self {
            Self::Minute => (0, 59),
            Self::Hour => (0, 23),
            Self::DayOfMonth => (1, 31),
            Self::Month => (1, 12),
            Self::DayOfWeek => (0, 6),
        }
    }

    /// The names of the values, from the lowest.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Month => &MONTHS,
            Self::DayOfWeek => &WEEKDAYS,
            Self::Minute | Self::Hour | Self::DayOfMonth => &[],
        }
    }
}

impl fmt::Display for CronField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::DayOfMonth => "day of month",
            Self::Month => "month",
            Self::DayOfWeek => "day of week",
        })
    }
}

/// What is wrong with an item of a field. Shown behind the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemError {
    /// Nothing between two commas.
    Empty,
    /// Neither a number nor a name of this field.
    NotAValue(CronField),
    /// A number that this field does not have.
    Outside(CronField),
    /// A range whose end comes before its start.
    Backwards,
    /// A step that is no number, none at all, or longer than the field.
    Step(CronField),
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::NotAValue(field) => {
                let (low, high) = field.bounds();
                write!(f, "is not a number from {low} to {high}")?;
                field.names().first().map_or(Ok(()), |name| write!(f, " or a name such as {name}"))
            }
            Self::Outside(field) => {
                let (low, high) = field.bounds();
                write!(f, "is outside {low}-{high}")?;
                if *field == CronField::DayOfWeek { f.write_str(": Sunday is 0") } else { Ok(()) }
            }
            Self::Backwards => f.write_str("runs backwards: write two ranges with a comma"),
            Self::Step(field) => {
                let (low, high) = field.bounds();
                write!(f, "has no step from 1 to {}", high - low)
            }
        }
    }
}

/// A set of small numbers, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Values(u64);

impl Values {
    /// Whether `value` is one of them.
    pub(super) const fn contains(self, value: u8) -> bool {
        value < 64 && self.0 >> value & 1 == 1
    }

    /// The values, in order.
    pub(super) fn iter(self) -> impl Iterator<Item = u8> {
        (0..64).filter(move |value| self.contains(*value))
    }

    const fn insert(&mut self, value: u8) {
        self.0 |= 1 << value;
    }
}

/// Reads a field.
pub(super) fn parse(field: CronField, text: &str) -> Result<Values, CronError> {
    let mut values = Values::default();
    for item in text.split(',') {
        add(field, item, &mut values).map_err(|problem| CronError::Item { field, item: item.to_owned(), problem })?;
    }
    Ok(values)
}

fn add(field: CronField, item: &str, values: &mut Values) -> Result<(), ItemError> {
    if item.is_empty() {
        return Err(ItemError::Empty);
    }
    let (low, high) = field.bounds();
    let (range, step) = match item.split_once('/') {
        None => (item, None),
        Some((range, step)) => {
            (range, Some(number(step).filter(|n| (1..=high - low).contains(n)).ok_or(ItemError::Step(field))?))
        }
    };
    let (first, last) = match (range.split_once('-'), step) {
        _ if range == "*" => (low, high),
        (Some((first, last)), _) => (value(field, first)?, value(field, last)?),
        // `20/15` starts at 20 and steps on to the end.
        (None, Some(_)) => (value(field, range)?, high),
        (None, None) => (value(field, range)?, value(field, range)?),
    };
    if first > last {
        return Err(ItemError::Backwards);
    }
    for value in (first..=last).step_by(usize::from(step.unwrap_or(1))) {
        values.insert(value);
    }
    Ok(())
}

fn value(field: CronField, text: &str) -> Result<u8, ItemError> {
    let (low, high) = field.bounds();
    if let Some(number) = number(text) {
        return if (low..=high).contains(&number) { Ok(number) } else { Err(ItemError::Outside(field)) };
    }
    (low..)
        .zip(field.names())
        .find_map(|(value, name)| name.eq_ignore_ascii_case(text).then_some(value))
        .ok_or(ItemError::NotAValue(field))
}

/// One or two digits; `parse` alone would take `+5` as well.
fn number(text: &str) -> Option<u8> {
    let digits = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
