//! The lists an account reads: its notifications, and each of its searches.
//!
//! What enters: the configuration, then the server's pages. What leaves: the request for a page, and what a page holds: items, the
//! oldest first, what is bad in it, and the marks by which the walk knows it again. What the account wrote itself is no
//! mention of it and is left out.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::super::http::Request;
use super::super::{BadCause, SourceError};
use super::post::Post;
use super::session::Session;
use super::stands;
use super::walk::{Seen, Step, Until, Walk, mark};
use crate::config;
use crate::mention::{Id, RawItem};

/// The most that a server gives at a time.
const PAGE: usize = 100;
/// Why somebody is notified that a person may want to answer.
const REASONS: [&str; 3] = ["mention", "reply", "quote"];
/// A larger piece of what is bad is not kept.
const MAX_DATA: usize = 64 << 10;

/// One list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum List {
    /// Who mentioned the account, answered it or quoted it.
    Notifications,
    /// Public posts with this text.
    Search(String),
}

/// A page as the server gives it.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    #[serde(alias = "notifications")]
    posts: Vec<Value>,
    #[serde(default)]
    cursor: Option<String>,
}

/// What a page comes to.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// What is new, the oldest first.
    pub(super) items: Vec<RawItem>,
    /// What is new and bad: its name, why, and itself.
    pub(super) bad: Vec<(String, BadCause, String)>,
    pub(super) seen: Seen,
}

impl List {
    /// Those of an account.
    pub(super) fn of(config: &config::Bluesky) -> Vec<Self> {
        let notifications = config.notifications.then_some(Self::Notifications);
        notifications.into_iter().chain(config.search.iter().cloned().map(Self::Search)).collect()
    }

    /// Its name in the cursor.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Notifications => "notifications".to_owned(),
            Self::Search(text) => format!("search:{text}"),
        }
    }

    pub(super) fn is_search(&self) -> bool {
        matches!(self, Self::Search(_))
    }

    pub(super) fn until(&self) -> Until {
        if self.is_search() { Until::AllKnown } else { Until::Known }
    }

    /// Asks for a page.
    pub(super) fn request<'a>(&'a self, step: &Step) -> Request<'a> {
        let mut request = match self {
            Self::Notifications => {
                REASONS.iter().fold(Request::get("xrpc/app.bsky.notification.listNotifications"), |request, reason| {
                    request.query("reasons", *reason)
                })
            }
            Self::Search(text) => {
                let request = Request::get("xrpc/app.bsky.feed.searchPosts").query("q", text.as_str());
                let request = request.query("sort", "latest");
                match step.since {
                    Some(since) => request.query("since", since.to_rfc3339_opts(SecondsFormat::Millis, true)),
                    None => request,
                }
            }
        };
        request = request.query("limit", PAGE.to_string());
        match &step.cursor {
            Some(cursor) => request.query("cursor", cursor.as_str()),
            None => request,
        }
    }

    /// Makes items of a page. Notifications say less than a post that is asked for: counts and what is quoted are asked for where
    /// they are missing, and left out where that fails.
    pub(super) async fn fill(
        &self,
        page: Page,
        walk: &Walk,
        session: &mut Session,
        source: &Id,
        now: DateTime<Utc>,
    ) -> Result<Filled, SourceError> {
        let mut filled = Filled { seen: Seen { posts: Vec::new(), next: page.cursor }, ..Filled::default() };
        let mut posts = Vec::new();
        for value in page.posts.iter().take(PAGE) {
            match Post::read(value) {
                Ok(post) => {
                    let mark = mark(&post.uri, &post.cid);
                    let is_twice = posts.iter().any(|other: &Post| other.uri == post.uri);
                    let is_wanted = wants(&post, session.did()) && walk.is_new(&mark) && !is_twice;
                    filled.seen.posts.push((mark, post.seen_at()));
                    if is_wanted {
                        posts.push(post);
                    }
                }
                Err(cause) => bad(value, cause, walk, &mut filled),
            }
        }
        if !self.is_search() {
            stands::complete(&mut posts, session).await?;
        }
        filled.items = posts.iter().rev().map(|post| post.item(source, now)).collect();
        Ok(filled)
    }
}

fn wants(post: &Post, own: Option<&str>) -> bool {
    let is_of_reason = post.reason.as_deref().is_none_or(|reason| REASONS.contains(&reason));
    is_of_reason && own != Some(post.author.did.as_str())
}

/// Keeps note of something bad, so that it is told once.
fn bad(value: &Value, cause: BadCause, walk: &Walk, filled: &mut Filled) {
    let mut data = value.to_string();
    let mark = mark(&data, "");
    if walk.is_new(&mark) {
        let end = (0..=MAX_DATA.min(data.len())).rev().find(|at| data.is_char_boundary(*at)).unwrap_or(0);
        data.truncate(end);
        let name = value["uri"].as_str().unwrap_or("?").chars().take(300).collect();
        filled.bad.push((name, cause, data));
    }
    filled.seen.posts.push((mark, None));
}
