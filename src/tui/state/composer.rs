//! A reply or a captured post being written, with its length for the network it is for.

use std::fmt;

use ratatui::crossterm::event::KeyEvent;
use ratatui_textarea::{CursorMove, TextArea};
use serde::{Deserialize, Serialize};

use crate::mention::{Id, Language, MentionId, Network};
use crate::text::lengths::{self, Length, Limits};

/// What is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "for")]
pub enum Writing {
    /// A reply to a mention.
    Reply {
        /// The mention.
        mention: MentionId,
        /// Where it will be posted.
        network: Network,
        /// The message it started from.
        message: Option<Id>,
        /// The language it is written in.
        lang: Language,
        /// True when it started from a holding statement.
        holding: bool,
        /// The approved words it started from; the same words again need no new approval.
        original: String,
        /// Who approved those words.
        approved_by: Option<String>,
        /// The version of the mention it answers.
        version: u32,
    },
    /// A post seen elsewhere: a line with `@handle` and a line with its address may come first.
    Capture,
}

/// What is kept of a text while it is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it is.
    pub writing: Writing,
    /// The text so far.
    pub text: String,
}

impl Writing {
    /// True when both are for the same thing, so that the one's draft is the other's.
    pub fn same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Reply { mention: one, .. }, Self::Reply { mention: other, .. }) => one == other,
            (Self::Capture, Self::Capture) => true,
            _ => false,
        }
    }
}

/// The open composer.
pub struct Composer {
    /// What is being written.
    pub writing: Writing,
    /// The editor; the view draws it as it is.
    pub area: TextArea<'static>,
    /// The mention's text as it is now, when it changed since the composer was opened.
    pub changed_to: Option<String>,
}

impl fmt::Debug for Composer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Composer").field("writing", &self.writing).field("text", &self.text()).finish_non_exhaustive()
    }
}

impl Composer {
    /// Opens with a text, the cursor after it.
    pub fn new(writing: Writing, text: &str) -> Self {
        let mut area = TextArea::from(text.split('\n'));
        area.set_cursor_line_style(ratatui::style::Style::default());
        area.set_wrap_mode(ratatui_textarea::WrapMode::WordOrGlyph);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { writing, area, changed_to: None }
    }

    /// The mention that is answered; none for a capture.
    pub fn mention(&self) -> Option<&MentionId> {
        match &self.writing {
            Writing::Reply { mention, .. } => Some(mention),
            Writing::Capture => None,
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Types a key. True when the text changed.
    pub fn edit(&mut self, key: KeyEvent) -> bool {
        self.area.input(key)
    }

    /// Types a pasted text. True when the text changed.
    pub fn paste(&mut self, text: &str) -> bool {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        self.area.insert_str(text)
    }

    /// How long the reply is on its network; none for a capture.
    pub fn length(&self, limits: &Limits) -> Option<Length> {
        match &self.writing {
            Writing::Reply { network, .. } => Some(lengths::count(network, &self.text(), limits)),
            Writing::Capture => None,
        }
    }

    /// What is to be kept of it.
    pub fn draft(&self) -> Draft {
        Draft { writing: self.writing.clone(), text: self.text() }
    }
}
