//! How far a list of the server has been read: lists that only go from the newest backwards, page by page.
//!
//! What enters: the marks of each page's posts, and the server's word for the page after it. What leaves: where to go on, what
//! is new, and when to stop. A walk begins at the newest and ends at what was known before it; only then does what it saw
//! become known, so that a walk that is cut off goes on where it was and leaves no gap, however long the list has grown.
//! All of it is the source's cursor and is committed with the posts.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Posts that are remembered: several pages, so that some are met again when others were deleted.
const KNOWN: usize = 400;
/// Pages of what stood in a list before it was first read.
const BACKLOG_PAGES: u32 = 2;
/// A list without end is not followed for ever.
const MOST_PAGES: u32 = 200;
/// A search begins so long before the last one: posts are found some time after they were made, and not in order.
const OVERLAP: TimeDelta = TimeDelta::minutes(15);

/// One list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Walk {
    /// False until the list was walked once: what it held is backlog.
    complete: bool,
    /// Marks of posts that were delivered by whole walks, the newest first.
    known: Vec<String>,
    /// Where the next search begins.
    since: Option<DateTime<Utc>>,
    /// The walk that is on.
    on: Option<On>,
}

/// A walk that is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct On {
    began: DateTime<Utc>,
    /// The server's word for the next page; `None` for the newest.
    next: Option<String>,
    pages: u32,
    /// Marks of what it saw, the newest first.
    seen: Vec<String>,
}

/// Which page to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) cursor: Option<String>,
    pub(super) since: Option<DateTime<Utc>>,
}

/// Where a walk ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// At a page that holds something known: the list is in the order of arrival.
    Known,
    /// At a page of which everything is known or older than the search's beginning: the list's order is not that of arrival.
    AllKnown,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The marks of its posts, in its order, each with the time at which the server saw the post.
    pub(super) posts: Vec<(String, Option<DateTime<Utc>>)>,
    /// The server's word for the page after it.
    pub(super) next: Option<String>,
}

impl Walk {
    /// The page to ask for now: the newest, or where the walk that is on goes on.
    pub(super) fn step(&mut self, now: DateTime<Utc>) -> Step {
        let since = self.since;
        let on = self.on.get_or_insert_with(|| On { began: now, next: None, pages: 0, seen: Vec::new() });
        Step { cursor: on.next.clone(), since }
    }

    /// True for what stood in the list before it was first read.
    pub(super) fn is_backlog(&self) -> bool {
        !self.complete
    }

    /// True for a post that was not delivered yet, as far as is remembered.
    pub(super) fn is_new(&self, mark: &str) -> bool {
        let seen = self.on.iter().flat_map(|on| &on.seen);
        !self.known.iter().chain(seen).any(|known| known == mark)
    }

    /// Takes note of a page that is delivered with this state; true when the walk has ended.
    pub(super) fn took(&mut self, page: Seen, until: Until) -> bool {
        let Some(mut on) = self.on.take() else { return true };
        let is_known = |mark: &String| self.known.contains(mark);
        let is_old = |at: &Option<DateTime<Utc>>| at.zip(self.since).is_some_and(|(at, since)| at < since);
        let met = match until {
            Until::Known => page.posts.iter().any(|(mark, _)| is_known(mark)),
            Until::AllKnown => page.posts.iter().all(|(mark, at)| is_known(mark) || is_old(at)),
        };
        on.pages += 1;
        for (mark, _) in page.posts {
            if on.seen.len() < KNOWN && !on.seen.contains(&mark) {
                on.seen.push(mark);
            }
        }
        let most = if self.complete { MOST_PAGES } else { BACKLOG_PAGES };
        // A server that answers with the same word would lead in a circle.
        let goes_on = page.next.is_some() && page.next != on.next && on.pages < most;
        if !met && goes_on {
            on.next = page.next;
            self.on = Some(on);
            return false;
        }
        self.since = Some(on.began - OVERLAP);
        let known = std::mem::take(&mut self.known);
        self.known = on.seen;
        for mark in known {
            if self.known.len() < KNOWN && !self.known.contains(&mark) {
                self.known.push(mark);
            }
        }
        self.complete = true;
        true
    }

    /// True while a walk is between two pages.
    pub(super) fn is_on(&self) -> bool {
        self.on.as_ref().is_some_and(|on| on.pages > 0)
    }

    /// The server's word is no good any more: the walk begins again at the newest.
    pub(super) fn begin_again(&mut self) {
        self.on = None;
    }
}

