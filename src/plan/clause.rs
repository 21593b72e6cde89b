//! Moderation clauses: the house rules of the organization's pages, to be cited. Nothing ever acts on them by itself.

use crate::mention::Id;

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::TableKind;
use super::reader::Reader;
use super::rules::Rule;

/// `[[clause]]`: one rule that people who comment have been told.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Unique among clauses.
    pub id: Id,
    /// Its heading.
    pub title: Localized,
    /// Its words, as they are cited.
    pub text: Localized,
    /// Where the public reads it.
    pub link: Option<String>,
    /// What may fall under it (verdict stage): shown to a person, who decides. Named `<id>.match`.
    pub rule: Option<Rule>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Clause);

impl Clause {
    /// Reads a `[[clause]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Clause);
        let owner = id.as_deref().unwrap_or("clause").to_owned();
        reader.require("title");
        reader.require("text");
        let (title, text) = (reader.localized("title"), reader.localized("text"));
        let link = reader.web_address("link");
        let rule = reader.rule("match", &owner, Stage::Verdict);
        Some(Self { id: id?, title: title?, text: text?, link, rule, at: reader.at() })
    }
}
