//! Key messages: what may be said, in the words that were approved.

use std::collections::BTreeMap;

use crate::mention::{Id, Network};
use crate::query::Stage;

use super::approval::Approval;
use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::TableKind;
use super::reader::Reader;
use super::rules::Rule;

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
    /// How far it has come, by whom, and its dates.
    pub approval: Approval,
    /// A page to point to.
    pub link: Option<String>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Message);

impl Message {
    /// The words for `network`: its variant, else the text.
    pub fn text_for(&self, network: &Network) -> &Localized {
        self.variants.get(network.token()).unwrap_or(&self.text)
    }

    /// Reads a `[[message]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Message);
        let owner = id.as_deref().unwrap_or("message").to_owned();
        reader.require("text");
        let text = reader.wording("text");
        Some(Self {
            concern: reader.localized("concern"),
            initiative: reader.reference("initiative", &[TableKind::Initiative]),
            rule: reader.rule("match", &owner, Stage::Match),
            facts: reader.references("facts", &[TableKind::Fact]),
            audiences: reader.texts("audiences"),
            variants: reader.variants("variants"),
            approval: Approval::read(reader),
            link: reader.web_address("link"),
            at: reader.at(),
            id: id?,
            text: text?,
        })
    }
}
