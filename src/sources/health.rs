//! How a source is doing: one value, always the latest, for whoever looks.
//!
//! What enters: what the source and its supervisor report. What leaves: [`Health`] by a `watch` channel, so that a slow
//! reader never holds a source up and never sees an old state.

use std::net::SocketAddr;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use super::{Note, Quota, SourceError, note};
use crate::clock::SharedClock;
use crate::mention::{Id, Network};

/// The latest about one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// The source's id.
    pub source: Id,
    /// The configuration's word for its kind.
    pub kind: &'static str,
    /// What it is doing.
    pub state: State,
    /// When it last heard from the other side, items or not.
    pub last_seen: Option<DateTime<Utc>>,
    /// How much is known to be there and not committed yet; `None` when nothing is.
    pub lag: Option<Lag>,
    /// The last failure and when; kept after it recovers.
    pub last_error: Option<(DateTime<Utc>, SourceError)>,
    /// Since when it fails without having been heard from between.
    pub failing_since: Option<DateTime<Utc>>,
    /// Items committed since the program started.
    pub items: u64,
    /// Lines and items quarantined since the program started.
    pub bad: u64,
    /// Where it is delivered to, while it listens.
    pub listening_on: Option<SocketAddr>,
    /// What is left of what may be asked, where the other side says so.
    pub quota: Option<Quota>,
    /// What to know about it although nothing failed.
    pub notes: Vec<Note>,
    /// The network whose posts the server measures, and the most characters one may have, where it says so.
    pub post_length: Option<(Network, usize)>,
}

/// What a source is doing.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Not heard from yet.
    Starting,
    /// Reading, or up to date and listening.
    Live,
    /// Nothing is wrong, but what it reads is not there yet.
    Waiting,
    /// It failed and is tried again.
    BackingOff {
        /// When.
        next_try: DateTime<Utc>,
    },
    /// It ended well and begins again.
    Resting {
        /// When.
        next_run: DateTime<Utc>,
    },
    /// A person paused it.
    Paused,
    /// It is over: the input ended (`None`), or somebody has to change something (`Some`).
    Stopped {
        /// Why.
        why: Option<SourceError>,
    },
}

/// How far behind a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lag {
    /// Of a file.
    Bytes(u64),
    /// Read, and not committed yet.
    Items(u64),
    /// Between what happens and what is read, in seconds.
    Seconds(u64),
}

/// A stream that is so many seconds behind is up to date.
const USUAL: u64 = 10;

/// The sending end, held by the source's task.
#[derive(Debug)]
pub struct HealthReporter {
    latest: watch::Sender<Health>,
    clock: SharedClock,
    pending: u64,
    unread: u64,
    behind: u64,
    heard: bool,
}

impl HealthReporter {
    /// A source that was not heard from yet, and the end to look at.
    pub fn new(source: Id, kind: &'static str, clock: SharedClock) -> (Self, watch::Receiver<Health>) {
        let health = Health {
            source,
            kind,
            state: State::Starting,
            last_seen: None,
            lag: None,
            last_error: None,
            failing_since: None,
            items: 0,
            bad: 0,
            listening_on: None,
            quota: None,
            notes: Vec::new(),
            post_length: None,
        };
        let (latest, look) = watch::channel(health);
        (Self { latest, clock, pending: 0, unread: 0, behind: 0, heard: false }, look)
    }

    /// It begins anew, because a person wants it.
    pub(super) fn starting(&self) {
        self.change(|health| health.state = State::Starting);
    }

    /// A person paused it.
    pub(super) fn paused(&self) {
        self.change(|health| health.state = State::Paused);
    }

    /// The other side was heard from: it is live.
    pub fn live(&mut self) {
        self.heard = true;
        let now = self.clock.now();
        self.change(|health| {
            health.state = State::Live;
            health.last_seen = Some(now);
            health.failing_since = None;
        });
    }

