//! The desk put together: store, log, sources, plan and terminal around one loop.
//!
//! ```text
//!  sources ─▶ pipeline ─▶ store (two threads) ─▶ events ─▶ loop ─▶ effects ─▶ store, log writer, clipboard, files
//!  plan folder, log folder, health, timers ────▶ events
//! ```
//!
//! What enters: an opened home, the words, a clock. The first frame waits for nothing but the store's first page;
//! everything else begins once that is on the screen, and reports as events when it is there. On the way out nothing accepted is lost: sources stop, the
//! log writer and the store finish what they have.

mod capture;
mod correction;
mod drafts;
mod followers;
mod importer;
mod outside;
mod plan_watch;
mod recheck;

use std::io::{self, BufWriter, Stdout, stdout};
use std::sync::Arc;

use ratatui::backend::CrosstermBackend;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::{Home, HomeError, Ingest, IngestLock, OnCommit};
use crate::clock::SharedClock;
use crate::locale::Locale;
use crate::plan::Plan;
use crate::response_log::{self, LogWriter};
use crate::sources::Rechecks;
use crate::store::{Answer, Desk, OnAnswer, Outcome, Reassess, Setup, Tell};
use crate::text::lengths::Limits;
use crate::tui::app::{App, Settings};
use crate::tui::driver::Runtime;
use crate::tui::event::Event;
use crate::tui::keymap::Keymap;
use crate::tui::terminal::{self, Guard, Keys, Screen};
use crate::tui::theme::{ColourDepth, Theme};
use crate::tui::view::Manner;

use drafts::DraftKeeper;
use outside::Driver;
pub use outside::found_words;

/// Facts on their way to the loop. They are never dropped: a full queue makes store, pipeline and watchers wait, and the
/// loop takes a bounded number between two looks at the keys.
const EVENTS: usize = 256;

/// Records the log pane starts with.
const EARLIER_RECORDS: usize = 100;

/// What the desk is opened with besides its home.
#[derive(Debug)]
pub struct Opening {
    /// The words.
    pub locale: Arc<Locale>,
    /// The keys.
    pub keymap: Keymap,
    /// The program's time.
    pub clock: SharedClock,
}

/// Runs the desk until the person leaves or a signal ends it. The terminal is given back whatever happens.
pub fn desk(home: Home, opening: Opening) -> Result<(), HomeError> {
    let failed = {
        let state = home.paths.state.clone();
        move |cause: io::Error| HomeError::Io { path: state.clone(), cause }
    };
    home.paths.create().map_err(&failed)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("desk")
        .enable_all()
        .build()
        .map_err(&failed)?;
    let result = runtime.block_on(run(home, opening));
    // A thread that waits in a read of the standard input cannot be woken: it ends with the process.
    runtime.shutdown_background();
    result
}

async fn run(home: Home, opening: Opening) -> Result<(), HomeError> {
    let home = Arc::new(home);
    let locale = opening.locale;
    let (events, received) = mpsc::channel(EVENTS);
    let cancel = CancellationToken::new();
    let (plans, plan) = watch::channel(home.plan.clone());

    let writer = home.store()?;
    let reader = writer.another()?;
    let setup =
        Setup { assessor: Box::new(home.assessor()), clock: opening.clock.clone(), log: home.log_paths().folder };
    let io_failed = |cause| HomeError::Io { path: home.paths.data.clone(), cause };
    let (desk, threads) = Desk::spawn((writer, reader), setup, pass_on(events.clone())).map_err(io_failed)?;
    let first_screen = CancellationToken::new();
    let log = log_writer(&home, &locale, events.clone(), first_screen.clone()).map_err(io_failed)?;
    let drafts = DraftKeeper::start(home.paths.drafts.clone(), events.clone()).map_err(io_failed)?;

    let rechecks = Rechecks::default();
    let background = tokio::spawn(attend(Background {
        home: home.clone(),
        locale: locale.clone(),
        clock: opening.clock.clone(),
        desk: desk.clone(),
        events: events.clone(),
        cancel: cancel.clone(),
        first_screen: first_screen.clone(),
        plans,
        plan,
        rechecks: rechecks.clone(),
    }));
    let (told, kept) = ((events, first_screen), (desk, log, drafts));
    let driver = Driver::new(&home, &locale, opening.clock.clone(), kept, told, rechecks);
    let app = App::new(settings(&home, locale, opening.keymap), opening.clock.now());
    let manner = Manner { ascii: home.config.ascii, demo: opening.clock.is_demo() };
    let left = on_terminal(
        home.config.mouse,
        Loop { app, driver, received, clock: opening.clock, cancel: cancel.clone(), manner },
    )
    .await;

    cancel.cancel();
    // The loop is gone and with it the receiver of events: whoever waits to send one is released.
    let ended = background.await.map_err(|error| io::Error::other(error.to_string()));
    tokio::task::spawn_blocking(move || threads.join())
        .await
        .map_err(|error| io_failed(io::Error::other(error.to_string())))??;
    left.map_err(io_failed)?;
    ended.map_err(io_failed)
}

