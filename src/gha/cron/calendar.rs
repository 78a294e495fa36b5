//! What the fields of a schedule mean together: how close two runs are, and whether its days exist.

use super::field::Values;

/// The least number of minutes between two runs that GitHub allows.
pub(super) const LEAST_GAP: u8 = 5;

/// The longest each month can be, from January; February in a leap year.
const LENGTHS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The fewest minutes between two runs of one hour, or of two hours in a row; `None` if every hour has one run alone.
pub(super) fn shortest_gap(minutes: Values, hours: Values) -> Option<u8> {
    let all: Vec<u8> = minutes.iter().collect();
    let within = all.windows(2).map(|pair| pair[1] - pair[0]).min();
    // Midnight counts too: the days on both sides of it may both run.
    let neighbours = hours.iter().any(|hour| hours.contains((hour + 1) % 24));
    let across = match (all.first(), all.last()) {
        (Some(first), Some(last)) if neighbours => Some(60 - last + first),
        _ => None,
    };
    within.into_iter().chain(across).min()
}

/// Whether one of `days` exists in one of `months`.
pub(super) fn has_a_day(days: Values, months: Values) -> bool {
    (1..).zip(LENGTHS).any(|(month, length)| months.contains(month) && days.iter().any(|day| day <= length))
}
