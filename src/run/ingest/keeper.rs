//! Keeps the vitals of the running sources: for the screen, and in the home's file for the other processes.
//!
//! What enters: each source's health, how many new mentions it brought, and once at the start what the store knows of its rhythm.
//! What leaves: the vitals by `watch`, and `state/sources.json`, both only when something a person would see has changed, the file
//! every few seconds at most. A file that cannot be written holds nobody up.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::clock::{SharedClock, timer_now};
use crate::mention::Id;
use crate::sources::{Handle, KeptVitals, News, Phase, Rhythm, Vitals};
use crate::store::{Heard, Outcome};

/// Changes that come within this are one.
const TOGETHER: Duration = Duration::from_millis(200);
/// The file is replaced no more often than this.
const FILE_EVERY: Duration = Duration::from_secs(3);

/// How many new mentions each source brought, counted where they are committed.
#[derive(Debug, Clone, Default)]
pub(super) struct Arrivals(Arc<BTreeMap<Id, AtomicU64>>);

impl Arrivals {
    pub(super) fn of<'a>(sources: impl Iterator<Item = &'a Id>) -> Self {
        Self(Arc::new(sources.map(|id| (id.clone(), AtomicU64::new(0))).collect()))
    }

    /// Counts what a commit brought. Its source is looked at again soon: it hears of the commit next.
    pub(super) fn count(&self, source: &Id, outcomes: &[Outcome]) {
        let new = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::New)).count() as u64;
        if let Some(count) = self.0.get(source) {
            count.fetch_add(new, Ordering::Relaxed);
        }
    }

    fn counted(&self, source: &Id) -> u64 {
        self.0.get(source).map_or(0, |count| count.load(Ordering::Relaxed))
    }
}

/// One source, as it is kept.
#[derive(Debug)]
struct Kept {
    handle: Handle,
    reads: String,
    beat: Beat,
}

/// What is known of a source's new mentions.
#[derive(Debug, Default)]
struct Beat {
    rhythm: Option<Rhythm>,
    /// The minutes of the last hour in which some came, and how many.
    minutes: VecDeque<(DateTime<Utc>, u64)>,
    counted: u64,
    last: Option<DateTime<Utc>>,
    expected_by: Option<DateTime<Utc>>,
}

impl Beat {
    /// Takes the instants of a source's mentions until now.
    fn learn(&mut self, heard: &[DateTime<Utc>], now: DateTime<Utc>, zone: Tz) {
        self.rhythm = Rhythm::learn(heard, zone);
        let latest = heard.iter().copied().filter(|at| *at <= now).max();
        self.last = self.last.max(latest);
        self.expect();
        for at in heard.iter().filter(|at| (now - TimeDelta::hours(1)..=now).contains(*at)) {
            self.minutes.push_back((minute(*at), 1));
        }
        self.minutes.make_contiguous().sort_unstable();
    }

    /// Takes how many came in all.
    fn count(&mut self, counted: u64, now: DateTime<Utc>) {
        let new = counted - self.counted;
        if new > 0 {
            self.counted = counted;
            self.last = Some(now);
            self.expect();
            match self.minutes.back_mut() {
                Some((at, count)) if *at == minute(now) => *count += new,
                _ => self.minutes.push_back((minute(now), new)),
            }
        }
        while self.minutes.front().is_some_and(|(at, _)| *at <= now - TimeDelta::hours(1)) {
            self.minutes.pop_front();
        }
    }

    fn expect(&mut self) {
        self.expected_by = self.rhythm.as_ref().zip(self.last).map(|(rhythm, last)| rhythm.expected_by(last));
    }

    fn news(&self) -> News {
        let last_hour = self.minutes.iter().map(|(_, count)| count).sum();
        News { last_hour, last: self.last, expected_by: self.expected_by }
    }

    /// When it is to be told anew although nothing happens.
    fn changes_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let hour = self.minutes.front().map(|(at, _)| *at + TimeDelta::hours(1));
        // A little later, so that it is past and not just reached.
        let silence = self.expected_by.filter(|by| *by >= now).map(|by| by + TimeDelta::milliseconds(1));
        hour.into_iter().chain(silence).min()
    }
}

/// The keeping task's own.
#[derive(Debug)]
pub(super) struct Keeper {
    sources: Vec<Kept>,
    arrivals: Arrivals,
    clock: SharedClock,
    zone: Tz,
    file: PathBuf,
    latest: watch::Sender<Vec<Vitals>>,
    /// What the file holds, and when it was written.
    written: Option<(Vec<Vitals>, Instant)>,
}

impl Keeper {
    /// Over these sources, each with what it reads; and the end from which the vitals are seen. `before` is what the file held
    /// at the start.
    pub(super) fn new(
        sources: Vec<(Handle, String)>,
        arrivals: Arrivals,
        (clock, zone): (SharedClock, Tz),
        file: PathBuf,
        before: Option<&KeptVitals>,
    ) -> (Self, watch::Receiver<Vec<Vitals>>) {
        let kept = |(handle, reads): (Handle, String)| {
            let last = before.and_then(|before| before.of(&handle.health.borrow().source)?.news.last);
            Kept { handle, reads, beat: Beat { last, ..Beat::default() } }
        };
        let sources: Vec<Kept> = sources.into_iter().map(kept).collect();
        let (latest, look) = watch::channel(Vec::new());
        let keeper = Self { sources, arrivals, clock, zone, file, latest, written: None };
        keeper.latest.send_replace(keeper.vitals());
        (keeper, look)
    }