    /// What it reads is not there yet.
    pub fn waiting(&self) {
        self.change(|health| health.state = State::Waiting);
    }

    /// It listens, and heard nothing yet.
    pub fn listening(&self) {
        self.change(|health| health.state = State::Live);
    }

    /// It can be delivered to at `address`; `None`: not any more.
    pub fn listening_on(&self, address: Option<SocketAddr>) {
        self.change(|health| health.listening_on = address);
    }

    /// It ended well and begins again at `next_run`.
    pub fn resting(&self, next_run: DateTime<Utc>) {
        self.change(|health| health.state = State::Resting { next_run });
    }

    /// So many bytes are there and not read yet.
    pub fn unread(&mut self, bytes: u64) {
        self.unread = bytes;
        self.tell_lag();
    }

    /// What was read last happened at this moment, in microseconds since 1970.
    pub(super) fn behind(&mut self, time_us: Option<u64>) {
        let now = u64::try_from(self.clock.now().timestamp_micros()).unwrap_or(0);
        let seconds = time_us.map_or(0, |then| now.saturating_sub(then) / 1_000_000);
        self.behind = if seconds < USUAL { 0 } else { seconds };
        self.tell_lag();
    }

    /// One more line or item went to quarantine.
    pub fn bad(&self) {
        self.change(|health| health.bad += 1);
    }

    /// It failed and will be tried again at `next_try`.
    pub fn backing_off(&self, error: SourceError, next_try: DateTime<Utc>) {
        let now = self.clock.now();
        self.change(|health| {
            health.state = State::BackingOff { next_try };
            health.last_error = Some((now, error));
            health.failing_since.get_or_insert(now);
        });
    }

    /// It is over.
    pub fn stopped(&self, why: Option<SourceError>) {
        let now = self.clock.now();
        self.change(|health| {
            if let Some(error) = &why {
                health.last_error = Some((now, error.clone()));
                health.failing_since.get_or_insert(now);
            }
            health.state = State::Stopped { why };
        });
    }

    /// What is left of what may be asked.
    pub(super) fn quota(&self, quota: Option<Quota>) {
        self.change(|health| health.quota = quota);
    }

    /// What to know about it from now on, in place of what was told before; of very many only the first.
    pub(super) fn notes(&self, mut notes: Vec<Note>) {
        notes.truncate(note::MOST);
        self.change(|health| health.notes = notes);
    }

    /// The most characters a post may have there.
    pub(super) fn post_length(&self, network: Network, characters: usize) {
        self.change(|health| health.post_length = Some((network, characters)));
    }

    /// `items` are on their way to the store.
    pub(super) fn pending(&mut self, items: usize) {
        self.pending += items as u64;
        self.tell_lag();
    }

    /// `items` are in the store.
    pub(super) fn committed(&mut self, items: usize) {
        self.pending = self.pending.saturating_sub(items as u64);
        self.change(|health| health.items += items as u64);
        self.tell_lag();
    }

    /// What was on its way is read again.
    pub(super) fn nothing_pending(&mut self) {
        self.pending = 0;
        self.tell_lag();
    }

    /// True when the source was heard from since this was last asked.
    pub(super) fn take_heard(&mut self) -> bool {
        std::mem::take(&mut self.heard)
    }

    fn tell_lag(&self) {
        let lag = match (self.behind, self.unread, self.pending) {
            (0, 0, 0) => None,
            (0, 0, items) => Some(Lag::Items(items)),
            (0, bytes, _) => Some(Lag::Bytes(bytes)),
            (seconds, ..) => Some(Lag::Seconds(seconds)),
        };
        self.change(|health| health.lag = lag);
    }

    /// Changes the latest value; lookers are woken only when it differs, so that idle stays idle.
    fn change(&self, change: impl FnOnce(&mut Health)) {
        self.latest.send_if_modified(|health| {
            let before = health.clone();
            change(health);
            *health != before
        });
    }
}
