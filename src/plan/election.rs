//! Election periods: the days on which the organization says less, and about whom.

use chrono::NaiveDate;

use crate::mention::Id;

use crate::query::{Query, Stage};

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::{ProblemKind, TableKind};
use super::reader::Reader;
use super::rules::Rule;

/// What an election period leaves to be used.
const ALLOWED: &[TableKind] = &[TableKind::Message, TableKind::Template, TableKind::Holding];

/// `[[election_period]]`: from `start` to `end`, both days included.
#[derive(Debug, Clone)]
pub struct ElectionPeriod {
    /// Unique among election periods.
    pub id: Id,
    /// Its name.
    pub title: Localized,
    /// Its first day, in the plan's zone.
    pub start: NaiveDate,
    /// Its last day.
    pub end: NaiveDate,
    /// Candidates as written: names or queries.
    pub candidates: Vec<String>,
    /// When a mention names a candidate or comes from one (match stage); named `<id>.candidates`.
    pub rule: Option<Rule>,
    /// Ids of the messages, templates and holding statements that may still be used; each is in the plan. Empty: all.
    pub allowed: Vec<Id>,
    /// What to bear in mind.
    pub note: Option<Localized>,
    /// Where the table stands.
    pub at: At,
}

has_id!(ElectionPeriod);

impl ElectionPeriod {
    /// True from `start` to `end`; `day` is a day of the plan's time zone.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.start <= day && day <= self.end
    }

    /// True when the message, template or holding statement `id` may be used in this period.
    pub fn allows(&self, id: &str) -> bool {
        self.allowed.is_empty() || self.allowed.iter().any(|allowed| &**allowed == id)
    }

    /// Reads an `[[election_period]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::ElectionPeriod);
        let owner = id.as_deref().unwrap_or("election_period").to_owned();
        for key in ["title", "start", "end"] {
            reader.require(key);
        }
        let title = reader.localized("title");
        let (start, end) = (reader.date("start"), reader.date("end"));
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            reader.fail(ProblemKind::DateOrder { start: "start", end: "end" });
        }
        let (candidates, rule) = reader.any_of("candidates", &owner, as_query);
        let allowed = reader.references("allowed", ALLOWED);
        let note = reader.localized("note");
        let at = reader.at();
        Some(Self { id: id?, title: title?, start: start?, end: end?, candidates, rule, allowed, note, at })
    }
}

/// A bare name stands for the name in the text or as the author's; whatever has signs or operators is a query as it is.
fn as_query(entry: &str) -> String {
    let name_like = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    let operator = entry.split(' ').any(|word| matches!(word, "AND" | "OR" | "NOT") || word.starts_with('-'));
    let quoted = format!("(\"{entry}\" OR author:\"{entry}\")");
    let is_name = !operator && entry.chars().all(name_like) && Query::parse(&quoted, Stage::Match).is_ok();
    if is_name { quoted } else { format!("({entry})") }
}
