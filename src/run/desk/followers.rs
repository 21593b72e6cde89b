//! Tasks that look at something and tell the loop or the store when it changed.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::clock::SharedClock;
use crate::pipeline::Surge;
use crate::response_log::read_last;
use crate::run::{Home, LastVitals, last_vitals};
use crate::sources::Vitals;
use crate::store::{Ask, Desk, Tell};
use crate::tui::event::{Elsewhere, Event};

/// How often it is looked at what another process tells of the sources.
const ELSEWHERE_EVERY: Duration = Duration::from_secs(2);

/// How often snoozed mentions and rises are looked after, in the desk's time.
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

/// Passes on how the sources are doing, a few times a second at most.
pub fn vitals(
    mut latest: watch::Receiver<Vec<Vitals>>,
    events: mpsc::Sender<Event>,
    cancel: CancellationToken,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            let sources = latest.borrow_and_update().clone();
            if events.send(Event::VitalsTold { sources, elsewhere: None }).await.is_err() {
                break;
            }
            match cancel.run_until_cancelled(latest.changed()).await {
                Some(Ok(())) => {}
                _ => break,
            }
        }
    })
}

/// Passes on what is talked about more than usual. A rise of which nothing more is heard is over by itself.
pub fn surges(
    clock: &SharedClock,
    mut latest: watch::Receiver<Arc<Vec<Surge>>>,
    events: mpsc::Sender<Event>,
    cancel: CancellationToken,
) -> JoinHandle<()> {
    let clock = clock.clone();
    let every = clock.real_time(WAKE_EVERY).max(Duration::from_millis(250));
    tokio::spawn(async move {
        let mut look = tokio::time::interval(every);
        let mut told: Arc<Vec<Surge>> = Arc::default();
        loop {
            let now = clock.now();
            let all = latest.borrow_and_update().clone();
            let going_on: Vec<Surge> = all.iter().filter(|surge| surge.over_at > now).cloned().collect();
            if going_on != *told {
                told = Arc::new(going_on);
                if events.send(Event::Surging(told.clone())).await.is_err() {
                    break;
                }
            }
            tokio::select! {
                () = cancel.cancelled() => break,
                changed = latest.changed() => {
                    if changed.is_err() {
                        break;
                    }
                }
                _ = look.tick() => {}
            }
        }
    })
}

/// Passes on what another process tells of the sources it reads.
pub fn vitals_elsewhere(home: &Arc<Home>, events: mpsc::Sender<Event>, cancel: CancellationToken) -> JoinHandle<()> {
    let home = home.clone();
    tokio::spawn(async move {
        let mut look = tokio::time::interval(ELSEWHERE_EVERY);
        let mut last = None;
        while cancel.run_until_cancelled(look.tick()).await.is_some() {
            let home = home.clone();
            let read = tokio::task::spawn_blocking(move || last_vitals(&home.paths)).await;
            let Ok(Ok(Some(told))) = read else { continue };
            if last.as_ref() == Some(&told) {
                continue;
            }
            last = Some(told.clone());
            let LastVitals { kept, is_current } = told;
            let elsewhere = Some(Elsewhere { at: kept.at, is_current });
            if events.send(Event::VitalsTold { sources: kept.sources, elsewhere }).await.is_err() {
                break;
            }
        }
    })
}
