//! How long a source rests: as long as it says, or, in tests, hardly at all.

use std::time::Duration;

/// The longest rest that is really taken. What a person is told stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace(Option<Duration>);

impl Pace {
    /// Every rest is taken whole.
    pub const WHOLE: Self = Self(None);

    /// No rest is longer than `longest`.
    pub fn at_most(longest: Duration) -> Self {
        Self(Some(longest))
    }

    /// Rests.
    pub(super) async fn rest(self, wanted: Duration) {
        tokio::time::sleep(self.0.map_or(wanted, |longest| wanted.min(longest))).await;
    }
}
