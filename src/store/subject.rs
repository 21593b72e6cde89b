//! A case as the query language looks at it: what is kept of it, and the moment it is looked at.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::mention::{Level, Mention, Status};
use crate::pipeline::{Assessment, from_mention};
use crate::query::{DeskSubject, Glance, Is, StatusTest, Subject, Test, VerdictSubject};
use crate::text::tokens::Tokens;

use super::Row;

/// A case for queries of every stage. `tokens` are those of the mention's text.
#[derive(Debug, Clone, Copy)]
pub struct CaseSubject<'a> {
    /// What was said.
    pub mention: &'a Mention,
    /// What the plan says about it.
    pub assessment: &'a Assessment,
    /// The folded words of its text.
    pub tokens: &'a Tokens,
    /// Where it stands at `now`.
    pub status: Status,
    /// How many near-copies there are by now, itself included.
    pub copies: u32,
    /// The instant its age counts from.
    pub at: DateTime<Utc>,
    /// The instant of the question.
    pub now: DateTime<Utc>,
    /// The time zone in which a day is meant.
    pub zone: Tz,
}

impl Subject for CaseSubject<'_> {
    from_mention!();

    fn verdict(&self) -> Option<&dyn VerdictSubject> {
        Some(self.assessment)
    }

    fn desk(&self) -> Option<&dyn DeskSubject> {
        Some(self)
    }
}

impl DeskSubject for CaseSubject<'_> {
    fn status(&self) -> Status {
        self.status
    }

    fn level(&self) -> Option<Level> {
        (!self.assessment.is_pending()).then_some(self.assessment.priority.level)
    }

    fn copies(&self) -> Option<u64> {
        Some(self.copies.into())
    }

    fn age(&self) -> TimeDelta {
        self.now - self.at
    }

    fn posted(&self) -> Option<DateTime<FixedOffset>> {
        self.mention.posted_at.map(|posted| posted.with_timezone(&self.zone).fixed_offset())
    }
}

/// What the columns of a list tell without the case's own JSON. Each answer is that of [`CaseSubject`].
impl Glance for Row {
    fn holds(&self, test: &Test) -> Option<bool> {
        Some(match test {
            Test::Network(network) => self.network.token() == network.token(),
            Test::Source(pattern) => pattern.holds(&self.source),
            Test::Kind(kind) => self.kind == *kind,
            Test::Initiative(pattern) => self.initiatives.iter().any(|id| pattern.holds(id)),
            Test::Tone(tone) => self.tone == *tone,
            Test::Hostility(comparison, level) => comparison.holds(&self.hostility, level),
            Test::Danger(danger) => self.dangers.contains(danger),
            Test::Cluster(comparison, size) => comparison.holds(&u64::from(self.copies), size),
            // Everything together has no id to a query.
            Test::Surge(pattern) => self.surges.iter().any(|id| pattern.holds(id.strip_prefix('*').unwrap_or(id))),
            Test::Is(Is::Relevant) => self.relevant,
            Test::Is(is) => self.intents.contains(&is.intent()?),
            Test::Status(StatusTest::Open) => self.status.is_open(),
            Test::Status(StatusTest::Is(status)) => self.status == *status,
            Test::Priority(comparison, level) => self.assessed && comparison.holds(&self.level, level),
            _ => return None,
        })
    }
}
