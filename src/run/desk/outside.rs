//! Performs the desk's effects. Nothing here waits: what takes time runs on a thread or a task and answers with an event.

use std::collections::VecDeque;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::capture;
use super::correction::Corrector;
use super::drafts::DraftKeeper;
use super::importer::{Importer, Surroundings};
use super::recheck::Looking;
use crate::clock::SharedClock;
use crate::config::private_file;
use crate::locale::Locale;
use crate::mention::Id;
use crate::pipeline::{Assessed, Assessor, normalise};
use crate::report::{self, Format, Frame, Report};
use crate::response_log::{AppendRequest, Found, LogError, LogWriter, Record};
use crate::run::Home;
use crate::sources::{KeptOrders, Order, Quarantine, Rechecks};
use crate::store::{Ask, Busy, Commit, Desk, RequestId, Tell};
use crate::tr;
use crate::tui::clipboard::Clipboard;
use crate::tui::driver::{Editing, Outside};
use crate::tui::effect::{Correction, Effect};
use crate::tui::event::{AppendFailure, Event};
use crate::tui::state::in_flight::ActId;
use crate::tui::theme::{ColourDepth, Theme};

/// The log has not answered for this long: the screen says so.
const LATE: Duration = Duration::from_secs(2);

/// Whoever performs effects for the real desk.
#[derive(Debug)]
pub struct Driver {
    home: Arc<Home>,
    locale: Arc<Locale>,
    clock: SharedClock,
    desk: Desk,
    log: LogWriter,
    drafts: DraftKeeper,
    clipboard: Clipboard,
    importer: Importer,
    looking: Looking,
    events: mpsc::Sender<Event>,
    /// What waits for the first screen begins when this is dropped, at the loop's end too.
    until_shown: Option<DropGuard>,
    /// Questions that found the store's queue full, in order; few, because the app waits for answers before it asks
    /// again.
    asks: VecDeque<(RequestId, Ask)>,
    /// Acts that found the writer's queue full, in order. A decision is never dropped.
    appends: VecDeque<AppendRequest>,
    /// Records the store has not been told of yet; it would catch up by itself too.
    projections: VecDeque<Vec<Record>>,
}

impl Driver {
    /// Over a home's store, log writer and drafts. `first_screen` is cancelled when there is one.
    pub fn new(
        home: &Arc<Home>,
        locale: &Arc<Locale>,
        clock: SharedClock,
        (desk, log, drafts): (Desk, LogWriter, DraftKeeper),
        (events, first_screen): (mpsc::Sender<Event>, CancellationToken),
        rechecks: Rechecks,
    ) -> Self {
        let looking = Looking::new(home, rechecks, events.clone());
        let clipboard = Clipboard::new(home.paths.last_copy(), |name| std::env::var(name).ok());
        let (home, locale) = (home.clone(), locale.clone());
        let (asks, appends, projections) = (VecDeque::new(), VecDeque::new(), VecDeque::new());
        let until_shown = Some(first_screen.drop_guard());
        Self {
            home,
            locale,
            clock,
            desk,
            log,
            drafts,
            clipboard,
            importer: Importer::default(),
            looking,
            events,
            until_shown,
            asks,
            appends,
            projections,
        }
    }

    fn ask(&mut self, request: RequestId, ask: Ask) {
        self.asks.push_back((request, ask));
        self.send_asks();
    }

    fn send_asks(&mut self) {
        while let Some((request, ask)) = self.asks.pop_front() {
            // The queue takes its own copy only when there is room, so a refused question is asked again as it was.
            match self.desk.ask(request, ask.clone()) {
                Ok(()) => {}
                Err(Busy::Full) => {
                    self.asks.push_front((request, ask));
                    return;
                }
                Err(Busy::Ended) => return,
            }
        }
    }

    fn append(&mut self, act: ActId, drafts: Vec<crate::response_log::Draft>) {
        let (events, locale) = (self.events.clone(), self.locale.clone());
        let answered = Arc::new(AtomicBool::new(false));
        let (done, late) = (answered.clone(), self.events.clone());
        tokio::spawn(async move {
            tokio::time::sleep(LATE).await;
            if !answered.load(Ordering::SeqCst) {
                let _ = late.send(Event::AppendLate(act)).await;
            }
        });
        let tell = move |_, result: Result<Vec<Record>, LogError>| {
            done.store(true, Ordering::SeqCst);
            let event = match result {
                Ok(records) => Event::RecordAppended(act, records),
                Err(error) => {
                    let stale = matches!(error, LogError::StaleBase { .. });
                    Event::AppendFailed(act, AppendFailure { cause: error.text(&locale), stale })
                }
            };
            let _ = events.blocking_send(event);
        };
        self.appends.push_back(AppendRequest { id: act, drafts, done: Box::new(tell) });
        self.send_appends();
    }

