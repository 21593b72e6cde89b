//! The first screen on a real terminal, and the home that opening a file makes.
//!
//! What enters: keys and clicks. What leaves: the way the person chose; for a file, a first plan and the settings that
//! read it. What is there already is never overwritten.

use std::io::{self, BufWriter, Write as _, stdout};
use std::path::Path;

use futures_util::StreamExt as _;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{Event, EventStream, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::layout::Position;
use tokio_util::sync::CancellationToken;

use super::desk::end_on_signal;
use crate::config::{Paths, private_dir, private_file};
use crate::locale::Locale;
use crate::plan::{StarterAnswers, starter};
use crate::tui::state::first_run::{Begin, FirstRun};
use crate::tui::terminal::Guard;
use crate::tui::theme::{ColourDepth, Theme};
use crate::tui::view::first_run;

/// Shows the screen until one of its ways is taken. `refuse` says what is wrong with a path, or nothing.
pub fn begin(locale: &Locale, refuse: impl Fn(&str) -> Option<String>) -> io::Result<Begin> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let begun = runtime.block_on(ask(locale, refuse));
    // The thread that reads the keys may wait for one more.
    runtime.shutdown_background();
    begun
}

async fn ask(locale: &Locale, refuse: impl Fn(&str) -> Option<String>) -> io::Result<Begin> {
    let cancel = CancellationToken::new();
    end_on_signal(&cancel)?;
    let theme = Theme::dark(ColourDepth::detect(|name| std::env::var(name).ok()));
    let _guard = Guard::take(true)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(BufWriter::new(stdout())))?;
    let (mut input, mut screen) = (EventStream::new(), FirstRun::default());
    loop {
        let mut drawn = first_run::Drawn::default();
        terminal.draw(|frame| {
            drawn = first_run::draw(frame.buffer_mut(), &screen, &theme, locale);
            if let Some(at) = drawn.cursor {
                frame.set_cursor_position(at);
            }
        })?;
        let event = tokio::select! {
            () = cancel.cancelled() => return Ok(Begin::Leave),
            event = input.next() => event,
        };
        let Some(event) = event else { return Ok(Begin::Leave) };
        match heard(&event?, &mut screen, &drawn) {
            Some(Begin::File(path)) => match refuse(&path) {
                Some(problem) => screen.refuse(problem),
                None => return Ok(Begin::File(path)),
            },
            Some(begin) => return Ok(begin),
            None => {}
        }
    }
}

fn heard(event: &Event, screen: &mut FirstRun, drawn: &first_run::Drawn) -> Option<Begin> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => screen.press(key),
        Event::Paste(text) => {
            screen.paste(text);
            None
        }
        Event::Mouse(mouse) if mouse.kind == MouseEventKind::Down(MouseButton::Left) => {
            let at = Position { x: mouse.column, y: mouse.row };
            let place = drawn.places.iter().position(|place| place.contains(at))?;
            screen.take(place)
        }
        _ => None,
    }
}

/// Makes settings that read `file`, and a first plan where there is none.
pub fn set_up_for_file(paths: &Paths, file: &Path, answers: &StarterAnswers) -> io::Result<()> {
    let path = file.to_str().ok_or_else(|| io::Error::other("the path is not written in UTF-8"))?;
    if !paths.plan.exists() {
        private_dir(&paths.plan)?;
        for (name, text) in starter(answers) {
            new_file(&paths.plan.join(name), &text)?;
        }
    }
    if let Some(folder) = paths.config.parent() {
        private_dir(folder)?;
    }
    let path = toml::Value::String(path.to_owned());
    new_file(&paths.config, &format!("[[source]]\nid = \"file\"\nkind = \"ndjson\"\npath = {path}\n"))
}

fn new_file(path: &Path, text: &str) -> io::Result<()> {
    private_file(path, std::fs::OpenOptions::new().write(true).create_new(true))?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;
    use crate::config::Overrides;
    use crate::mention::Language;
    use crate::run::Home;

    #[test]
    fn a_file_makes_a_home_that_opens_and_reads_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (paths, file) = (Paths::under(folder.path().join("home")), folder.path().join("it\"s \\ here.jsonl"));
        let answers = StarterAnswers {
            name: "Sample Town".to_owned(),
            languages: vec![Language::En, Language::Fr],
            time_zone: Tz::UTC,
            hours: "mon-fri 09:00-17:00".to_owned(),
            initiative: "Main Street works".to_owned(),
            words: String::new(),
        };
        set_up_for_file(&paths, &file, &answers).expect("it is made");
        let home = Home::open(paths.clone(), &Overrides::default()).expect("it opens");
        assert_eq!(home.config.sources.len(), 1);
        assert!(format!("{:?}", home.config.sources[0]).contains("here.jsonl"));
        assert!(set_up_for_file(&paths, &file, &answers).is_err(), "settings that are there are kept");
    }
}