/// The mark of a post as it stands: 16 hex digits.
pub(super) fn mark(uri: &str, cid: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(uri.as_bytes());
    hasher.update([0]);
    hasher.update(cid.as_bytes());
    hasher.finalize()[..8].iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-11-20T17:00:00Z".parse().expect("an instant")
    }

    /// A server's list, the newest first, whose cursors are places counted from the end.
    struct List(Vec<u32>);

    impl List {
        fn page(&self, cursor: Option<&str>, size: usize) -> (Vec<u32>, Option<String>) {
            let from_end: usize = cursor.map_or(self.0.len(), |cursor| cursor.parse().expect("a place"));
            let start = self.0.len() - from_end;
            let end = (start + size).min(self.0.len());
            let next = (end < self.0.len()).then(|| (self.0.len() - end).to_string());
            (self.0[start..end].to_vec(), next)
        }
    }

    /// Walks until the end or for `pages`, and tells what was new.
    fn walk(list: &List, walk: &mut Walk, until: Until, pages: usize) -> Vec<u32> {
        let mut new = Vec::new();
        for _ in 0..pages {
            let step = walk.step(noon());
            let (posts, next) = list.page(step.cursor.as_deref(), 3);
            new.extend(posts.iter().copied().filter(|post| walk.is_new(&post.to_string())));
            let posts = posts.into_iter().map(|post| (post.to_string(), None)).collect();
            if walk.took(Seen { posts, next }, until) {
                break;
            }
        }
        new
    }

    #[test]
    fn the_first_walk_is_backlog_and_short_and_the_next_brings_what_is_new() {
        let mut state = Walk::default();
        let mut list = List((0..20).rev().collect());
        assert!(state.is_backlog());
        assert_eq!(walk(&list, &mut state, Until::Known, 99), [19, 18, 17, 16, 15, 14]);
        assert!(!state.is_backlog() && !state.is_on());
        assert_eq!(walk(&list, &mut state, Until::Known, 99), Vec::<u32>::new());
        list.0.splice(0..0, [29, 28, 27, 26, 25, 24, 23]);
        assert_eq!(walk(&list, &mut state, Until::Known, 99), [29, 28, 27, 26, 25, 24, 23]);
    }

    #[test]
    fn a_walk_that_is_cut_off_goes_on_and_leaves_no_gap() {
        let mut state = Walk::default();
        let mut list = List((0..6).rev().collect());
        walk(&list, &mut state, Until::Known, 99);
        list.0.splice(0..0, (100..110).rev());
        let mut brought = walk(&list, &mut state, Until::Known, 2);
        assert!(state.is_on());
        // It is stored and read again in between, and more arrives at the top meanwhile.
        let kept = serde_json::to_value(&state).expect("it is kept");
        let mut state: Walk = serde_json::from_value(kept).expect("it reads");
        list.0.splice(0..0, [200, 201]);
        brought.extend(walk(&list, &mut state, Until::Known, 99));
        brought.extend(walk(&list, &mut state, Until::Known, 99));
        brought.sort_unstable();
        assert_eq!(brought, [100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 200, 201]);
    }

    #[test]
    fn a_known_post_that_was_deleted_is_not_missed() {
        let mut state = Walk::default();
        let mut list = List((0..6).rev().collect());
        walk(&list, &mut state, Until::Known, 99);
        list.0.retain(|post| *post != 5 && *post != 4);
        list.0.insert(0, 9);
        assert_eq!(walk(&list, &mut state, Until::Known, 99), [9]);
        assert!(!state.is_on());
    }

    #[test]
    fn a_search_finds_what_comes_late_and_out_of_order() {
        let mut state = Walk::default();
        let mut list = List(vec![9, 8, 7, 6]);
        walk(&list, &mut state, Until::AllKnown, 99);
        // Made earlier, found later: it stands among the known ones of the second page.
        list.0 = vec![10, 9, 8, 7, 1, 6];
        assert_eq!(walk(&list, &mut state, Until::AllKnown, 99), [10, 1]);
    }

    #[test]
    fn a_search_ends_where_it_began_even_when_the_server_does_not_care() {
        let mut state = Walk { complete: true, since: Some(noon()), ..Walk::default() };
        let old = Some(noon() - TimeDelta::hours(1));
        state.step(noon());
        let page = Seen { posts: vec![("a".into(), old)], next: Some("more".into()) };
        assert!(state.took(page, Until::AllKnown));
        assert_eq!(state.since, Some(noon() - OVERLAP));
    }

    #[test]
    fn a_circle_ends() {
        let mut state = Walk { complete: true, ..Walk::default() };
        let page = |mark: u32| Seen { posts: vec![(mark.to_string(), None)], next: Some("again".into()) };
        state.step(noon());
        assert!(!state.took(page(1), Until::Known));
        assert!(state.took(page(2), Until::Known));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut state = Walk { complete: true, ..Walk::default() };
        for round in 0..10 {
            for page in 0..9 {
                state.step(noon());
                let posts = (0..100).map(|post| (format!("{round}-{page}-{post}"), None)).collect();
                state.took(Seen { posts, next: Some(page.to_string()) }, Until::Known);
            }
            state.step(noon());
            state.took(Seen::default(), Until::Known);
        }
        assert_eq!(state.known.len(), KNOWN);
        assert!(!state.is_new("9-0-0"));
    }
}
