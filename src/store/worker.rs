//! The store's two threads: one writes, one reads, so that a flood of mentions never delays a page.
//!
//! What enters: typed requests with the asker's request id. What leaves: answers through a callback, each with the id of
//! its request; the asker drops answers it no longer waits for. The threads end when the last
//! [`Desk`] handle is dropped, after everything accepted has been done.

mod reading;
mod writing;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

use super::{
    AuthorHistory, Case, CaughtUp, Commit, Counts, Incoming, Located, Outcome, Page, PageRequest, Row, Search, Store,
    StoreError, View,
};
use crate::clock::SharedClock;
use crate::mention::MentionId;
use crate::plan::PlanHash;
use crate::response_log::Record;

/// Chosen by the asker; comes back with every answer to the request.
pub type RequestId = u64;

/// Assesses under the plan in force; the writing thread calls it.
pub type Assessor = Box<super::Assess<'static>>;

/// What the reading thread is asked.
#[derive(Debug, Clone)]
pub enum Ask {
    /// Rows of a view: [`Answer::Page`].
    Page(PageRequest),
    /// These rows as they are now: [`Answer::Rows`].
    Rows(Vec<MentionId>),
    /// Where a mention stands in a view: [`Answer::Located`].
    Locate(View, MentionId),
    /// A mention whole: [`Answer::Case`].
    Case(MentionId),
    /// The near-copies of a mention that are in a view: [`Answer::Members`].
    Members(View, MentionId),
    /// What the author of a mention said before, so many at most: [`Answer::Author`].
    Author(MentionId, usize),
    /// The numbers of the status bar: [`Answer::Counts`].
    Counts,
    /// A search: [`Answer::Found`] as rows are found, then [`Answer::Counted`]. It ends the search before it.
    Search(Search),
    /// Ends the search that runs, without an answer.
    EndSearch,
    /// Whether another process committed something since this was last asked: [`Answer::Changed`].
    Changed,
}

/// What the writing thread is told.
pub enum Tell {
    /// Commit a batch and call back with its outcomes, on the writing thread.
    Commit(Commit, Box<dyn FnOnce(Result<Vec<Outcome>, StoreError>) + Send>),
    /// Project records that were just appended, and whatever of the log was not projected before them:
    /// [`Answer::Applied`].
    Apply(Vec<Record>),
    /// Project what others have appended to the log: [`Answer::Applied`].
    CatchUp,
    /// A person opened these: [`Answer::Seen`].
    Seen(Vec<MentionId>),
    /// Bring back what was put off until now: [`Answer::Woken`].
    Wake,
    /// Commit mentions that are assessed later, and call back with their outcomes, on the writing thread. From here on
    /// this thread assesses what waits: [`Answer::Assessing`].
    TakeIn(Vec<Incoming>, Box<dyn FnOnce(Result<Vec<Outcome>, StoreError>) + Send>),
    /// Assess what waits, also what other processes have kept: [`Answer::Assessing`] again and again until none waits.
    Assess,
    /// Another plan is in force: [`Answer::Reassessed`] again and again until all is done.
    Reassess(Reassess),
}

impl fmt::Debug for Tell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Commit(..) => "Commit",
            Self::Apply(_) => "Apply",
            Self::CatchUp => "CatchUp",
            Self::Seen(_) => "Seen",
            Self::Wake => "Wake",
            Self::TakeIn(..) => "TakeIn",
            Self::Assess => "Assess",
            Self::Reassess(_) => "Reassess",
        })
    }
}

impl fmt::Debug for Reassess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reassess").field("plan", &self.plan).finish_non_exhaustive()
    }
}

/// A plan that came into force.
pub struct Reassess {
    /// The plan.
    pub plan: PlanHash,
    /// Assesses under it, from now on.
    pub assessor: Assessor,
    /// What is on the screen: done first.
    pub visible: Vec<MentionId>,
}

