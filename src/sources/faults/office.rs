//! An office with a real pipeline and a real store, which can be killed, and remembers what its person was told.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::super::http::Limits;
use super::super::{Batch, Connections, Cursor, Handle, Health, Kept, Pace, Rechecks, State, Wiring, attend};
use super::{SECRET, noon};
use crate::clock::FakeClock;
use crate::config::{SourceConfig, SourceKind};
use crate::locale::{Lang, Locale};
use crate::mention::Id;
use crate::pipeline::{Assessed, Assessor, normalise};
use crate::plan::{Plan, fixtures};
use crate::store::{Anchor, Case, Commit, PageRequest, SqliteStore, Store, View};

const PLAN: &str = "[organization]\nname = \"Alder Bay\"\ntime_zone = \"America/Vancouver\"\n\
                    [[initiative]]\nid = \"water\"\ntitle = \"Water\"\nmatch = \"marker* OR water\"\n";

/// Longer than any source of a test takes, on the slowest machine; nothing waits for it when all is well.
const PATIENCE: Duration = Duration::from_mins(1);

/// What goes wrong between the office and its store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishap {
    None,
    /// The store refuses the first batches.
    Refuses(usize),
    /// The program is killed when a batch is in the store and nobody has heard of that.
    KilledAfterCommit(usize),
    /// The program is killed with a batch on its way.
    KilledBeforeCommit(usize),
}

pub(super) struct Office {
    pub(super) folder: tempfile::TempDir,
    clock: Arc<FakeClock>,
    store: Arc<Mutex<SqliteStore>>,
    plan: Arc<Plan>,
    commits: watch::Sender<usize>,
    told: Arc<Mutex<Vec<Health>>>,
    running: Option<Running>,
}

struct Running {
    cancel: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
    _handle: Handle,
}

