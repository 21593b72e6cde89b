//! Acts between the key and the response log: gathered, queued, being written, recorded or failed.
//!
//! One append is under way at a time and the others queue in order, so that what was decided first stands first.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::mention::{Disposition, MentionId};
use crate::response_log::Draft;
use crate::store::{Case, RequestId};
use crate::triage::{self, CaseState, Entry, RecordId};
use crate::tui::app::Relabelling;

/// Names an act of this desk until its records have numbers of their own.
pub type ActId = u64;

/// So many recorded mentions keep their "recorded" on the screen.
const RECORDED_SHOWN: usize = 32;

/// How a mention's last act is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// Decided, not on disk yet.
    Saving,
    /// On disk.
    Recorded,
    /// Could not be written: the mention is back where it was.
    Failed,
}

/// What is to be done to each mention of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// The same command for all.
    Command(triage::Command),
    /// A decision with the reason of the branch each mention's road map took.
    WithBranchReason(Disposition),
    /// Claim, or give back what is one's own.
    ToggleClaim,
    /// The copied reply was posted.
    Post,
    /// The reply was posted there, or stands there.
    Permalink(String),
    /// Hand to a tier.
    Escalate(u8),
    /// Another label.
    Relabel(Relabelling),
}

impl Doing {
    /// True for what settles a mention for now: the cursor goes on to the next.
    pub fn moves_on(&self) -> bool {
        use triage::Command::{Await, Decide, Escalate, Post, Snooze};
        match self {
            Self::Command(command) => {
                matches!(command, Decide { .. } | Post { .. } | Escalate { .. } | Snooze { .. } | Await(_))
            }
            Self::WithBranchReason(_) | Self::Post | Self::Escalate(_) => true,
            Self::ToggleClaim | Self::Permalink(_) | Self::Relabel(_) => false,
        }
    }

    /// True for what may bring mentions back into a view they had left.
    pub fn brings_back(&self) -> bool {
        matches!(self, Self::Command(triage::Command::Undo | triage::Command::Redo))
    }
}

/// An act whose cases are still being read.
#[derive(Debug)]
pub struct Gathering {
    /// What is to be done.
    pub doing: Doing,
    /// To which mentions, in order.
    pub targets: Vec<MentionId>,
    /// For undo and redo: the other mentions of the same bulk act, to be read but not decided for.
    pub companions: Vec<MentionId>,
    /// What has been read.
    pub cases: HashMap<MentionId, Arc<Case>>,
    /// Mentions the store does not have.
    pub missing: HashSet<MentionId>,
    /// Questions on their way.
    pub asked: HashMap<RequestId, MentionId>,
}

impl Gathering {
    /// An act on `targets` of which nothing has been read.
    pub fn new(doing: Doing, targets: Vec<MentionId>, companions: Vec<MentionId>) -> Self {
        let (cases, missing, asked) = (HashMap::new(), HashSet::new(), HashMap::new());
        Self { doing, targets, companions, cases, missing, asked }
    }

    /// The next mention to be read, if any is neither here nor on its way.
    pub fn next_wanted(&self) -> Option<&MentionId> {
        let known = |id: &MentionId| {
            self.cases.contains_key(id) || self.missing.contains(id) || self.asked.values().any(|asked| asked == id)
        };
        self.targets.iter().chain(&self.companions).find(|id| !known(id))
    }

    /// True when everything has been read.
    pub fn is_complete(&self) -> bool {
        self.asked.is_empty() && self.next_wanted().is_none()
    }
}

/// A decided act on its way to the log.
#[derive(Debug)]
pub struct Act {
    /// Its name here.
    pub id: ActId,
    /// What is to be written, in order, in one append.
    pub drafts: Vec<Draft>,
    /// True for an undo or a redo: its mentions come back into the feed.
    pub brings_back: bool,
}

/// Every act that is not done with.
#[derive(Debug, Default)]
pub struct InFlight {
    gathering: VecDeque<Gathering>,
    queue: VecDeque<Act>,
    writing: bool,
    late: bool,
    last: ActId,
    recorded: VecDeque<MentionId>,
    failed: HashSet<MentionId>,
}

