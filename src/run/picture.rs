//! The demo town's desk as it stands at the demo's instant: for pictures, and for tests and benches of what is drawn.
//!
//! What enters: a folder for its store and log, and how to draw. What leaves: a desk without a terminal, on the
//! town's mentions up to that instant, through the real pipeline. The same every time, on every machine.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};

use super::demo;
use crate::config::Config;
use crate::locale::{Lang, Locale};
use crate::mention::Id;
use crate::mention::wire::WireItem;
use crate::pipeline::{self, Assessed, Assessor, History};
use crate::plan::{self, Plan};
use crate::response_log::{Log, LogPaths};
use crate::sources::{News, Phase, Vitals};
use crate::store::SqliteStore;
use crate::text::lengths::Limits;
use crate::tui::app::Settings;
use crate::tui::event::Event;
use crate::tui::keymap::Keymap;
use crate::tui::still::Still;
use crate::tui::theme::Theme;

/// A desk whose store and log lie in a folder.
pub type Desk = Still<SqliteStore>;

/// The town: its plan, its streams and its instant.
#[derive(Debug, Clone)]
pub struct Town {
    /// Its response plan.
    pub plan: Arc<Plan>,
    /// The instant at which the demo begins.
    pub now: DateTime<Utc>,
}

impl Town {
    /// Reads the embedded town.
    pub fn load() -> anyhow::Result<Self> {
        let plan_files = demo::files().iter().filter_map(|(name, text)| {
            let name = name.strip_prefix("plan/")?;
            Some((name.to_owned(), (*text).to_owned()))
        });
        let (plan, _) = plan::from_files(plan_files.collect())
            .map_err(|errors| anyhow::anyhow!("the demo plan does not load: {errors:?}"))?;
        let config = Config::parse(file("config.toml"), Path::new("config.toml"))
            .map_err(|errors| anyhow::anyhow!("the demo configuration does not load: {errors:?}"))?;
        let now = config.demo.starts_at.context("the demo has no instant to begin at")?;
        Ok(Self { plan: Arc::new(plan), now: now.to_utc() })
    }

    /// What was said up to the instant.
    pub fn mentions(&self) -> anyhow::Result<Vec<Assessed>> {
        self.assess(file("mentions.jsonl").lines(), "town")
    }

    /// What was said in these lines of NDJSON up to the instant, received some seconds after it was posted.
    pub fn assess<'a>(&self, lines: impl Iterator<Item = &'a str>, source: &str) -> anyhow::Result<Vec<Assessed>> {
        const UNDERWAY: TimeDelta = TimeDelta::seconds(20);
        let source: Id = source.into();
        let (mut assessor, mut history) = (Assessor::new(), History::new());
        let mut assessed = Vec::new();
        for line in lines {
            let item = WireItem::parse(line.as_bytes())?;
            let received_at = item.posted_at.unwrap_or(self.now) + UNDERWAY;
            if received_at > self.now {
                continue;
            }
            let mention = pipeline::normalise(item.into_raw(Arc::clone(&source), received_at));
            let assessment = assessor.assess(&mention, &self.plan, &history);
            history.observe(&mention, &assessment, assessor.trace());
            assessed.push(Assessed { mention, assessment });
        }
        Ok(assessed)
    }

    /// Opens the desk on these mentions; its store and log are made in `folder`.
    pub fn desk(&self, folder: &Path, mentions: Vec<Assessed>, lang: Lang, theme: Theme) -> anyhow::Result<Desk> {
        let actor: Id = "mchan".into();
        let store = SqliteStore::open(&folder.join("mentions.db"), Arc::clone(&actor))?;
        let paths = LogPaths::under(&folder.join("data"), &folder.join("state"));
        let (log, _) = Log::open(paths, self.plan.organization.hours.time_zone)
            .map_err(|error| anyhow::anyhow!(error.text(&Locale::new(lang))))?;
        let settings = Settings {
            plan: Arc::clone(&self.plan),
            locale: Arc::new(Locale::new(lang)),
            keymap: Keymap::defaults(),
            limits: Limits::default(),
            actor,
            theme,
            themes: Theme::embedded_names().map(str::to_owned).collect(),
            shield: true,
        };
        let mut desk = Still::open(settings, store, log, mentions, self.now)?;
        desk.tell(Event::VitalsTold { sources: vec![self.live("town"), self.live("storm")], elsewhere: None });
        Ok(desk)
    }

    fn live(&self, source: &str) -> Vitals {
        Vitals {
            source: source.into(),
            kind: "replay".to_owned(),
            reads: format!("{source}.jsonl"),
            phase: Phase::Live,
            last_seen: Some(self.now),
            lag: None,
            trouble: None,
            quota: None,
            items: 0,
            bad: 0,
            notes: Vec::new(),
            post_length: None,
            news: News::default(),
        }
    }
}

fn file(name: &str) -> &'static str {
    demo::files().iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
}
