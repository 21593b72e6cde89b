//! Stdout and stderr, as the subcommands use them: buffered lines out, diagnostics apart.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use super::CliError;

/// Buffered stdout. Call [`Output::finish`] at the end: what a drop flushes, no error can tell of.
#[derive(Debug)]
pub struct Output {
    writer: BufWriter<StdoutLock<'static>>,
}

impl Output {
    /// Locks stdout until the value is dropped.
    pub fn stdout() -> Self {
        Self { writer: BufWriter::with_capacity(64 * 1024, io::stdout().lock()) }
    }

    /// Writes `text` and a newline.
    pub fn line(&mut self, text: &str) -> Result<(), CliError> {
        self.writer.write_all(text.as_bytes())?;
        self.writer.write_all(b"\n")?;
        Ok(())
    }

    /// Writes `value` as one line of JSON.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<(), CliError> {
        serde_json::to_writer(&mut self.writer, value).map_err(io::Error::from)?;
        self.writer.write_all(b"\n")?;
        Ok(())
    }

    /// Hands what is buffered to the reader now; for commands whose reader waits for each line.
    pub fn flush(&mut self) -> Result<(), CliError> {
        Ok(self.writer.flush()?)
    }

    /// Flushes and closes.
    pub fn finish(mut self) -> Result<(), CliError> {
        self.flush()
    }

    /// True where colour and tables for a person make sense: a terminal, and no `NO_COLOR`.
    pub fn wants_colour() -> bool {
        io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
    }

    /// The columns a table may take: the terminal's, or `None` when stdout is a file or a pipe.
    pub fn columns() -> Option<u16> {
        if !io::stdout().is_terminal() {
            return None;
        }
        ratatui::crossterm::terminal::size().ok().map(|(columns, _)| columns).filter(|columns| *columns > 0)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Tells the person something on stderr, after the program's name. Nobody can be told of a failure to do so.
pub fn report(message: &str) {
    let _ = writeln!(io::stderr().lock(), "frontdesk: {message}");
}
