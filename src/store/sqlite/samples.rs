//! Mentions and assessments for the store's tests, each with as little in it as a test can do with.

use chrono::{DateTime, TimeDelta, Utc};

use crate::mention::{Level, Mention, fixtures};
use crate::pipeline::{self, Assessed, Assessment, Clocks};
use crate::plan::PlanHash;

pub(in crate::store) fn noon() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

pub(in crate::store) fn mention(source: &str, native: &str, text: &str) -> Mention {
    fixtures::mention(source, native, text, noon())
}

pub(in crate::store) fn assessment(level: Level, plan: &str) -> Assessment {
    Assessment {
        clocks: Clocks { acknowledge_by: Some(noon() + TimeDelta::hours(1)), substance_by: None },
        ..pipeline::fixtures::assessment(level, PlanHash(plan.into()))
    }
}

pub(in crate::store) fn item(native: &str, text: &str, level: Level) -> Assessed {
    Assessed { mention: mention("inbox", native, text), assessment: assessment(level, "one") }
}
