//! A page of text over the desk: help, a report, a text that could not be copied, the account of a judgement.

use std::borrow::Cow;

use crate::trial::account::wording::{self, Line};

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Every key, by layer; the view derives it from keymap and table of commands.
    Help,
    /// Text as it is, wrapped to the page's width.
    Text(String),
    /// Why a mention is judged as it is.
    Account(Vec<Line>),
}

impl Body {
    /// The page as plain text, for the clipboard; none for what the view derives.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Help => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Account(lines) => Some(Cow::Owned(wording::text(lines))),
        }
    }
}

/// The page and how far it is scrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its heading, in the person's language.
    pub title: String,
    /// What it shows.
    pub body: Body,
    /// How far it is scrolled.
    pub scroll: Scroll,
    /// Phrases of other people in it that can hurt a reader.
    pub hurtful: Vec<String>,
    /// True while these are shown although the shield is raised.
    pub revealed: bool,
}

impl Page {
    /// A page at its first line.
    pub fn new(title: String, body: Body) -> Self {
        Self { title, body, scroll: Scroll::default(), hurtful: Vec::new(), revealed: false }
    }
}

/// A place in text that is longer than its pane. The view tells the sizes after each frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll {
    top: usize,
    lines: usize,
    height: usize,
}

impl Scroll {
    /// The first line shown.
    pub fn top(self) -> usize {
        self.top
    }

    /// How many lines there are below the last shown one.
    pub fn below(self) -> usize {
        self.lines.saturating_sub(self.top + self.height)
    }

    /// Takes the sizes of the frame just drawn.
    pub fn drawn(&mut self, lines: usize, height: usize) {
        (self.lines, self.height) = (lines, height);
        self.top = self.top.min(self.last_top());
    }

    /// Moves by lines.
    pub fn by(&mut self, lines: isize) {
        self.top = self.top.saturating_add_signed(lines).min(self.last_top());
    }

    /// Moves by half the pane's height.
    pub fn by_half_page(&mut self, direction: isize) {
        self.by(direction * isize::try_from((self.height / 2).max(1)).unwrap_or(1));
    }

    /// To the first line.
    pub fn to_top(&mut self) {
        self.top = 0;
    }

    /// To the last line.
    pub fn to_bottom(&mut self) {
        self.top = self.last_top();
    }

    fn last_top(self) -> usize {
        self.lines.saturating_sub(self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_stays_within_the_text() {
        let mut scroll = Scroll::default();
        scroll.by(5);
        assert_eq!(scroll.top(), 0, "nothing is known of the text yet");
        scroll.drawn(30, 10);
        scroll.by_half_page(1);
        assert_eq!((scroll.top(), scroll.below()), (5, 15));
        scroll.to_bottom();
        assert_eq!(scroll.top(), 20);
        scroll.drawn(12, 10);
        assert_eq!(scroll.top(), 2);
        scroll.by(-9);
        assert_eq!(scroll.top(), 0);
    }
}
