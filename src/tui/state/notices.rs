//! What the desk tells the person: one line in the status bar, and banners that stay until they are closed.

use std::collections::VecDeque;
use std::path::PathBuf;

use crate::locale::Locale;
use crate::mention::MentionId;
use crate::tr;
use crate::triage::Refusal;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Done, or good to know.
    Good,
    /// Something was not done.
    Warning,
    /// Something failed.
    Error,
}

/// How a text went to the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopiedBy {
    /// tmux took it and passes it on to its terminal.
    Tmux,
    /// It was sent to the terminal; whether the terminal took it is not known.
    Terminal,
}

/// Something to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The act was refused.
    Refused(Refusal),
    /// Some mentions of a bulk act were refused; the first reason is told.
    RefusedSome {
        /// How many were refused.
        refused: usize,
        /// Of how many.
        of: usize,
        /// Why the first was.
        first: Refusal,
    },
    /// Nothing is selected.
    NothingSelected,
    /// The mention is not read yet, or gone.
    NotRead,
    /// There is no suggestion for this mention.
    NoSuggestion,
    /// The shown suggestion addresses one person, and several mentions are marked.
    Personal,
    /// The shown suggestion may not be copied; why, already worded.
    Blocked(String),
    /// The mention has no page that could be opened.
    NoPage,
    /// The page could not be opened.
    OpenFailed(String),
    /// The plan has no escalation matrix.
    NoTiers,
    /// A question of the road map is still open.
    WalkOpen,
    /// The walk went where the plan goes by itself: there is nothing to record.
    WalkUnchanged,
    /// Nothing was decided whose reason could change.
    NothingUnseen,
    /// There is nothing of one's own to take back.
    NothingToUndo,
    /// There is nothing of one's own to do again.
    NothingToRedo,
    /// An act was written.
    Recorded {
        /// How many records.
        records: usize,
    },
    /// An act could not be written: the mentions are back.
    NotRecorded {
        /// How many records.
        records: usize,
        /// Why not.
        cause: String,
    },
    /// Only some records of a bulk act were written.
    PartlyRecorded {
        /// How many were.
        recorded: usize,
        /// Of how many.
        of: usize,
        /// Why not all.
        cause: String,
    },
    /// The log has not answered for a long time.
    Late,
    /// Somebody else decided about the mention under the cursor.
    Foreign {
        /// Who.
        actor: String,
    },
    /// A text was copied.
    Copied {
        /// How.
        by: CopiedBy,
        /// The file that holds it too.
        file: PathBuf,
    },
    /// A text was only written to the file.
    CopiedToFile {
        /// The file.
        file: PathBuf,
    },
    /// The plan was loaded again.
    PlanLoaded {
        /// How many findings `plan check` would tell.
        findings: usize,
    },
    /// The plan as saved does not load: the last good one stays in force.
    PlanKept {
        /// The first problem, with its place.
        problem: String,
        /// How many there are.
        problems: usize,
    },
    /// The store failed.
    StoreFailed(String),
    /// The log is damaged; writing goes on.
    LogDamaged(String),
    /// A report was written.
    ReportWritten(PathBuf),
    /// A report could not be made.
    ReportFailed(String),
    /// A post was captured.
    Captured(MentionId),
    /// A post could not be captured.
    CaptureFailed(String),
    /// A draft could not be saved.
    DraftFailed(String),
    /// Drafts of an earlier session are here.
    DraftsKept(usize),
    /// The theme could not be loaded.
    ThemeFailed(String),
    /// Somebody else polls the sources.
    SourcesElsewhere,
    /// Words of another module, already in the person's language.
    Said(Weight, String),
}

impl Notice {
    /// How much it matters.
    pub fn weight(&self) -> Weight {
        match self {
            Self::Recorded { .. }
            | Self::Copied { .. }
            | Self::PlanLoaded { .. }
            | Self::ReportWritten(_)
            | Self::Captured(_)
            | Self::DraftsKept(_) => Weight::Good,
            Self::NotRecorded { .. }
            | Self::PartlyRecorded { .. }
            | Self::PlanKept { .. }
            | Self::StoreFailed(_)
            | Self::LogDamaged(_)
            | Self::ReportFailed(_)
            | Self::CaptureFailed(_)
            | Self::DraftFailed(_)
            | Self::Late => Weight::Error,
            Self::Said(weight, _) => *weight,
            _ => Weight::Warning,
        }
    }

    /// True for what stays on the screen until it is closed.
    pub fn is_banner(&self) -> bool {
        self.weight() == Weight::Error || matches!(self, Self::SourcesElsewhere | Self::Foreign { .. })
    }

