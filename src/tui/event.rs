//! What happened outside, in the past tense. Keys and mouse come on their own way, because they are never queued
//! behind these.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::mention::{Id, MentionId};
use crate::pipeline::Surge;
use crate::plan::Plan;
use crate::report::Report;
use crate::response_log::Record;
use crate::sources::{self, Sample};
use crate::store::{Answer, RequestId, StoreError};

use super::state::composer::Draft;
use super::state::in_flight::ActId;
use super::theme::Theme;

/// A fact.
#[derive(Debug)]
pub enum Event {
    /// The store answered. A number that nobody waits for any more is a late answer and changes nothing.
    Answered(RequestId, Result<Answer, StoreError>),
    /// New mentions were kept, so many of each level, P1 first; and these known ones changed.
    Arrived {
        /// New ones by level.
        levels: [u64; 4],
        /// Known ones with another text, or taken down.
        changed: Vec<MentionId>,
    },
    /// The log has the records of an act: they are on disk.
    RecordAppended(ActId, Vec<Record>),
    /// The log does not have the act.
    AppendFailed(ActId, AppendFailure),
    /// The log has not answered for a long time.
    AppendLate(ActId),
    /// Records that this desk did not write, or wrote before it started; oldest first.
    RecordsSeen {
        /// The records.
        records: Vec<Record>,
        /// True for those read at the start.
        earlier: bool,
    },
    /// The log was opened: the desk's own id.
    LogOpened(Id),
    /// The log told of damage; already worded.
    LogDamaged(String),
    /// A text went to the clipboard, as far as is known.
    Copied {
        /// How.
        how: Copying,
        /// The text.
        text: String,
        /// The file that holds it.
        file: PathBuf,
    },
    /// An address could not be opened.
    OpenFailed(String),
    /// A draft could not be kept.
    DraftFailed(String),
    /// Drafts of an earlier session were found.
    DraftsFound(Vec<Draft>),
    /// A plan came into force; the number of findings its check would tell.
    PlanLoaded(Arc<Plan>, usize),
    /// A saved plan does not load: the first problem, worded, and how many there are.
    PlanRefused(String, usize),
    /// How the sources are doing.
    VitalsTold {
        /// In the order of the configuration.
        sources: Vec<sources::Vitals>,
        /// Where another process reads them; what it told last.
        elsewhere: Option<Elsewhere>,
    },
    /// Sources looked at these again, or (without a moment) could not. What they found came before this, as arrivals do.
    LookedAgain {
        /// Which.
        mentions: Vec<MentionId>,
        /// When.
        at: Option<DateTime<Utc>>,
    },
    /// What is talked about more than usual, all of it; empty when nothing is.
    Surging(Arc<Vec<Surge>>),
    /// Another process polls the sources of this home.
    SourcesElsewhere,
    /// A report was written.
    ReportWritten {
        /// Which.
        report: Report,
        /// Its text.
        text: String,
        /// The file that holds it, if it could be written.
        file: Option<PathBuf>,
    },
    /// A report could not be made.
    ReportFailed(String),
    /// A person's order to a source could not be kept: why, worded.
    SteerFailed(String),
    /// What a source's quarantine holds.
    QuarantineRead {
        /// Which source.
        source: Id,
        /// The newest, or why they could not be read.
        read: Result<sources::BadItems, String>,
    },
    /// A source's quarantine was set aside.
    QuarantineAside {
        /// Which source.
        source: Id,
        /// The file's new name, none where there was nothing; or why it could not be.
        aside: Result<Option<String>, String>,
    },
    /// A captured post is in the store.
    CaptureKept(MentionId),
    /// A captured post could not be kept.
    CaptureFailed(String),
    /// A look was taken at a file that is to be imported: what it holds, or why it cannot be read, worded.
    ExportSeen(PathBuf, Result<Box<Sample>, String>),
    /// Some rows of an import are kept.
    ImportGoesOn(ImportProgress),
    /// The import of this file ended: what came of it, or why it could not go on, worded.
    ImportEnded(String, Result<ImportSum, String>),
    /// A change of the plan was saved and is in its files, or was not.
    Corrected {
        /// True when the files were changed.
        applied: bool,
        /// What to tell, worded.
        words: String,
    },
    /// A theme is ready.
    ThemeLoaded(Box<Theme>),
    /// A theme could not be loaded.
    ThemeFailed(String),
}

/// Vitals of another process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere {
    /// When they were told.
    pub at: DateTime<Utc>,
    /// True while that process runs.
    pub is_current: bool,
}

/// How far a text got on its way to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copying {
    /// tmux took it.
    Tmux,
    /// The terminal has to be asked with a sequence.
    AskTerminal,
    /// Neither can be trusted: the file has it.
    FileOnly,
}

/// Why an act was not recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppendFailure {
    /// Why, already worded.
    pub cause: String,
    /// True when somebody else acted meanwhile: the case has to be read again.
    pub stale: bool,
}

/// How far an import is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportProgress {
    /// The file's name.
    pub file: String,
    /// Rows that are done.
    pub rows: u64,
    /// Bytes of the file that are read.
    pub read: u64,
    /// Bytes of the file.
    pub length: u64,
    /// New mentions since this was last told.
    pub new: u64,
}

/// What came of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportSum {
    /// Mentions that were not there before.
    pub new: u64,
    /// Changed texts.
    pub changed: u64,
    /// Known before.
    pub seen: u64,
    /// Rows that are kept in quarantine.
    pub bad: u64,
    /// True when it was stopped before the end.
    pub stopped: bool,
}