impl InFlight {
    /// Decided and not on disk yet: the unrecorded count of the status bar.
    pub fn unrecorded(&self) -> usize {
        self.queue.iter().map(|act| act.drafts.len()).sum::<usize>()
            + self.gathering.iter().map(|g| g.targets.len()).sum::<usize>()
    }

    /// True when the log has not answered for a long time.
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// How the mention's last act is doing; `None` when there was none lately.
    pub fn saving(&self, id: &MentionId) -> Option<Saving> {
        if self.is_pending(id) {
            Some(Saving::Saving)
        } else if self.failed.contains(id) {
            Some(Saving::Failed)
        } else {
            self.recorded.contains(id).then_some(Saving::Recorded)
        }
    }

    /// True when an act on the mention is not on disk yet.
    pub fn is_pending(&self, id: &MentionId) -> bool {
        self.queue.iter().any(|act| act.drafts.iter().any(|draft| draft.mention.id == *id))
            || self.gathering.iter().any(|gathering| gathering.targets.contains(id))
    }

    /// Queues an act whose cases have to be read first.
    pub fn gather(&mut self, gathering: Gathering) {
        self.gathering.push_back(gathering);
    }

    /// The act whose cases are being read.
    pub fn gathering(&mut self) -> Option<&mut Gathering> {
        self.gathering.front_mut()
    }

    /// Takes out the act whose cases have all been read.
    pub fn gathered(&mut self) -> Option<Gathering> {
        self.gathering.pop_front_if(|gathering| gathering.is_complete())
    }

    /// Queues a decided act.
    pub fn push(&mut self, drafts: Vec<Draft>, brings_back: bool) {
        self.last += 1;
        for draft in &drafts {
            self.failed.remove(&draft.mention.id);
        }
        self.queue.push_back(Act { id: self.last, drafts, brings_back });
    }

    /// The act to write now, if none is being written. Called once for each.
    pub fn to_write(&mut self) -> Option<(ActId, Vec<Draft>)> {
        if self.writing {
            return None;
        }
        let act = self.queue.front()?;
        self.writing = true;
        self.late = false;
        Some((act.id, act.drafts.clone()))
    }

    /// The act has been written; `None` for one that nobody waits for.
    pub fn recorded(&mut self, id: ActId) -> Option<Act> {
        let act = self.end(id)?;
        for draft in &act.drafts {
            let id = &draft.mention.id;
            self.recorded.retain(|known| known != id);
            self.recorded.push_back(id.clone());
        }
        while self.recorded.len() > RECORDED_SHOWN {
            self.recorded.pop_front();
        }
        Some(act)
    }

    /// The act could not be written; its mentions are back where they were.
    pub fn failed(&mut self, id: ActId) -> Option<Act> {
        let act = self.end(id)?;
        self.failed.extend(act.drafts.iter().map(|draft| draft.mention.id.clone()));
        Some(act)
    }

    /// The log has not answered for a long time. True when this act is the one being written.
    pub fn mark_late(&mut self, id: ActId) -> bool {
        self.late = self.writing && self.queue.front().is_some_and(|act| act.id == id);
        self.late
    }

    /// The state of a case with the acts that are on their way, each under a number of its own. The second value is
    /// true when there are any: the next draft then stands on them.
    pub fn tentative(&self, id: &MentionId, state: &CaseState) -> (CaseState, bool) {
        let mut state = state.clone();
        let mut nth = 0;
        for draft in self.queue.iter().flat_map(|act| &act.drafts).filter(|draft| draft.mention.id == *id) {
            nth += 1;
            state.evolve(&Entry {
                id: RecordId::new("unrecorded", nth),
                at: draft.at,
                actor: draft.actor.clone(),
                batch: None,
                event: draft.event.clone(),
            });
        }
        (state, nth > 0)
    }

    fn end(&mut self, id: ActId) -> Option<Act> {
        let act = self.queue.pop_front_if(|act| act.id == id)?;
        (self.writing, self.late) = (false, false);
        Some(act)
    }
}
