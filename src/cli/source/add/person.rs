//! Whoever answers the questions: a person at a terminal, or a test's script.
//!
//! What is said goes to stderr, so that stdout holds the result only. What is typed hidden is never shown, not even its
//! length.

use std::io::{self, BufRead, Write};

use ratatui::crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};
use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use crate::config::Revealed;

/// Somebody to ask.
pub(super) trait Person {
    /// Tells a line.
    fn say(&mut self, line: &str) -> io::Result<()>;

    /// Asks for a line; `None` when there is nobody any more.
    fn ask(&mut self, prompt: &str) -> io::Result<Option<String>>;

    /// Asks for a line that is not shown; `None` when it was given up.
    fn ask_hidden(&mut self, prompt: &str) -> io::Result<Option<Revealed>>;
}

/// The person at this program's terminal.
#[derive(Debug)]
pub(super) struct AtTerminal;

impl Person for AtTerminal {
    fn say(&mut self, line: &str) -> io::Result<()> {
        writeln!(io::stderr().lock(), "{line}")
    }

    fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        let mut err = io::stderr().lock();
        write!(err, "{prompt} ")?;
        err.flush()?;
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line)? == 0 {
            writeln!(err)?;
            return Ok(None);
        }
        Ok(Some(line.trim().to_owned()))
    }

    fn ask_hidden(&mut self, prompt: &str) -> io::Result<Option<Revealed>> {
        let mut err = io::stderr().lock();
        // Whoever types as soon as the question is seen must not see the answer.
        let raw = Raw::take()?;
        write!(err, "{prompt} ")?;
        err.flush()?;
        let typed = typed();
        drop(raw);
        writeln!(err)?;
        typed
    }
}

/// The terminal without echo, given back when it is dropped.
struct Raw;

impl Raw {
    fn take() -> io::Result<Self> {
        enable_raw_mode()?;
        Ok(Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // A terminal that went away needs nothing back.
        let _ = disable_raw_mode();
    }
}

fn typed() -> io::Result<Option<Revealed>> {
    let mut line = String::new();
    loop {
        match read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                let control = key.modifiers.contains(KeyModifiers::CONTROL);
                match key.code {
                    KeyCode::Enter => return Ok(Some(Revealed::new(line.trim()))),
                    KeyCode::Esc => return Ok(None),
                    KeyCode::Char('c' | 'd') if control => return Ok(None),
                    KeyCode::Char('u') if control => line.clear(),
                    KeyCode::Char(letter) if !control => line.push(letter),
                    KeyCode::Backspace => drop(line.pop()),
                    _ => {}
                }
            }
            Event::Paste(text) => line.push_str(text.lines().next().unwrap_or_default()),
            _ => {}
        }
    }
}

/// Answers from a list; what was said and asked is kept.
#[cfg(test)]
#[derive(Debug, Default)]
pub(super) struct Scripted {
    pub(super) answers: std::collections::VecDeque<&'static str>,
    pub(super) heard: String,
}

#[cfg(test)]
impl Scripted {
    pub(super) fn new(answers: &[&'static str]) -> Self {
        Self { answers: answers.iter().copied().collect(), heard: String::new() }
    }
}

#[cfg(test)]
impl Person for Scripted {
    fn say(&mut self, line: &str) -> io::Result<()> {
        self.heard.push_str(line);
        self.heard.push('\n');
        Ok(())
    }

    fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        let answer = self.answers.pop_front();
        self.say(&format!("{prompt} {}", answer.unwrap_or("(end)")))?;
        Ok(answer.map(str::to_owned))
    }

    fn ask_hidden(&mut self, prompt: &str) -> io::Result<Option<Revealed>> {
        self.say(prompt)?;
        Ok(self.answers.pop_front().map(Revealed::new))
    }
}
