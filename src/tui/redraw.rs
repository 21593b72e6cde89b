//! When the next frame is due: at once after a key, at most every 16 ms after events, and when a visible text changes
//! by itself. With nothing to show there is no frame at all.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use tokio::time::Instant;

use super::app::App;
use super::state::mode::Mode;
use crate::mention::Level;
use crate::store::Row;

/// Frames that only events ask for are at least this far apart.
pub const FRAME: Duration = Duration::from_millis(16);

/// Keeps count of what is owed to the screen.
#[derive(Debug, Default)]
pub struct Redraw {
    dirty: bool,
    drawn: Option<Instant>,
    next: Option<Instant>,
}

impl Redraw {
    /// An event may have changed what is shown.
    pub fn mark(&mut self) {
        self.dirty = true;
    }

    /// A frame was drawn at `now`; without events the next one is due after `wait`.
    pub fn drawn(&mut self, now: Instant, wait: Option<Duration>) {
        self.dirty = false;
        self.drawn = Some(now);
        self.next = wait.map(|wait| now + wait);
    }

    /// When the next frame is due, if one is.
    pub fn due(&self, now: Instant) -> Option<Instant> {
        if self.dirty { Some(self.drawn.map_or(now, |drawn| drawn + FRAME)) } else { self.next }
    }

    /// Waits until a frame is due; for ever when none is.
    pub async fn wait(due: Option<Instant>) {
        match due {
            Some(due) => tokio::time::sleep_until(due).await,
            None => std::future::pending().await,
        }
    }
}

/// How long until a text on the screen changes by itself: the clock's minute, an age, a deadline.
pub fn next_change(app: &App) -> TimeDelta {
    let now = app.now();
    let to_the_minute =
        TimeDelta::milliseconds(60_000 - i64::from(now.second() * 1_000 + now.timestamp_subsec_millis().min(999)));
    let rows = app.feed.visible().iter().map(|row| row_changes(row, now));
    rows.chain(source_changes(app)).fold(to_the_minute, TimeDelta::min)
}

/// Where the sources are looked at, the next try of each is counted down, in the last minute by seconds.
fn source_changes(app: &App) -> impl Iterator<Item = TimeDelta> {
    let (now, shown) = (app.now(), matches!(app.mode, Mode::Sources(_)));
    let next = app.health.sources.iter().filter(move |_| shown).filter_map(|source| source.phase.next());
    next.filter(move |next| *next > now).map(move |next| {
        let left = next - now;
        let unit = if left <= TimeDelta::minutes(1) { 1_000 } else { 60_000 };
        TimeDelta::milliseconds(left.num_milliseconds().rem_euclid(unit) + 1)
    })
}

fn row_changes(row: &Row, now: DateTime<Utc>) -> TimeDelta {
    let age = growing(now - row.at);
    match row.due_at {
        // Only the most urgent ones count their last minute in seconds.
        Some(due) if row.level == Level::P1 && (TimeDelta::zero()..TimeDelta::minutes(1)).contains(&(due - now)) => {
            TimeDelta::seconds(1)
        }
        Some(due) if due > now => age.min(shrinking(due - now)),
        Some(due) => age.min(growing(now - due)),
        None => age,
    }
}

/// When a growing span, written in whole minutes, hours or days, is written differently.
fn growing(span: TimeDelta) -> TimeDelta {
    let unit = unit(span);
    TimeDelta::milliseconds(unit - span.num_milliseconds().rem_euclid(unit))
}

/// When a shrinking span is written differently.
fn shrinking(span: TimeDelta) -> TimeDelta {
    TimeDelta::milliseconds(span.num_milliseconds().rem_euclid(unit(span)) + 1)
}

/// The unit a span is written in, in milliseconds.
fn unit(span: TimeDelta) -> i64 {
    match span.num_minutes().abs() {
        0..60 => 60_000,
        60..1_440 => 3_600_000,
        _ => 86_400_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn events_share_a_frame_and_silence_needs_none() {
        let mut redraw = Redraw::default();
        let start = Instant::now();
        assert_eq!(redraw.due(start), None);
        redraw.mark();
        assert_eq!(redraw.due(start), Some(start), "the first frame is due at once");
        redraw.drawn(start, None);
        redraw.mark();
        redraw.mark();
        assert_eq!(redraw.due(start), Some(start + FRAME));
        redraw.drawn(start + FRAME, Some(Duration::from_secs(30)));
        assert_eq!(redraw.due(start + FRAME), Some(start + FRAME + Duration::from_secs(30)));
    }

    #[test]
    fn a_span_is_looked_at_again_when_it_is_written_differently() {
        assert_eq!(growing(TimeDelta::seconds(125)), TimeDelta::seconds(55));
        assert_eq!(growing(TimeDelta::minutes(61)), TimeDelta::minutes(59));
        assert_eq!(shrinking(TimeDelta::seconds(125)), TimeDelta::milliseconds(5_001));
    }
}
