//! The other end of a source in tests: takes its batches, commits or refuses them, looks at its health.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::{Batch, Connections, Context, Cursor, Handle, Health, Kept, Pace, Rechecks, State, Wiring};
use crate::clock::FakeClock;
use crate::config::{SourceConfig, SourceKind};
use crate::mention::{Id, MentionId, RawItem};
use crate::pipeline::tidy;

/// What a plan cannot do without.
const PLAN: &str = "[organization]\nname = \"Alder Bay\"\ntime_zone = \"America/Vancouver\"\n";

pub(super) struct Desk {
    pub(super) folder: tempfile::TempDir,
    pub(super) clock: Arc<FakeClock>,
    batches: mpsc::Receiver<Batch>,
    wiring: Wiring,
    /// Of the last batch committed.
    pub(super) cursor: Option<Cursor>,
    /// What [`Desk::commit`] committed.
    held: Arc<Mutex<BTreeSet<MentionId>>>,
}

pub(super) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

impl Desk {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let clock = Arc::new(FakeClock::new(instant("2026-11-20T17:00:00Z")));
        // One place: a source that does not wait for its acknowledgement is found out.
        let (sender, batches) = mpsc::channel(1);
        let held = Arc::new(Mutex::new(BTreeSet::new()));
        let holds = held.clone();
        let wiring = Wiring {
            clock: clock.clone(),
            batches: sender,
            cancel: CancellationToken::new(),
            quarantine: folder.path().join("quarantine"),
            zone: chrono_tz::UTC,
            handed_back: folder.path().join("sources"),
            plan: watch::channel(Arc::new(crate::plan::fixtures::plan(PLAN))).1,
            connections: Connections::default(),
            pace: Pace::WHOLE,
            rechecks: Rechecks::default(),
            kept: Kept::asking(move |id| holds.lock().expect("no test panicked").contains(id)),
        };
        Self { folder, clock, batches, wiring, cursor: None, held }
    }

    /// A desk whose sources hardly rest.
    pub(super) fn hurried() -> Self {
        let mut desk = Self::new();
        desk.wiring.pace = Pace::at_most(Duration::from_millis(5));
        desk
    }

    /// Commits a batch, and answers with what it holds.
    pub(super) fn commit(&mut self, batch: Batch) -> Vec<RawItem> {
        let ids = batch.items.iter().map(|item| tidy(item.clone()).id);
        self.held.lock().expect("no test panicked").extend(ids);
        self.cursor = Some(batch.cursor);
        batch.ack.send(()).expect("the source waits for its acknowledgement");
        batch.items
    }

    pub(super) fn seat(&self, resume: Option<Cursor>) -> (Context, watch::Receiver<Health>) {
        let (context, handle) = self.steered(resume);
        (context, handle.health)
    }

    /// A seat with its steering kept.
    pub(super) fn steered(&self, resume: Option<Cursor>) -> (Context, Handle) {
        let config = SourceConfig { id: Id::from("inbox"), kind: SourceKind::Stdin, network: None, enabled: true };
        Context::new(&config, &self.wiring, resume)
    }

    /// The seat of a configured source, which can be asked to look again where its kind can.
    pub(super) fn seat_of(&self, config: &SourceConfig, resume: Option<Cursor>) -> (Context, watch::Receiver<Health>) {
        let (context, handle) = Context::new(config, &self.wiring, resume);
        (context, handle.health)
    }

    /// Where sources are asked to look again.
    pub(super) fn rechecks(&self) -> &Rechecks {
        &self.wiring.rechecks
    }

    pub(super) fn cancel(&self) -> CancellationToken {
        self.wiring.cancel.clone()
    }

    /// The next batch, neither committed nor refused.
    pub(super) async fn batch(&mut self) -> Batch {
        self.batches.recv().await.expect("the source is alive")
    }

    /// Commits batches until `count` texts came; fails when there are more.
    pub(super) async fn texts(&mut self, count: usize) -> Vec<String> {
        let mut texts = Vec::new();
        while texts.len() < count {
            let batch = self.batch().await;
            texts.extend(batch.items.iter().map(|item| item.text.clone()));
            self.cursor = Some(batch.cursor);
            batch.ack.send(()).expect("the source waits for its acknowledgement");
        }
        assert_eq!(texts.len(), count, "{texts:?}");
        texts
    }

    pub(super) fn quarantined(&self) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.wiring.quarantine.join("inbox.ndjson")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
    }

    /// Waits until the health is as asked; batches are not touched.
    pub(super) async fn until(
        &self,
        mut health: watch::Receiver<Health>,
        wanted: impl FnMut(&Health) -> bool,
    ) -> Health {
        health.wait_for(wanted).await.expect("the source is alive").clone()
    }

    pub(super) async fn stopped(&self, health: watch::Receiver<Health>) -> Health {
        self.until(health, |health| matches!(health.state, State::Stopped { .. })).await
    }

    /// A desk after a restart: nothing of what was on its way is left, the last cursor is.
    pub(super) fn renew(&mut self) {
        let (sender, batches) = mpsc::channel(1);
        self.batches = batches;
        self.wiring.batches = sender;
        self.wiring.cancel = CancellationToken::new();
    }

    /// The next batch, or `None` once the source has nothing to read.
    pub(super) async fn batch_unless_idle(&mut self, health: &watch::Receiver<Health>) -> Option<Batch> {
        let mut health = health.clone();
        // A source that is up to date looks at its file every quarter of a second of paused time.
        let idle = async {
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            let idle = |health: &Health| health.lag.is_none() && matches!(health.state, State::Live | State::Waiting);
            health.wait_for(idle).await.map(|_| ()).expect("the source is alive");
        };
        tokio::select! {
            biased;
            batch = self.batches.recv() => Some(batch.expect("the source is alive")),
            () = idle => None,
        }
    }
}
