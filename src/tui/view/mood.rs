//! What is said of a mention's words, as signs and words: its dangers and hostility first, then its tone.
//!
//! ```text
//! ‼ −threat?      a danger, negative; the danger is only possible
//! ■?−abusive      abuse that is not sure, negative
//!   +positive     nothing but the tone
//! ```
//!
//! Colour only repeats what sign and word say. What is not sure has a `?`.

use super::context::Context;
use super::pen::Pen;
use crate::mention::{Danger, Tone};
use crate::pipeline::Hostility;
use crate::store::Row;
use crate::tui::theme::Meaning;
use ratatui::style::Style;

/// The columns of the signs alone.
pub(super) const SIGNS: usize = 3;

/// What is gravest in a row's labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Danger(Danger),
    /// 1 or more.
    Hostile(u8),
}

/// The labels of a row, put in order for drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mood {
    edge: Option<Edge>,
    sure: bool,
    tone: Tone,
}

impl Mood {
    /// The labels of a row; of one that waits to be assessed there are none.
    pub(super) fn of(row: &Row) -> Option<Self> {
        if !row.assessed {
            return None;
        }
        let (edge, sure) = match (row.dangers.first(), row.hostility) {
            (Some(danger), _) => (Some(Edge::Danger(*danger)), row.danger_sure),
            (None, 0) => (None, true),
            (None, level) => (Some(Edge::Hostile(level)), row.hostility_sure),
        };
        Some(Self { edge, sure, tone: row.tone })
    }

    /// True where the word matters more than what it takes from the text.
    pub(super) fn is_grave(self) -> bool {
        match self.edge {
            Some(Edge::Danger(_)) => true,
            Some(Edge::Hostile(level)) => level >= Hostility::ABUSIVE,
            None => false,
        }
    }

    /// Draws the signs, [`SIGNS`] columns.
    pub(super) fn signs(self, pen: &mut Pen<'_>, style: impl Fn(Meaning) -> Style) {
        let (sign, meaning) = self.edge.map_or((" ", Meaning::Text), edge_sign);
        pen.left(sign, 1, style(meaning));
        pen.left(if self.sure { " " } else { "?" }, 1, style(meaning));
        let (sign, meaning) = tone_sign(self.tone);
        pen.left(sign, 1, style(meaning));
    }

    /// The word for the gravest label, and its meaning.
    pub(super) fn word(self, context: &Context<'_>) -> (String, Meaning) {
        let locale = context.locale;
        let (word, meaning) = match self.edge {
            Some(edge @ Edge::Danger(danger)) => (locale.word("danger", danger.token()), edge_sign(edge).1),
            Some(edge @ Edge::Hostile(level)) => (hostility_word(level, context), edge_sign(edge).1),
            None => (locale.word("tone", self.tone.token()), tone_sign(self.tone).1),
        };
        (if self.sure { word } else { format!("{word}?") }, meaning)
    }
}

fn edge_sign(edge: Edge) -> (&'static str, Meaning) {
    match edge {
        Edge::Danger(_) => ("‼", Meaning::Danger),
        Edge::Hostile(level) => hostility_sign(level),
    }
}

/// The sign of a level of hostility; none for 0.
pub(super) fn hostility_sign(level: u8) -> (&'static str, Meaning) {
    match level {
        0 => (" ", Meaning::Text),
        1 => ("▪", Meaning::Negative),
        2 => ("■", Meaning::Hostile),
        _ => ("‼", Meaning::Danger),
    }
}

/// The word for a level of hostility.
pub(super) fn hostility_word(level: u8, context: &Context<'_>) -> String {
    context.locale.word("hostility", Hostility { level, ..Hostility::default() }.token())
}

/// The sign of a tone.
pub(super) fn tone_sign(tone: Tone) -> (&'static str, Meaning) {
    match tone {
        Tone::Negative => ("−", Meaning::Negative),
        Tone::Neutral => ("○", Meaning::Muted),
        Tone::Positive => ("+", Meaning::Positive),
        Tone::Unsure => ("?", Meaning::Muted),
    }
}
