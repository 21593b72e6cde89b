//! Asking a running source whether posts still stand as they were, before somebody answers them.
//!
//! What enters: the native ids of posts that a person is about to answer. What leaves: which of them the source looked at,
//! and when. What it finds is not in the answer: a changed text and a deletion come as ordinary items, committed before the
//! answer is given, so that store, desk and composer learn of them in the usual way.
//!
//! A kind of source takes part by four things:
//! - [`SourceKind::rechecks`](crate::config::SourceKind::rechecks) is true for it;
//! - wherever it waits, it waits for [`Context::asked`](super::Context::asked) too, or rests by
//!   [`Context::rest_or_asked`](super::Context::rest_or_asked), and never lets a request lie for longer than one exchange
//!   with its server takes;
//! - for a request it asks its server for all of [`Recheck::ids`] at once, sends what it found (the posts as they are now,
//!   [`RawItem::deletion`](crate::mention::RawItem::deletion) for those that are surely gone) with the cursor of its last
//!   batch, and settles;
//! - then it calls [`Recheck::done`] with the ids it is sure of. An id that it does not know, and a post that it was not
//!   shown without being told that it is gone, are left out. On a failure it drops the request and returns its error.
//!
//! A source that is not running (it backs off, it stopped) answers nothing: its requests are dropped at once, which whoever
//! asked is told as "not looked at". Nothing here fails, and nothing waits without end.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot};

use crate::mention::{Id, MentionId};

/// The most ids in one request: what the networks let themselves be asked for at a time is 20 or more.
pub const MAX_RECHECK: usize = 20;

/// Requests of one source that wait. There is one person at a desk: who asks while so many wait is told that the post was
/// not looked at, and asks again at the next look.
const WAITING: usize = 4;

/// The longest that somebody waits for an answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// A request, in the hands of the source. Dropped, it says that nothing was looked at.
#[derive(Debug)]
pub struct Recheck {
    ids: Vec<String>,
    answer: oneshot::Sender<Rechecked>,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rechecked {
    /// The native ids that were looked at; what is not among them may or may not stand as it was.
    pub looked_at: Vec<String>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Recheck {
    /// Native ids, at most [`MAX_RECHECK`], as the source gave them. They came back from the store: check their form before
    /// sending them anywhere.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Tells which posts were looked at. What was found about them is committed by now.
    pub fn done(self, looked_at: Vec<String>, at: DateTime<Utc>) {
        // Whoever asked may have lost patience.
        let _ = self.answer.send(Rechecked { looked_at, at });
    }
}

/// The end by which one running source is asked.
#[derive(Debug, Clone)]
pub struct Rechecker(mpsc::Sender<Recheck>);

/// Both ends for one source.
fn line() -> (Rechecker, mpsc::Receiver<Recheck>) {
    let (sender, receiver) = mpsc::channel(WAITING);
    (Rechecker(sender), receiver)
}

impl Rechecker {
    /// Asks the source to look at the posts with these native ids, the first [`MAX_RECHECK`] of them; `None` when it did not
    /// answer in time, failed, or has too much to do.
    pub async fn ask(&self, ids: Vec<String>) -> Option<Rechecked> {
        let (answer, answered) = oneshot::channel();
        let ids = ids.into_iter().take(MAX_RECHECK).collect();
        self.0.try_send(Recheck { ids, answer }).ok()?;
        tokio::time::timeout(PATIENCE, answered).await.ok()?.ok()
    }
}

/// The running sources that can be asked, by their ids.
#[derive(Debug, Clone, Default)]
pub struct Rechecks(Arc<Mutex<BTreeMap<Id, Rechecker>>>);

impl Rechecks {
    /// The requests to a source that begins to run; they come from whoever holds a clone of this.
    pub(super) fn line(&self, source: &Id) -> mpsc::Receiver<Recheck> {
        let (rechecker, requests) = line();
        self.add(source.clone(), rechecker);
        requests
    }

    /// Takes over the sources of `started`: whoever asks may be there before they run.
    pub fn join(&self, started: &Self) {
        let started = started.sources().clone();
        for (source, rechecker) in started {
            self.add(source, rechecker);
        }
    }

    /// The source that can be asked about a mention, and the mention's native id there: of the ids under which it was seen, the
    /// first of a source that can be asked. `None` when there is none.
    pub fn of<'a>(&self, seen_by: impl IntoIterator<Item = &'a MentionId>) -> Option<(Id, Rechecker, String)> {
        let sources = self.sources();
        seen_by.into_iter().find_map(|id| {
            let (source, native) = id.as_str().split_once(':')?;
            let (source, rechecker) = sources.get_key_value(source)?;
            Some((source.clone(), rechecker.clone(), native.to_owned()))
        })
    }

    fn add(&self, source: Id, rechecker: Rechecker) {
        self.sources().insert(source, rechecker);
    }

    /// Held for a look or an insertion only.
    fn sources(&self) -> MutexGuard<'_, BTreeMap<Id, Rechecker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-11-20T17:00:00Z".parse().expect("an instant")
    }

    #[tokio::test]
    async fn an_answer_names_what_was_looked_at() {
        let (rechecker, mut requests) = line();
        let asked = tokio::spawn(async move { rechecker.ask((0..30).map(|id| id.to_string()).collect()).await });
        let request = requests.recv().await.expect("a request");
        assert_eq!(request.ids().len(), MAX_RECHECK);
        request.done(vec!["3".to_owned()], noon());
        let answer = asked.await.expect("it ends");
        assert_eq!(answer, Some(Rechecked { looked_at: vec!["3".to_owned()], at: noon() }));
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_not_answered_hears_that_nothing_was_looked_at() {
        let (rechecker, mut requests) = line();
        let asked = {
            let rechecker = rechecker.clone();
            tokio::spawn(async move { rechecker.ask(vec!["1".to_owned()]).await })
        };
        drop(requests.recv().await);
        assert_eq!(asked.await.expect("it ends"), None, "dropped");
        assert_eq!(rechecker.ask(vec!["1".to_owned()]).await, None, "it takes too long");
        let waiting: Vec<_> = (0..WAITING).map(|_| rechecker.0.try_reserve()).collect();
        assert_eq!(rechecker.ask(vec!["1".to_owned()]).await, None, "it has too much to do");
        drop((waiting, requests));
        assert_eq!(rechecker.ask(vec!["1".to_owned()]).await, None, "it is gone");
    }

    #[test]
    fn a_mention_is_asked_about_where_it_can_be() {
        let rechecks = Rechecks::default();
        let seen = [MentionId::new("press:7"), MentionId::new("town:at://did:plc:a/app.bsky.feed.post/3k")];
        assert!(rechecks.of(&seen).is_none());
        let started = Rechecks::default();
        let _requests = started.line(&"town".into());
        rechecks.join(&started);
        let (source, _, native) = rechecks.of(&seen).expect("one of them");
        assert_eq!((&*source, native.as_str()), ("town", "at://did:plc:a/app.bsky.feed.post/3k"));
        assert!(rechecks.of(&seen[..1]).is_none());
    }
}
