//! How long a job or a step may take.

/// A number of minutes, from 1 to the 35 days that a workflow may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(u16);

/// A time that is not from 1 to [`Minutes::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} minutes are not between 1 and {max}", max = Minutes::MAX)]
pub struct MinutesError(u64);

impl Minutes {
    /// 35 days, the longest that a workflow may run.
    pub const MAX: u16 = 35 * 24 * 60;

    /// Checks a time that is known only at run time.
    pub fn new(minutes: u64) -> Result<Self, MinutesError> {
        match u16::try_from(minutes) {
            Ok(number) if (1..=Self::MAX).contains(&number) => Ok(Self(number)),
            _ => Err(MinutesError(minutes)),
        }
    }

    /// A time that is known now, checked while compiling: `Minutes::of::<30>()`.
    pub const fn of<const MINUTES: u16>() -> Self {
        const { assert!(MINUTES >= 1 && MINUTES <= Self::MAX, "not between 1 minute and 35 days") };
        Self(MINUTES)
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_finite() {
        for bad in [0, 50_401, u64::MAX] {
            assert_eq!(Minutes::new(bad), Err(MinutesError(bad)));
        }
        assert_eq!(Minutes::new(50_400).map(Minutes::get), Ok(Minutes::MAX));
        assert_eq!(Minutes::new(30), Ok(Minutes::of::<30>()));
    }
}
