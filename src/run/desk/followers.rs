//! Tasks that look at something and tell the loop or the store when it changed.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::clock::SharedClock;
use crate::response_log::read_last;
use crate::run::Home;
use crate::sources::{Handle, Health, State};
use crate::store::{Ask, Desk, Tell};
use crate::tui::event::Event;

/// Health that changes more often than this is shown as it is then.
const HEALTH_EVERY: Duration = Duration::from_millis(200);

/// How often snoozed mentions are looked after, in the desk's time.
const WAKE_EVERY: Duration = Duration::from_secs(20);

/// How often another process's commits are looked for, while it polls the sources.
const CHANGES_EVERY: Duration = Duration::from_secs(1);

/// Where the system tells of no changes, the folder is looked at this often: a foreign record is to be shown within a
/// second.
const LOOK_EVERY: Duration = Duration::from_millis(900);

/// Records read when the log has grown: more than anybody else writes between two looks.
const NEW_RECORDS: usize = 100;

/// Tells of changes below `folder`, one wake-up for however many there were. The watcher must be kept.
pub fn watch_folder(folder: &Path) -> (mpsc::Receiver<()>, Option<RecommendedWatcher>) {
    // One place: a wake-up that waits stands for every later one.
    let (sender, receiver) = mpsc::channel(1);
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Opening and reading are no changes; without this the reader would wake itself.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.try_send(());
        }
    });
    let watcher = watcher.and_then(|mut watcher| {
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
        Ok(watcher)
    });
    if let Err(error) = &watcher {
        tracing::warn!(%error, folder = %folder.display(), "no changes are told for this folder");
    }
    (receiver, watcher.ok())
}

/// Follows the response log: what others append is projected and shown.
pub fn log(home: &Arc<Home>, desk: Desk, events: mpsc::Sender<Event>, cancel: CancellationToken) -> JoinHandle<()> {
    let folder = home.log_paths().folder;
    tokio::spawn(async move {
        let (mut changed, watcher) = watch_folder(&folder);
        let mut size = folder_size(&folder);
        loop {
            tokio::select! {
                () = cancel.cancelled() => break,
                Some(()) = changed.recv(), if watcher.is_some() => {}
                () = tokio::time::sleep(LOOK_EVERY), if watcher.is_none() => {}
            }
            let now = folder_size(&folder);
            if now == size {
                continue;
            }
            size = now;
            let _ = desk.tell(0, Tell::CatchUp);
            let folder = folder.clone();
            let read = tokio::task::spawn_blocking(move || read_last(&folder, NEW_RECORDS));
            if let Ok(Ok(records)) = read.await
                && events.send(Event::RecordsSeen { records, earlier: false }).await.is_err()
            {
                break;
            }
        }
    })
}

/// The bytes of all months: another number is another log.
fn folder_size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}

/// Wakes the snoozed, has assessed what was kept without where this process ingests, and asks for other processes' commits where another one polls the sources.
pub fn timers(clock: &SharedClock, desk: Desk, holds_ingest: bool, cancel: CancellationToken) -> JoinHandle<()> {
    let wake_every = clock.real_time(WAKE_EVERY).max(Duration::from_millis(250));
    tokio::spawn(async move {
        let mut wake = tokio::time::interval(wake_every);
        let mut changes = tokio::time::interval(CHANGES_EVERY);
        loop {
            tokio::select! {
                () = cancel.cancelled() => break,
                _ = wake.tick() => {
                    // A full queue is busy with something newer; the next tick asks again.
                    let _ = desk.tell(0, Tell::Wake);
                    if holds_ingest {
                        let _ = desk.tell(0, Tell::Assess);
                    }
                }
                _ = changes.tick(), if !holds_ingest => {
                    let _ = desk.ask(0, Ask::Changed);
                }
            }
        }
    })
}

/// A live source is heard from several times a second, which nobody is shown: when it was last heard from counts once it
/// no longer is.
fn without_pulse(health: &Health) -> Health {
    let last_seen = health.last_seen.filter(|_| !matches!(health.state, State::Live));
    Health { last_seen, ..health.clone() }
}

/// Passes on how the sources are doing, a few times a second at most.
pub fn health(sources: &[Handle], events: mpsc::Sender<Event>, cancel: CancellationToken) -> JoinHandle<()> {
    let all: Vec<watch::Receiver<Health>> = sources.iter().map(|source| source.health.clone()).collect();
    let changed = Arc::new(Notify::new());
    for source in &all {
        let (mut source, changed, cancel) = (source.clone(), changed.clone(), cancel.clone());
        tokio::spawn(async move {
            // Ends with its source's task, or with the desk.
            while let Some(Ok(())) = cancel.run_until_cancelled(source.changed()).await {
                changed.notify_one();
            }
        });
    }
    tokio::spawn(async move {
        let mut last: Option<Vec<Health>> = None;
        loop {
            let now: Vec<Health> = all.iter().map(|source| source.borrow().clone()).collect();
            let told: Vec<Health> = now.iter().map(without_pulse).collect();
            if last.as_ref() != Some(&told) {
                if events.send(Event::HealthChanged(now)).await.is_err() {
                    break;
                }
                last = Some(told);
            }
            if cancel.run_until_cancelled(changed.notified()).await.is_none() {
                break;
            }
            tokio::time::sleep(HEALTH_EVERY).await;
        }
    })
}
