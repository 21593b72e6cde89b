//! The first screen of a home without a configuration: three ways to begin, or none.
//!
//! What enters: keys, clicks and pastes. What leaves: the way that was chosen. Nothing is made or opened here.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::text_line::TextLine;

/// How many ways there are.
const WAYS: usize = 3;

/// What the person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// The fictional town.
    Demo,
    /// A first plan of one's own.
    Plan,
    /// A file of mentions, as its path was typed.
    File(String),
    /// Nothing today.
    Leave,
}

/// The screen as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstRun {
    selected: usize,
    path: Option<TextLine>,
    problem: Option<String>,
}

impl FirstRun {
    /// The place of the cursor among the three ways.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The path being typed, once the third way was taken.
    pub fn path(&self) -> Option<&TextLine> {
        self.path.as_ref()
    }

    /// Why the path cannot be opened, worded.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Says why the path cannot be opened; it stays as it was typed.
    pub fn refuse(&mut self, problem: String) {
        self.problem = Some(problem);
    }

    /// Takes a key. An answer ends the screen, unless a path is refused.
    pub fn press(&mut self, key: &KeyEvent) -> Option<Begin> {
        if key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c') {
            return Some(Begin::Leave);
        }
        if self.path.is_some() {
            return self.type_path(key);
        }
        match key.code {
            KeyCode::Char('q') | KeyCode::Esc => return Some(Begin::Leave),
            KeyCode::Down | KeyCode::Char('j') | KeyCode::Tab => self.selected = (self.selected + 1) % WAYS,
            KeyCode::Up | KeyCode::Char('k') | KeyCode::BackTab => self.selected = (self.selected + WAYS - 1) % WAYS,
            KeyCode::Char(digit @ '1'..='3') => return self.take(digit as usize - '1' as usize),
            KeyCode::Enter => return self.take(self.selected),
            _ => {}
        }
        None
    }

    /// Takes the way at `place`, as a click does.
    pub fn take(&mut self, place: usize) -> Option<Begin> {
        self.selected = place.min(WAYS - 1);
        match self.selected {
            0 => Some(Begin::Demo),
            1 => Some(Begin::Plan),
            _ => {
                self.path.get_or_insert_with(TextLine::default);
                None
            }
        }
    }

    /// A dropped or pasted path.
    pub fn paste(&mut self, text: &str) {
        if let Some(path) = &mut self.path {
            path.insert(text.trim());
            self.problem = None;
        }
    }

    fn type_path(&mut self, key: &KeyEvent) -> Option<Begin> {
        let path = self.path.as_mut()?;
        match key.code {
            KeyCode::Esc => {
                self.path = None;
                self.problem = None;
            }
            KeyCode::Enter if path.text().trim().is_empty() => {}
            KeyCode::Enter => return Some(Begin::File(path.text().trim().to_owned())),
            _ => {
                path.edit(key);
                self.problem = None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(screen: &mut FirstRun, code: KeyCode) -> Option<Begin> {
        screen.press(&KeyEvent::new(code, KeyModifiers::empty()))
    }

    #[test]
    fn digits_and_the_cursor_take_the_same_ways() {
        assert_eq!(press(&mut FirstRun::default(), KeyCode::Char('1')), Some(Begin::Demo));
        let mut screen = FirstRun::default();
        assert_eq!(press(&mut screen, KeyCode::Down), None);
        assert_eq!(press(&mut screen, KeyCode::Enter), Some(Begin::Plan));
        assert_eq!(press(&mut screen, KeyCode::Char('q')), Some(Begin::Leave));
    }

    #[test]
    fn a_path_is_typed_and_escape_goes_back_to_the_ways() {
        let mut screen = FirstRun::default();
        assert_eq!(press(&mut screen, KeyCode::Char('3')), None);
        assert_eq!(press(&mut screen, KeyCode::Enter), None, "an empty path opens nothing");
        screen.paste(" /tmp/posts.jsonl\n");
        // A letter is text here, also the one that leaves elsewhere.
        assert_eq!(press(&mut screen, KeyCode::Char('q')), None);
        assert_eq!(press(&mut screen, KeyCode::Enter), Some(Begin::File("/tmp/posts.jsonlq".to_owned())));
        screen.refuse("no such file".to_owned());
        assert_eq!(press(&mut screen, KeyCode::Backspace), None);
        assert_eq!((screen.problem(), screen.path().map(TextLine::text)), (None, Some("/tmp/posts.jsonl")));
        assert_eq!(press(&mut screen, KeyCode::Esc), None);
        assert_eq!(screen.path(), None);
        assert_eq!(press(&mut screen, KeyCode::Esc), Some(Begin::Leave));
    }
}
