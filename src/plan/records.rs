//! Records series: how long the record of a decision is kept, and under which authority.

use std::fmt;
use std::str::FromStr;

use crate::mention::{Disposition, Id};

use super::Plan;
use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::TableKind;
use super::reader::Reader;

/// How long something is kept: `7y`, `90d`, `permanent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// Days.
    Days(u32),
    /// Years.
    Years(u32),
    /// For good.
    Permanent,
}

impl FromStr for Retention {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "permanent" {
            return Ok(Self::Permanent);
        }
        let number = |digits: &str, most: u32| {
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|number| plain && (1..=most).contains(number)).ok_or(())
        };
        match text.strip_suffix('y') {
            Some(years) => number(years, 1000).map(Self::Years),
            None => number(text.strip_suffix('d').ok_or(())?, 365_000).map(Self::Days),
        }
    }
}

impl fmt::Display for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) => write!(f, "{days}d"),
            Self::Years(years) => write!(f, "{years}y"),
            Self::Permanent => f.write_str("permanent"),
        }
    }
}

/// `[[records_series]]`: a series of the organization's classification.
#[derive(Debug, Clone)]
pub struct RecordsSeries {
    /// The series' code, unique among series.
    pub id: Id,
    /// Its name.
    pub title: Localized,
    /// The decisions whose records belong to it, each in one series at most. Empty: every other decision.
    pub dispositions: Vec<Disposition>,
    /// How long its records are kept.
    pub keep: Retention,
    /// From when that time counts.
    pub trigger: Option<Localized>,
    /// What happens after it.
    pub disposal: Option<Localized>,
    /// The bylaw or schedule that says so.
    pub authority: Option<String>,
    /// Where the table stands.
    pub at: At,
}

has_id!(RecordsSeries);

impl RecordsSeries {
    /// Reads a `[[records_series]]`. A decision that another series has is a problem, as is a second series for all
    /// others.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::RecordsSeries);
        reader.require("title");
        reader.require("keep");
        let (title, keep) = (reader.localized("title"), reader.retention("keep"));
        let dispositions = reader.claimed_dispositions("dispositions");
        let (trigger, disposal) = (reader.localized("trigger"), reader.localized("disposal"));
        let authority = reader.text("authority");
        let at = reader.at();
        Some(Self { id: id?, title: title?, dispositions, keep: keep?, trigger, disposal, authority, at })
    }
}

impl Plan {
    /// The series to which the record of `disposition` belongs: the one that names it, else the one that names none.
    pub fn series_of(&self, disposition: Disposition) -> Option<&RecordsSeries> {
        let names = |series: &&RecordsSeries| series.dispositions.contains(&disposition);
        let default = || self.records.iter().find(|series| series.dispositions.is_empty());
        self.records.iter().find(names).or_else(default)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::years("7y", Some(Retention::Years(7)))]
    #[case::days("90d", Some(Retention::Days(90)))]
    #[case::permanent("permanent", Some(Retention::Permanent))]
    #[case::none("", None)]
    #[case::unit_alone("y", None)]
    #[case::zero("0y", None)]
    #[case::signed("+7y", None)]
    #[case::too_long("1001y", None)]
    #[case::months("6m", None)]
    fn retentions_read_back(#[case] text: &str, #[case] expected: Option<Retention>) {
        assert_eq!(text.parse().ok(), expected);
        if let Some(retention) = expected {
            assert_eq!(retention.to_string(), text);
        }
    }
}
