//! What the desk asks of the outside. Nothing happens until a driver performs it; its outcome comes back as an event.

use std::path::PathBuf;

use crate::mention::{Id, MentionId};
use crate::report::Report;
use crate::response_log::{Draft as RecordDraft, Record};
use crate::sources::{Mapping, Order};
use crate::store::{Ask, RequestId};

use super::state::composer::{Draft, Writing};
use super::state::in_flight::ActId;

/// A request to the outside.
#[derive(Debug)]
pub enum Effect {
    /// Ask the store; it answers under the same number.
    Ask(RequestId, Ask),
    /// Tell the store that a person opened these.
    MarkSeen(Vec<MentionId>),
    /// Ask the sources whether a mention still stands as it is shown; with the ids under which it was seen.
    LookAgain(MentionId, Vec<MentionId>),
    /// Append to the response log: all or nothing.
    Append(ActId, Vec<RecordDraft>),
    /// Project what was just appended into the store.
    Project(Vec<Record>),
    /// Take a text to the clipboard and to the last-copy file.
    Copy(String),
    /// Write the clipboard sequence for this text to the terminal; the loop does it, since it owns the terminal.
    CopyThroughTerminal(String),
    /// Open an http or https address in the browser.
    OpenUrl(String),
    /// Keep an unfinished text.
    SaveDraft(Draft),
    /// The text is finished: its draft goes.
    DropDraft(Writing),
    /// Write a report.
    WriteReport(Report),
    /// Pause, resume or try a source.
    Steer(Id, Order),
    /// Read what a source's quarantine holds.
    ReadQuarantine(Id),
    /// Set a source's quarantine aside under another name.
    SetQuarantineAside(Id),
    /// Bring a post seen elsewhere through the pipeline into the store.
    Capture(String),
    /// Let the person edit and save a change of the plan; the loop lends the terminal to the editor.
    Edit(Correction),
    /// Look at a file that is to be imported.
    LookAtExport(PathBuf),
    /// Import a file.
    Import(Box<ImportJob>),
    /// Stop the import that runs; what is kept stays.
    StopImport,
    /// Load a theme by name.
    LoadTheme(String),
    /// Draw every cell again; done by the loop.
    Redraw,
    /// Leave the loop.
    Quit,
}

/// A file and how it is imported.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportJob {
    /// The file.
    pub path: PathBuf,
    /// The profile that reads it; its mentions are kept under a source of that name.
    pub profile: String,
    /// The same as a new profile, to be saved before.
    pub new_profile: Option<Mapping>,
}

/// A change of the plan that a person is to see, and to save or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Remarks, each line after a `#`, then a unified diff of the plan's files.
    pub patch: String,
    /// True when a rule changes too, not only the tests.
    pub edits_rule: bool,
}

/// Effects in the order in which they are to be performed.
#[derive(Debug, Default)]
#[must_use = "an effect that nobody performs is a request that is lost"]
pub struct Effects(Vec<Effect>);

impl Effects {
    /// Adds one at the end.
    pub fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }

    /// Adds all of the others at the end.
    pub fn extend(&mut self, others: Effects) {
        self.0.extend(others.0);
    }

    /// True when nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Effects {
    type Item = Effect;
    type IntoIter = std::vec::IntoIter<Effect>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
