//! The demo town's desk at the demo's instant, through the real pipeline, store and log.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

use crate::locale::{Lang, Locale};
use crate::mention::wire::WireItem;
use crate::pipeline::{self, Assessed, Assessor};
use crate::plan::{self, Plan};
use crate::response_log::{Log, LogPaths};
use crate::store::SqliteStore;
use crate::text::lengths::Limits;
use crate::tui::app::Settings;
use crate::tui::keymap::Keymap;
use crate::tui::still::Still;
use crate::tui::theme::{ColourDepth, Theme};

/// A desk and the folder it lives in.
pub(super) struct Town {
    pub(super) desk: Still<SqliteStore>,
    _folder: TempDir,
}

static PLAN: LazyLock<Arc<Plan>> = LazyLock::new(|| {
    let (plan, _) = plan::load(&demo_data().join("plan")).expect("the demo plan loads");
    Arc::new(plan)
});

fn demo_data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("demo-data")
}

/// Friday, half past four: as `demo-data/config.toml` has it.
pub(super) fn now() -> DateTime<Utc> {
    "2026-11-20T16:30:00-08:00".parse().expect("an instant")
}

/// The town's mentions up to the instant.
pub(super) fn mentions() -> Vec<Assessed> {
    let text = std::fs::read_to_string(demo_data().join("mentions.jsonl")).expect("the demo mentions read");
    assess(text.lines(), now())
}

/// Lines of NDJSON, received as they were posted, none later than `until`.
pub(super) fn assess<'a>(lines: impl Iterator<Item = &'a str>, until: DateTime<Utc>) -> Vec<Assessed> {
    let mut assessor = Assessor::new();
    let raw = lines.map(|line| {
        let line = WireItem::parse(line.as_bytes()).expect("a good line");
        let received = line.posted_at.unwrap_or(until) + TimeDelta::seconds(20);
        line.into_raw("town".into(), received)
    });
    raw.filter(|item| item.received_at <= until)
        .map(|item| {
            let mention = pipeline::normalise(item);
            let assessment = assessor.assess(&mention, &PLAN);
            Assessed { mention, assessment }
        })
        .collect()
}

/// A desk on these mentions.
pub(super) fn desk(mentions: Vec<Assessed>, lang: Lang, theme: &str, depth: ColourDepth) -> Town {
    let folder = tempfile::tempdir().expect("a folder");
    let actor: Arc<str> = "mchan".into();
    let store = SqliteStore::open(&folder.path().join("mentions.db"), Arc::clone(&actor)).expect("a store");
    let paths = LogPaths::under(&folder.path().join("data"), &folder.path().join("state"));
    let (log, _) = Log::open(paths, PLAN.organization.hours.time_zone).expect("a log");
    let settings = Settings {
        plan: Arc::clone(&PLAN),
        locale: Arc::new(Locale::new(lang)),
        keymap: Keymap::defaults(),
        limits: Limits::default(),
        actor,
        theme: Theme::load(theme, folder.path(), depth).expect("an embedded theme"),
        themes: Theme::embedded_names().map(str::to_owned).collect(),
    };
    let desk = Still::open(settings, store, log, mentions, now()).expect("the desk opens");
    Town { desk, _folder: folder }
}
