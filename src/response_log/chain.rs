//! The hash chain: whether a line is what was written, and whether it follows the one before.
//!
//! What enters: lines in the order of the log. What leaves: for each, what its envelope says and what is wrong with
//! it. Every desk has a chain of its own; their lines may stand in one file.

use std::collections::HashMap;

use serde::Deserialize;
use strum::{AsRefStr, Display, IntoStaticStr};

use super::lines::LONGEST;
use super::record::{Act, ChainBreak, Hash, Record};
use crate::mention::{Id, MentionId};
use crate::triage::{Batch, RecordId};

/// What can be wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, AsRefStr, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Damage {
    /// Not a record: not UTF-8, not JSON, no hash at its end, or too long.
    Unreadable,
    /// Its bytes are not those its hash was computed from.
    HashMismatch,
    /// It does not name the hash of the record before.
    PrevMismatch,
    /// A record before it is missing, or stands twice.
    SeqMismatch,
    /// A last line without its end.
    TornTail,
    /// A redacted line names no record that says who and why.
    RedactionUnexplained,
}

/// What the chain and the append need of a line.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    pub(super) desk: Id,
    pub(super) seq: u64,
    pub(super) act: Act,
    #[serde(default)]
    pub(super) batch: Option<Batch>,
    #[serde(default)]
    mention: Option<Named>,
    #[serde(default)]
    also: Vec<MentionId>,
    #[serde(default)]
    pub(super) damage: Option<ChainBreak>,
    /// On a redacted line, the record that says who and why.
    #[serde(default)]
    pub(super) redacted: Option<RecordId>,
    prev: Hash,
    pub(super) hash: Hash,
}

#[derive(Debug, Deserialize)]
struct Named {
    id: MentionId,
}

impl Envelope {
    /// The record's identity.
    pub(super) fn id(&self) -> RecordId {
        RecordId { desk: self.desk.clone(), seq: self.seq }
    }

    /// Every mention the record changes.
    pub(super) fn touches(&self) -> impl Iterator<Item = &MentionId> {
        self.mention.iter().map(|named| &named.id).chain(&self.also)
    }

    /// Reads a line; the flag tells whether its bytes are those its hash was computed from.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, bool)> {
        if bytes.len() as u64 >= LONGEST {
            return None;
        }
        let line = std::str::from_utf8(bytes).ok()?;
        let (hashed, stated) = Record::split_line(line)?;
        let envelope: Self = serde_json::from_str(line).ok()?;
        let genuine = envelope.redacted.is_some() || Hash::of(hashed.as_bytes()).as_str() == stated;
        (envelope.hash.as_str() == stated).then_some((envelope, genuine))
    }
}

/// The end of one desk's chain.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) seq: u64,
    pub(super) hash: Hash,
    pub(super) batch: Option<Batch>,
    /// How many unreadable lines had been seen when it was reached: later ones may have been its successors.
    lost_before: u64,
}

/// Every chain, as far as it has been followed.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    heads: HashMap<Id, Head>,
    lost: u64,
    anchored: bool,
}

impl Chain {
    /// Followed from the log's first line.
    pub(super) fn from_the_start() -> Self {
        Self { heads: HashMap::new(), lost: 0, anchored: true }
    }

    /// Followed from somewhere: the first line of each desk is taken on trust.
    pub(super) fn from_the_middle() -> Self {
        Self { anchored: false, ..Self::from_the_start() }
    }

    /// The end of a desk's chain.
    pub(super) fn head(&self, desk: &Id) -> Option<&Head> {
        self.heads.get(desk)
    }

    /// Every desk with the end of its chain.
    pub(super) fn heads(&self) -> impl Iterator<Item = (&Id, &Head)> {
        self.heads.iter()
    }

    /// The number and the predecessor of the record that `desk` appends next. A number that an unreadable line may
    /// have had is not given again.
    pub(super) fn next(&self, desk: &Id) -> (u64, Hash) {
        match self.heads.get(desk) {
            Some(head) => (head.seq + 1 + (self.lost - head.lost_before), head.hash.clone()),
            None => (1 + self.lost, Hash::zero()),
        }
    }

    /// Follows one complete line. What cannot be read is damage; a readable line counts although it is damaged.
    pub(super) fn follow(&mut self, bytes: &[u8]) -> (Option<Envelope>, Option<Damage>) {
        let Some((envelope, genuine)) = Envelope::read(bytes) else {
            self.lost += 1;
            return (None, Some(Damage::Unreadable));
        };
        let place = self.place(&envelope);
        let damage = match (genuine, place) {
            (false, Ok(())) => Some(Damage::HashMismatch),
            (false, Err(_)) => {
                // Nothing it says can be relied on, its place least of all.
                self.lost += 1;
                return (Some(envelope), Some(Damage::HashMismatch));
            }
            (true, Err(damage)) => Some(damage),
            (true, Ok(())) => None,
        };
        // A number that stands already is never given again, whatever a damaged line says.
        let top = self.heads.get(&envelope.desk).map_or(0, |head| head.seq);
        let head = Head {
            seq: envelope.seq.max(top),
            hash: envelope.hash.clone(),
            batch: envelope.batch.clone(),
            lost_before: self.lost,
        };
        self.heads.insert(envelope.desk.clone(), head);
        (Some(envelope), damage)
    }

    /// Takes in a record that this program has just written.
    pub(super) fn appended(&mut self, record: &Record) {
        let head =
            Head { seq: record.seq, hash: record.hash.clone(), batch: record.batch.clone(), lost_before: self.lost };
        self.heads.insert(record.desk.clone(), head);
    }

    fn place(&self, envelope: &Envelope) -> Result<(), Damage> {
        let (seq, hash, lost) = match self.heads.get(&envelope.desk) {
            Some(head) => (head.seq, head.hash.clone(), self.lost - head.lost_before),
            None if !self.anchored => return Ok(()),
            None => (0, Hash::zero(), self.lost),
        };
        if envelope.seq <= seq || envelope.seq > seq + 1 + lost {
            return Err(Damage::SeqMismatch);
        }
        // After an unreadable line nobody can say what its hash was.
        if lost == 0 && envelope.prev != hash { Err(Damage::PrevMismatch) } else { Ok(()) }
    }
}
