//! What a person wants of a home's sources, kept in a file: it outlives the desk, and it reaches whichever process reads the
//! sources, a desk or `watch`.
//!
//! What enters: orders, from any process of the home. What leaves: the steering of the running sources, as soon as the file
//! changes. A pause stands until it is taken back; a try is for now, and one from before the start is past.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::wake::Wake;
use super::{Handle, Order};
use crate::config::{private_dir, replace_private};
use crate::mention::Id;

/// The most an order is noticed late where the system does not tell of changes.
const POLL: Duration = Duration::from_secs(5);
/// The most sources the file names; what is beyond goes, the oldest tries first.
const MOST: usize = 1_000;

/// The file's content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOrders {
    /// The paused sources.
    #[serde(default)]
    paused: BTreeSet<Id>,
    /// When a try was last asked for.
    #[serde(default)]
    tries: BTreeMap<Id, DateTime<Utc>>,
}

impl KeptOrders {
    /// Reads the file; without one nothing was ever ordered.
    pub fn read(path: &Path) -> io::Result<Self> {
        match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Adds an order to the file. One that cannot be read is begun anew: what it said is lost, but a person steers again.
    pub fn give(path: &Path, source: &Id, order: Order, now: DateTime<Utc>) -> io::Result<()> {
        let mut orders = Self::read(path).unwrap_or_else(|error| {
            tracing::warn!(%error, path = %path.display(), "the orders to the sources could not be read");
            Self::default()
        });
        match order {
            Order::Pause => _ = orders.paused.insert(source.clone()),
            Order::Resume => _ = orders.paused.remove(source),
            Order::Retry => _ = orders.tries.insert(source.clone(), now),
        }
        while orders.tries.len() > MOST
            && let Some(oldest) = orders.tries.iter().min_by_key(|(_, at)| **at).map(|(id, _)| id.clone())
        {
            orders.tries.remove(&oldest);
        }
        let bytes = serde_json::to_vec(&orders).map_err(io::Error::other)?;
        replace_private(path, &bytes)
    }

    /// True while a person has it paused.
    pub fn is_paused(&self, source: &str) -> bool {
        self.paused.contains(source)
    }

    /// Pauses and resumes as it says, and tries what was asked for since `before`.
    fn apply(&self, before: &Self, handles: &[Handle]) {
        for handle in handles {
            let source = handle.health.borrow().source.clone();
            let paused = self.is_paused(&source);
            if paused != handle.is_paused() {
                handle.order(if paused { Order::Pause } else { Order::Resume });
            } else if self.tries.get(&source) > before.tries.get(&source) {
                handle.order(Order::Retry);
            }
        }
    }
}

/// Pauses what is to be paused from the beginning, then follows the file until cancelled. To be called before the sources run.
pub fn follow_orders(path: &Path, handles: Vec<Handle>, cancel: CancellationToken) -> impl Future<Output = ()> + use<> {
    let mut last = read(path).unwrap_or_default();
    last.apply(&last, &handles);
    let path = path.to_owned();
    async move {
        // The folder is there to be watched before anybody writes to it.
        if let Some(folder) = path.parent()
            && let Err(error) = private_dir(folder)
        {
            tracing::warn!(%error, folder = %folder.display(), "orders to the sources are looked for now and then only");
        }
        let mut wake = Wake::of_file(&path, POLL);
        while cancel.run_until_cancelled(wake.wait()).await.is_some() {
            if let Some(now) = read(&path).filter(|now| *now != last) {
                now.apply(&last, &handles);
                last = now;
            }
        }
    }
}

fn read(path: &Path) -> Option<KeptOrders> {
    let read = KeptOrders::read(path);
    read.inspect_err(|error| tracing::warn!(%error, path = %path.display(), "the orders cannot be read")).ok()
}

#[cfg(test)]
mod tests {
    use super::super::test_desk::Desk;
    use super::*;
    use crate::sources::State;

    #[test]
    fn a_pause_stands_and_a_try_is_remembered_by_its_time() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("orders/sources.json");
        let (inbox, now) = (Id::from("inbox"), DateTime::UNIX_EPOCH);
        KeptOrders::give(&path, &inbox, Order::Pause, now).expect("it is written");
        KeptOrders::give(&path, &"other".into(), Order::Retry, now).expect("it is written");
        let kept = KeptOrders::read(&path).expect("it reads");
        assert!(kept.is_paused("inbox") && !kept.is_paused("other"));
        KeptOrders::give(&path, &inbox, Order::Resume, now).expect("it is written");
        assert!(!KeptOrders::read(&path).expect("it reads").is_paused("inbox"));
        std::fs::write(&path, "{").expect("written");
        KeptOrders::give(&path, &inbox, Order::Pause, now).expect("a broken file holds nobody up");
        assert!(KeptOrders::read(&path).expect("it reads").is_paused("inbox"));
    }

    #[tokio::test]
    async fn what_any_process_orders_reaches_the_running_source() {
        let desk = Desk::new();
        let path = desk.folder.path().join("orders/sources.json");
        let (context, handle) = desk.steered(None);
        let source = context.source.clone();
        KeptOrders::give(&path, &source, Order::Retry, DateTime::UNIX_EPOCH).expect("it is written");
        KeptOrders::give(&path, &source, Order::Pause, DateTime::UNIX_EPOCH).expect("it is written");
        let follower = follow_orders(&path, vec![handle.clone()], desk.cancel());
        assert!(handle.is_paused(), "before it runs");
        tokio::spawn(follower);
        tokio::spawn(super::super::supervise(Ends, context, desk.cancel()));
        desk.until(handle.health.clone(), |health| health.state == State::Paused).await;
        KeptOrders::give(&path, &source, Order::Resume, DateTime::UNIX_EPOCH).expect("it is written");
        desk.stopped(handle.health.clone()).await;
        assert!(!handle.is_paused());
    }

    struct Ends;

    impl super::super::Source for Ends {
        async fn run(&mut self, _: &mut super::super::Context) -> Result<(), super::super::SourceError> {
            Ok(())
        }
    }
}
