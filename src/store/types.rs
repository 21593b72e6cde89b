//! What is asked of the store and what it answers: plain values without SQL in them.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::mention::{Danger, Disposition, Id, Intent, Kind, Language, Level, MentionId, Network, Span, Status, Tone};
use crate::pipeline::{Assessed, Memory};
use crate::triage::CaseState;

/// A part of the store in its own order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// Open P1 and P2: by level, then by what is due first, then the oldest.
    Urgent,
    /// Everything open and not put off, the newest first.
    Open,
    /// What was part of a rise and is open: of the strongest rise first, in it the newest first.
    Surging,
    /// What this desk's actor has claimed and not closed, the newest first.
    Mine,
    /// What is put off, the first to wake first.
    Snoozed,
    /// What was decided, the last decided first.
    Closed,
    /// Everything, the newest first.
    All,
}

impl View {
    /// True where near-copies are one row: where there is something to decide.
    pub fn folds(self) -> bool {
        matches!(self, Self::Urgent | Self::Open)
    }
}

/// A place in a view, valid whether or not its row is still there. Positions of one view compare in the order in
/// which the view shows its rows; positions of different views do not compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub(super) i64, pub(super) i64, pub(super) i64);

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// At the view's first row.
    Top,
    /// With the view's last row at its end.
    Bottom,
    /// With the first row after this place.
    After(Position),
    /// With the last row before this place at its end.
    Before(Position),
}

/// Asks for some rows of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// Which view.
    pub view: View,
    /// Where in it.
    pub anchor: Anchor,
    /// How many rows at most; the store answers with [`PageRequest::MOST`] at most.
    pub limit: usize,
    /// True to leave out of [`View::Urgent`] and [`View::Open`] what another open member of its cluster stands for: one that is
    /// as urgent and was there before.
    pub folded: bool,
}

impl PageRequest {
    /// No page is longer.
    pub const MOST: usize = 1_000;
}

/// No answer has more near-copies of a mention.
pub const MOST_MEMBERS: usize = 5_000;

/// Rows in the view's order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The rows asked for.
    pub rows: Vec<Row>,
    /// True when the view has rows before the first of these.
    pub more_before: bool,
    /// True when the view has rows after the last of these.
    pub more_after: bool,
}

/// Where a mention stands in a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located {
    /// Its place, to ask for the pages around it.
    pub position: Position,
    /// How many rows of the view stand before it.
    pub before: u64,
}

/// One line of the feed: enough to draw it, nothing that has to be decoded.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude one another")]
pub struct Row {
    /// The mention.
    pub id: MentionId,
    /// Its place in the view it was read from.
    pub position: Position,
    /// False while it waits to be assessed; its level, score, language and initiatives are told afterwards.
    pub assessed: bool,
    /// How urgent it is.
    pub level: Level,
    /// The score behind the level.
    pub score: i32,
    /// Where it stands, at the moment it was read.
    pub status: Status,
    /// The last decision, if there is one.
    pub disposition: Option<Disposition>,
    /// The instant its age counts from.
    pub at: DateTime<Utc>,
    /// The next service-level deadline that runs.
    pub due_at: Option<DateTime<Utc>>,
    /// When it comes back, for a snoozed one.
    pub wakes_at: Option<DateTime<Utc>>,
    /// Where it was said.
    pub network: Network,
    /// What sort of item it is.
    pub kind: Kind,
    /// The source that brought it.
    pub source: Id,
    /// The author's account name.
    pub handle: Option<String>,
    /// The author's displayed name.
    pub name: Option<String>,
    /// Who claimed it.
    pub claimed_by: Option<String>,
    /// The initiatives it matches, the best match first.
    pub initiatives: Vec<Id>,
    /// What its author wants.
    pub intents: Vec<Intent>,
    /// The language it is written in.
    pub language: Language,
    /// How it feels about its subject.
    pub tone: Tone,
    /// 0 none, 1 heated or rude, 2 abusive, 3 a threat.
    pub hostility: u8,
    /// False where that level is to be shown as unsure.
    pub hostility_sure: bool,
    /// The dangers it speaks of, the surest first.
    pub dangers: Vec<Danger>,
    /// False where the first of these is to be shown as possible.
    pub danger_sure: bool,
    /// The initiatives it was part of the rise of; `*` is everything together.
    pub surges: Vec<Id>,
    /// The first words of its text, on one line.
    pub excerpt: String,
    /// Where of these words some can hurt a reader: abuse and threats.
    pub hurtful: Vec<Span>,
    /// The cluster of near-copies it belongs to, by the id of the first one; `None` without near-copies.
    pub cluster: Option<MentionId>,
    /// How many mentions belong to that cluster now, itself included; 1 without near-copies.
    pub copies: u32,
    /// How many texts it has had.
    pub version: u32,
    /// True when its text changed after it was decided.
    pub changed: bool,
    /// True until a person has opened it.
    pub unseen: bool,
    /// True when the plan says it is about this organization.
    pub relevant: bool,
    /// True when its author took it down.
    pub author_deleted: bool,
}

