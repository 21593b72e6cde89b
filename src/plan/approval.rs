//! Whether words that were approved may be used: how far they have come, who answers for them, and their dates.
//!
//! What enters: the keys that key messages and reply templates share. What leaves: one [`Approval`] that either holds,
//! and where a moment lies in its dates. Whether the words may be copied is not decided here: a fact, a protocol or an
//! election period may stand in the way as well.

use chrono::{DateTime, Utc};
use strum::{AsRefStr, EnumIter, EnumString, IntoStaticStr};

use super::problem::ProblemKind;
use super::reader::{Edge, Reader};

/// How far a text has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, AsRefStr, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ApprovalStatus {
    /// Being written: cannot be copied.
    #[default]
    Draft,
    /// May be copied while it is in date.
    Approved,
    /// No longer used.
    Retired,
}

/// Where a moment lies in a text's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Before `valid_from`.
    NotYet(DateTime<Utc>),
    /// In date.
    InDate,
    /// After `expires_at`.
    Expired(DateTime<Utc>),
}

/// What was decided about a text: `status`, `approved_by`, `approved_at`, `valid_from` and `expires_at`.
#[derive(Debug, Clone, Default)]
pub struct Approval {
    /// How far it has come.
    pub status: ApprovalStatus,
    /// Who approved it.
    pub by: Option<String>,
    /// When it was approved.
    pub at: Option<DateTime<Utc>>,
    /// Not to be used before.
    pub valid_from: Option<DateTime<Utc>>,
    /// Not to be used after; never before `valid_from`.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Approval {
    /// Whether it is no longer used: it answers nothing, and nobody needs to hear of its faults.
    pub fn is_retired(&self) -> bool {
        self.status == ApprovalStatus::Retired
    }

    /// Whether the text may be used at `now`, as far as its dates go.
    pub fn validity(&self, now: DateTime<Utc>) -> Validity {
        match (self.valid_from, self.expires_at) {
            (Some(from), _) if now < from => Validity::NotYet(from),
            (_, Some(until)) if now > until => Validity::Expired(until),
            _ => Validity::InDate,
        }
    }

    /// Reads the shared keys of a table.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let approval = Self {
            status: reader.token("status").unwrap_or_default(),
            by: reader.text("approved_by"),
            at: reader.moment("approved_at", Edge::Start),
            valid_from: reader.moment("valid_from", Edge::Start),
            expires_at: reader.moment("expires_at", Edge::End),
        };
        if let (Some(from), Some(until)) = (approval.valid_from, approval.expires_at)
            && until < from
        {
            reader.fail(ProblemKind::DateOrder { start: "valid_from", end: "expires_at" });
        }
        approval
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use rstest::rstest;

    use super::*;

    fn day(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, day, 0, 0, 0).single().expect("a date")
    }

    #[rstest]
    #[case::open(None, None, Validity::InDate)]
    #[case::before(Some(21), None, Validity::NotYet(day(21)))]
    #[case::on_its_first_moment(Some(20), None, Validity::InDate)]
    #[case::on_its_last_moment(None, Some(20), Validity::InDate)]
    #[case::after(Some(18), Some(19), Validity::Expired(day(19)))]
    fn its_dates_hold_at_both_ends(#[case] from: Option<u32>, #[case] until: Option<u32>, #[case] expected: Validity) {
        let approval = Approval { valid_from: from.map(day), expires_at: until.map(day), ..Approval::default() };
        assert_eq!(approval.validity(day(20)), expected);
    }
}
