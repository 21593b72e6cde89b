//! From a post as the network's servers tell it to an item.
//!
//! What enters: JSON of a notification, of a search's post or of a post that was asked for: the same record, with more or less
//! around it. What leaves: a [`RawItem`] whose text depends on the record alone, so that the same post seen in two ways is
//! no new version. Lists are bounded; what is missing or of another type is left out, and only a post without record or
//! address is refused.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::super::BadCause;
use super::embeds;
use super::facets::written_out;
use crate::mention::{Id, Kind, Metrics, RawAuthor, RawItem};

/// The network's token.
pub(super) const NETWORK: &str = "bluesky";
/// Longer texts are cut: the network's own limit is 3,000 bytes.
pub(in super::super) const MAX_TEXT: usize = 64 << 10;

/// A post, or a notification of one.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Post {
    /// Where it is: opaque, and the native id.
    pub(super) uri: String,
    /// Another one is another text.
    #[serde(default)]
    pub(super) cid: String,
    pub(super) author: Author,
    /// What its author wrote.
    pub(super) record: Value,
    /// The same with addresses and what is quoted; servers add it where a post is asked for.
    #[serde(default)]
    embed: Value,
    /// Why somebody is notified.
    #[serde(default, deserialize_with = "lenient")]
    pub(super) reason: Option<String>,
    /// When the server first saw it.
    #[serde(default, deserialize_with = "lenient")]
    pub(super) indexed_at: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    like_count: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    repost_count: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    quote_count: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    reply_count: Option<u64>,
}

/// Who wrote it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Author {
    pub(super) did: String,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) handle: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    display_name: Option<String>,
    #[serde(default)]
    labels: Value,
}

/// The record of a post.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Record {
    #[serde(deserialize_with = "lenient")]
    text: Option<String>,
    #[serde(deserialize_with = "lenient")]
    created_at: Option<String>,
    #[serde(deserialize_with = "lenient")]
    langs: Option<Vec<String>>,
    #[serde(deserialize_with = "lenient")]
    facets: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    reply: Option<ReplyTo>,
    embed: Value,
}

#[derive(Debug, Deserialize)]
struct ReplyTo {
    root: Strong,
    parent: Strong,
}

#[derive(Debug, Deserialize)]
struct Strong {
    uri: String,
}

/// The value, or nothing where it has another type than it should.
fn lenient<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(from)?).ok())
}

impl Post {
    /// Reads one; the error says what is wrong with it.
    pub(super) fn read(value: &Value) -> Result<Self, BadCause> {
        let post = Self::deserialize(value).map_err(|error| BadCause::Malformed(error.to_string()))?;
        if post.uri.trim().is_empty() {
            return Err(BadCause::NoId);
        }
        if post.record.get("text").is_none_or(|text| !text.is_string()) {
            return Err(BadCause::NoText);
        }
        Ok(post)
    }

    /// When the server saw it.
    pub(super) fn seen_at(&self) -> Option<DateTime<Utc>> {
        instant(self.indexed_at.as_deref()?)
    }

    /// The item it is.
    pub(super) fn item(&self, source: &Id, now: DateTime<Utc>) -> RawItem {
        let record = Record::deserialize(&self.record).unwrap_or_default();
        let mut item = RawItem::new(source.clone(), text(&record), now);
        item.native_id = Some(self.uri.clone());
        item.network = Some(NETWORK.to_owned());
        item.author = RawAuthor {
            handle: Some(self.author.handle().unwrap_or(&self.author.did).to_owned()),
            name: self.author.display_name.clone().filter(|name| !name.trim().is_empty()),
            followers: None,
            bot: self.author.is_bot(),
        };
        item.url = permalink(&self.uri);
        item.posted_at = record.created_at.as_deref().and_then(instant);
        item.lang = record.langs.and_then(|langs| langs.into_iter().next());
        if let Some(reply) = record.reply {
            item.kind = Kind::Reply;
            item.reply_to = Some(reply.parent.uri);
            item.thread = Some(reply.root.uri);
        }
        item.metrics = Metrics {
            likes: self.like_count,
            // A quote passes a post on, too.
            reposts: self.repost_count.map(|reposts| reposts.saturating_add(self.quote_count.unwrap_or(0))),
            replies: self.reply_count,
            views: None,
        };
        item.media = embeds::media(&record.embed, &self.embed);
        item
    }
}

/// The item of a record of which is known where it stands and who wrote it, and nothing else; `None` where it has no text.
pub(in super::super) fn of_record(
    uri: &str,
    did: &str,
    record: &Value,
    source: &Id,
    now: DateTime<Utc>,
) -> Option<RawItem> {
    let post = Post::read(&serde_json::json!({ "uri": uri, "author": { "did": did }, "record": record })).ok()?;
    Some(post.item(source, now))
}

impl Author {
    /// True when the account itself says that a program writes for it.
    fn is_bot(&self) -> bool {
        let labels = self.labels.as_array().into_iter().flatten().take(100);
        labels.into_iter().any(|label| label["val"] == "bot" && label["src"] == self.did.as_str())
    }

    /// The account's name; none where the network says that it is not valid.
    pub(super) fn handle(&self) -> Option<&str> {
        self.handle.as_deref().filter(|handle| !handle.trim().is_empty() && *handle != "handle.invalid")
    }
}

/// What a person reads. A post of pictures only is read by their descriptions.
fn text(record: &Record) -> String {
    let written = record.text.as_deref().unwrap_or_default();
    let facets = record.facets.as_deref().unwrap_or_default();
    let mut text = written_out(written, facets);
    if text.trim().is_empty() {
        text = embeds::in_words(&record.embed);
    }
    if text.len() > MAX_TEXT {
        let end = (0..=MAX_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text.trim()).ok().map(|instant| instant.to_utc())
}

/// Where a person sees the post. It names the account by its identifier, which stays when the account takes another name,
/// so that the same post has the same address whoever brings it.
pub(super) fn permalink(uri: &str) -> Option<String> {
    let (did, key) = uri.strip_prefix("at://")?.split_once("/app.bsky.feed.post/")?;
    let is_plain = |part: &str, more: &[char]| {
        !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || more.contains(&letter))
    };
    let fits = did.starts_with("did:")
        && is_plain(did, &[':', '.', '-', '_', '%'])
        && is_plain(key, &['.', '-', '_', '~', ':']);
    fits.then(|| format!("https://bsky.app/profile/{did}/post/{key}"))
}