/// An older text of a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1 for the first.
    pub number: u32,
    /// Normalised text.
    pub text: String,
    /// When this program first saw it.
    pub received_at: DateTime<Utc>,
}

/// One item of a batch: what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Not seen before.
    New,
    /// A changed text: the number of the version.
    Version(u32),
    /// Known, by this id or by its permalink.
    SeenAgain,
    /// The author took it down; text and versions stay.
    AuthorDeleted,
}

/// Assessed mentions of one source and the cursor after them: committed together or not at all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Commit {
    /// In the order in which the source brought them.
    pub items: Vec<Assessed>,
    /// What history is to be rebuilt from, of each item in their order; none when it does not know them.
    pub memories: Vec<Memory>,
    /// The source, and where it goes on after these.
    pub cursor: Option<(Id, serde_json::Value)>,
}

/// Numbers for the status bar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open and not put off, P1 first.
    pub open: [u64; 4],
    /// Open ones that wait to be assessed; they count under no level.
    pub pending: u64,
    /// Open ones whose deadline has passed.
    pub late: u64,
    /// Open ones nobody has opened.
    pub unseen: u64,
    /// Put off.
    pub snoozed: u64,
    /// Open and part of a rise.
    pub surging: u64,
    /// Claimed by this desk's actor and not closed.
    pub mine: u64,
    /// Everything kept.
    pub all: u64,
}

impl Counts {
    /// Open and not put off, of all levels, with those that wait to be assessed.
    pub fn open_total(&self) -> u64 {
        self.open.iter().sum::<u64>() + self.pending
    }
}

/// What the same account on the same network said before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuthorHistory {
    /// How many of its mentions are kept.
    pub total: u64,
    /// How many of them are open.
    pub open: u64,
    /// The most recent ones, the newest first, without the one that was asked about.
    pub recent: Vec<Row>,
}

/// A mention whole: what was said, what the plan says, what was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The same case as a line of the feed; its position is the one among all.
    pub row: Row,
    /// The mention and its assessment.
    pub assessed: Assessed,
    /// The fold of its records.
    pub state: CaseState,
    /// Older texts, the oldest first.
    pub versions: Vec<Version>,
}

/// Where records to be applied come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Just appended: applied only where they follow what was applied.
    Live,
    /// Read from the log in order: a number that is missing is missing in the log.
    Log,
}

/// What applying records did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// The mentions whose cases changed.
    pub touched: Vec<MentionId>,
    /// True when records before these have not been applied: the log has to be read.
    pub gap: bool,
}

/// Why the store could not do what it was asked.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum StoreError {
    /// The file or its folder cannot be opened or created.
    #[error("{}: {cause}", path.display())]
    Open {
        /// The database.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// A later release wrote the database.
    #[error("{}: the database has format {found}, this program knows up to {known}", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// This program's.
        known: i64,
    },
    /// Another process held the database for too long.
    #[error("the database is in use by another process")]
    Busy,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The database cannot be read or written.
    #[error("the database failed: {0}")]
    Failed(String),
    /// Something kept in the database cannot be read back.
    #[error("{what} in the database cannot be read: {cause}")]
    Value {
        /// What was being read.
        what: String,
        /// Why not.
        cause: String,
    },
    /// The response log, which the store follows, cannot be read.
    #[error("the response log cannot be read: {0}")]
    Log(String),
    /// The store's thread has ended.
    #[error("the store is closed")]
    Closed,
}
