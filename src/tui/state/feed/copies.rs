//! The open members of the cluster that is looked at: asked for, read, out of date.

use crate::mention::MentionId;
use crate::store::{RequestId, Row};

/// The members of one cluster at a time.
#[derive(Debug, Default)]
pub struct Copies {
    read: Option<(MentionId, Vec<Row>)>,
    asked: Option<(RequestId, MentionId)>,
    stale: bool,
    unfold: bool,
}

impl Copies {
    /// The members, when they are of this cluster.
    pub(super) fn of(&self, cluster: &MentionId) -> Option<&[Row]> {
        self.read.as_ref().filter(|(read, _)| read == cluster).map(|(_, rows)| rows.as_slice())
    }

    /// True when they are neither here as they are now nor on their way.
    pub(super) fn wants(&self, cluster: &MentionId) -> bool {
        let asked = self.asked.as_ref().is_some_and(|(_, asked)| asked == cluster);
        !asked && (self.stale || self.of(cluster).is_none())
    }

    /// Remembers that they were asked for; an earlier question is no longer waited for.
    pub(super) fn asked(&mut self, request: RequestId, cluster: MentionId) {
        self.unfold &= self.asked.as_ref().is_none_or(|(_, asked)| *asked == cluster);
        self.asked = Some((request, cluster));
        self.stale = false;
    }

    /// Whether they are to be shown as soon as they are read.
    pub(super) fn unfold_when_read(&mut self, unfold: bool) {
        self.unfold = unfold;
    }

    /// Takes them: their cluster, and whether they are to be shown now. None when nobody waits for them.
    pub(super) fn read(&mut self, request: RequestId, rows: Vec<Row>) -> Option<(MentionId, bool)> {
        let (_, cluster) = self.asked.take_if(|(asked, _)| *asked == request)?;
        self.read = Some((cluster.clone(), rows));
        Some((cluster, std::mem::take(&mut self.unfold)))
    }

    /// The request will not be answered: they are asked for again.
    pub(super) fn unanswered(&mut self, request: RequestId) {
        self.asked.take_if(|(asked, _)| *asked == request);
    }

    /// They may have changed.
    pub(super) fn outdate(&mut self) {
        self.stale = true;
    }
}