    fn send_appends(&mut self) {
        while let Some(request) = self.appends.pop_front() {
            if let Err(request) = self.log.submit(request) {
                self.appends.push_front(request);
                return;
            }
        }
    }

    fn send_projections(&mut self) {
        while let Some(records) = self.projections.pop_front() {
            if self.desk.tell(0, Tell::Apply(records.clone())) == Err(Busy::Full) {
                self.projections.push_front(records);
                return;
            }
        }
    }

    fn copy(&self, text: String) {
        let (clipboard, events) = (self.clipboard.clone(), self.events.clone());
        tokio::task::spawn_blocking(move || {
            let (how, kept) = clipboard.copy(&text);
            if let Err(error) = kept {
                tracing::warn!(%error, "the last copy could not be kept in its file");
            }
            let file = clipboard.file().to_owned();
            let _ = events.blocking_send(Event::Copied { how, text, file });
        });
    }

    fn open_url(&self, address: String) {
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let is_web = url::Url::parse(&address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            let opened = if is_web {
                open::that_detached(&address).map_err(|error| format!("{address}: {error}"))
            } else {
                Err(address)
            };
            if let Err(cause) = opened {
                let _ = events.blocking_send(Event::OpenFailed(cause));
            }
        });
    }

    fn write_report(&self, report: Report) {
        let (home, locale, now) = (self.home.clone(), self.locale.clone(), self.clock.now());
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let written = home.store().map_err(|error| error.text(&locale)).and_then(|mut store| {
                let frame = Frame { plan: &home.plan, locale: &locale, now, format: Format::Text };
                let text = report::write(report, &mut store, frame).map_err(|error| error.to_string())?;
                let frame = Frame { format: Format::Markdown, ..frame };
                let markdown = report::write(report, &mut store, frame).map_err(|error| error.to_string())?;
                Ok((text, markdown))
            });
            let event = match written {
                Ok((text, markdown)) => {
                    let name = format!("{}-{}.md", report.file_stem(), now.format("%Y%m%dT%H%M"));
                    let file = keep_report(&home.paths.state.join(name), &markdown);
                    Event::ReportWritten { report, text, file }
                }
                Err(cause) => Event::ReportFailed(cause),
            };
            let _ = events.blocking_send(event);
        });
    }

    fn capture(&self, pasted: String) {
        let (home, now) = (self.home.clone(), self.clock.now());
        let (desk, events) = (self.desk.clone(), self.events.clone());
        tokio::task::spawn_blocking(move || {
            let item = match capture::raw_item(&pasted, &home.actor, (now, home.zone())) {
                Ok(item) => item,
                Err(cause) => {
                    let _ = events.blocking_send(Event::CaptureFailed(cause));
                    return;
                }
            };
            let mention = normalise(item);
            let assessment = Assessor::new().assess_alone(&mention, &home.plan);
            let id = mention.id.clone();
            let commit = Commit { items: vec![Assessed { mention, assessment }], ..Commit::default() };
            let answered = events.clone();
            let done = Box::new(move |outcome: Result<_, crate::store::StoreError>| {
                let event = match outcome {
                    Ok(_) => Event::CaptureKept(id),
                    Err(error) => Event::CaptureFailed(error.to_string()),
                };
                let _ = answered.blocking_send(event);
            });
            if desk.tell_waiting(0, Tell::Commit(commit, done)).is_err() {
                tracing::error!("the store ended before a captured post was kept");
            }
        });
    }

    fn surroundings(&self) -> Surroundings {
        Surroundings {
            home: self.home.clone(),
            locale: self.locale.clone(),
            clock: self.clock.clone(),
            desk: self.desk.clone(),
            events: self.events.clone(),
        }
    }

    /// Whoever reads the sources, this process or another one, follows the file.
    fn steer(&self, source: Id, order: Order) {
        let (path, events, now) = (self.home.paths.orders(), self.events.clone(), self.clock.now());
        tokio::task::spawn_blocking(move || {
            if let Err(error) = KeptOrders::give(&path, &source, order, now) {
                let _ = events.blocking_send(Event::SteerFailed(error.to_string()));
            }
        });
    }

    fn with_quarantine(&self, source: Id, work: impl FnOnce(Id, &Quarantine) -> Event + Send + 'static) {
        let kept = Quarantine::new(&self.home.paths.quarantine, source.clone(), self.clock.clone());
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let _ = events.blocking_send(work(source, &kept));
        });
    }

    fn load_theme(&self, name: String) {
        let (folder, events) = (self.home.paths.themes.clone(), self.events.clone());
        tokio::task::spawn_blocking(move || {
            let depth = ColourDepth::detect(|name| std::env::var(name).ok());
            let event = match Theme::load(&name, &folder, depth) {
                Ok(theme) => Event::ThemeLoaded(Box::new(theme)),
                Err(error) => Event::ThemeFailed(error.to_string()),
            };
            let _ = events.blocking_send(event);
        });
    }
}

