//! What a source saw, with the wire's details gone and nothing cleaned yet.

use chrono::{DateTime, Utc};

use super::{Audience, Extras, Id, Kind, Media, Metrics};

/// How a source's text is to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextForm {
    /// As written.
    #[default]
    Plain,
    /// HTML to be turned into text by normalisation.
    Html,
}

/// An author as the wire told it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawAuthor {
    /// The account's name, with or without `@`.
    pub handle: Option<String>,
    /// The displayed name.
    pub name: Option<String>,
    /// Unknown is `None`.
    pub followers: Option<u64>,
    /// True when the account says that a program writes for it.
    pub bot: bool,
}

/// One item of a source. Every string is hostile until the pipeline has normalised it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawItem {
    /// The source's id in the configuration.
    pub source: Id,
    /// The id the source itself uses.
    pub native_id: Option<String>,
    /// The network's token, if the item names it.
    pub network: Option<String>,
    /// What sort of item it is.
    pub kind: Kind,
    /// Who said it.
    pub author: RawAuthor,
    /// Who can read it where it was said.
    pub audience: Audience,
    /// What was said.
    pub text: String,
    /// How `text` is to be read.
    pub form: TextForm,
    /// Where it stands.
    pub url: Option<String>,
    /// When its author posted it.
    pub posted_at: Option<DateTime<Utc>>,
    /// When the source brought it.
    pub received_at: DateTime<Utc>,
    /// Language tag as given.
    pub lang: Option<String>,
    /// The post this one answers.
    pub reply_to: Option<String>,
    /// The conversation.
    pub thread: Option<String>,
    /// Counts.
    pub metrics: Metrics,
    /// What came with it.
    pub media: Vec<Media>,
    /// Held by the source before it was first read.
    pub backlog: bool,
    /// Who entered it by hand.
    pub captured_by: Option<String>,
    /// True when the source says the author deleted the post `native_id` (its text may then be empty).
    pub deleted: bool,
    /// What else the source told, under its own names.
    pub extras: Extras,
    /// The item as it came over the wire, kept as evidence.
    pub raw: Option<String>,
}

impl RawItem {
    /// An item of which only its source, text and moment of receipt are known.
    pub fn new(source: Id, text: impl Into<String>, received_at: DateTime<Utc>) -> Self {
        Self {
            source,
            native_id: None,
            network: None,
            kind: Kind::Post,
            author: RawAuthor::default(),
            audience: Audience::default(),
            text: text.into(),
            form: TextForm::Plain,
            url: None,
            posted_at: None,
            received_at,
            lang: None,
            reply_to: None,
            thread: None,
            metrics: Metrics::default(),
            media: Vec::new(),
            backlog: false,
            captured_by: None,
            deleted: false,
            extras: Extras::default(),
            raw: None,
        }
    }

    /// The notice that the author deleted the post `native_id`. What is known of the post keeps its text and is marked; of
    /// a post that was never seen, the notice leaves no trace.
    pub fn deletion(source: Id, native_id: impl Into<String>, received_at: DateTime<Utc>) -> Self {
        Self { native_id: Some(native_id.into()), deleted: true, ..Self::new(source, "", received_at) }
    }
}
