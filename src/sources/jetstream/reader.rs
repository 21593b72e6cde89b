//! From frames to what is kept of them.
//!
//! What enters: frames one after the other, and the plan of now. What leaves: the posts that are wanted, whole, and the native
//! ids of deleted posts, wanted or not: only the store knows which of those were kept. Of any other frame nothing is
//! copied, so that one core reads far more than the whole network writes.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::super::{BadCause, bluesky};
use super::frame::{Event, Frame, What, Written};
use crate::mention::{Id, Kind, Network, RawItem};
use crate::pipeline::{Sieve, Sighting};
use crate::plan::Plan;

/// A larger record is not kept as evidence.
const MAX_EVIDENCE: usize = 64 << 10;

/// Reads the frames of one source.
#[derive(Debug)]
pub struct Reader {
    source: Id,
    network: Network,
    sieve: Sieve,
    /// The text of the post at hand, where the wire escaped it.
    text: String,
    /// Where it can be seen.
    url: String,
}

/// What was read.
#[derive(Debug)]
pub struct Seen {
    /// When the server saw it, in microseconds since 1970.
    pub time_us: Option<u64>,
    /// Its number in the server's stream, where it tells one.
    pub seq: Option<u64>,
    /// What is left of it.
    pub caught: Caught,
}

/// What is left of a frame.
#[derive(Debug)]
pub enum Caught {
    /// Nothing.
    Nothing,
    /// A post that is wanted.
    Post {
        /// The post.
        item: Box<RawItem>,
        /// A hash of the author's revision that wrote it: the same when the server sends it again.
        revision: u64,
    },
    /// The native id of a deleted post.
    Deleted(String),
    /// The server's remark on the stream.
    Info(String),
    /// The server's reason for ending the stream.
    Error(String),
}

impl Reader {
    /// A reader for `source`, whose posts are said to stand on `network`, that keeps what `sieve` keeps.
    pub fn new(source: Id, network: Network, sieve: Sieve) -> Self {
        Self { source, network, sieve, text: String::new(), url: String::new() }
    }

    /// Reads a frame. The error says what is wrong with it; the next one is as good as if it had not been there.
    pub fn read(&mut self, frame: &[u8], plan: &Plan, now: DateTime<Utc>) -> Result<Seen, BadCause> {
        let Event { time_us, seq, what } = match Frame::read(frame)? {
            Frame::Event(event) => event,
            Frame::Info(name) => return Ok(Seen::aside(Caught::Info(name.into_owned()))),
            Frame::Error(name) => return Ok(Seen::aside(Caught::Error(name.into_owned()))),
        };
        let caught = match what {
            What::Written(post) => self.catch(&post, plan, now),
            What::Deleted(key) => Caught::Deleted(key.uri()),
            What::Other => Caught::Nothing,
        };
        Ok(Seen { time_us, seq, caught })
    }

    /// Keeps a post that is wanted. Most are judged as they fly past; what does not stand in the frame as a person reads it
    /// is put together first.
    fn catch(&mut self, post: &Written<'_>, plan: &Plan, now: DateTime<Utc>) -> Caught {
        let is_plain = post.glance.is_plain();
        if is_plain && !self.wants(post, plan) {
            return Caught::Nothing;
        }
        let record: Value = serde_json::from_str(post.record.get()).unwrap_or_default();
        let (uri, did) = (post.key.uri(), &*post.key.did);
        let Some(mut item) = bluesky::of_record(&uri, did, &record, &self.source, now) else { return Caught::Nothing };
        if !is_plain && !self.wants_whole(&item, plan) {
            return Caught::Nothing;
        }
        item.network = Some(self.network.token().to_owned());
        item.raw = Some(post.record.get()).filter(|record| record.len() <= MAX_EVIDENCE).map(str::to_owned);
        Caught::Post { item: Box::new(item), revision: revision(post) }
    }

    fn wants(&mut self, post: &Written<'_>, plan: &Plan) -> bool {
        let Some(text) = post.glance.text(&mut self.text) else { return false };
        let lang = post.glance.lang();
        self.url.clear();
        let has_url = post.key.write_permalink(&mut self.url);
        let sighting = Sighting {
            text,
            source: &self.source,
            network: self.network.token(),
            handle: Some(&post.key.did),
            lang: lang.as_deref(),
            kind: if post.glance.is_reply() { Kind::Reply } else { Kind::Post },
            has_media: post.glance.has_media(),
            url: has_url.then_some(&*self.url),
        };
        self.sieve.keeps(&sighting, plan)
    }

    fn wants_whole(&mut self, item: &RawItem, plan: &Plan) -> bool {
        let sighting = Sighting {
            text: &item.text,
            source: &self.source,
            network: self.network.token(),
            handle: item.author.handle.as_deref(),
            lang: item.lang.as_deref(),
            kind: item.kind,
            has_media: !item.media.is_empty(),
            url: item.url.as_deref(),
        };
        self.sieve.keeps(&sighting, plan)
    }
}

