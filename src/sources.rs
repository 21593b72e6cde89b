//! Where mentions come from: one contract for every kind of source, and the supervisor that keeps them alive.
//!
//! What enters: a file's lines, the standard input, a feed's answers, what a program prints. What leaves: [`Batch`]es of raw items,
//! each with the cursor from which reading goes on once it is committed, and a [`Health`] that always tells
//! the truth about a source. A source never reads again what was acknowledged, never drops what was not, and
//! never dies unseen. Nothing here cleans, assesses or stores an item.

mod backoff;
mod bluesky;
mod captured;
mod command;
mod context;
mod control;
mod error;
mod export;
mod facebook;
mod feed;
mod folder;
mod fresh;
mod health;
mod held;
mod http;
mod jetstream;
mod kept;
mod lines;
mod mapping;
mod mastodon;
mod ndjson;
mod note;
mod open311;
mod opml;
mod orders;
mod pace;
mod probe;
mod quarantine;
mod reads;
mod recheck;
mod reddit;
mod replay;
mod rhythm;
mod stdin;
mod supervise;
mod vitals;
mod wake;
mod webhook;
mod wording;

use std::future::Future;

use tokio::sync::oneshot;

use crate::mention::{Id, RawItem};

pub use captured::{CAPTURED, Captured};
use context::reveal;
pub use context::{Connections, Context, MAX_BATCH, Rest, Wiring};
pub use control::{Handle, Order};
pub use error::{Cause, HowEnded, Retry, SourceError};
pub use export::{Asked, Export, ExportError, Found, Sample};
pub use feed::{Candidate, Discovered, discover};
pub use health::{Health, HealthReporter, Lag, State};
pub use http::{Quota, redacted};
pub use jetstream::{Caught, Reader as JetstreamReader, Seen as JetstreamSeen};
pub use kept::Kept;
pub use mapping::{
    Cells, Field, JsonRow, Layout, Mapping, ProfileError, Profiles, Receipt, comparable, names, network_of,
};
pub use note::{Note, Refusal, Refused};
pub use opml::{Opml, OpmlError, Subscription};
pub use orders::{KeptOrders, follow_orders};
pub use pace::Pace;
pub use probe::{Probe, probe};
pub use quarantine::{BadCause, BadItem, BadItems, Position, Quarantine};
pub use reads::reads;
pub use recheck::{MAX_RECHECK, Recheck, Rechecked, Rechecker, Rechecks};
pub use rhythm::Rhythm;
pub use supervise::{attend, supervise};
pub use vitals::{KeptVitals, News, Phase, Trouble, Vitals, Worded};

/// One kind of source. It is run by the supervisor, which runs it again after a retryable error or a panic.
pub trait Source: Send + 'static {
    /// Reads until the source ends (`Ok`) or fails.
    ///
    /// Begins at [`Context::resume`], the cursor of the last acknowledged batch. The supervisor drops the future when
    /// the program ends, so it must be safe to drop at any await.
    fn run(&mut self, context: &mut Context) -> impl Future<Output = Result<(), SourceError>> + Send;

    /// Says farewell to the other side when a run is cut off, because the program ends or a person pauses the source; what is on
    /// its way may still be committed meanwhile. Takes a few seconds at most, and may be called more than once.
    fn close(&mut self, _context: &mut Context) -> impl Future<Output = ()> + Send {
        async {}
    }
}

/// Where a source's reading goes on: its own JSON, opaque to everyone else. It is committed in the transaction
/// that holds the items before it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub serde_json::Value);

impl Cursor {
    /// Reads it as the source's own type; a cursor of another shape (an older program's, another kind's) is none.
    fn read<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_value(self.0.clone()).ok()
    }

    /// Takes the source's own type. Those hold numbers, text and lists only, so that this cannot fail.
    fn of<T: serde::Serialize>(position: &T) -> Self {
        Self(serde_json::to_value(position).unwrap_or_default())
    }
}

/// Items that are committed as a unit, in the source's order.
///
/// A batch may be empty: then only its cursor moves (all its lines were bad, or a feed had nothing new).
#[derive(Debug)]
pub struct Batch {
    /// The source's id.
    pub source: Id,
    /// At most [`MAX_BATCH`] items.
    pub items: Vec<RawItem>,
    /// Where reading goes on once these items are committed.
    pub cursor: Cursor,
    /// To be answered after the commit. Dropped unanswered, it tells the source that nothing was committed: the source
    /// starts again at its last acknowledged cursor.
    pub ack: oneshot::Sender<()>,
}

#[cfg(all(test, unix))]
mod faults;
#[cfg(test)]
mod test_desk;
#[cfg(test)]
mod test_server;
