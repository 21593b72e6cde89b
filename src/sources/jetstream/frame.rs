//! One frame of a Jetstream, of its first or its second version, read as far as it has to be.
//!
//! What enters: a frame's bytes, hostile. What leaves: what it says of posts, borrowed from the frame. Everything else the
//! network does is passed over without a look inside: a record is not read before it is known to be a post's, and of a post
//! only what its matching needs. Nothing is copied unless the wire escaped it.

use std::borrow::Cow;
use std::fmt;

use chrono::DateTime;
use memchr::memmem;
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::super::BadCause;
use super::super::bluesky::MAX_TEXT;
use super::unescape::unescape;

/// The collection whose records are posts.
pub(super) const POSTS: &str = "app.bsky.feed.post";

/// What a frame says.
#[derive(Debug)]
pub(super) enum Frame<'a> {
    /// Something happened on the network.
    Event(Event<'a>),
    /// The server remarks on the stream, such as `OutdatedCursor`.
    Info(Cow<'a, str>),
    /// The server ends the stream, such as `ConsumerTooSlow`.
    Error(Cow<'a, str>),
}

/// Something that happened.
#[derive(Debug)]
pub(super) struct Event<'a> {
    /// When the server saw it, in microseconds since 1970.
    pub(super) time_us: Option<u64>,
    /// Its number in this server's stream, where it tells one.
    pub(super) seq: Option<u64>,
    pub(super) what: What<'a>,
}

/// What happened.
#[derive(Debug)]
pub(super) enum What<'a> {
    /// A post was written or rewritten.
    Written(Written<'a>),
    /// A post was deleted.
    Deleted(Key<'a>),
    /// Anything else.
    Other,
}

/// Which post.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key<'a> {
    /// The author's account.
    pub(super) did: Cow<'a, str>,
    /// The record's key in the account's collection.
    pub(super) rkey: Cow<'a, str>,
}

/// A post as it now stands.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) key: Key<'a>,
    /// The author's revision that wrote it.
    pub(super) rev: Cow<'a, str>,
    /// The whole record.
    pub(super) record: &'a RawValue,
    pub(super) glance: Glance<'a>,
}

/// What the matching of a post needs. What is missing or of another type than it should be is left out: accounts write what
/// they like.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Glance<'a> {
    /// As it stands in the frame, escapes and quotes included.
    #[serde(borrow)]
    text: Option<&'a RawValue>,
    #[serde(borrow)]
    langs: Option<&'a RawValue>,
    #[serde(borrow)]
    facets: Option<&'a RawValue>,
    #[serde(borrow)]
    reply: Option<&'a RawValue>,
    #[serde(borrow)]
    embed: Option<&'a RawValue>,
}

/// A frame of either version. In the first one an event lies open, in the second one in a payload.
#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow, default)]
    did: Cow<'a, str>,
    #[serde(default)]
    time_us: Option<u64>,
    #[serde(default)]
    cursor: Option<u64>,
    #[serde(borrow, default)]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    commit: Option<Commit<'a>>,
    #[serde(borrow, default, rename = "$type")]
    tag: Cow<'a, str>,
    #[serde(borrow, default)]
    payload: Option<Payload<'a>>,
    #[serde(borrow, default)]
    error: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow, default)]
    rev: Cow<'a, str>,
    #[serde(borrow)]
    operation: Cow<'a, str>,
    #[serde(borrow)]
    collection: Cow<'a, str>,
    #[serde(borrow)]
    rkey: Cow<'a, str>,
    #[serde(borrow, default)]
    record: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Payload<'a> {
    #[serde(borrow, rename = "$type")]
    tag: Cow<'a, str>,
    #[serde(default)]
    seq: Option<u64>,
    #[serde(borrow, default)]
    did: Cow<'a, str>,
    #[serde(borrow, default)]
    time: Cow<'a, str>,
    #[serde(borrow, default)]
    rev: Cow<'a, str>,
    #[serde(borrow, default)]
    operation: Cow<'a, str>,
    #[serde(borrow, default)]
    collection: Cow<'a, str>,
    #[serde(borrow, default)]
    rkey: Cow<'a, str>,
    #[serde(borrow, default)]
    record: Option<&'a RawValue>,
    #[serde(borrow, default)]
    name: Cow<'a, str>,
}

impl<'a> Frame<'a> {
    /// Reads a frame; the error says what is wrong with it.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, BadCause> {
        let text = std::str::from_utf8(bytes).map_err(|_| BadCause::NotUtf8)?;
        let wire: Wire<'a> = serde_json::from_str(text).map_err(|error| BadCause::Malformed(error.to_string()))?;
        match (&*wire.tag, wire.payload) {
            ("error", _) => Ok(Self::Error(wire.error)),
            (_, Some(payload)) => payload.frame(),
            (_, None) if wire.kind.is_empty() => Err(BadCause::Malformed("no kind of event".to_owned())),
            _ => {
                let what = match wire.commit {
                    Some(commit) if wire.kind == "commit" => commit.what(wire.did)?,
                    _ => What::Other,
                };
                Ok(Self::Event(Event { time_us: wire.time_us, seq: wire.cursor, what }))
            }
        }
    }
}

