//! The real loop over scripted keys, a fake clock and a store and log of its own, on paused time.

use std::collections::VecDeque;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::stream::{self, Stream};
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent, KeyModifiers};
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::clock::{Clock, FakeClock};
use crate::locale::{Lang, Locale};
use crate::mention::{Author, Id, Level, Mention, MentionId, fixtures};
use crate::pipeline::fixtures::assessment;
use crate::pipeline::{Assessed, Assessment, Clocks, Kept};
use crate::plan::Plan;
use crate::response_log::{Log, LogPaths, Record};
use crate::sources::Order;
use crate::store::{
    Answer, Ask, Assess, CaughtUp, Commit, Origin, RequestId, SqliteStore, Store, StoreError, search_all,
};
use crate::text::lengths::Limits;
use crate::tui::app::{App, Settings};
use crate::tui::driver::{Editing, Input, Outside, Runtime};
use crate::tui::effect::{Correction, Effect, ImportJob};
use crate::tui::event::{AppendFailure, Copying, Event};
use crate::tui::keymap::Keymap;
use crate::tui::state::import::tests::sample;
use crate::tui::terminal::Screen;
use crate::tui::theme::{ColourDepth, Theme};
use crate::tui::view::Manner;

/// A plan with one message, an escalation matrix and a road map that lets everything stand.
const PLAN: &str = r#"
[organization]
name = { en = "Alder Bay", fr = "Baie-des-Aulnes" }
time_zone = "America/Vancouver"
[[initiative]]
id = "water"
title = { en = "Water", fr = "Eau" }
match = "water"
messages = ["boil"]
[[message]]
id = "boil"
text = { en = "Boil water for one minute.", fr = "Faites bouillir l'eau une minute." }
status = "approved"
approved_by = "M. Chan"
[[tier]]
level = 0
title = { en = "Enquiry", fr = "Demande" }
role = "Officer"
channel = "desk"
[[tier]]
level = 2
title = { en = "Escalating", fr = "Aggravation" }
match = "safe"
role = "Director"
channel = "phone"
"#;

/// What every frame of the tests is drawn at.
const SIZE: (u16, u16) = (120, 40);

pub(super) fn noon() -> DateTime<Utc> {
    "2026-11-20T20:00:00Z".parse().expect("an instant")
}

/// A mention with as little in it as a test can do with.
pub(super) fn item(native: &str, text: &str, level: Level, minutes_ago: i64) -> Assessed {
    let at = noon() - TimeDelta::minutes(minutes_ago);
    let mention = Mention {
        author: Author { handle: Some(format!("author-{native}")), name: Some("Ana".to_owned()), ..Author::default() },
        url: Some(format!("https://example.org/{native}")),
        posted_at: Some(at),
        ..fixtures::mention("inbox", native, text, at)
    };
    Assessed { assessment: judged(level, text, at), mention }
}

fn judged(level: Level, text: &str, at: DateTime<Utc>) -> Assessment {
    Assessment {
        messages: if text.contains("water") { vec!["boil".into()] } else { Vec::new() },
        path: vec!["relevant".into()],
        clocks: Clocks { acknowledge_by: Some(at + TimeDelta::hours(1)), substance_by: None },
        ..assessment(level, plan().hash.clone())
    }
}

pub(super) fn plan() -> Arc<Plan> {
    Arc::new(crate::plan::fixtures::plan(PLAN))
}

/// A store and a log that answer at once, and everything that was asked of the rest of the outside.
pub(super) struct Memory {
    pub(super) store: SqliteStore,
    log: Log,
    events: mpsc::Sender<Event>,
    clock: Arc<FakeClock>,
    /// Appends fail while this is set.
    pub(super) log_fails: bool,
    /// Appends wait here while this is `Some`.
    pub(super) held: Option<VecDeque<Effect>>,
    pub(super) copied: Vec<String>,
    pub(super) opened: Vec<String>,
    /// What the sources were asked to do.
    pub(super) steered: Vec<(Id, Order)>,
    /// The sources whose quarantine was set aside.
    pub(super) aside: Vec<Id>,
    /// Mentions that were asked about again.
    pub(super) looked_again: Vec<MentionId>,
    pub(super) saved_drafts: usize,
    pub(super) imports: Vec<ImportJob>,
    pub(super) stopped_imports: usize,
    pub(super) asked: usize,
    /// What the person's editor was opened with.
    pub(super) edited: Vec<Correction>,
    /// The person saves what is opened.
    pub(super) saves: bool,
}

impl Memory {
    fn send(&self, event: Event) {
        self.events.try_send(event).expect("the tests' queue is long enough");
    }

