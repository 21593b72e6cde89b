//! One line of text being typed: filter bar, menus, one-line questions.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

/// The text and the place where the next character goes, always between two graphemes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextLine {
    text: String,
    cursor: usize,
}

/// No line grows beyond this many bytes, whatever is pasted.
const MOST: usize = 4_096;

impl TextLine {
    /// A line that says `text`, with the cursor after it.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    /// The whole line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True when nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text on both sides of the cursor, for drawing it.
    pub fn split(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Puts `text` at the cursor; line breaks become spaces and what a line cannot hold is left out.
    pub fn insert(&mut self, text: &str) {
        for grapheme in text.graphemes(true) {
            let grapheme = if grapheme.chars().any(char::is_control) { " " } else { grapheme };
            if self.text.len() + grapheme.len() > MOST {
                return;
            }
            self.text.insert_str(self.cursor, grapheme);
            self.cursor += grapheme.len();
        }
        // What was inserted may have joined with its neighbours.
        self.cursor =
            self.text.grapheme_indices(true).map(|(at, _)| at).find(|at| *at >= self.cursor).unwrap_or(self.text.len());
    }

    /// Edits with a key. True when the text changed.
    pub fn edit(&mut self, key: &KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let before = self.text.len();
        match key.code {
            KeyCode::Char('u') if control => {
                self.text.drain(..self.cursor);
                self.cursor = 0;
            }
            KeyCode::Char('w') if control => self.remove_word(),
            KeyCode::Char('a') if control => self.cursor = 0,
            KeyCode::Char('e') if control => self.cursor = self.text.len(),
            KeyCode::Char(character) if !control && !key.modifiers.contains(KeyModifiers::ALT) => {
                self.insert(character.encode_utf8(&mut [0; 4]));
            }
            KeyCode::Backspace => {
                let start = self.previous();
                self.text.drain(start..self.cursor);
                self.cursor = start;
            }
            KeyCode::Delete => {
                let end = self.next();
                self.text.drain(self.cursor..end);
            }
            KeyCode::Left => self.cursor = self.previous(),
            KeyCode::Right => self.cursor = self.next(),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            _ => {}
        }
        self.text.len() != before
    }

    fn previous(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn next(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn remove_word(&mut self) {
        let start = self.text[..self.cursor].trim_end().rfind(' ').map_or(0, |space| space + 1);
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode) -> KeyEvent {
        KeyEvent::new(code, KeyModifiers::empty())
    }

    #[test]
    fn whole_graphemes_are_taken_away() {
        let mut line = TextLine::new("a👩🏽‍🚒");
        assert!(line.edit(&key(KeyCode::Backspace)));
        assert_eq!(line.text(), "a");
        line.insert("e\u{301}b");
        line.edit(&key(KeyCode::Left));
        line.edit(&key(KeyCode::Backspace));
        assert_eq!(line.text(), "ab");
    }

    #[test]
    fn pasted_lines_become_one() {
        let mut line = TextLine::default();
        line.insert("one\ntwo\u{1b}[31m");
        assert_eq!(line.text(), "one two [31m");
    }

    #[test]
    fn control_keys_are_not_text() {
        let mut line = TextLine::new("one two");
        assert!(line.edit(&KeyEvent::new(KeyCode::Char('w'), KeyModifiers::CONTROL)));
        assert_eq!(line.text(), "one ");
        assert!(!line.edit(&KeyEvent::new(KeyCode::Char('q'), KeyModifiers::CONTROL)));
    }
}
