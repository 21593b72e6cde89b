//! Posts and comments, as the Graph API tells them.
//!
//! What enters: an answer. What leaves: its posts and comments as items, where the list goes on, and what could not be read.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::http::Reply;
use super::super::{BadCause, Receipt, SourceError};
use crate::mention::{Kind, RawItem};

/// One answer of a list.
#[derive(Debug)]
pub(super) struct List<T> {
    pub(super) data: Vec<T>,
    /// Where the list goes on.
    pub(super) next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(default)]
    data: Vec<Value>,
    paging: Option<Paging>,
}

#[derive(Debug, Default, Deserialize)]
struct Paging {
    cursors: Option<Cursors>,
    /// Is there when the list goes on; it holds the token, and is not followed.
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Cursors {
    after: Option<String>,
}

/// A post of the page, or one that tags it.
#[derive(Debug, Deserialize)]
pub(super) struct Post {
    pub(super) id: Option<String>,
    message: Option<String>,
    created_time: Option<String>,
    from: Option<From>,
    permalink_url: Option<String>,
    shares: Option<Shares>,
    reactions: Option<Reactions>,
    comments: Option<Comments>,
}

#[derive(Debug, Deserialize)]
struct Comments {
    #[serde(default)]
    data: Vec<Comment>,
    paging: Option<Paging>,
}

/// A comment, or an answer to one.
#[derive(Debug, Deserialize)]
pub(super) struct Comment {
    id: Option<String>,
    message: Option<String>,
    created_time: Option<String>,
    from: Option<From>,
    parent: Option<Parent>,
    permalink_url: Option<String>,
}

#[derive(Debug, Deserialize)]
struct From {
    id: Option<String>,
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Parent {
    id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Shares {
    count: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct Reactions {
    summary: Option<Summary>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    total_count: Option<u64>,
}

impl Paging {
    fn after(self) -> Option<String> {
        self.next?;
        self.cursors?.after
    }
}

/// The elements of an answer; one of another shape is kept among the bad, and costs no other.
pub(super) fn list<T: DeserializeOwned>(
    reply: &Reply,
    bad: &mut Vec<(String, BadCause, String)>,
) -> Result<List<T>, SourceError> {
    let answer: Answer = reply.json()?;
    let mut data = Vec::with_capacity(answer.data.len());
    for element in answer.data {
        let text = element.to_string();
        match serde_json::from_value(element) {
            Ok(element) => data.push(element),
            Err(error) => {
                let name = format!("{} {}", reply.url, data.len() + bad.len() + 1);
                bad.push((name, BadCause::Malformed(error.to_string()), text));
            }
        }
    }
    Ok(List { data, next: answer.paging.and_then(Paging::after) })
}

impl Post {
    /// The post and its comments as items, and where the comments go on.
    pub(super) fn into_items(self, receipt: &Receipt<'_>) -> (Vec<RawItem>, Option<String>) {
        let Self { id, message, created_time, from, permalink_url, shares, reactions, comments } = self;
        let said = Said { id: id.clone(), message, created_time, from, permalink_url };
        let mut items: Vec<RawItem> = said.into_item(Kind::Post, receipt).into_iter().collect();
        if let Some(post) = items.first_mut() {
            post.metrics.likes = reactions.and_then(|reactions| reactions.summary?.total_count);
            post.metrics.reposts = shares.and_then(|shares| shares.count);
        }
        let Some(Comments { data, paging }) = comments else { return (items, None) };
        items.extend(data.into_iter().filter_map(|comment| comment.into_item(id.as_deref(), receipt)));
        (items, paging.and_then(Paging::after))
    }
}

impl Comment {
    /// The comment under `post` as an item; `None` when it has no id or nothing to read.
    pub(super) fn into_item(self, post: Option<&str>, receipt: &Receipt<'_>) -> Option<RawItem> {
        let Self { id, message, created_time, from, parent, permalink_url } = self;
        let parent = parent.and_then(|parent| parent.id);
        let kind = if parent.is_some() { Kind::Reply } else { Kind::Comment };
        let mut item = Said { id, message, created_time, from, permalink_url }.into_item(kind, receipt)?;
        item.reply_to = parent.or_else(|| post.map(str::to_owned));
        item.thread = post.map(str::to_owned);
        Some(item)
    }
}

/// What posts and comments have alike.
struct Said {
    id: Option<String>,
    message: Option<String>,
    created_time: Option<String>,
    from: Option<From>,
    permalink_url: Option<String>,
}

impl Said {
    fn into_item(self, kind: Kind, receipt: &Receipt<'_>) -> Option<RawItem> {
        let id = self.id.filter(|id| !id.trim().is_empty())?;
        let url = self.permalink_url.unwrap_or_else(|| format!("https://www.facebook.com/{id}"));
        let message = self.message.filter(|message| !message.trim().is_empty());
        // A picture without a word: what can be shown of it here is its address.
        let mut item = RawItem::new(receipt.source.clone(), message.unwrap_or_else(|| url.clone()), receipt.now);
        item.native_id = Some(id);
        item.kind = kind;
        item.network = Some("facebook".to_owned());
        item.url = Some(url);
        item.posted_at = self.created_time.as_deref().and_then(moment);
        if let Some(From { id, name }) = self.from {
            (item.author.handle, item.author.name) = (id, name);
        }
        Some(item)
    }
}

/// `2026-11-20T17:00:00+0000`.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let read = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z").or_else(|_| DateTime::parse_from_rfc3339(text));
    read.ok().map(|moment| moment.to_utc())
}
