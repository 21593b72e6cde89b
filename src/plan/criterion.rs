//! What is about the organization at all, and what only looks like it.

use strum::{AsRefStr, EnumIter, EnumString, IntoStaticStr};

use crate::mention::Id;

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::TableKind;
use super::reader::Reader;
use super::rules::Rule;

/// What a criterion says of the mentions it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsRefStr, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CriterionVerdict {
    /// About the organization.
    Relevant,
    /// Only looks like it.
    NotRelevant,
}

/// `[[criterion]]`: one rule of relevance.
///
/// A mention is relevant when an initiative or a "relevant" criterion matches, and no "not relevant" one does
/// or a decisive relevant one matches as well.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Unique among criteria.
    pub id: Id,
    /// What it is about, for people.
    pub title: Option<Localized>,
    /// What a match says.
    pub verdict: CriterionVerdict,
    /// When it matches (match stage).
    pub rule: Rule,
    /// True for a relevant criterion that outweighs every "not relevant" one.
    pub decisive: bool,
    /// Where the table stands.
    pub at: At,
}

has_id!(Criterion);

impl Criterion {
    /// Reads a `[[criterion]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Criterion);
        let owner = id.as_deref().unwrap_or("criterion").to_owned();
        reader.require("match");
        reader.require("verdict");
        let rule = reader.rule("match", &owner, Stage::Match);
        let title = reader.localized("title");
        let verdict = reader.token("verdict");
        let decisive = reader.boolean("decisive").unwrap_or_default();
        Some(Self { id: id?, title, verdict: verdict?, rule: rule?, decisive, at: reader.at() })
    }
}
