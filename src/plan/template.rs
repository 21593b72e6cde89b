//! Reply templates: everyday answers with blanks, offered by what was found out about a mention.

use std::collections::BTreeMap;

use crate::mention::{Disposition, Id, Network};
use crate::query::Stage;

use super::approval::Approval;
use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::TableKind;
use super::reader::Reader;
use super::rules::Rule;

/// `[[template]]`: an approved text whose [variables](super::variables) are filled for each mention.
#[derive(Debug, Clone)]
pub struct Template {
    /// Unique among templates.
    pub id: Id,
    /// What it is for.
    pub title: Localized,
    /// The words, with `{variables}` that are known ones.
    pub text: Localized,
    /// Words for one network, by the network's token.
    pub variants: BTreeMap<String, Localized>,
    /// When it is offered (verdict stage); without a rule it is found by its initiatives, or by hand alone. Named
    /// `<id>.match`.
    pub rule: Option<Rule>,
    /// Initiatives it may be used for; each is in the plan. Empty: for any.
    pub initiatives: Vec<Id>,
    /// The decisions it goes with; empty: any.
    pub dispositions: Vec<Disposition>,
    /// How far it has come, by whom, and its dates.
    pub approval: Approval,
    /// What `{link}` stands for.
    pub link: Option<String>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Template);

impl Template {
    /// The words for `network`: its variant, else the text.
    pub fn text_for(&self, network: &Network) -> &Localized {
        self.variants.get(network.token()).unwrap_or(&self.text)
    }

    /// Whether anything brings it up: its rule, an initiative or a decision. Else it is found by hand alone.
    pub(super) fn is_offered(&self) -> bool {
        self.rule.is_some() || !self.initiatives.is_empty() || !self.dispositions.is_empty()
    }

    /// Reads a `[[template]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Template);
        let owner = id.as_deref().unwrap_or("template").to_owned();
        reader.require("title");
        reader.require("text");
        let (title, text) = (reader.localized("title"), reader.wording("text"));
        Some(Self {
            variants: reader.variants("variants"),
            rule: reader.rule("match", &owner, Stage::Verdict),
            initiatives: reader.references("initiatives", &[TableKind::Initiative]),
            dispositions: reader.tokens("dispositions").unwrap_or_default(),
            approval: Approval::read(reader),
            link: reader.web_address("link"),
            at: reader.at(),
            id: id?,
            title: title?,
            text: text?,
        })
    }
}
