//! Whom to call: the escalation matrix.

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::reader::Reader;
use super::rules::Rule;
use super::service_level::Period;

/// `[[tier]]`: one row of the matrix. Several rows may share a level.
#[derive(Debug, Clone)]
pub struct Tier {
    /// 0 enquiry, 1 complaint, 2 escalating, 3 crisis, safety or legal.
    pub level: u8,
    /// Its name.
    pub title: Localized,
    /// When to use it, in words.
    pub trigger: Option<Localized>,
    /// When it suggests itself (verdict stage); named `tier-<level>.match`.
    pub rule: Option<Rule>,
    /// The role that is called.
    pub role: Option<String>,
    /// Who holds it.
    pub name: Option<String>,
    /// Who is called when that person does not answer.
    pub backup: Option<String>,
    /// How to reach them.
    pub channel: Option<String>,
    /// How to reach them out of hours.
    pub out_of_hours: Option<String>,
    /// How soon they are to answer.
    pub acknowledge_within: Option<Period>,
    /// Where the table stands.
    pub at: At,
}

impl Tier {
    /// Reads a `[[tier]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.require("level");
        reader.require("title");
        let level = reader.integer("level", 0..=3).map(|level| level as u8);
        let title = reader.localized("title");
        let owner = level.map_or("tier".to_owned(), |level| format!("tier-{level}"));
        let tier = Self {
            trigger: reader.localized("trigger"),
            rule: reader.rule("match", &owner, Stage::Verdict),
            role: reader.text("role"),
            name: reader.text("name"),
            backup: reader.text("backup"),
            channel: reader.text("channel"),
            out_of_hours: reader.text("out_of_hours"),
            acknowledge_within: reader.period("acknowledge_within"),
            at: reader.at(),
            level: level?,
            title: title?,
        };
        Some(tier)
    }
}
