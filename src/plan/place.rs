//! Places, and what tells them from others of the same name.

use crate::mention::Id;

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::TableKind;
use super::reader::Reader;
use super::rules::Rule;

/// `[[place]]`: a street, a park, the town itself.
///
/// A mention is *here* when `rule` matches and `not` does not. Where both match it is about another place of that name.
#[derive(Debug, Clone)]
pub struct Place {
    /// Unique among places.
    pub id: Id,
    /// Its name.
    pub name: Localized,
    /// What speaks of it (match stage); named `<id>.match`.
    pub rule: Rule,
    /// The negative context: what speaks of another place of that name (match stage); named `<id>.not`.
    pub not: Option<Rule>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Place);

impl Place {
    /// Reads a `[[place]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Place);
        let owner = id.as_deref().unwrap_or("place").to_owned();
        reader.require("name");
        reader.require("match");
        let name = reader.localized("name");
        let rule = reader.rule("match", &owner, Stage::Match);
        let not = reader.rule("not", &owner, Stage::Match);
        Some(Self { id: id?, name: name?, rule: rule?, not, at: reader.at() })
    }
}