/// An answer to a request.
#[derive(Debug)]
pub enum Answer {
    /// To [`Ask::Page`].
    Page(Page),
    /// To [`Ask::Rows`].
    Rows(Vec<Row>),
    /// To [`Ask::Locate`].
    Located(Option<Located>),
    /// To [`Ask::Case`].
    Case(Option<Box<Case>>),
    /// To [`Ask::Members`]: the mention, and its near-copies in the view's order, itself included.
    Members(MentionId, Vec<Row>),
    /// To [`Ask::Author`].
    Author(AuthorHistory),
    /// To [`Ask::Counts`].
    Counts(Counts),
    /// To [`Ask::Changed`].
    Changed(bool),
    /// To [`Ask::Search`]: more rows. `more` is false when no others match.
    Found {
        /// The next rows, newest first.
        rows: Vec<Row>,
        /// True while there may be others.
        more: bool,
    },
    /// To [`Ask::Search`]: how many match.
    Counted {
        /// As far as was looked.
        count: u64,
        /// True when everything was looked at.
        exact: bool,
    },
    /// To [`Tell::Apply`] and [`Tell::CatchUp`].
    Applied(CaughtUp),
    /// To [`Tell::Seen`].
    Seen,
    /// To [`Tell::Wake`]: how many came back.
    Woken(usize),
    /// To [`Tell::Assess`] and [`Tell::TakeIn`]: progress of the first assessment, the newest first; finished when none is
    /// left, and silent where none waited.
    Assessing {
        /// Assessed since it began.
        done: u64,
        /// Still waiting.
        left: u64,
    },
    /// To [`Tell::Reassess`]: progress; finished when the two are equal.
    Reassessed {
        /// Assessed anew so far.
        done: usize,
        /// To be assessed anew in all.
        total: usize,
    },
}

/// Receives every answer, on one of the store's threads: it must only pass it on.
pub type OnAnswer = Arc<dyn Fn(RequestId, Result<Answer, StoreError>) + Send + Sync>;

/// Why a request was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// The queue is full: ask again after the next answer.
    Full,
    /// The thread has ended.
    Ended,
}

/// What the threads need besides their handles to the store.
pub struct Setup {
    /// Assesses under the plan in force.
    pub assessor: Assessor,
    /// The program's time.
    pub clock: SharedClock,
    /// The response log's folder.
    pub log: PathBuf,
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup").field("log", &self.log).finish_non_exhaustive()
    }
}

/// A handle to the two threads.
#[derive(Debug, Clone)]
pub struct Desk {
    asks: SyncSender<(RequestId, Ask)>,
    tells: SyncSender<(RequestId, Tell)>,
}

/// The two threads, to wait for at the end.
#[derive(Debug)]
pub struct Threads {
    reading: JoinHandle<()>,
    writing: JoinHandle<()>,
}

impl Threads {
    /// Waits until everything accepted is done; drop all [`Desk`] handles first.
    pub fn join(self) -> Result<(), StoreError> {
        let ended = self.reading.join().and(self.writing.join());
        ended.map_err(|_| StoreError::Failed("a thread of the store ended by a panic".to_owned()))
    }
}

impl Desk {
    /// Starts the threads, each with its own handle to the same store.
    pub fn spawn<S: Store + 'static>(
        (writer, reader): (S, S),
        setup: Setup,
        on_answer: OnAnswer,
    ) -> std::io::Result<(Self, Threads)> {
        // A person's keys ask: a queue this long is never full unless the disk hangs, and then a refusal
        // that the screen shows is better than a key that waits.
        let (asks, asked) = sync_channel(64);
        // Batches push back on the pipeline, and so on the sources, when the disk is slower than they are.
        let (tells, told) = sync_channel(16);
        let (read_clock, on_read) = (setup.clock.clone(), on_answer.clone());
        let reading = thread::Builder::new()
            .name("store-read".to_owned())
            .spawn(move || reading::run(reader, &asked, &read_clock, &on_read))?;
        let writing = thread::Builder::new()
            .name("store-write".to_owned())
            .spawn(move || writing::run(writer, &told, setup, &on_answer))?;
        Ok((Self { asks, tells }, Threads { reading, writing }))
    }

    /// Asks the reading thread; never waits.
    pub fn ask(&self, id: RequestId, ask: Ask) -> Result<(), Busy> {
        self.asks.try_send((id, ask)).map_err(|error| busy(&error))
    }

    /// Tells the writing thread; never waits.
    pub fn tell(&self, id: RequestId, tell: Tell) -> Result<(), Busy> {
        self.tells.try_send((id, tell)).map_err(|error| busy(&error))
    }

    /// Tells the writing thread and waits for a place in the queue; never from a task or the screen's thread.
    pub fn tell_waiting(&self, id: RequestId, tell: Tell) -> Result<(), Busy> {
        self.tells.send((id, tell)).map_err(|_| Busy::Ended)
    }
}

fn busy<T>(error: &TrySendError<T>) -> Busy {
    match error {
        TrySendError::Full(_) => Busy::Full,
        TrySendError::Disconnected(_) => Busy::Ended,
    }
}

#[cfg(test)]
mod tests;
