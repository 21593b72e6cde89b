//! The people who answer: roles, languages, and who stands in for whom.

use crate::mention::{Id, Language};

use super::at::At;
use super::named::has_id;
use super::problem::TableKind;
use super::reader::Reader;
use super::service_level::Hours;

/// `[[member]]`: one person of the roster.
#[derive(Debug, Clone)]
pub struct Member {
    /// Unique among members.
    pub id: Id,
    /// The person's name.
    pub name: String,
    /// What the person does.
    pub role: String,
    /// Who stands in; a member of the roster.
    pub backup: Option<Id>,
    /// The languages the person answers in; empty where the plan does not say.
    pub languages: Vec<Language>,
    /// How to reach the person.
    pub contact: Option<String>,
    /// When the person works, where that differs from the published hours.
    pub hours: Option<Hours>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Member);

impl Member {
    /// Reads a `[[member]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Member);
        reader.require("name");
        reader.require("role");
        let (name, role) = (reader.text("name"), reader.text("role"));
        let member = Self {
            backup: reader.reference("backup", &[TableKind::Member]),
            languages: reader.answered_languages("languages"),
            contact: reader.text("contact"),
            hours: Hours::read_own(reader),
            at: reader.at(),
            id: id?,
            name: name?,
            role: role?,
        };
        Some(member)
    }
}
