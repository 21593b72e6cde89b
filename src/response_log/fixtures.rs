//! Values for the tests of this module.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};

use super::{Base, Draft, Log, LogPaths};
use crate::mention::{Author, Disposition, Mention, NoResponseReason, fixtures};
use crate::triage::{Event, RecordId};

pub(super) fn at(hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, hour, 4, 5).single().expect("a valid instant")
}

pub(super) fn mention(native: &str, text: &str) -> Arc<Mention> {
    Arc::new(Mention {
        author: Author { handle: Some("ana".to_owned()), name: Some("Ana".to_owned()), followers: Some(3), bot: false },
        url: Some("https://example.org/1".to_owned()),
        posted_at: Some(at(9)),
        ..fixtures::mention("inbox", native, text, at(9))
    })
}

pub(super) fn draft(native: &str, event: Event, base: Option<RecordId>) -> Draft {
    Draft {
        at: at(10),
        actor: "mchan".into(),
        mention: mention(native, "Is the water safe?"),
        event,
        base: Base::Seen(base),
        also: Vec::new(),
        path: vec!["relevant".into()],
        purpose: None,
        series: None,
        plan: Some("0".repeat(64).into()),
    }
}

pub(super) fn let_stand() -> Event {
    Event::Decided {
        disposition: Disposition::LetStand,
        reason: Some(NoResponseReason::RantOrSatire),
        note: None,
        clause: None,
    }
}

pub(super) fn note(text: &str) -> Event {
    Event::Noted { note: text.to_owned() }
}

pub(super) fn paths(home: &Path) -> LogPaths {
    LogPaths::under(&home.join("data"), &home.join("state"))
}

pub(super) fn open(home: &Path) -> Log {
    Log::open(paths(home), chrono_tz::America::Vancouver).expect("the log opens").0
}

/// Appends one note to each of `natives`, one act each.
pub(super) fn append_notes(log: &mut Log, natives: &[&str]) {
    for native in natives {
        log.append(&[draft(native, note("seen, by phone"), None)]).expect("recorded");
    }
}
