//! Key messages: what may be said, in the words that were approved.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use strum::{AsRefStr, EnumIter, EnumString, IntoStaticStr};

use crate::mention::{Id, Network};

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::{ProblemKind, TableKind};
use super::reader::{Edge, Reader};
use super::rules::Rule;

/// How far a message has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, AsRefStr, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum MessageStatus {
    /// Being written: cannot be copied.
    #[default]
    Draft,
    /// May be copied while it is in date.
    Approved,
    /// No longer used.
    Retired,
}

/// `[[message]]`: an answer approved beforehand.
#[derive(Debug, Clone)]
pub struct Message {
    /// Unique among messages.
    pub id: Id,
    /// The words; their [variables](super::variables) are known ones.
    pub text: Localized,
    /// The concern it answers.
    pub concern: Option<Localized>,
    /// The initiative it belongs to.
    pub initiative: Option<Id>,
    /// Tells the concern itself (match stage): a message whose rule matches ranks first. Named `<id>.match`.
    pub rule: Option<Rule>,
    /// Facts it rests on; each is in the plan.
    pub facts: Vec<Id>,
    /// For whom it is written.
    pub audiences: Vec<String>,
    /// Words for one network, by the network's token.
    pub variants: BTreeMap<String, Localized>,
    /// How far it has come.
    pub status: MessageStatus,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// Not to be used before.
    pub valid_from: Option<DateTime<Utc>>,
    /// Not to be used after.
    pub expires_at: Option<DateTime<Utc>>,
    /// A page to point to.
    pub link: Option<String>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Message);

/// Where a moment lies in a text's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Before `valid_from`.
    NotYet(DateTime<Utc>),
    /// In date.
    InDate,
    /// After `expires_at`.
    Expired(DateTime<Utc>),
}

impl Validity {
    /// Where `now` lies between `from` and `until`, each of which may be open.
    pub(super) fn at(now: DateTime<Utc>, from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> Self {
        match (from, until) {
            (Some(from), _) if now < from => Self::NotYet(from),
            (_, Some(until)) if now > until => Self::Expired(until),
            _ => Self::InDate,
        }
    }
}

impl Message {
    /// The words for `network`: its variant, else the text.
    pub fn text_for(&self, network: &Network) -> &Localized {
        self.variants.get(network.token()).unwrap_or(&self.text)
    }

    /// Whether the message may be used at `now`, as far as its dates go.
    pub fn validity(&self, now: DateTime<Utc>) -> Validity {
        Validity::at(now, self.valid_from, self.expires_at)
    }
}

impl Message {
    /// Reads a `[[message]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Message);
        let owner = id.as_deref().unwrap_or("message").to_owned();
        reader.require("text");
        let text = reader.wording("text");
        let message = Self {
            concern: reader.localized("concern"),
            initiative: reader.reference("initiative", &[TableKind::Initiative]),
            rule: reader.rule("match", &owner, Stage::Match),
            facts: reader.references("facts", &[TableKind::Fact]),
            audiences: reader.texts("audiences"),
            variants: reader.variants("variants"),
            status: reader.token("status").unwrap_or_default(),
            approved_by: reader.text("approved_by"),
            approved_at: reader.moment("approved_at", Edge::Start),
            valid_from: reader.moment("valid_from", Edge::Start),
            expires_at: reader.moment("expires_at", Edge::End),
            link: reader.web_address("link"),
            at: reader.at(),
            id: id?,
            text: text?,
        };
        if let (Some(from), Some(until)) = (message.valid_from, message.expires_at)
            && until < from
        {
            reader.fail(ProblemKind::DateOrder { start: "valid_from", end: "expires_at" });
        }
        Some(message)
    }
}
