//! Asks the running sources whether mentions still stand as they were, a few at a time.
//!
//! What enters: the mentions that a person looks at or is about to answer. What leaves: an event that says which of them were
//! looked at, and which could not be. What was found comes from the source, as every mention does. Those that a person
//! passes by within a moment are asked about together: one exchange with a server answers for all of them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc;

use crate::mention::{Id, MentionId};
use crate::run::Home;
use crate::sources::{MAX_RECHECK, Rechecker, Rechecks};
use crate::tui::event::Event;

/// What is asked within this time is asked together.
const GATHER: Duration = Duration::from_millis(250);

/// Mentions with the ids under which they were seen.
type Asked = (MentionId, Vec<MentionId>);

/// Whoever asks for the desk.
#[derive(Debug, Clone)]
pub(super) struct Looking {
    running: Rechecks,
    /// The configured sources that could be asked, whether they run here or not.
    able: Arc<BTreeSet<Id>>,
    events: mpsc::Sender<Event>,
    /// At most [`MAX_RECHECK`]: of more, those that were passed by first are not asked about.
    gathered: Arc<Mutex<VecDeque<Asked>>>,
}

impl Looking {
    pub(super) fn new(home: &Home, running: Rechecks, events: mpsc::Sender<Event>) -> Self {
        let able = home.config.sources.iter().filter(|source| source.kind.rechecks());
        let able = Arc::new(able.map(|source| source.id.clone()).collect());
        Self { running, able, events, gathered: Arc::default() }
    }

    /// Begins to ask about a mention; of one whose source cannot look again nothing is ever told.
    pub(super) fn look(&self, id: MentionId, seen_by: Vec<MentionId>) {
        let is_able =
            |id: &MentionId| id.as_str().split_once(':').is_some_and(|(source, _)| self.able.contains(source));
        if !seen_by.iter().any(is_able) {
            return;
        }
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = gathered.is_empty();
        gathered.retain(|(other, _)| *other != id);
        gathered.push_back((id, seen_by));
        if gathered.len() > MAX_RECHECK {
            gathered.pop_front();
        }
        if is_first {
            let looking = self.clone();
            tokio::spawn(async move {
                tokio::time::sleep(GATHER).await;
                looking.ask().await;
            });
        }
    }

    /// Asks each source once for all that was gathered.
    async fn ask(&self) {
        let gathered = std::mem::take(&mut *self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        let mut of_source: BTreeMap<Id, (Rechecker, Vec<(MentionId, String)>)> = BTreeMap::new();
        let mut nobody = Vec::new();
        for (id, seen_by) in gathered {
            match self.running.of(&seen_by) {
                Some((source, rechecker, native)) => {
                    of_source.entry(source).or_insert_with(|| (rechecker, Vec::new())).1.push((id, native));
                }
                None => nobody.push(id),
            }
        }
        self.tell(nobody, None).await;
        let asked = of_source.into_values().map(|(rechecker, mentions)| async move {
            let natives = mentions.iter().map(|(_, native)| native.clone()).collect();
            let answer = rechecker.ask(natives).await;
            let (looked_at, at) = answer.map_or((Vec::new(), None), |answer| (answer.looked_at, Some(answer.at)));
            let (sure, unsure): (Vec<_>, Vec<_>) =
                mentions.into_iter().partition(|(_, native)| looked_at.contains(native));
            let ids = |mentions: Vec<(MentionId, String)>| mentions.into_iter().map(|(id, _)| id).collect();
            self.tell(ids(sure), at).await;
            self.tell(ids(unsure), None).await;
        });
        futures_util::future::join_all(asked).await;
    }

    async fn tell(&self, mentions: Vec<MentionId>, at: Option<DateTime<Utc>>) {
        if !mentions.is_empty() {
            // A loop that has ended needs to hear nothing more.
            let _ = self.events.send(Event::LookedAgain { mentions, at }).await;
        }
    }
}