    fn answer(&mut self, request: RequestId, ask: Ask) -> Result<(), StoreError> {
        let now = self.clock.now();
        let store = &mut self.store;
        let answer = match ask {
            Ask::Page(page) => Answer::Page(store.page(&page, now)?),
            Ask::Rows(ids) => Answer::Rows(store.rows(&ids, now)?),
            Ask::Locate(view, id) => Answer::Located(store.locate(view, &id)?),
            Ask::Case(id) => Answer::Case(store.case(&id, now)?.map(Box::new)),
            Ask::Members(view, id) => {
                let rows = store.members(&id, view, now)?;
                Answer::Members(id, rows)
            }
            Ask::Author(id, limit) => Answer::Author(store.author(&id, limit, now)?),
            Ask::Counts => Answer::Counts(store.counts(now)?),
            Ask::Changed => Answer::Changed(store.changed()?),
            Ask::EndSearch => return Ok(()),
            Ask::Search(search) => {
                let mut rows = Vec::new();
                search_all(store, &search, now, &mut |row| {
                    rows.push(row);
                    ControlFlow::Continue(())
                })?;
                let more = rows.len() >= search.limit;
                Answer::Found { rows, more }
            }
        };
        self.send(Event::Answered(request, Ok(answer)));
        Ok(())
    }

    fn project(&mut self, records: &[Record]) {
        let mut assess = |mention: &Mention, _: &Kept| judged(Level::P3, &mention.text, mention.received_at);
        let assess: &mut Assess<'_> = &mut assess;
        let applied = self.store.apply(records, Origin::Live, assess).expect("the records apply");
        let caught_up = CaughtUp { records: records.len(), rebuilt: false, applied };
        self.send(Event::Answered(0, Ok(Answer::Applied(caught_up))));
    }
}

impl Outside for Memory {
    fn edit(&mut self, correction: Correction) -> Editing {
        self.edited.push(correction);
        let saved = self.saves;
        let words = if saved { "Test added." } else { "Nothing was saved." };
        Box::pin(std::future::ready(Event::Corrected { applied: saved, words: words.to_owned() }))
    }

    fn perform(&mut self, effect: Effect) {
        if let Some(held) = &mut self.held
            && matches!(effect, Effect::Append(..))
        {
            held.push_back(effect);
            return;
        }
        match effect {
            Effect::Ask(request, ask) => {
                self.asked += 1;
                if let Err(error) = self.answer(request, ask) {
                    self.send(Event::Answered(request, Err(error)));
                }
            }
            Effect::MarkSeen(ids) => self.store.mark_seen(&ids).expect("marks"),
            Effect::Append(act, _) if self.log_fails => {
                let failure = AppendFailure { cause: "the disk is full".to_owned(), stale: false };
                self.send(Event::AppendFailed(act, failure));
            }
            Effect::Append(act, drafts) => {
                let event = match self.log.append(&drafts) {
                    Ok(records) => Event::RecordAppended(act, records),
                    Err(error) => Event::AppendFailed(act, AppendFailure { cause: error.to_string(), stale: true }),
                };
                self.send(event);
            }
            Effect::Project(records) => self.project(&records),
            Effect::Copy(text) => {
                self.copied.push(text.clone());
                self.send(Event::Copied { how: Copying::AskTerminal, text, file: "last-copy.txt".into() });
            }
            Effect::LookAgain(id, _) => self.looked_again.push(id),
            Effect::OpenUrl(url) => self.opened.push(url),
            Effect::SaveDraft(_) => self.saved_drafts += 1,
            Effect::LookAtExport(path) => self.send(Event::ExportSeen(path, Ok(sample()))),
            Effect::Import(job) => self.imports.push(*job),
            Effect::StopImport => self.stopped_imports += 1,
            Effect::Steer(source, order) => self.steered.push((source, order)),
            Effect::SetQuarantineAside(source) => {
                self.aside.push(source.clone());
                self.send(Event::QuarantineAside { source, aside: Ok(Some("inbox.aside.ndjson".to_owned())) });
            }
            _ => {}
        }
    }
}

type Typed = std::pin::Pin<Box<dyn Stream<Item = io::Result<TerminalEvent>>>>;

impl Input for Typed {}

/// A desk at work, driven key by key.
pub(super) struct Runner {
    runtime: Runtime<TestBackend, Memory, Typed>,
    keys: mpsc::Sender<TerminalEvent>,
    events: mpsc::Sender<Event>,
    clock: Arc<FakeClock>,
    _home: TempDir,
}

impl Runner {
    /// A desk on these mentions, after its first screen.
    pub(super) async fn new(items: Vec<Assessed>) -> Self {
        Self::under(plan(), items).await
    }

