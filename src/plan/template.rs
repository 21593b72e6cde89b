//! Reply templates: everyday answers with blanks, offered by what was found out about a mention.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::mention::{Disposition, Id, Network};

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::message::{MessageStatus, Validity};
use super::named::has_id;
use super::problem::{ProblemKind, TableKind};
use super::reader::{Edge, Reader};
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

    /// Whether the template may be used at `now`, as far as its dates go.
    pub fn validity(&self, now: DateTime<Utc>) -> Validity {
        Validity::at(now, self.valid_from, self.expires_at)
    }

    /// Reads a `[[template]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Template);
        let owner = id.as_deref().unwrap_or("template").to_owned();
        reader.require("title");
        reader.require("text");
        let (title, text) = (reader.localized("title"), reader.wording("text"));
        let template = Self {
            variants: reader.variants("variants"),
            rule: reader.rule("match", &owner, Stage::Verdict),
            initiatives: reader.references("initiatives", &[TableKind::Initiative]),
            dispositions: reader.tokens("dispositions").unwrap_or_default(),
            status: reader.token("status").unwrap_or_default(),
            approved_by: reader.text("approved_by"),
            approved_at: reader.moment("approved_at", Edge::Start),
            valid_from: reader.moment("valid_from", Edge::Start),
            expires_at: reader.moment("expires_at", Edge::End),
            link: reader.web_address("link"),
            at: reader.at(),
            id: id?,
            title: title?,
            text: text?,
        };
        if let (Some(from), Some(until)) = (template.valid_from, template.expires_at)
            && until < from
        {
            reader.fail(ProblemKind::DateOrder { start: "valid_from", end: "expires_at" });
        }
        Some(template)
    }
}
