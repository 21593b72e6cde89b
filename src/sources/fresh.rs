//! What is new in answers that repeat what they told before.
//!
//! What enters: all that a server told at one look. What leaves: what it did not tell at the look before, oldest first, in
//! batches; that of the very first look is marked as backlog, so that fifty old posts page nobody. What changed its text is new.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{BadCause, Context, Cursor, MAX_BATCH, Position, SourceError};
use crate::mention::RawItem;

/// What is known of the last look; a part of the source's cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fresh {
    /// False until the first look was delivered whole.
    complete: bool,
    /// A mark for each item of the last look.
    seen: BTreeSet<String>,
}

/// What one look found.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) items: Vec<RawItem>,
    /// What could not be read: what it calls itself, why, and its text.
    pub(super) bad: Vec<(String, BadCause, String)>,
}

impl Fresh {
    /// True when the last look, or this one so far, told it just so.
    pub(super) fn knows(&self, item: &RawItem) -> bool {
        self.seen.contains(&mark(item))
    }

    /// Sends what is new. `cursor` makes the source's cursor of what is known by then, and of whether that is the whole look: a
    /// run that ends in between gets the rest at its next look.
    pub(super) async fn deliver(
        &mut self,
        look: Look,
        cursor: impl Fn(&Self, bool) -> Cursor + Send + Sync,
        context: &mut Context,
    ) -> Result<(), SourceError> {
        let Look { mut items, bad } = look;
        let mut current: BTreeSet<String> = items.iter().map(mark).collect();
        for (name, cause, text) in bad {
            let mark = hashed(&[&text]);
            if !self.seen.contains(&mark) {
                context.quarantine(&Position::Item(name), &cause, text.as_bytes())?;
            }
            current.insert(mark);
        }
        // What is only not told any more is worth no commit.
        let is_news = !self.complete || !current.is_subset(&self.seen);
        items.sort_by_key(|item| item.posted_at);
        let mut fresh = Vec::new();
        for item in items {
            if self.knows(&item) {
                continue;
            }
            // Sent before the next one counts as known: the cursor tells of no item that is not in its batch.
            if fresh.len() == MAX_BATCH {
                context.send(std::mem::take(&mut fresh), cursor(self, false)).await?;
            }
            self.seen.insert(mark(&item));
            fresh.push(RawItem { backlog: !self.complete, ..item });
        }
        self.seen = current;
        self.complete = true;
        if is_news {
            context.send(fresh, cursor(self, true)).await?;
        }
        context.settle().await
    }
}

/// By which an item is known: its id and its text.
fn mark(item: &RawItem) -> String {
    hashed(&[item.native_id.as_deref().unwrap_or_default(), &item.text])
}

/// 16 hex digits.
pub(super) fn hashed(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize()[..8].iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