    /// Keeps until cancelled; the file then says how it ended. `heard` is what the store knows, once it was read.
    pub(super) async fn run(mut self, heard: impl Future<Output = Heard>, cancel: CancellationToken) {
        let changed = self.follow();
        let mut heard = std::pin::pin!(heard);
        let mut learnt = false;
        loop {
            self.look(false).await;
            let due = self.due();
            tokio::select! {
                biased;
                () = cancel.cancelled() => break,
                known = &mut heard, if !learnt => {
                    learnt = true;
                    self.learn(&known);
                    continue;
                }
                () = changed.notified() => {}
                () = wait(due) => continue,
            }
            if cancel.run_until_cancelled(tokio::time::sleep(TOGETHER)).await.is_none() {
                break;
            }
        }
        // The sources are told of the same moment: how they end is worth a last line.
        self.look(true).await;
    }

    /// Notified whenever a source's health changes.
    fn follow(&self) -> Arc<Notify> {
        let changed = Arc::new(Notify::new());
        for kept in &self.sources {
            let (mut health, changed) = (kept.handle.health.clone(), changed.clone());
            tokio::spawn(async move {
                // Ends with its source's task.
                while health.changed().await.is_ok() {
                    changed.notify_one();
                }
            });
        }
        changed
    }

    fn learn(&mut self, heard: &Heard) {
        let (now, zone) = (self.clock.now(), self.zone);
        for kept in &mut self.sources {
            let source = kept.handle.health.borrow().source.clone();
            kept.beat.learn(heard.get(&source).map_or(&[], Vec::as_slice), now, zone);
        }
    }

    /// Tells what changed, and writes the file when its time has come.
    async fn look(&mut self, at_last: bool) {
        let now = self.clock.now();
        for kept in &mut self.sources {
            let counted = self.arrivals.counted(&kept.handle.health.borrow().source);
            kept.beat.count(counted, now);
        }
        let vitals = self.vitals();
        let turned =
            |old: &Vec<Vitals>| vitals.iter().zip(old).any(|(new, old)| new.is_silent(now) != old.is_silent(now));
        if *self.latest.borrow() != vitals || turned(&self.latest.borrow()) || at_last {
            self.latest.send_replace(vitals.clone());
        }
        let is_due = self.written.as_ref().is_none_or(|(_, at)| timer_now() >= *at + FILE_EVERY) || at_last;
        if is_due && self.is_outdated() {
            self.written = Some((vitals.clone(), timer_now()));
            let (kept, file) = (KeptVitals { at: now, sources: vitals }, self.file.clone());
            let written = tokio::task::spawn_blocking(move || kept.write(&file)).await;
            if let Ok(Err(error)) = written {
                tracing::warn!(%error, file = %self.file.display(), "how the sources are doing could not be written");
            }
        }
    }

    fn is_outdated(&self) -> bool {
        self.written.as_ref().is_none_or(|(written, _)| *written != *self.latest.borrow())
    }

    fn vitals(&self) -> Vec<Vitals> {
        self.sources
            .iter()
            .map(|kept| {
                let vitals = Vitals::of(&kept.handle.health.borrow(), &kept.reads);
                // A live source is heard from several times a second, of which nobody is shown more than the minute.
                let last_seen = vitals.last_seen.map(|at| if vitals.phase == Phase::Live { minute(at) } else { at });
                Vitals { last_seen, news: kept.beat.news(), ..vitals }
            })
            .collect()
    }

    /// When there is something to do although nothing happens.
    fn due(&self) -> Option<Instant> {
        let now = self.clock.now();
        let changes = self.sources.iter().filter_map(|kept| kept.beat.changes_at(now)).min();
        let changes = changes.map(|at| {
            let wait = (at - now).to_std().unwrap_or_default();
            timer_now() + self.clock.real_time(wait).max(TOGETHER)
        });
        let file = self.written.as_ref().filter(|_| self.is_outdated()).map(|(_, at)| *at + FILE_EVERY);
        changes.into_iter().chain(file).min()
    }
}

async fn wait(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}

fn minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_last_hour_is_counted_and_forgotten_minute_by_minute() {
        let now = instant("2026-11-20T17:00:30Z");
        let mut beat = Beat::default();
        beat.learn(&[now - TimeDelta::minutes(70), now - TimeDelta::minutes(50)], now, Tz::UTC);
        beat.count(3, now);
        assert_eq!(beat.news(), News { last_hour: 4, last: Some(now), expected_by: None });
        assert_eq!(beat.changes_at(now), Some(instant("2026-11-20T17:10:00Z")));
        beat.count(3, now + TimeDelta::minutes(30));
        assert_eq!(beat.news().last_hour, 3);
        beat.count(3, now + TimeDelta::minutes(61));
        assert_eq!((beat.news().last_hour, beat.changes_at(now)), (0, None));
    }

    #[test]
    fn a_known_rhythm_tells_when_silence_begins_to_count() {
        let now = instant("2026-11-20T17:00:00Z");
        let hourly: Vec<_> = (0..24 * 20).map(|hour| now - TimeDelta::hours(hour)).collect();
        let mut beat = Beat::default();
        beat.learn(&hourly, now, Tz::UTC);
        let by = beat.expected_by.expect("it is known");
        assert!(by > now + TimeDelta::hours(4) && by < now + TimeDelta::hours(10), "{by}");
        beat.count(1, now + TimeDelta::hours(2));
        assert!(beat.expected_by.expect("it is known") >= by + TimeDelta::minutes(90));
    }
}
