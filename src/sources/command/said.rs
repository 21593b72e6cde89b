//! What a program says on its standard error: into the program's own log, never onto a screen.
//!
//! What enters: bytes. What leaves: cleaned lines of bounded length in the log, with the level that `E! W! I! D! T!` at their
//! beginning gives, and the last one as the cause of a failure. So many lines a minute are logged; the rest are counted.
//! The pipe is always read, so that nobody waits for it.

use std::time::Duration;

use tokio::io::AsyncReadExt as _;
use tokio::process::ChildStderr;
use tokio::time::Instant;
use tracing::Level;

use super::super::lines::Lines;
use crate::clock::timer_now;
use crate::mention::Id;
use crate::text::clean_line;

/// The longest text of one line that is logged, in characters.
const LONGEST: usize = 1000;
/// The most lines that are logged in [`WINDOW`].
const MOST: u32 = 200;
const WINDOW: Duration = Duration::from_mins(1);

/// The standard error of a running program.
#[derive(Debug)]
pub(super) struct Said {
    pipe: Option<ChildStderr>,
    lines: Lines,
    /// The last line that is not blank, cleaned and cut short.
    pub(super) last: Option<String>,
    budget: Budget,
}

/// How much may still be logged.
#[derive(Debug)]
struct Budget {
    since: Option<Instant>,
    logged: u32,
    left_out: u64,
}

impl Said {
    pub(super) fn new(pipe: Option<ChildStderr>) -> Self {
        let budget = Budget { since: None, logged: 0, left_out: 0 };
        Self { pipe, lines: Lines::new(0), last: None, budget }
    }

    /// Logs until nothing more can come.
    pub(super) async fn listen(&mut self, source: &Id) {
        let mut buffer = vec![0; 8 * 1024];
        while let Some(pipe) = &mut self.pipe {
            match pipe.read(&mut buffer).await {
                Ok(length) if length > 0 => self.lines.push(&buffer[..length]),
                _ => self.pipe = None,
            }
            while let Some(line) = self.lines.next() {
                hear(line.bytes, source, &mut self.last, &mut self.budget);
            }
        }
        if let Some(line) = self.lines.finish() {
            hear(line.bytes, source, &mut self.last, &mut self.budget);
        }
    }
}

fn hear(bytes: &[u8], source: &Id, last: &mut Option<String>, budget: &mut Budget) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * LONGEST)]);
    let (level, text) = prefixed(&text);
    let text = shown(text);
    if text.is_empty() {
        return;
    }
    if budget.allows(timer_now(), source) {
        log(source, level, &text);
    }
    *last = Some(text);
}

impl Budget {
    fn allows(&mut self, now: Instant, source: &Id) -> bool {
        if self.since.is_none_or(|since| now.duration_since(since) >= WINDOW) {
            if self.left_out > 0 {
                tracing::warn!(%source, lines = self.left_out, "a command says too much; lines were left out");
            }
            *self = Self { since: Some(now), logged: 0, left_out: 0 };
        }
        let allowed = self.logged < MOST;
        if allowed {
            self.logged += 1;
        } else {
            self.left_out += 1;
        }
        allowed
    }
}

/// One line of a command in the program's own log.
pub(super) fn log(source: &Id, level: Level, text: &str) {
    let text = shown(text);
    match level {
        Level::ERROR => tracing::error!(%source, "{text}"),
        Level::WARN => tracing::warn!(%source, "{text}"),
        Level::INFO => tracing::info!(%source, "{text}"),
        Level::DEBUG => tracing::debug!(%source, "{text}"),
        _ => tracing::trace!(%source, "{text}"),
    }
}

/// The level a word or letter names.
pub(super) fn level(name: &str) -> Option<Level> {
    match name.to_ascii_lowercase().as_str() {
        "e" | "error" => Some(Level::ERROR),
        "w" | "warn" | "warning" => Some(Level::WARN),
        "i" | "info" => Some(Level::INFO),
        "d" | "debug" => Some(Level::DEBUG),
        "t" | "trace" => Some(Level::TRACE),
        _ => None,
    }
}

/// The level at the beginning of a line and the rest; a line without one is a warning.
fn prefixed(text: &str) -> (Level, &str) {
    let text = text.trim_start();
    match text.split_once('!') {
        Some((letter, rest)) if letter.len() == 1 => level(letter).map_or((Level::WARN, text), |level| (level, rest)),
        _ => (Level::WARN, text),
    }
}

/// Clean, on one line, and not endless.
fn shown(text: &str) -> String {
    let short: String = text.trim().chars().take(LONGEST).collect();
    clean_line(&short).into_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::error("E! no mailbox", Level::ERROR, "no mailbox")]
    #[case::debug("  D!seen 3", Level::DEBUG, "seen 3")]
    #[case::none("Traceback", Level::WARN, "Traceback")]
    #[case::no_level("Oh! no", Level::WARN, "Oh! no")]
    #[case::unknown_letter("X! no", Level::WARN, "X! no")]
    fn a_prefix_is_a_level(#[case] line: &str, #[case] level: Level, #[case] text: &str) {
        let (found, rest) = prefixed(line);
        assert_eq!((found, shown(rest).as_str()), (level, text));
    }

    #[test]
    fn the_last_line_is_clean_short_and_not_blank() {
        let (mut last, mut budget) = (None, Budget { since: None, logged: 0, left_out: 0 });
        let long = format!("E! \u{1b}[2J\u{202e}{}", "é".repeat(100_000));
        for line in [b"first".as_slice(), long.as_bytes(), b"  \t"] {
            hear(line, &Id::from("mail"), &mut last, &mut budget);
        }
        let last = last.expect("a line");
        assert!(last.starts_with("␛[2J⟨U+202E⟩é") && last.chars().count() < 2 * LONGEST, "{last}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_says_too_much_is_cut_off_for_a_while() {
        let mut budget = Budget { since: None, logged: 0, left_out: 0 };
        let source = Id::from("mail");
        let allowed = (0..MOST + 50).filter(|_| budget.allows(timer_now(), &source)).count();
        assert_eq!((allowed, budget.left_out), (MOST as usize, 50));
        assert!(budget.allows(timer_now() + WINDOW, &source));
        assert_eq!(budget.left_out, 0);
    }
}