/// What the loop is made of.
struct Loop {
    app: App,
    driver: Driver,
    received: mpsc::Receiver<Event>,
    clock: SharedClock,
    cancel: CancellationToken,
    manner: Manner,
}

async fn on_terminal(mouse: bool, parts: Loop) -> io::Result<()> {
    end_on_signal(&parts.cancel)?;
    let guard = Guard::take(mouse)?;
    let backend: CrosstermBackend<BufWriter<Stdout>> =
        CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, stdout()));
    let mut runtime = Runtime {
        app: parts.app,
        screen: Screen::new(backend)?,
        outside: parts.driver,
        input: Keys::new(),
        events: parts.received,
        clock: parts.clock,
        cancel: parts.cancel,
        manner: parts.manner,
        editing: None,
    };
    let left = runtime.run().await;
    drop(guard);
    left
}

/// Cancels when the process is asked to end. The handlers stand when this returns.
#[cfg(unix)]
pub(super) fn end_on_signal(cancel: &CancellationToken) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    for kind in [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()] {
        let (mut asked, cancel) = (signal(kind)?, cancel.clone());
        tokio::spawn(async move {
            // An interrupt that is typed in the person's editor is for the editor.
            while asked.recv().await.is_some() && kind == SignalKind::interrupt() && terminal::is_lent() {}
            cancel.cancel();
        });
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn end_on_signal(cancel: &CancellationToken) -> io::Result<()> {
    let cancel = cancel.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            cancel.cancel();
        }
    });
    Ok(())
}

fn settings(home: &Home, locale: Arc<Locale>, keymap: Keymap) -> Settings {
    let depth = ColourDepth::detect(|name| std::env::var(name).ok());
    let name = home.config.theme.as_deref().unwrap_or("dark");
    // A theme with a problem is told when the person asks for it; the desk opens all the same.
    let theme = Theme::load(name, &home.paths.themes, depth).unwrap_or_else(|error| {
        tracing::warn!(%error, "the theme could not be loaded");
        Theme::dark(depth)
    });
    let lengths = home.config.lengths.iter().map(|(network, limit)| (network.token().to_owned(), *limit as usize));
    Settings {
        plan: home.plan.clone(),
        locale,
        keymap,
        limits: Limits::new(lengths),
        actor: home.actor.clone(),
        theme,
        themes: Theme::available(&home.paths.themes),
        shield: home.config.shield,
    }
}

/// The store's answers as events. Those that say "nothing changed" end here, so that an idle desk does not draw.
fn pass_on(events: mpsc::Sender<Event>) -> OnAnswer {
    Arc::new(move |request, answer| {
        let silent = match &answer {
            Ok(Answer::Changed(false) | Answer::Woken(0) | Answer::Seen) => true,
            Ok(Answer::Reassessed { total, .. }) => *total == 0,
            Ok(Answer::Applied(caught_up)) => caught_up.applied.touched.is_empty(),
            _ => false,
        };
        if !silent {
            // A loop that has ended hears nothing more, and needs to hear nothing more.
            let _ = events.blocking_send(Event::Answered(request, answer));
        }
    })
}

/// Starts the log's writer; what it finds on opening becomes events, and then the desk's own id.
///
/// The end of a long log is some megabytes to look through: that begins after the first screen.
fn log_writer(
    home: &Arc<Home>,
    locale: &Arc<Locale>,
    events: mpsc::Sender<Event>,
    first_screen: CancellationToken,
) -> io::Result<LogWriter> {
    let runtime = tokio::runtime::Handle::current();
    let (paths, locale) = (home.log_paths(), locale.clone());
    let desk_id = paths.desk_id.clone();
    let mut opened = false;
    let found = Box::new(move |found: Result<response_log::Found, response_log::LogError>| {
        if !opened && let Ok(id) = std::fs::read_to_string(&desk_id) {
            opened = true;
            let _ = events.blocking_send(Event::LogOpened(id.trim().into()));
        }
        for sentence in found_words(found, &locale) {
            let _ = events.blocking_send(Event::LogDamaged(sentence));
        }
    });
    LogWriter::spawn_after(move || runtime.block_on(first_screen.cancelled()), paths, home.zone(), found)
}