impl<'a> Payload<'a> {
    fn frame(self) -> Result<Frame<'a>, BadCause> {
        let what = match self.tag.rsplit_once('#').map_or(&*self.tag, |(_, kind)| kind) {
            "info" => return Ok(Frame::Info(self.name)),
            "commit" => {
                let Self { rev, operation, collection, rkey, record, .. } = self;
                Commit { rev, operation, collection, rkey, record }.what(self.did)?
            }
            _ => What::Other,
        };
        let time = DateTime::parse_from_rfc3339(&self.time).ok();
        let time_us = time.and_then(|time| u64::try_from(time.timestamp_micros()).ok());
        Ok(Frame::Event(Event { time_us, seq: self.seq, what }))
    }
}

impl<'a> Commit<'a> {
    fn what(self, did: Cow<'a, str>) -> Result<What<'a>, BadCause> {
        if self.collection != POSTS {
            return Ok(What::Other);
        }
        if did.is_empty() || self.rkey.is_empty() {
            return Err(BadCause::NoId);
        }
        let key = Key { did, rkey: self.rkey };
        match (&*self.operation, self.record) {
            ("create" | "update", Some(record)) => {
                let glance = serde_json::from_str(record.get()).unwrap_or_default();
                Ok(What::Written(Written { key, rev: self.rev, record, glance }))
            }
            ("delete", _) => Ok(What::Deleted(key)),
            ("create" | "update", None) => Err(BadCause::Malformed("a post without a record".to_owned())),
            _ => Ok(What::Other),
        }
    }
}

impl Key<'_> {
    /// The post's address on the network: its native id.
    pub(super) fn uri(&self) -> String {
        format!("at://{}/{POSTS}/{}", self.did, self.rkey)
    }

    /// Appends where a person sees the post; false when account or key would make it another address. It names the account by its identifier, which
    /// stays when the account takes another name.
    pub(super) fn write_permalink(&self, url: &mut String) -> bool {
        let is_plain = |part: &str, more: &[u8]| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte))
        };
        if !self.did.starts_with("did:") || !is_plain(&self.did, b":.-_%") || !is_plain(&self.rkey, b".-_~:") {
            return false;
        }
        for part in ["https://bsky.app/profile/", &self.did, "/post/", &self.rkey] {
            url.push_str(part);
        }
        true
    }
}

impl<'a> Glance<'a> {
    /// What was written; `scratch` is used where the wire escaped it. `None` where there is no text.
    pub(super) fn text<'s>(&self, scratch: &'s mut String) -> Option<&'s str>
    where
        'a: 's,
    {
        unescape(self.text?.get(), scratch)
    }

    /// The first language its author named.
    pub(super) fn lang(&self) -> Option<Cow<'a, str>> {
        serde_json::from_str::<First<'a>>(self.langs?.get()).ok()?.0
    }

    /// True for an answer to another post.
    pub(super) fn is_reply(&self) -> bool {
        self.reply.is_some_and(|reply| serde_json::from_str::<Reply<'a>>(reply.get()).is_ok())
    }

    /// True when pictures, a film, a page or another post came with it.
    pub(super) fn has_media(&self) -> bool {
        let embed = self.embed.and_then(|embed| serde_json::from_str::<Embed<'a>>(embed.get()).ok());
        embed.is_some_and(|embed| match embed.tag.strip_prefix("app.bsky.embed.") {
            Some("images") => embed.images.is_some_and(|images| images.get() != "[]"),
            Some("video" | "external" | "record" | "recordWithMedia") => true,
            _ => false,
        })
    }

    /// True when a person reads the text as it stands here: no words of it are a link whose address stands elsewhere, it is
    /// not empty, so that something else is read in its place, and not so long that it is cut.
    pub(super) fn is_plain(&self) -> bool {
        let links = |facets: &RawValue| memmem::find(facets.get().as_bytes(), b"#link").is_some();
        let text = self.text.map(RawValue::get).unwrap_or_default();
        let is_blank = text.trim_matches('"').trim().is_empty() || text.starts_with(r#""\"#);
        !is_blank && text.len() <= MAX_TEXT && !self.facets.is_some_and(links)
    }
}

/// Which post is answered, and at the head of which conversation.
#[derive(Deserialize)]
struct Reply<'a> {
    #[serde(borrow, rename = "root")]
    _root: Strong<'a>,
    #[serde(borrow, rename = "parent")]
    _parent: Strong<'a>,
}

#[derive(Deserialize)]
struct Strong<'a> {
    #[serde(borrow, rename = "uri")]
    _uri: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Embed<'a> {
    #[serde(borrow, default, rename = "$type")]
    tag: Cow<'a, str>,
    #[serde(borrow, default)]
    images: Option<&'a RawValue>,
}

/// The first text of a list.
struct First<'a>(Option<Cow<'a, str>>);

impl<'de> Deserialize<'de> for First<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = First<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<First<'de>, A::Error> {
                let first = list.next_element::<Tag<'de>>()?;
                while list.next_element::<Tag<'de>>()?.is_some() {}
                Ok(First(first.map(|Tag(tag)| tag)))
            }
        }

        from.deserialize_seq(Reader)
    }
}

/// A text that is borrowed where it can be.
#[derive(Deserialize)]
struct Tag<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests;