    /// The notice in the person's language.
    pub fn wording(&self, locale: &Locale) -> String {
        match self {
            Self::Refused(refusal) => refusal.text(locale),
            Self::RefusedSome { refused, of, first } => {
                tr!(locale, "desk-notice-refused-some", refused = *refused, of = *of, first = first.text(locale))
            }
            Self::NothingSelected => tr!(locale, "desk-notice-nothing-selected"),
            Self::NotRead => tr!(locale, "desk-notice-not-read"),
            Self::NoSuggestion => tr!(locale, "desk-notice-no-suggestion"),
            Self::Blocked(why) => tr!(locale, "desk-notice-blocked", why = why),
            Self::NoPage => tr!(locale, "desk-notice-no-page"),
            Self::OpenFailed(cause) => tr!(locale, "desk-notice-open-failed", cause = cause),
            Self::Personal => tr!(locale, "desk-notice-personal"),
            Self::NoTiers => tr!(locale, "desk-notice-no-tiers"),
            Self::WalkOpen => tr!(locale, "desk-notice-walk-open"),
            Self::WalkUnchanged => tr!(locale, "desk-notice-walk-unchanged"),
            Self::NothingUnseen => tr!(locale, "desk-notice-nothing-unseen"),
            Self::NothingToUndo => tr!(locale, "desk-notice-nothing-to-undo"),
            Self::NothingToRedo => tr!(locale, "desk-notice-nothing-to-redo"),
            Self::Copied { by: CopiedBy::Tmux, file } => {
                tr!(locale, "desk-notice-copied-tmux", file = file.display().to_string())
            }
            Self::Copied { by: CopiedBy::Terminal, file } => {
                tr!(locale, "desk-notice-copied-terminal", file = file.display().to_string())
            }
            Self::CopiedToFile { file } => {
                tr!(locale, "desk-notice-copied-file", file = file.display().to_string())
            }
            _ => self.wording_of_records(locale),
        }
    }

    fn wording_of_records(&self, locale: &Locale) -> String {
        match self {
            Self::Recorded { records } => tr!(locale, "desk-notice-recorded", records = *records),
            Self::NotRecorded { records, cause } => {
                tr!(locale, "desk-notice-not-recorded", records = *records, cause = cause)
            }
            Self::PartlyRecorded { recorded, of, cause } => {
                tr!(locale, "desk-notice-partly-recorded", recorded = *recorded, of = *of, cause = cause)
            }
            Self::Late => tr!(locale, "desk-notice-late"),
            Self::Foreign { actor } => tr!(locale, "desk-notice-foreign", actor = actor),
            Self::PlanLoaded { findings } => tr!(locale, "desk-notice-plan-loaded", findings = *findings),
            Self::PlanKept { problem, problems } => {
                tr!(locale, "desk-notice-plan-kept", problem = problem, problems = *problems)
            }
            Self::StoreFailed(cause) => tr!(locale, "desk-notice-store-failed", cause = cause),
            Self::LogDamaged(cause) => tr!(locale, "desk-notice-log-damaged", cause = cause),
            Self::ReportWritten(path) => {
                tr!(locale, "desk-notice-report-written", file = path.display().to_string())
            }
            Self::ReportFailed(cause) => tr!(locale, "desk-notice-report-failed", cause = cause),
            Self::Captured(id) => tr!(locale, "desk-notice-captured", id = id.as_str()),
            Self::CaptureFailed(cause) => tr!(locale, "desk-notice-capture-failed", cause = cause),
            Self::DraftFailed(cause) => tr!(locale, "desk-notice-draft-failed", cause = cause),
            Self::DraftsKept(count) => tr!(locale, "desk-notice-drafts-kept", count = *count),
            Self::ThemeFailed(cause) => tr!(locale, "desk-notice-theme-failed", cause = cause),
            Self::SourcesElsewhere => tr!(locale, "desk-notice-sources-elsewhere"),
            Self::Said(_, words) => words.clone(),
            _ => String::new(),
        }
    }
}

/// So many banners wait at most; the oldest gives way.
const BANNERS: usize = 8;

/// The line of the status bar and the banners.
#[derive(Debug, Clone, Default)]
pub struct Notices {
    line: Option<Notice>,
    banners: VecDeque<Notice>,
}

impl Notices {
    /// Tells something; a repetition of a banner does not stack.
    pub fn tell(&mut self, notice: Notice) {
        if !notice.is_banner() {
            self.line = Some(notice);
        } else if !self.banners.contains(&notice) {
            self.banners.push_back(notice);
            if self.banners.len() > BANNERS {
                self.banners.pop_front();
            }
        }
    }

    /// What the status bar says.
    pub fn line(&self) -> Option<&Notice> {
        self.line.as_ref()
    }

    /// The banner to show, the newest, and how many there are.
    pub fn banner(&self) -> Option<(&Notice, usize)> {
        self.banners.back().map(|banner| (banner, self.banners.len()))
    }

    /// A key was pressed: the line has been read.
    pub fn read_line(&mut self) {
        self.line = None;
    }

    /// Closes the newest banner. True when there was one.
    pub fn close_banner(&mut self) -> bool {
        self.banners.pop_back().is_some()
    }

    /// Takes away banners that are no longer true.
    pub fn withdraw(&mut self, is_over: impl Fn(&Notice) -> bool) {
        self.banners.retain(|banner| !is_over(banner));
    }
}
