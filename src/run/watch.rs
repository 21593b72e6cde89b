//! Ingestion without a screen: sources into the store until it is told to stop.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use super::{Home, HomeError, Ingest, IngestLock, OnCommit};
use crate::clock::SharedClock;
use crate::mention::Id;
use crate::sources::{Health, State, Vitals};
use crate::store::{Desk, Outcome, Setup, StoreError, Tell};

/// How often the status is told.
const EVERY: Duration = Duration::from_mins(1);

/// What came in since the start.
#[derive(Debug, Default)]
struct Tally {
    new: AtomicU64,
    versions: AtomicU64,
    failed: AtomicU64,
}

/// The tally at one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Mentions that were not there before.
    pub new: u64,
    /// Changed texts.
    pub versions: u64,
    /// Commits that failed and will be tried again.
    pub failed: u64,
}

/// One look at a running ingestion.
#[derive(Debug, Clone)]
pub struct Watching {
    /// What came in since the start.
    pub seen: Seen,
    /// Each source.
    pub health: Vec<Health>,
    /// Those that have just become silent for longer than usual; each is told once until it is heard from again.
    pub silent: Vec<Vitals>,
}

impl Tally {
    fn count(&self, outcomes: &Result<Vec<Outcome>, StoreError>) {
        let Ok(outcomes) = outcomes else {
            self.failed.fetch_add(1, Ordering::Relaxed);
            return;
        };
        let of = |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| wanted(outcome)).count() as u64;
        self.new.fetch_add(of(|outcome| matches!(outcome, Outcome::New)), Ordering::Relaxed);
        self.versions.fetch_add(of(|outcome| matches!(outcome, Outcome::Version(_))), Ordering::Relaxed);
    }

    fn now(&self) -> Seen {
        Seen {
            new: self.new.load(Ordering::Relaxed),
            versions: self.versions.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
        }
    }
}

/// Reads the home's sources into its store until `stop` is ready or every source has ended, then finishes what is on
/// its way. `tell` hears how it goes at the start, when every source has begun, once a minute and at the end.
pub async fn watch(
    home: &Home,
    clock: SharedClock,
    stop: impl Future<Output = ()>,
    mut tell: impl FnMut(&Watching),
) -> Result<Seen, HomeError> {
    if !home.config.sources.iter().any(|source| source.enabled) {
        return Err(HomeError::NoSource { config: home.paths.config.clone() });
    }
    let io = |cause| HomeError::Io { path: home.paths.data.clone(), cause };
    home.paths.create().map_err(io)?;
    let Some(_lock) = IngestLock::acquire(&home.paths).map_err(io)? else {
        return Err(HomeError::Taken { data: home.paths.data.clone() });
    };
    let (writer, _) = home.current_store()?;
    let reader = writer.another()?;
    let setup = Setup { assessor: Box::new(home.assessor()), clock: clock.clone(), log: home.log_paths().folder };
    // Nobody asks here: the threads are the desk's, their answers go nowhere.
    let (desk, threads) = Desk::spawn((writer, reader), setup, Arc::new(|_, _| {})).map_err(io)?;
    let tally = Arc::new(Tally::default());
    let counted = tally.clone();
    let on_commit: OnCommit = Arc::new(move |source, _, outcomes| {
        if let Err(error) = outcomes {
            tracing::warn!(%source, %error, "a batch was not committed");
        }
        counted.count(outcomes);
    });
    let (_plan, plan) = watch::channel(home.plan.clone());
    let (waiting, now) = (desk.clone(), clock.clone());
    let ingest = Ingest::start(home, clock, plan, desk, on_commit)?;
    let look = |ingest: &Ingest| Watching { seen: tally.now(), health: ingest.health(), silent: Vec::new() };
    let mut minute = tokio::time::interval(EVERY);
    let (mut vitals, mut silent) = (ingest.vitals.clone(), BTreeSet::new());
    let (mut stop, mut has_begun) = (std::pin::pin!(stop), false);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            () = ingest.ended() => break,
            _ = minute.tick() => {
                // What an import has kept; a full queue is told in a minute.
                let _ = waiting.tell(0, Tell::Assess);
                tell(&look(&ingest));
            }
            Ok(()) = vitals.changed() => {
                let silent = newly_silent(&mut silent, &vitals.borrow_and_update(), now.now());
                if !silent.is_empty() {
                    tell(&Watching { silent, ..look(&ingest) });
                }
            }
            () = ingest.begun(), if !has_begun => {
                has_begun = true;
                tell(&look(&ingest));
            }
        }
    }
    drop(waiting);
    let handles = ingest.handles.clone();
    ingest.stop().await?;
    tell(&Watching {
        seen: tally.now(),
        health: handles.iter().map(|handle| handle.health.borrow().clone()).collect(),
        silent: Vec::new(),
    });
    tokio::task::spawn_blocking(move || threads.join())
        .await
        .map_err(|error| StoreError::Failed(error.to_string()))??;
    Ok(tally.now())
}

/// The sources that are silent and were not before; `known` is what was told already.
fn newly_silent(known: &mut BTreeSet<Id>, vitals: &[Vitals], now: DateTime<Utc>) -> Vec<Vitals> {
    let silent: Vec<&Vitals> = vitals.iter().filter(|source| source.is_silent(now)).collect();
    let new = silent.iter().filter(|source| !known.contains(&source.source)).map(|source| (*source).clone()).collect();
    *known = silent.into_iter().map(|source| source.source.clone()).collect();
    new
}

impl Watching {
    /// The sources that stopped for a reason somebody has to deal with.
    pub fn failed(&self) -> impl Iterator<Item = &Health> {
        self.health.iter().filter(|health| matches!(health.state, State::Stopped { why: Some(_) }))
    }
}
