//! What is read, and how far: the timelines, the cursor, and what was delivered lately.
//!
//! Ids are opaque: they are sent back as they came and never compared. A server takes in posts of other servers late, with
//! ids as old as the posts are, so that reading goes on from an id that was the newest a quarter of an hour ago, and what is
//! known already is left out.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::wire::Status;

/// How far reading goes back behind what it has seen.
const OVERLAP: TimeDelta = TimeDelta::minutes(15);
/// How many posts are remembered to have been delivered; the store knows the rest.
const REMEMBERED: usize = 4_096;

/// One thing that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Timeline {
    /// The posts that mention the account.
    Mentions,
    /// The posts under a hashtag, which is without its sign.
    Hashtag(String),
}

impl Timeline {
    /// As it is shown, and as the cursor names it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Mentions => "@".to_owned(),
            Self::Hashtag(tag) => format!("#{tag}"),
        }
    }

    /// Where it is read. The address's own rules spell letters of all scripts.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Mentions => "api/v1/notifications".to_owned(),
            Self::Hashtag(tag) => format!("api/v1/timelines/tag/{tag}"),
        }
    }
}

/// The cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct At {
    /// The server and the account: for others everything begins anew.
    pub(super) whose: String,
    /// By name.
    pub(super) timelines: BTreeMap<String, Seen>,
}

/// How far one timeline was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// False until its first page was delivered; what stood there then is backlog.
    pub(super) complete: bool,
    /// Reading goes on behind this id.
    pub(super) from: Option<String>,
    /// The id that comes next, and when it was the newest.
    next: Option<(String, DateTime<Utc>)>,
}

impl Seen {
    /// `id` is the newest at `now`, as far as is known.
    pub(super) fn met(&mut self, id: &str, now: DateTime<Utc>) {
        if self.next.as_ref().is_some_and(|(_, at)| (now - *at).abs() < OVERLAP) {
            return;
        }
        match self.next.replace((id.to_owned(), now)) {
            Some((older, _)) => self.from = Some(older),
            None if self.from.is_none() => self.from = Some(id.to_owned()),
            None => {}
        }
    }
}

/// What was delivered lately, with which text.
#[derive(Debug, Default)]
pub(super) struct Recent {
    order: VecDeque<String>,
    marks: HashMap<String, Mark>,
    hasher: RandomState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Text(u64),
    Gone,
}

impl Recent {
    /// True when this post was not delivered lately with this text, and is not gone; it counts as delivered from now on.
    pub(super) fn is_new(&mut self, status: &Status) -> bool {
        let poll: Vec<&str> = status.poll.iter().flat_map(|poll| &poll.options).map(|it| it.title.as_str()).collect();
        let media: Vec<_> = status.media_attachments.iter().map(|media| &media.description).collect();
        let text = (&status.content, &status.spoiler_text, &status.edited_at, poll, media);
        let mark = Mark::Text(self.hasher.hash_one(text));
        match self.marks.get(&status.id) {
            Some(Mark::Gone) => false,
            Some(known) if *known == mark => false,
            _ => {
                self.set(&status.id, mark);
                true
            }
        }
    }

    /// True the first time that this broken element is met.
    pub(super) fn is_new_trouble(&mut self, data: &str) -> bool {
        let key = format!("!{:016x}", self.hasher.hash_one(data));
        let is_new = !self.marks.contains_key(&key);
        if is_new {
            self.set(&key, Mark::Gone);
        }
        is_new
    }

    /// The post is gone: what is still on its way of it comes too late.
    pub(super) fn gone(&mut self, id: &str) {
        self.set(id, Mark::Gone);
    }

    /// True when it was delivered lately.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.marks.contains_key(id)
    }

    fn set(&mut self, key: &str, mark: Mark) {
        if self.marks.insert(key.to_owned(), mark).is_none() {
            self.order.push_back(key.to_owned());
            if self.order.len() > REMEMBERED
                && let Some(oldest) = self.order.pop_front()
            {
                self.marks.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    #[test]
    fn reading_goes_on_a_quarter_of_an_hour_behind() {
        let mut seen = Seen::default();
        let mut from = |id: &str, minute| {
            seen.met(id, at(minute));
            seen.from.clone().expect("something was met")
        };
        let ids: Vec<String> = [("a", 0), ("b", 1), ("c", 14), ("d", 15), ("e", 20), ("f", 30), ("g", 45)]
            .map(|(id, minute)| from(id, minute))
            .to_vec();
        assert_eq!(ids, ["a", "a", "a", "a", "a", "d", "f"]);
        // A clock that was set back holds nothing up for ever.
        assert_eq!(from("h", -600), "g");
    }

    fn post(id: &str, text: &str) -> Status {
        Status { id: id.to_owned(), content: text.to_owned(), ..Status::default() }
    }

    #[test]
    fn a_post_is_delivered_once_for_each_of_its_texts() {
        let mut recent = Recent::default();
        assert!(recent.is_new(&post("1", "a")) && !recent.is_new(&post("1", "a")));
        assert!(recent.is_new(&post("1", "b")) && recent.knows("1") && !recent.knows("2"));
        recent.gone("1");
        assert!(!recent.is_new(&post("1", "c")), "it comes too late");
        assert!(recent.is_new_trouble("{") && !recent.is_new_trouble("{"));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut recent = Recent::default();
        for id in 0..REMEMBERED + 10 {
            assert!(recent.is_new(&post(&id.to_string(), "a")));
        }
        assert_eq!((recent.order.len(), recent.marks.len()), (REMEMBERED, REMEMBERED));
        assert!(recent.is_new(&post("0", "a")));
    }
}
