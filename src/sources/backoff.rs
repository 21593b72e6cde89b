//! How long to wait before another try: full jitter under a ceiling that doubles.

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(1);
const CEILING: Duration = Duration::from_mins(5);
/// However long a server asks for, a source is tried once a day.
const LONGEST: Duration = Duration::from_hours(24);

/// The tries since the last success.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// It was heard from: the next failure starts from the beginning.
    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }

    /// The wait after one more failure: between nothing and a ceiling of 1 s, 2 s, 4 s … 5 min, and no shorter than `at_least`.
    pub(super) fn next(&mut self, at_least: Option<Duration>) -> Duration {
        let ceiling = FIRST.saturating_mul(1 << self.failures.min(16)).min(CEILING);
        self.failures = self.failures.saturating_add(1);
        let jittered = ceiling.mul_f64(fraction());
        jittered.max(at_least.unwrap_or_default().min(LONGEST))
    }
}

/// `span` and up to a tenth more, so that many readers of one server drift apart.
pub(super) fn jittered(span: Duration) -> Duration {
    span + span.mul_f64(fraction() / 10.0)
}

/// Between 0 and 1; the middle on a machine without randomness.
fn fraction() -> f64 {
    getrandom::u32().map_or(0.5, |random| f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_stay_under_a_ceiling_that_doubles_up_to_five_minutes() {
        let mut backoff = Backoff::default();
        for ceiling in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            assert!(backoff.next(None) <= Duration::from_secs(ceiling));
        }
        backoff.reset();
        assert!(backoff.next(None) <= FIRST);
    }

    #[test]
    fn what_the_server_asks_for_is_honoured_up_to_a_day() {
        let mut backoff = Backoff::default();
        assert!(backoff.next(Some(Duration::from_mins(10))) >= Duration::from_mins(10));
        assert_eq!(backoff.next(Some(Duration::from_hours(999))), LONGEST);
    }

    #[test]
    fn an_interval_is_never_shortened() {
        for _ in 0..100 {
            let wait = jittered(Duration::from_mins(1));
            assert!(wait >= Duration::from_mins(1) && wait <= Duration::from_secs(66));
        }
    }
}
