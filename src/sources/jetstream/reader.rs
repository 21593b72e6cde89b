//! From frames to what is kept of them.
//!
//! What enters: frames one after the other, and the plan of now. What leaves: the posts that are wanted, whole, and the native
//! ids of deleted posts, wanted or not: only the store knows which of those were kept. For any other frame nothing is
//! allocated, so that one core reads far more than the whole network writes.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, Utc};

use super::super::BadCause;
use super::frame::{Event, Frame, What, Written};
use crate::mention::{Id, Kind, Network, RawItem};
use crate::pipeline::{Sieve, Sighting};
use crate::plan::Plan;

/// Reads the frames of one source.
#[derive(Debug)]
pub struct Reader {
    source: Id,
    network: Network,
    sieve: Sieve,
    /// The text of the post at hand, where the wire escaped it.
    text: String,
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
        Self { source, network, sieve, text: String::new() }
    }

    /// Reads a frame. The error says what is wrong with it; the next one is as good as if it had not been there.
    pub fn read(&mut self, frame: &[u8], plan: &Plan, now: DateTime<Utc>) -> Result<Seen, BadCause> {
        let Event { time_us, seq, what } = match Frame::read(frame)? {
            Frame::Event(event) => event,
            Frame::Info(name) => return Ok(Seen::aside(Caught::Info(name.into_owned()))),
            Frame::Error(name) => return Ok(Seen::aside(Caught::Error(name.into_owned()))),
        };
        let caught = match what {
            What::Written(post) if self.wants(&post, plan) => self.caught(&post, now),
            What::Deleted(key) => Caught::Deleted(key.uri()),
            What::Written(_) | What::Other => Caught::Nothing,
        };
        Ok(Seen { time_us, seq, caught })
    }

    fn wants(&mut self, post: &Written<'_>, plan: &Plan) -> bool {
        let Some(text) = post.glance.text(&mut self.text) else { return false };
        let lang = post.glance.lang();
        let sighting = Sighting {
            text,
            source: &self.source,
            network: self.network.token(),
            handle: Some(&post.key.did),
            lang: lang.as_deref(),
            kind: if post.glance.is_reply() { Kind::Reply } else { Kind::Post },
            has_media: post.glance.embed().is_some(),
            url: None,
        };
        self.sieve.keeps(&sighting, plan)
    }

    fn caught(&self, post: &Written<'_>, now: DateTime<Utc>) -> Caught {
        let mut item = RawItem::new(self.source.clone(), post.glance.text(&mut String::new()).unwrap_or_default(), now);
        item.native_id = Some(post.key.uri());
        item.network = Some(self.network.token().to_owned());
        item.author.handle = Some(post.key.did.clone().into_owned());
        item.lang = post.glance.lang().map(Cow::into_owned);
        item.raw = Some(post.record.get().to_owned());
        let mut hasher = DefaultHasher::new();
        (&*post.key.did, &*post.key.rkey, &*post.rev).hash(&mut hasher);
        Caught::Post { item: Box::new(item), revision: hasher.finish() }
    }
}

impl Seen {
    fn aside(caught: Caught) -> Self {
        Self { time_us: None, seq: None, caught }
    }
}
