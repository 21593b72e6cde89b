//! Time as the program knows it.
//!
//! What enters: nothing. What leaves: instants. Every module that needs "now" is handed a [`Clock`];
//! this file is the only place that reads the machine's clock, so tests, the replay and the demo town
//! can run on another one.

use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// A source of instants and of the relation between its time and the machine's.
pub trait Clock: Debug + Send + Sync {
    /// The instant it is now, to the millisecond or finer.
    fn now(&self) -> DateTime<Utc>;

    /// How long the machine must wait until `span` of this clock has gone by: a clock that runs ten
    /// times as fast answers a tenth.
    fn real_time(&self, span: Duration) -> Duration {
        span
    }

    /// True when the screen should say that this is not the machine's time (the demo town).
    fn is_demo(&self) -> bool {
        false
    }
}

/// A clock that is shared by the whole program.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The async runtime's instant, from which its timers count; a test that pauses its timers pauses it too.
pub fn timer_now() -> tokio::time::Instant {
    tokio::time::Instant::now()
}

/// A clock that starts at a fixed instant when it is first read and runs `speed` times as fast as the machine's.
#[derive(Debug)]
pub struct ScaledClock {
    starts_at: DateTime<Utc>,
    first_read: OnceLock<std::time::Instant>,
    speed: f64,
}

impl ScaledClock {
    /// `speed` is limited to 0.01 ..= 10,000.
    pub fn new(starts_at: DateTime<Utc>, speed: f64) -> Self {
        let speed = if speed.is_finite() { speed.clamp(0.01, 10_000.0) } else { 1.0 };
        Self { starts_at, first_read: OnceLock::new(), speed }
    }
}

impl Clock for ScaledClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        let elapsed = self.first_read.get_or_init(std::time::Instant::now).elapsed();
        let scaled = TimeDelta::from_std(elapsed.mul_f64(self.speed)).unwrap_or(TimeDelta::MAX);
        self.starts_at.checked_add_signed(scaled).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    fn real_time(&self, span: Duration) -> Duration {
        span.div_f64(self.speed)
    }

    fn is_demo(&self) -> bool {
        true
    }
}

/// A clock that stands still until it is told to move; for tests and for `--at`.
#[derive(Debug)]
pub struct FakeClock(AtomicI64);

impl FakeClock {
    /// Stands at `now`, cut to the millisecond.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self(AtomicI64::new(now.timestamp_millis()))
    }

    /// Moves the clock by `span`; a negative span steps back.
    pub fn advance(&self, span: TimeDelta) {
        self.0.fetch_add(span.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fake_clock_moves_only_when_told() {
        let clock = FakeClock::new(DateTime::UNIX_EPOCH);
        assert_eq!(clock.now(), DateTime::UNIX_EPOCH);
        clock.advance(TimeDelta::minutes(5));
        assert_eq!(clock.now().timestamp(), 300);
        clock.advance(TimeDelta::minutes(-10));
        assert_eq!(clock.now().timestamp(), -300);
    }

    #[test]
    fn a_scaled_clock_starts_at_its_instant_and_scales_waits() {
        let clock = ScaledClock::new(DateTime::UNIX_EPOCH, 10.0);
        assert!(clock.now() >= DateTime::UNIX_EPOCH);
        assert_eq!(clock.real_time(Duration::from_secs(10)), Duration::from_secs(1));
    }
}