/// A number that no other revision of any post has, in all likelihood.
fn revision(post: &Written<'_>) -> u64 {
    let mut hasher = Sha256::new();
    for part in [&post.key.did, &post.key.rkey, &post.rev] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl Seen {
    fn aside(caught: Caught) -> Self {
        Self { time_us: None, seq: None, caught }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::pipeline::{assess, normalise};
    use crate::plan::fixtures::plan;
    use crate::query::{Query, Stage};

    const RECORDS: &[&str] = &[
        r#"{"text":"Is the water safe?","langs":["fr","en"],"createdAt":"2026-11-20T09:00:00-08:00"}"#,
        r#"{"text":"a\nb \u00e9 \"q\" https://example.org/x","reply":{"root":{"uri":"at://r"},"parent":{"uri":"at://p"}}}"#,
        r#"{"text":"","embed":{"$type":"app.bsky.embed.images","images":[{"alt":"brown water"}]}}"#,
        r#"{"text":"film","embed":{"$type":"app.bsky.embed.recordWithMedia","media":{"$type":"app.bsky.embed.video"}}}"#,
        r#"{"text":"quoted","embed":{"$type":"app.bsky.embed.record","record":{"uri":"at://q"}}}"#,
        r#"{"text":"read more","facets":[{"index":{"byteStart":5,"byteEnd":9},"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://example.org/water"}]}]}"#,
        r#"{"text":"odd","langs":["fr",5],"reply":{},"embed":{"$type":"com.example.embed"}}"#,
    ];

    fn frame(record: &str) -> String {
        format!(
            r#"{{"did":"did:plc:ana","time_us":5,"kind":"commit","commit":{{"rev":"r","operation":"create","collection":"app.bsky.feed.post","rkey":"3k","record":{record}}}}}"#
        )
    }

    fn kept(sieve: Sieve, plan: &Plan, frame: &str) -> Option<RawItem> {
        let mut reader = Reader::new("sky".into(), Network::Bluesky, sieve);
        match reader.read(frame.as_bytes(), plan, DateTime::UNIX_EPOCH).expect("it is well formed").caught {
            Caught::Post { item, .. } => Some(*item),
            _ => None,
        }
    }

    #[rstest]
    #[case("water OR b")]
    #[case("has:media")]
    #[case("kind:reply")]
    #[case("lang:fr")]
    #[case("url:bsky.app")]
    #[case("url:example.org")]
    #[case("author:did*")]
    #[case("network:bluesky has:link")]
    fn what_flies_past_is_judged_as_what_is_kept(#[case] rule: &str) {
        let text =
            format!("[organization]\nname = \"A\"\n[[initiative]]\nid = \"i\"\ntitle = \"I\"\nmatch = '{rule}'\n");
        let (plan, mut found) = (plan(&text), 0);
        for frame in RECORDS.iter().map(|record| frame(record)) {
            let all = Sieve::of_query(Query::parse("source:sky", Stage::Match).expect("a query"));
            let item = kept(all, &plan, &frame).expect("everything is kept");
            let relevant = assess(&normalise(item), &plan).relevant;
            assert_eq!(kept(Sieve::of_plan(), &plan, &frame).is_some(), relevant, "{frame}");
            found += usize::from(relevant);
        }
        assert!(found > 0, "the rule tells something");
    }

    #[test]
    fn a_kept_post_is_whole() {
        let all = || Sieve::of_query(Query::parse("source:sky", Stage::Match).expect("a query"));
        let plan = plan("[organization]\nname = \"A\"\n");
        let item = kept(all(), &plan, &frame(RECORDS[0])).expect("it is kept");
        assert_eq!(item.native_id.as_deref(), Some("at://did:plc:ana/app.bsky.feed.post/3k"));
        assert_eq!(item.url.as_deref(), Some("https://bsky.app/profile/did:plc:ana/post/3k"));
        assert_eq!(item.posted_at, Some("2026-11-20T17:00:00Z".parse().expect("an instant")));
        assert_eq!((item.lang.as_deref(), item.author.handle.as_deref()), (Some("fr"), Some("did:plc:ana")));
        assert_eq!(item.raw.as_deref(), Some(RECORDS[0]));
        let reply = kept(all(), &plan, &frame(RECORDS[1])).expect("it is kept");
        assert_eq!(
            (reply.kind, reply.reply_to.as_deref(), reply.thread.as_deref()),
            (Kind::Reply, Some("at://p"), Some("at://r"))
        );
        let picture = kept(all(), &plan, &frame(RECORDS[2])).expect("it is kept");
        assert_eq!(picture.media[0].alt.as_deref(), Some("brown water"));
    }
}
