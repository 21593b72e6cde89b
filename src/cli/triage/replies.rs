//! The replies that may be copied for a mention, kept by what they depend on: many mentions get the same ones.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::mention::{Id, Language, Level, Network};
use crate::pipeline::{Assessed, Hit};
use crate::plan::Plan;
use crate::reply::{self, Suggestion};
use crate::text::lengths::Limits;

/// So many different answers are kept; then all are forgotten.
const MOST_KEPT: usize = 4_096;

/// A reply as the public contract spells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Reply {
    message: Id,
    lang: Language,
    text: String,
    fits: bool,
}

/// Everything of a mention on which its replies depend.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    messages: Vec<Id>,
    holdings: Vec<Id>,
    initiatives: Vec<Id>,
    network: Network,
    language: Language,
    level: Level,
    deleted: bool,
    /// Rumours, templates and protocols.
    parts: [Vec<Id>; 3],
}

/// The replies made so far, for one plan and one moment.
#[derive(Debug, Default)]
pub(super) struct Replies {
    /// `None` where the words differ from mention to mention: by their author's name, or by their own clock.
    kept: HashMap<Key, Option<Rc<[Reply]>>, foldhash::fast::RandomState>,
    limits: Limits,
}

impl Replies {
    /// The replies that may be copied, in the order to offer them. None for what is not relevant.
    pub(super) fn of(&mut self, assessed: &Assessed, plan: &Plan, now: DateTime<Utc>) -> Rc<[Reply]> {
        let found = &assessed.assessment;
        if !found.relevant {
            return Rc::default();
        }
        let id = |hit: &Hit| hit.id.clone();
        let key = Key {
            messages: found.messages.clone(),
            holdings: found.holdings.clone(),
            initiatives: found.initiatives.iter().map(id).collect(),
            network: assessed.mention.network.clone(),
            language: found.language.code,
            level: found.priority.level,
            deleted: assessed.mention.author_deleted_at.is_some(),
            parts: [
                found.rumours.iter().map(id).collect(),
                found.templates.clone(),
                found.protocols.iter().map(id).collect(),
            ],
        };
        if let Some(Some(replies)) = self.kept.get(&key) {
            return replies.clone();
        }
        let all = reply::suggest(assessed, plan, &self.limits, now);
        let differ = all.iter().any(|suggestion| suggestion.personal || suggestion.timed);
        let replies: Rc<[Reply]> = all.into_iter().filter(Suggestion::is_copyable).map(Reply::from).collect();
        if self.kept.len() >= MOST_KEPT {
            self.kept.clear();
        }
        self.kept.insert(key, (!differ).then(|| replies.clone()));
        replies
    }
}

impl From<Suggestion> for Reply {
    fn from(suggestion: Suggestion) -> Self {
        Self { message: suggestion.message, lang: suggestion.lang, text: suggestion.text, fits: suggestion.fits }
    }
}
