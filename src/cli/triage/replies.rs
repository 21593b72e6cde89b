//! The replies that may be copied for a mention, kept by what they depend on: many mentions get the same ones.

use std::collections::HashMap;

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

/// What words that address an author are filled with.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Author {
    name: Option<String>,
    handle: Option<String>,
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
    /// Who wrote, where the plan has words that address its author.
    author: Option<Author>,
}

/// The replies made so far, for one plan and one moment.
#[derive(Debug, Default)]
pub(super) struct Replies {
    kept: HashMap<Key, Vec<Reply>, foldhash::fast::RandomState>,
    limits: Limits,
    /// Whether the plan addresses authors, once that was looked up.
    personal: Option<bool>,
}

impl Replies {
    /// The replies that may be copied, in the order to offer them. None for what is not relevant.
    pub(super) fn of(&mut self, assessed: &Assessed, plan: &Plan, now: DateTime<Utc>) -> &[Reply] {
        let found = &assessed.assessment;
        if !found.relevant {
            return &[];
        }
        let id = |hit: &Hit| hit.id.clone();
        let personal = *self.personal.get_or_insert_with(|| reply::addresses_authors(plan));
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
            author: personal.then(|| Author {
                name: assessed.mention.author.name.clone(),
                handle: assessed.mention.author.handle.clone(),
            }),
        };
        if self.kept.len() >= MOST_KEPT {
            self.kept.clear();
        }
        let limits = &self.limits;
        self.kept.entry(key).or_insert_with(|| {
            let all = reply::suggest(assessed, plan, limits, now);
            all.into_iter().filter(Suggestion::is_copyable).map(Reply::from).collect()
        })
    }
}

impl From<Suggestion> for Reply {
    fn from(suggestion: Suggestion) -> Self {
        Self { message: suggestion.message, lang: suggestion.lang, text: suggestion.text, fits: suggestion.fits }
    }
}
