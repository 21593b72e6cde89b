//! Where mentions come from: one contract for every kind of source, and the supervisor that keeps them alive.
//!
//! What enters: a file's lines, the standard input, a feed's answers. What leaves: [`Batch`]es of raw items,
//! each with the cursor from which reading goes on once it is committed, and a [`Health`] that always tells
//! the truth about a source. A source never parses twice what was acknowledged, never drops what was not, and
//! never dies unseen. Nothing here cleans, assesses or stores an item.

mod context;
mod error;
mod health;
mod quarantine;

use std::future::Future;

use tokio::sync::oneshot;

use crate::mention::{Id, RawItem};

pub use context::{Context, MAX_BATCH, Outbox};
pub use error::{Cause, Retry, SourceError};
pub use health::{Health, HealthReporter, Lag, State};
pub use quarantine::{BadCause, Position, Quarantine};

/// One kind of source. It is run by the supervisor, which runs it again after a retryable error or a panic.
pub trait Source: Send + 'static {
    /// Reads until the source ends (`Ok`), fails, or `context.cancel` is cancelled (`Ok` too).
    ///
    /// Begins at `context.resume()`, the cursor of the last acknowledged batch. Must be safe to drop at any await.
    fn run(&mut self, context: &mut Context) -> impl Future<Output = Result<(), SourceError>> + Send;
}

/// Where a source's reading goes on: its own JSON, opaque to everyone else. It is committed in the transaction
/// that holds the items before it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub serde_json::Value);

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