impl Office {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let store = SqliteStore::open(&folder.path().join("mentions.db"), "mchan".into()).expect("a store");
        Self {
            clock: Arc::new(FakeClock::new(noon() + chrono::TimeDelta::hours(1))),
            store: Arc::new(Mutex::new(store)),
            plan: Arc::new(fixtures::plan(PLAN)),
            commits: watch::channel(0).0,
            told: Arc::default(),
            running: None,
            folder,
        }
    }

    /// A file that holds the secret as it should be held.
    pub(super) fn secret(folder: &Path) -> crate::config::Secret {
        let path = folder.join("secret");
        std::fs::write(&path, SECRET).expect("it is written");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("its mode is set");
        }
        crate::config::Secret::File(path)
    }

    /// Runs the source from where the store says it goes on, until it is stopped or the mishap kills it.
    pub(super) fn start(&mut self, kind: SourceKind, mishap: Mishap) {
        let (batches, received) = mpsc::channel(1);
        let cancel = CancellationToken::new();
        let limits = Limits { time: Duration::from_millis(400), bytes: 4 << 20, redirects: 5 };
        let wiring = Wiring {
            clock: self.clock.clone(),
            batches,
            cancel: cancel.clone(),
            quarantine: self.folder.path().join("quarantine"),
            zone: chrono_tz::UTC,
            handed_back: self.folder.path().join("sources"),
            plan: watch::channel(self.plan.clone()).1,
            connections: Connections::with_limits(limits),
            pace: Pace::at_most(Duration::from_millis(2)),
            rechecks: Rechecks::default(),
            kept: self.kept(),
        };
        let config = SourceConfig { id: Id::from("inbox"), kind, network: None, enabled: true };
        let resume = self.store.lock().expect("no test panicked").cursor("inbox").expect("it reads").map(Cursor);
        let (task, handle) = attend(&config, &wiring, resume);
        let tasks = vec![
            tokio::spawn(task),
            tokio::spawn(listen(handle.health.clone(), self.told.clone())),
            tokio::spawn(commit(
                received,
                self.store.clone(),
                self.plan.clone(),
                self.commits.clone(),
                mishap,
                cancel.clone(),
            )),
        ];
        self.running = Some(Running { cancel, tasks, _handle: handle });
    }

    fn kept(&self) -> Kept {
        let store = self.store.clone();
        Kept::asking(move |id| {
            let mut store = store.lock().expect("no test panicked");
            !store.rows(std::slice::from_ref(id), noon()).expect("it reads").is_empty()
        })
    }

    /// Ends the source as the end of the program does.
    pub(super) async fn stop(&mut self) {
        let Some(Running { cancel, tasks, .. }) = self.running.take() else { return };
        cancel.cancel();
        for task in tasks {
            task.await.expect("no task panicked");
        }
    }

    /// Waits until `is_there` holds for what is stored; fails with what is there after a patience no good run needs.
    pub(super) async fn until(&self, is_there: impl Fn(&[Case]) -> bool) {
        let mut commits = self.commits.subscribe();
        let wait = async {
            loop {
                commits.mark_unchanged();
                if is_there(&self.cases()) {
                    return;
                }
                // Not every change is a commit of this office: look again now and then.
                let _ = tokio::time::timeout(Duration::from_millis(50), commits.changed()).await;
            }
        };
        let is_in_time = tokio::time::timeout(PATIENCE, wait).await.is_ok();
        assert!(is_in_time, "in vain; there is {:#?}\ntold: {:#?}", self.texts(), self.words());
    }

    /// Waits until the person was told what `is_it` asks for.
    pub(super) async fn until_told(&self, is_it: impl Fn(&Health) -> bool) {
        let wait = async {
            while !self.told.lock().expect("no test panicked").iter().any(&is_it) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let is_in_time = tokio::time::timeout(PATIENCE, wait).await.is_ok();
        assert!(is_in_time, "nobody was told; {:#?}", self.told.lock().expect("no test panicked"));
    }

    /// Waits until the killed program is gone.
    pub(super) async fn until_killed(&mut self) {
        let Some(Running { cancel, tasks, .. }) = self.running.take() else { return };
        tokio::time::timeout(PATIENCE, cancel.cancelled()).await.expect("it is killed");
        for task in tasks {
            task.abort();
            let _ = task.await;
        }
    }

    /// Everything in the store.
    pub(super) fn cases(&self) -> Vec<Case> {
        let mut store = self.store.lock().expect("no test panicked");
        let now = noon();
        let page = store
            .page(&PageRequest { view: View::All, anchor: Anchor::Top, limit: 1000, folded: false }, now)
            .expect("it reads");
        page.rows.iter().map(|row| store.case(&row.id, now).expect("it reads").expect("it is there")).collect()
    }

    pub(super) fn texts(&self) -> Vec<String> {
        self.cases().into_iter().map(|case| case.assessed.mention.text.clone()).collect()
    }

    /// Every trouble the person was told of, in both languages.
    pub(super) fn words(&self) -> BTreeSet<String> {
        let locales = [Locale::new(Lang::En), Locale::new(Lang::Fr)];
        let told = self.told.lock().expect("no test panicked");
        let errors = told.iter().filter_map(|health| Some(&health.last_error.as_ref()?.1));
        errors.flat_map(|error| locales.iter().map(|locale| error.words(locale))).collect()
    }

    /// The longest wait the person was told of.
    pub(super) fn longest_wait(&self) -> chrono::TimeDelta {
        let told = self.told.lock().expect("no test panicked");
        let waits = told.iter().filter_map(|health| match health.state {
            State::BackingOff { next_try } => Some(next_try - self.now()),
            _ => None,
        });
        waits.max().unwrap_or_default()
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        use crate::clock::Clock;
        self.clock.now()
    }

    /// Nothing that a person or another program can look at holds the secret; what a source is let in with the next time is in a
    /// file of its owner's own.
    pub(super) fn assert_discreet(&self) {
        for words in self.words() {
            assert!(!words.contains(SECRET) && !words.is_empty(), "{words:?}");
        }
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("it reads") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().is_some_and(|name| name != "secret" && name != "inbox.session") {
                    let bytes = std::fs::read(&path).unwrap_or_default();
                    let is_there = bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
                    assert!(!is_there, "the secret stands in {}", path.display());
                }
            }
        }
    }
}

async fn listen(mut health: watch::Receiver<Health>, told: Arc<Mutex<Vec<Health>>>) {
    loop {
        let latest = health.borrow_and_update().clone();
        told.lock().expect("no test panicked").push(latest);
        if health.changed().await.is_err() {
            return;
        }
    }
}

async fn commit(
    mut received: mpsc::Receiver<Batch>,
    store: Arc<Mutex<SqliteStore>>,
    plan: Arc<Plan>,
    commits: watch::Sender<usize>,
    mishap: Mishap,
    cancel: CancellationToken,
) {
    let mut assessor = Assessor::new();
    let mut number = 0;
    while let Some(Batch { source, items, cursor, ack }) = received.recv().await {
        number += 1;
        match mishap {
            Mishap::Refuses(first) if number <= first => continue,
            Mishap::KilledBeforeCommit(at) if number == at => return cancel.cancel(),
            _ => {}
        }
        let assess = |item| {
            let mention = normalise(item);
            let assessment = assessor.assess_alone(&mention, &plan);
            Assessed { mention, assessment }
        };
        let commit = Commit {
            items: items.into_iter().map(assess).collect(),
            memories: Vec::new(),
            cursor: Some((source, cursor.0)),
        };
        store.lock().expect("no test panicked").commit(&commit).expect("it commits");
        commits.send_modify(|count| *count += 1);
        if mishap == Mishap::KilledAfterCommit(number) {
            return cancel.cancel();
        }
        // A source that was stopped no longer listens.
        let _ = ack.send(());
    }
}
