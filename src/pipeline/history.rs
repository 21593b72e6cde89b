//! What was said before: the near-copies of a mention, and how much its subjects are talked about.
//!
//! What enters: each assessed mention, by [`History::observe`], in the order of arrival. What leaves: what a
//! new mention stands among, asked while it is assessed. Asking changes nothing, so that an assessment is a pure function
//! of mention, plan and history. What is worked out to ask is kept in a [`Trace`] and serves to remember too.

pub mod clusters;
pub mod surges;

use chrono::{DateTime, Utc};

use super::assessment::{Assessment, ClusterRef, SurgeHit};
use crate::mention::{Mention, MentionId};
use crate::text::tokens::{Tokens, hash};

use clusters::{Clusters, Fingerprint, Found, Kept, WINDOW};
use surges::{Counted, Sight, Surge, Surges};

/// What the pipeline remembers of earlier mentions.
#[derive(Debug, Default)]
pub struct History {
    /// Made when there is something to remember.
    clusters: Option<Clusters>,
    surges: Surges,
}

/// What a mention is remembered by. Scratch: made again for each mention.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    key: u64,
    print: Fingerprint,
    found: Option<Found>,
    sight: Sight,
}

/// What is to be kept of a mention so that it can be remembered again: see [`History::again`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// The same for every sight of the mention.
    pub key: u64,
    /// Its text as it is compared with others, when it begins a cluster; otherwise the cluster it belongs to.
    pub of: Result<Vec<u8>, MentionId>,
    /// What it counts for, of each subject it is about; empty for one that does not count.
    pub counted: Vec<Counted>,
}

/// What was kept of the mentions of the window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memories {
    /// The first mention of every cluster, the oldest first: its number, its id, its text, how many have joined.
    pub clusters: Vec<(i64, MentionId, Vec<u8>, u32)>,
    /// The key of every mention and the number of the first of its cluster, in the order of arrival.
    pub mentions: Vec<(u64, i64)>,
    /// How much was said of each subject hour by hour, the oldest first, everything together first of each hour.
    pub hours: Vec<Counted>,
}

impl History {
    /// So many mentions are remembered: who keeps more keeps it in vain.
    pub const MENTIONS: usize = WINDOW;

    /// Nothing was said before.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing was said before, and what is said counts at its posting however long ago that was: for a file that is
    /// read from its beginning.
    pub fn of_record() -> Self {
        Self { surges: Surges::new(true), ..Self::default() }
    }

    /// As it was when these had been observed.
    pub fn again(memories: &Memories) -> Self {
        let mut clusters = Clusters::new(WINDOW);
        let kept = memories.clusters.iter();
        let kept = kept.map(|(number, id, text, size)| Kept { number: *number, id: id.as_str(), text, size: *size });
        clusters.restore(kept, &memories.mentions);
        let mut surges = Surges::new(false);
        surges.restore(&memories.hours);
        Self { clusters: Some(clusters), surges }
    }

    /// The near-copies a mention stands among, itself included; `None` when it is alone.
    pub(super) fn cluster(&self, mention: &Mention, tokens: &Tokens, trace: &mut Trace) -> Option<ClusterRef> {
        trace.key = key(mention);
        trace.print.fill(&mention.text, tokens);
        let clusters = self.clusters.as_ref();
        trace.found = clusters.and_then(|clusters| clusters.find(trace.key, &trace.print));
        let (id, size) = clusters.zip(trace.found).map(|(clusters, found)| clusters.cluster(found))?;
        (size > 1).then(|| ClusterRef { id: MentionId::new(id), size })
    }

    /// The rises a mention is part of, itself counted. Its initiatives and its cluster are known already.
    pub(super) fn rises(
        &self,
        mention: &Mention,
        found: &Assessment,
        tokens: &Tokens,
        trace: &mut Trace,
    ) -> Vec<SurgeHit> {
        self.surges.look(mention, found, tokens, &mut trace.sight)
    }

    /// What is talked about more than usual, the strongest first.
    pub fn surges(&self) -> Vec<Surge> {
        self.surges.now()
    }

    /// Time went on to `now`: what rose may be over.
    pub fn tick(&mut self, now: DateTime<Utc>) {
        self.surges.tick(now.timestamp());
    }

    /// Remembers a mention that was assessed, with the trace its assessor has of it.
    pub fn observe(&mut self, mention: &Mention, _assessment: &Assessment, trace: &Trace) {
        // A notice of deletion says nothing.
        if mention.author_deleted_at.is_some() && mention.text.trim().is_empty() {
            return;
        }
        let clusters = self.clusters.get_or_insert_with(|| Clusters::new(WINDOW));
        clusters.observe(trace.key, mention.id.as_str(), &trace.print, trace.found);
        self.surges.observe(&trace.sight);
    }
}

impl Trace {
    /// What is to be kept of the mention this is the trace of.
    pub fn memory(&self, mention: &Mention, assessment: &Assessment) -> Memory {
        let other = assessment.cluster.as_ref().filter(|cluster| cluster.id != mention.id);
        let of = other.map_or_else(|| Ok(self.print.to_bytes()), |cluster| Err(cluster.id.clone()));
        Memory { key: self.key, of, counted: self.sight.counted().collect() }
    }
}

/// The same post has the same key, whoever brought it.
fn key(mention: &Mention) -> u64 {
    hash(mention.identity.permalink.as_deref().unwrap_or(mention.id.as_str()))
}
