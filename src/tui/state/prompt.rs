//! A one-line question: a permalink, a note, the count of a large selection.

use super::in_flight::Doing;
use super::text_line::TextLine;
use super::walk::Walked;
use crate::mention::{Disposition, Id, MentionId, NoResponseReason};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Where the posted reply stands.
    Permalink,
    /// A remark for the record.
    Note,
    /// A remark to go with a decision; an empty line means none.
    DecisionNote {
        /// What was decided.
        disposition: Disposition,
        /// Why no response is given.
        reason: Option<NoResponseReason>,
        /// The moderation clause it cites.
        clause: Option<Id>,
    },
    /// Why another branch of the road map is taken than the plan's rules take.
    BranchReason(Walked),
    /// Whether all near-copies are meant: taking the line as it is does it to all of them.
    Copies(Box<Doing>),
    /// How many mentions are meant: the count has to be typed before the act is done to all of them.
    Count(Box<Doing>),
}

/// An open question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// What is asked.
    pub question: Question,
    /// The mentions it is asked for, fixed from now on.
    pub targets: Vec<MentionId>,
    /// What was typed.
    pub line: TextLine,
    /// True after an answer that could not be taken.
    pub refused: bool,
}

impl Prompt {
    /// Opens with an empty line.
    pub fn new(question: Question, targets: Vec<MentionId>) -> Self {
        Self { question, targets, line: TextLine::default(), refused: false }
    }

    /// The trimmed answer; `None` when it is empty.
    pub fn answer(&self) -> Option<String> {
        let answer = self.line.text().trim();
        (!answer.is_empty()).then(|| answer.to_owned())
    }
}
