//! The whole mentions near the cursor, read ahead, and how far the shown one is scrolled.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::page::Scroll;
use crate::mention::MentionId;
use crate::store::{AuthorHistory, Case, RequestId};

/// So many cases are kept: the neighbours of the cursor and where it has just been.
const KEPT: usize = 48;

/// A bounded store of whole mentions by id; the longest unused goes first.
#[derive(Debug, Default)]
pub struct Detail {
    cases: HashMap<MentionId, Arc<Case>>,
    used: VecDeque<MentionId>,
    asked: HashMap<RequestId, MentionId>,
    missing: Option<MentionId>,
    author: Option<(MentionId, AuthorHistory)>,
    asked_author: Option<(RequestId, MentionId)>,
    shown: Option<MentionId>,
    /// The shown case changed and is to be read again; until then it stays on the screen.
    outdated: bool,
    /// How far the shown mention is scrolled.
    pub scroll: Scroll,
}

impl Detail {
    /// The case, if it has been read.
    pub fn case(&self, id: &MentionId) -> Option<&Arc<Case>> {
        self.cases.get(id)
    }

    /// What the mention's author said before, if it has been read.
    pub fn author(&self, id: &MentionId) -> Option<&AuthorHistory> {
        self.author.as_ref().filter(|(of, _)| of == id).map(|(_, history)| history)
    }

    /// True when the store does not have this mention any more.
    pub fn is_missing(&self, id: &MentionId) -> bool {
        self.missing.as_ref() == Some(id)
    }

    /// Shows another mention from its first line. True when it is another.
    pub fn show(&mut self, id: Option<&MentionId>) -> bool {
        let other = self.shown.as_ref() != id;
        if other {
            if self.outdated
                && let Some(left) = self.shown.take()
            {
                self.cases.remove(&left);
                self.used.retain(|used| *used != left);
            }
            self.outdated = false;
            self.shown = id.cloned();
            self.scroll.to_top();
        }
        other
    }

    /// True when the case is neither here nor on its way.
    pub fn wants(&self, id: &MentionId) -> bool {
        let here = self.cases.contains_key(id) && !(self.outdated && self.shown.as_ref() == Some(id));
        !here && !self.is_missing(id) && !self.asked.values().any(|asked| asked == id)
    }

    /// Remembers that the case was asked for.
    pub fn asked(&mut self, request: RequestId, id: MentionId) {
        self.asked.insert(request, id);
    }

    /// True when the author's history of this mention is neither here nor on its way.
    pub fn wants_author(&self, id: &MentionId) -> bool {
        self.author(id).is_none() && self.asked_author.as_ref().is_none_or(|(_, asked)| asked != id)
    }

    /// Remembers that the author's history was asked for; an earlier question is no longer waited for.
    pub fn asked_author(&mut self, request: RequestId, id: MentionId) {
        self.asked_author = Some((request, id));
    }

    /// Takes an answer; false when nobody waits for it.
    pub fn read(&mut self, request: RequestId, case: Option<Box<Case>>) -> bool {
        let Some(id) = self.asked.remove(&request) else { return false };
        match case {
            Some(case) => self.keep(Arc::from(case)),
            None => self.missing = Some(id),
        }
        true
    }

    /// Takes an answer about an author; false when nobody waits for it.
    pub fn read_author(&mut self, request: RequestId, history: AuthorHistory) -> bool {
        match self.asked_author.take() {
            Some((asked, id)) if asked == request => {
                self.author = Some((id, history));
                true
            }
            other => {
                self.asked_author = other;
                false
            }
        }
    }

    /// The request will not be answered: it may be asked again.
    pub fn unanswered(&mut self, request: RequestId) {
        self.asked.remove(&request);
        if self.asked_author.as_ref().is_some_and(|(asked, _)| *asked == request) {
            self.asked_author = None;
        }
    }

    /// Keeps a case as it is now.
    pub fn keep(&mut self, case: Arc<Case>) {
        let id = case.row.id.clone();
        self.outdated &= self.shown.as_ref() != Some(&id);
        self.used.retain(|used| *used != id);
        self.used.push_back(id.clone());
        self.cases.insert(id, case);
        while self.used.len() > KEPT {
            // The shown one stays, however long it has been shown.
            let oldest = self.used.iter().position(|used| self.shown.as_ref() != Some(used)).unwrap_or(0);
            if let Some(gone) = self.used.remove(oldest) {
                self.cases.remove(&gone);
            }
        }
    }

    /// Changes a case that is here.
    pub fn change(&mut self, id: &MentionId, change: impl FnOnce(&mut Case)) {
        if let Some(case) = self.cases.get_mut(id) {
            change(Arc::make_mut(case));
        }
    }

    /// Answers about this mention that are on their way are older than what is known now.
    pub fn forget_answers(&mut self, id: &MentionId) {
        self.asked.retain(|_, asked| asked != id);
    }

    /// Forgets cases that changed in the store; the shown one stays on the screen until it has been read again.
    pub fn forget(&mut self, changed: &[MentionId]) {
        // Answers already on their way may be older than the change.
        self.asked.retain(|_, id| !changed.contains(id));
        for id in changed {
            if self.shown.as_ref() == Some(id) {
                self.outdated = true;
            } else {
                self.cases.remove(id);
                self.used.retain(|used| used != id);
            }
        }
    }

    /// Forgets everything that was read under another plan but the shown case.
    pub fn forget_all(&mut self) {
        let kept: Vec<MentionId> = self.cases.keys().cloned().collect();
        self.forget(&kept);
        self.missing = None;
    }
}
