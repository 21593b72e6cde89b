//! The vocabulary every module speaks: what was said, by whom, where, and the tokens of the response plan's world.
//!
//! What enters: nothing; these are plain values without behaviour beyond their own spelling. A
//! [`RawItem`] is what a source saw with the wire's details gone; a [`Mention`] is the same thing
//! clean, safe to show, with a stable identity. Only the pipeline turns one into the other.

mod confidence;
mod extras;
#[cfg(test)]
pub(crate) mod fixtures;
mod labels;
mod raw_item;
mod vocabulary;
pub mod wire;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use confidence::Confidence;
pub use extras::Extras;
pub use labels::Labels;
pub use raw_item::{RawAuthor, RawItem, TextForm};
pub use vocabulary::{
    Audience, Danger, Disposition, Intent, Kind, Language, Level, MAX_HOSTILITY, MAX_URGENCY, Network,
    NoResponseReason, PostType, Posture, StakeholderKind, Status, Target, Tone, hostility_token,
};

/// An identifier of the plan or of a source, cheap to clone.
pub type Id = Arc<str>;

/// A byte range in a mention's normalised text.
pub type Span = Range<usize>;

/// `<source id>:<native id>`, or `<source id>:h-<16 hex>` where the source gives no native id. Stable across runs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MentionId(Arc<str>);

impl MentionId {
    /// Takes the whole identifier, source included.
    pub fn new(whole: impl Into<Arc<str>>) -> Self {
        Self(whole.into())
    }

    /// Joins a source's id and the id the source itself uses.
    pub fn from_parts(source: &str, native: &str) -> Self {
        let mut whole = String::with_capacity(source.len() + native.len() + 1);
        whole.push_str(source);
        whole.push(':');
        whole.push_str(native);
        Self(whole.into())
    }

    /// The whole identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the source's id.
    pub fn native(&self) -> &str {
        self.0.split_once(':').map_or(&*self.0, |(_, native)| native)
    }
}

impl fmt::Display for MentionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Who said it, as far as the source told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The account's name on its network, without a leading `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// The displayed name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Unknown is `None`, never 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followers: Option<u64>,
    /// True when the account says that a program writes for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bot: bool,
}

impl Author {
    /// The name to show: the displayed name, else the handle.
    pub fn display(&self) -> Option<&str> {
        self.name.as_deref().or(self.handle.as_deref())
    }
}

/// Counts the network gave when the mention was last seen; unknown is `None`, never 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metrics {
    /// Likes, favourites, hearts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likes: Option<u64>,
    /// Reposts, shares, boosts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reposts: Option<u64>,
    /// Replies or comments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replies: Option<u64>,
    /// Times shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<u64>,
}

/// A picture, film or sound that came with the mention; never fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// What the source calls it: image, video, audio…
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The description its author wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Where it can be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What was said, clean and safe to show: every string in it has passed normalisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Stable identity.
    pub id: MentionId,
    /// Every id under which a source brought this same post; the first is [`Mention::id`].
    pub seen_by: Vec<MentionId>,
    /// 1 for the first text seen; the store numbers the later ones.
    pub version: u32,
    /// The source that brought it.
    pub source: Id,
    /// Where it was said.
    pub network: Network,
    /// Post, reply, comment, article…
    pub kind: Kind,
    /// Who said it.
    pub author: Author,
    /// Who can read it where it was said.
    #[serde(default, skip_serializing_if = "Audience::is_public")]
    pub audience: Audience,
    /// Normalised text; all spans are byte ranges in it.
    pub text: String,
    /// The text as it came, kept as evidence when it differs from `text`; `raw` in files.
    #[serde(rename = "raw", default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// Permalink, http or https only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When its author posted it, if the source told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_at: Option<DateTime<Utc>>,
    /// When this program first saw it.
    pub received_at: DateTime<Utc>,
    /// The language tag as the source gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The post this one answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The conversation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// Counts when last seen.
    #[serde(default)]
    pub metrics: Metrics,
    /// What came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Media>,
    /// What else the source told, under its own names.
    #[serde(default, skip_serializing_if = "Extras::is_empty")]
    pub extras: Extras,
    /// True for what a source already held when it was first read: no service-level clock runs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub backlog: bool,
    /// Who entered it by hand, for a post no source can reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured_by: Option<String>,
    /// When its author was seen to have deleted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_deleted_at: Option<DateTime<Utc>>,
    /// The keys by which the store tells new from seen from changed.
    #[serde(default)]
    pub identity: Identity,
}

impl Mention {
    /// The instant from which its age and its service-level clock count: `posted_at`, or `received_at` when that
    /// is absent, in the future, or more than 24 hours older than the receipt.
    pub fn clock_start(&self) -> DateTime<Utc> {
        match self.posted_at {
            Some(posted) if posted <= self.received_at && self.received_at - posted <= chrono::TimeDelta::hours(24) => {
                posted
            }
            _ => self.received_at,
        }
    }
}

/// Keys computed by the pipeline; equal text alone never makes two mentions one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// 16 hex digits over network, canonical permalink and author: the same post seen by two sources. `None` without a permalink.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// 16 hex digits over the folded text: another value is another version.
    #[serde(default)]
    pub content: String,
}