    /// A desk under a plan of the test's own, on mentions that this plan has assessed.
    pub(super) async fn under(plan: Arc<Plan>, items: Vec<Assessed>) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(FakeClock::new(noon()));
        let actor: Id = "mchan".into();
        let mut store = SqliteStore::open(&home.path().join("mentions.db"), actor.clone()).expect("a store");
        store.commit(&Commit { items, ..Commit::default() }).expect("the mentions are kept");
        let paths = LogPaths::under(home.path(), home.path());
        let (log, _) = Log::open(paths, chrono_tz::UTC).expect("a log");
        // Longer than anything a test brings: the tests' outside answers within the loop's own task.
        let (events, received) = mpsc::channel(65_536);
        let (keys, mut typed) = mpsc::channel(65_536);
        let desk = log.desk().clone();
        let memory = Memory {
            store,
            log,
            events: events.clone(),
            clock: clock.clone(),
            log_fails: false,
            held: None,
            copied: Vec::new(),
            opened: Vec::new(),
            steered: Vec::new(),
            aside: Vec::new(),
            looked_again: Vec::new(),
            saved_drafts: 0,
            imports: Vec::new(),
            stopped_imports: 0,
            asked: 0,
            edited: Vec::new(),
            saves: true,
        };
        let input: Typed = Box::pin(stream::poll_fn(move |cx| typed.poll_recv(cx).map(|event| event.map(Ok))));
        let runtime = Runtime {
            app: App::new(settings(actor, plan), noon()),
            screen: Screen::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a screen"),
            outside: memory,
            input,
            events: received,
            clock: clock.clone(),
            cancel: CancellationToken::new(),
            manner: Manner::default(),
            editing: None,
        };
        let mut runner = Self { runtime, keys, events, clock, _home: home };
        runner.event(Event::LogOpened(desk)).await;
        runner
    }

    /// Presses keys, written as in `keys.toml` and set apart by spaces, and lets everything come to rest.
    pub(super) async fn keys(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.press(key);
        }
        self.rest().await;
    }

    /// Types a text, character by character.
    pub(super) async fn types(&mut self, text: &str) {
        for character in text.chars() {
            self.send(TerminalEvent::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::empty())));
        }
        self.rest().await;
    }

    /// Presses one key and does not wait.
    pub(super) fn press(&mut self, key: &str) {
        let (modifiers, key) = match key.strip_prefix("ctrl-") {
            Some(key) => (KeyModifiers::CONTROL, key),
            None => (KeyModifiers::empty(), key),
        };
        let code = match key {
            "enter" => KeyCode::Enter,
            "esc" => KeyCode::Esc,
            "tab" => KeyCode::Tab,
            "space" => KeyCode::Char(' '),
            "down" => KeyCode::Down,
            "left" => KeyCode::Left,
            "right" => KeyCode::Right,
            one => KeyCode::Char(one.chars().next().expect("a key")),
        };
        self.send(TerminalEvent::Key(KeyEvent::new(code, modifiers)));
    }

    /// Sends what a terminal can send.
    pub(super) fn send(&mut self, event: TerminalEvent) {
        self.keys.try_send(event).expect("the tests' queue is long enough");
    }

    /// Something happens outside.
    pub(super) async fn event(&mut self, event: Event) {
        self.events.try_send(event).expect("the tests' queue is long enough");
        self.rest().await;
    }

    /// Mentions arrive while the desk runs.
    pub(super) async fn arrive(&mut self, items: Vec<Assessed>) {
        let mut levels = [0; 4];
        for item in &items {
            levels[item.assessment.priority.level as usize] += 1;
        }
        self.outside().store.commit(&Commit { items, ..Commit::default() }).expect("the mentions are kept");
        self.event(Event::Arrived { levels, changed: Vec::new() }).await;
    }

    /// Lets appends through that were held.
    pub(super) async fn release(&mut self) {
        for effect in self.outside().held.take().unwrap_or_default() {
            self.outside().perform(effect);
        }
        self.rest().await;
    }

    /// Runs the loop until nothing is left to do.
    pub(super) async fn rest(&mut self) {
        // On paused time the timer fires only when the loop waits for nothing but its next minute.
        let _ = tokio::time::timeout(Duration::from_millis(200), self.runtime.run()).await;
    }

    pub(super) fn app(&self) -> &App {
        &self.runtime.app
    }

    pub(super) fn outside(&mut self) -> &mut Memory {
        &mut self.runtime.outside
    }

    pub(super) fn clock(&self) -> &FakeClock {
        &self.clock
    }

    /// The native id under the cursor.
    pub(super) fn selected(&self) -> String {
        self.app().selected_id().map(|id| id.native().to_owned()).unwrap_or_default()
    }

    /// The native ids of the feed, in order.
    pub(super) fn feed(&self) -> Vec<String> {
        self.app().feed.rows().iter().map(|row| row.id.native().to_owned()).collect()
    }

    /// The screen as text.
    pub(super) fn screen(&self) -> String {
        let buffer = self.runtime.screen.backend().buffer();
        let width = usize::from(buffer.area.width);
        let lines =
            buffer.content.chunks(width).map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>());
        lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// The acts on record, oldest first, as their tokens.
    pub(super) fn recorded(&self) -> Vec<String> {
        let mut acts: Vec<String> = self.app().log.records().map(|record| record.act.to_string()).collect();
        acts.reverse();
        acts
    }
}

fn settings(actor: Id, plan: Arc<Plan>) -> Settings {
    Settings {
        plan,
        locale: Arc::new(Locale::new(Lang::En)),
        keymap: Keymap::defaults(),
        limits: Limits::default(),
        actor,
        theme: Theme::dark(ColourDepth::True),
        themes: Theme::embedded_names().map(str::to_owned).collect(),
        shield: true,
    }
}
