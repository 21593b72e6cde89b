//! Who is talking, and what each group expects, fears and needs.

use crate::mention::{Id, StakeholderKind};

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::{ProblemKind, TableKind};
use super::reader::Reader;
use super::rules::Rule;

/// `[[stakeholder]]`: a group, told by a query, by its handles, or by both.
#[derive(Debug, Clone)]
pub struct Stakeholder {
    /// Unique among stakeholder groups.
    pub id: Id,
    /// What sort of group.
    pub kind: StakeholderKind,
    /// Its name.
    pub name: Localized,
    /// When a mention comes from it (match stage); named `<id>.match`.
    pub rule: Option<Rule>,
    /// Its accounts as written: a mention by one of them comes from the group. See
    /// [`Plan::groups_of_handle`](super::Plan::groups_of_handle); such a match is named `<id>.handles`.
    pub handles: Vec<String>,
    /// Where `handles` stands, else the table.
    pub handles_at: At,
    /// What it expects.
    pub expectations: Vec<Localized>,
    /// What it worries about.
    pub concerns: Vec<Localized>,
    /// What it needs.
    pub needs: Vec<Localized>,
    /// What to be careful about.
    pub sensitivities: Vec<Localized>,
    /// How it likes to be reached.
    pub preferred_channels: Vec<Localized>,
    /// Points for the priority.
    pub weight: i32,
    /// Where `weight` stands, else the table.
    pub weight_at: At,
    /// Where the table stands.
    pub at: At,
}

has_id!(Stakeholder);

impl Stakeholder {
    /// Reads a `[[stakeholder]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Stakeholder);
        let owner = id.as_deref().unwrap_or("stakeholder").to_owned();
        reader.require("kind");
        reader.require("name");
        let (kind, name) = (reader.token("kind"), reader.localized("name"));
        let told = reader.field("match").is_some() || reader.field("handles").is_some();
        let rule = reader.rule("match", &owner, Stage::Match);
        let handles = reader.handles("handles");
        if !told {
            reader.fail(ProblemKind::NoSignal);
        }
        let stakeholder = Self {
            rule,
            handles,
            handles_at: reader.at_key("handles"),
            expectations: reader.localized_list("expectations"),
            concerns: reader.localized_list("concerns"),
            needs: reader.localized_list("needs"),
            sensitivities: reader.localized_list("sensitivities"),
            preferred_channels: reader.localized_list("preferred_channels"),
            weight: reader.points("weight").unwrap_or_default(),
            weight_at: reader.at_key("weight"),
            at: reader.at(),
            id: id?,
            kind: kind?,
            name: name?,
        };
        Some(stakeholder)
    }
}
