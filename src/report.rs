//! Reports for people: where things stand, and what the next shift takes over.
//!
//! What enters: the store, the plan and an instant. What leaves: a page of text or Markdown in the person's
//! language. Nothing is decided here and nothing is written; reports carry no names of residents.

mod gather;
mod handover;
mod page;
pub mod plan_page;
mod situation;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::locale::Locale;
use crate::plan::Plan;
use crate::store::{Store, StoreError};

pub use page::Format;
pub use plan_page::{Markup, PlanPage};

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// Volumes, questions, who speaks about what, what is open and late, what was answered.
    Situation,
    /// What the next person has to know and to do.
    Handover,
}

impl Report {
    /// How far back it looks.
    pub fn window(self) -> TimeDelta {
        match self {
            Self::Situation => TimeDelta::hours(24),
            Self::Handover => TimeDelta::hours(12),
        }
    }

    /// The name of a file it is kept in, without its ending.
    pub fn file_stem(self) -> &'static str {
        match self {
            Self::Situation => "situation",
            Self::Handover => "handover",
        }
    }
}

/// What a report is written with.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The plan in force.
    pub plan: &'a Plan,
    /// The words.
    pub locale: &'a Locale,
    /// The instant it speaks of.
    pub now: DateTime<Utc>,
    /// How it is marked up.
    pub format: Format,
}

impl Frame<'_> {
    fn zone(&self) -> Tz {
        self.plan.organization.hours.time_zone
    }

    fn when(&self, at: DateTime<Utc>) -> String {
        self.locale.date_time(&at.with_timezone(&self.zone()))
    }
}

/// Writes a report. Fails only when the store does.
pub fn write(report: Report, store: &mut dyn Store, frame: Frame<'_>) -> Result<String, StoreError> {
    let gathered = gather::gather(store, frame.now, report.window())?;
    Ok(match report {
        Report::Situation => situation::page(&gathered, frame),
        Report::Handover => handover::page(&gathered, frame),
    })
}