/// What everything beside the loop needs.
struct Background {
    home: Arc<Home>,
    locale: Arc<Locale>,
    clock: SharedClock,
    desk: Desk,
    events: mpsc::Sender<Event>,
    cancel: CancellationToken,
    /// Cancelled when the first rows are on the screen, or the loop has ended.
    first_screen: CancellationToken,
    plans: watch::Sender<Arc<Plan>>,
    plan: watch::Receiver<Arc<Plan>>,
    /// Told which sources can look again, once they run.
    rechecks: Rechecks,
}

/// Catches up with the log, starts sources and watchers, and stops them again.
async fn attend(background: Background) {
    let Background { home, locale, clock, desk, events, cancel, first_screen, plans, plan, rechecks } = background;
    first_screen.cancelled().await;
    for event in at_start(&home).await {
        let _ = events.send(event).await;
    }
    let _ = desk.tell(0, Tell::CatchUp);
    let assessor = Box::new(home.assessor());
    let _ = desk.tell(0, Tell::Reassess(Reassess { plan: home.plan.hash.clone(), assessor, visible: Vec::new() }));
    let watcher = plan_watch::start(&home, &locale, &clock, (desk.clone(), plans), events.clone(), cancel.clone());
    let log = followers::log(&home, desk.clone(), events.clone(), cancel.clone());
    let lock = IngestLock::acquire(&home.paths);
    let holds = matches!(lock, Ok(Some(_)));
    let timers = followers::timers(&clock, desk.clone(), holds, cancel.clone());
    let ingest = if holds {
        let started = Ingest::start(&home, clock.clone(), plan, desk, arrivals(events.clone()));
        started.map_err(|error| tracing::error!(%error, "the sources could not be started")).ok()
    } else {
        let _ = events.send(Event::SourcesElsewhere).await;
        None
    };
    if let Some(ingest) = &ingest {
        rechecks.join(&ingest.rechecks);
    }
    let surges =
        ingest.as_ref().map(|ingest| followers::surges(&clock, ingest.surges.clone(), events.clone(), cancel.clone()));
    let vitals = match &ingest {
        Some(ingest) => followers::vitals(ingest.vitals.clone(), events, cancel.clone()),
        None => followers::vitals_elsewhere(&home, events, cancel.clone()),
    };
    cancel.cancelled().await;
    if let Some(ingest) = ingest
        && let Err(error) = ingest.stop().await
    {
        tracing::error!(%error, "the sources could not be stopped in order");
    }
    for task in [Some(watcher), Some(log), Some(timers), Some(vitals), surges].into_iter().flatten() {
        let _ = task.await;
    }
    // Held until nothing writes any more.
    drop(lock);
}

/// The last records and the unfinished texts of earlier sessions.
async fn at_start(home: &Arc<Home>) -> Vec<Event> {
    let home = home.clone();
    let read = tokio::task::spawn_blocking(move || {
        let records = response_log::read_last(&home.log_paths().folder, EARLIER_RECORDS).unwrap_or_default();
        (records, drafts::kept(&home.paths.drafts))
    });
    let (records, drafts) = read.await.unwrap_or_default();
    let mut events = Vec::new();
    if !records.is_empty() {
        events.push(Event::RecordsSeen { records, earlier: true });
    }
    if !drafts.is_empty() {
        events.push(Event::DraftsFound(drafts));
    }
    events
}

/// What a commit means for the screen: so many new ones, and these known ones changed.
fn arrivals(events: mpsc::Sender<Event>) -> OnCommit {
    Arc::new(move |source, brought, outcomes| {
        let outcomes = match outcomes {
            Ok(outcomes) => outcomes,
            Err(error) => {
                tracing::warn!(%source, %error, "a batch was not committed");
                return;
            }
        };
        let (mut levels, mut changed) = ([0; 4], Vec::new());
        for ((id, level), outcome) in brought.iter().zip(outcomes) {
            match outcome {
                Outcome::New => levels[*level as usize] += 1,
                Outcome::Version(_) | Outcome::AuthorDeleted => changed.push(id.clone()),
                Outcome::SeenAgain => {}
            }
        }
        if levels != [0; 4] || !changed.is_empty() {
            let _ = events.blocking_send(Event::Arrived { levels, changed });
        }
    })
}
