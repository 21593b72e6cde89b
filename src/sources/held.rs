//! Batches of an input that cannot be read twice: held until they are committed, and sent again after a failure.
//!
//! What enters: items in their order, and what their reader wants to know again after a restart. What leaves: the same
//! items, sent as often as it takes. Nothing is held that was acknowledged; what is held is bounded by the batches that
//! may be on their way.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Context, Cursor, SourceError};
use crate::mention::RawItem;

/// What was sent and may not be committed yet.
#[derive(Debug)]
pub(super) struct Held {
    /// A random number for this input.
    run: u64,
    sent: u64,
    batches: VecDeque<(At, Vec<RawItem>)>,
}

/// The cursor: counts batches of one input, of no meaning to the next run of the program, whose input is another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct At {
    /// Tells this input from an earlier one.
    run: u64,
    batch: u64,
    /// What the input's writer asked to be handed back, as its own JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) state: Option<String>,
}

impl Held {
    pub(super) fn new() -> Self {
        Self { run: getrandom::u64().unwrap_or_default() >> 1, sent: 0, batches: VecDeque::new() }
    }

    /// Sends a batch. It is held before the first await, so that no failure loses it.
    pub(super) async fn send(
        &mut self,
        items: Vec<RawItem>,
        state: Option<String>,
        context: &mut Context,
    ) -> Result<(), SourceError> {
        self.sent += 1;
        let at = At { run: self.run, batch: self.sent, state };
        let cursor = Cursor::of(&at);
        self.batches.push_back((at, items.clone()));
        context.send(items, cursor).await?;
        self.forget_acknowledged(context);
        Ok(())
    }

    /// Sends again what was sent and not seen committed.
    pub(super) async fn send_again(&mut self, context: &mut Context) -> Result<(), SourceError> {
        self.forget_acknowledged(context);
        for (at, items) in self.batches.clone() {
            context.send(items, Cursor::of(&at)).await?;
        }
        Ok(())
    }

    fn forget_acknowledged(&mut self, context: &Context) {
        if let Some(done) = context.resume().and_then(Cursor::read::<At>)
            && done.run == self.run
        {
            self.batches.retain(|(at, _)| at.batch > done.batch);
        }
    }
}