fn keep_report(path: &Path, markdown: &str) -> Option<PathBuf> {
    let mut options = std::fs::OpenOptions::new();
    private_file(path, options.write(true).create(true).truncate(true))
        .and_then(|mut file| file.write_all(markdown.as_bytes()))
        .map_err(|error| tracing::warn!(%error, path = %path.display(), "the report could not be kept"))
        .ok()
        .map(|()| path.to_owned())
}

impl Outside for Driver {
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Ask(request, ask) => self.ask(request, ask),
            Effect::MarkSeen(ids) => {
                // Seen is a convenience: where the store is too busy, the mark comes with the next look.
                let _ = self.desk.tell(0, Tell::Seen(ids));
            }
            Effect::LookAgain(id, seen_by) => self.looking.look(id, seen_by),
            Effect::Append(act, drafts) => self.append(act, drafts),
            Effect::Project(records) => {
                self.projections.push_back(records);
                self.send_projections();
            }
            Effect::Copy(text) => self.copy(text),
            Effect::OpenUrl(address) => self.open_url(address),
            Effect::SaveDraft(draft) => self.drafts.keep(draft),
            Effect::DropDraft(writing) => self.drafts.forget(writing),
            Effect::WriteReport(report) => self.write_report(report),
            Effect::Steer(source, order) => self.steer(source, order),
            Effect::ReadQuarantine(source) => self.with_quarantine(source, |source, kept| {
                let read = kept.newest().map_err(|error| error.to_string());
                Event::QuarantineRead { source, read }
            }),
            Effect::SetQuarantineAside(source) => self.with_quarantine(source, |source, kept| {
                let aside = kept.set_aside().map(|file| file.map(|file| file.display().to_string()));
                Event::QuarantineAside { source, aside: aside.map_err(|error| error.to_string()) }
            }),
            Effect::Capture(pasted) => self.capture(pasted),
            Effect::LookAtExport(path) => Importer::look(path, self.surroundings()),
            Effect::Import(job) => self.importer.start(*job, self.surroundings()),
            Effect::StopImport => self.importer.stop(),
            Effect::LoadTheme(name) => self.load_theme(name),
            // The loop performs these itself.
            Effect::Edit(_) | Effect::CopyThroughTerminal(_) | Effect::Redraw | Effect::Quit => {}
        }
    }

    fn edit(&mut self, correction: Correction) -> Editing {
        let corrector = Corrector { home: self.home.clone(), locale: self.locale.clone(), now: self.clock.now() };
        let edited = tokio::task::spawn_blocking(move || corrector.run(&correction));
        Box::pin(async move {
            edited.await.unwrap_or_else(|error| Event::Corrected { applied: false, words: error.to_string() })
        })
    }

    fn shown(&mut self) {
        self.until_shown = None;
    }

    fn retry(&mut self) {
        self.send_appends();
        self.send_projections();
        self.send_asks();
        self.drafts.retry();
    }
}

/// What the log's writer found, as sentences; nothing found is none.
pub fn found_words(found: Result<Found, LogError>, locale: &Locale) -> Vec<String> {
    let found = match found {
        Ok(found) => found,
        Err(error) => return vec![error.text(locale)],
    };
    let mut sentences = Vec::new();
    if let Some(torn) = found.torn {
        let (file, offset) = (torn.file.display().to_string(), torn.offset);
        sentences.push(match torn.moved_to {
            Some(kept) => {
                let kept = kept.display().to_string();
                tr!(locale, "desk-log-torn", file = file, offset = offset, bytes = torn.bytes, kept = kept)
            }
            None => tr!(locale, "desk-log-completed", file = file, offset = offset),
        });
    }
    for damage in found.damage {
        let cause = locale.word("log-damage", &damage.cause);
        sentences.push(tr!(locale, "desk-log-damage", file = damage.file, line = damage.line, cause = cause));
    }
    if let Some(cut) = found.cut_short {
        sentences.push(tr!(locale, "desk-log-cut-short", written = cut.written, size = cut.size));
    }
    sentences
}
