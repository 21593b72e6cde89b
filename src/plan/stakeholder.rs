//! Who is talking, and what each group expects, fears and needs.

use crate::mention::{Id, StakeholderKind};

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
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
    /// Its handles as a rule on the author (match stage); named `<id>.handles`.
    pub handles_rule: Option<Rule>,
    /// Handles as written.
    pub handles: Vec<String>,
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
