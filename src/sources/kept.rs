//! Which mentions the store holds, for a source that hears of far more deletions than it brought posts.
//!
//! What enters: notices that posts were deleted. What leaves: those of them that are about a post the store holds. A whole
//! network deletes dozens of posts a second, and none of that is worth a place in a batch.

use std::fmt;
use std::sync::Arc;

use crate::mention::{MentionId, RawItem};
use crate::pipeline::tidy;

/// Asks the store.
#[derive(Clone)]
pub struct Kept(Arc<dyn Fn(&MentionId) -> bool + Send + Sync>);

impl Kept {
    /// `holds` says whether the store holds a mention; where it cannot tell, it says yes. It may block.
    pub fn asking(holds: impl Fn(&MentionId) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(holds))
    }

    /// Those of the deletions that are about a post the store holds, in their order.
    pub(super) async fn of(&self, deletions: Vec<RawItem>) -> Vec<RawItem> {
        if deletions.is_empty() {
            return deletions;
        }
        let (holds, asked) = (self.0.clone(), deletions.clone());
        let known = tokio::task::spawn_blocking(move || {
            asked.into_iter().filter(|deletion| holds(&tidy(deletion.clone()).id)).collect()
        });
        // Without an answer all of them go on: of a post that was never kept, a deletion leaves no trace.
        known.await.unwrap_or(deletions)
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[tokio::test]
    async fn only_what_is_held_passes() {
        let gone = |id: &str| RawItem::deletion("sky".into(), id, DateTime::UNIX_EPOCH);
        let kept = Kept::asking(|id| matches!(id.as_str(), "sky:at://a" | "sky:b␛"));
        let left = kept.of(vec![gone("at://a"), gone("at://c"), gone("b\u{1b}")]).await;
        assert_eq!(left, [gone("at://a"), gone("b\u{1b}")]);
    }

    #[tokio::test]
    async fn where_nobody_can_tell_everything_passes() {
        let gone = vec![RawItem::deletion("sky".into(), "a", DateTime::UNIX_EPOCH)];
        assert_eq!(Kept::asking(|_| panic!("a broken store")).of(gone.clone()).await, gone);
    }
}
