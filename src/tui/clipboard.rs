//! Texts on their way to the clipboard, and the file that always has the last one.
//!
//! What enters: a text. What leaves: how far it got, never more than is known. Inside tmux the text goes to
//! `tmux load-buffer -w -`, given as an argument list without a shell and at most half a second; where that fails, and
//! outside tmux, the terminal is asked with OSC 52. Whatever happens, `last-copy.txt` has it.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::event::Copying;
use crate::config::private_file;

/// tmux is looked at this often, until its time is up.
const LOOK: Duration = Duration::from_millis(10);
/// So many looks make the half second.
const LOOKS: u32 = 50;
/// Terminals commonly refuse longer sequences.
const SEQUENCE_MOST: usize = 74_000;

/// The ways to a clipboard from here.
#[derive(Debug, Clone)]
pub struct Clipboard {
    file: PathBuf,
    in_tmux: bool,
    terminal_listens: bool,
}

impl Clipboard {
    /// Reads from the environment which ways there are; `file` gets every text.
    pub fn new(file: PathBuf, environment: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
        let terminal = environment("TERM").unwrap_or_default();
        // The Linux console and dumb terminals print such a sequence; GNU screen swallows it.
        let deaf = matches!(terminal.as_str(), "" | "dumb" | "linux") || is_set("STY");
        Self { file, in_tmux: is_set("TMUX"), terminal_listens: !deaf }
    }

    /// The file that has the last text.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Copies, on a thread that may wait half a second. The error is the file's; the clipboard is tried all the same.
    pub fn copy(&self, text: &str) -> (Copying, io::Result<()>) {
        let kept = keep(&self.file, text);
        let how = if self.in_tmux && to_tmux(text) {
            Copying::Tmux
        } else if self.terminal_listens && text.len().div_ceil(3) * 4 <= SEQUENCE_MOST {
            Copying::AskTerminal
        } else {
            Copying::FileOnly
        };
        (how, kept)
    }
}

/// The sequence that asks a terminal to take `text` into its clipboard.
pub fn osc52(text: &str) -> String {
    format!("\x1b]52;c;{}\x1b\\", base64(text.as_bytes()))
}

fn keep(file: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    private_file(file, &mut options)?.write_all(text.as_bytes())
}

/// True when tmux took the text in time.
fn to_tmux(text: &str) -> bool {
    let spawned = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = spawned else { return false };
    if let Some(mut stdin) = child.stdin.take() {
        // A tmux that hangs does not read; the writing thread ends when the child is killed.
        let text = text.to_owned();
        thread::spawn(move || stdin.write_all(text.as_bytes()));
    }
    ended_well(&mut child)
}

fn ended_well(child: &mut Child) -> bool {
    for _ in 0..LOOKS {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(LOOK),
            Err(_) => break,
        }
    }
    // Too late: it must not take the text after the person was told otherwise.
    let _ = child.kill();
    let _ = child.wait();
    false
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| (group << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", "")]
    #[case("f", "Zg==")]
    #[case("fo", "Zm8=")]
    #[case("foo", "Zm9v")]
    #[case("foobar", "Zm9vYmFy")]
    #[case("é", "w6k=")]
    fn base64_is_that_of_rfc_4648(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(base64(text.as_bytes()), expected);
    }

    #[rstest]
    #[case::a_terminal(&[("TERM", "xterm-256color")], Copying::AskTerminal)]
    #[case::a_console(&[("TERM", "linux")], Copying::FileOnly)]
    #[case::gnu_screen(&[("TERM", "screen"), ("STY", "1.x")], Copying::FileOnly)]
    fn the_way_follows_the_terminal(#[case] environment: &[(&str, &str)], #[case] expected: Copying) {
        let folder = tempfile::tempdir().expect("a folder");
        let look = |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let clipboard = Clipboard::new(folder.path().join("last-copy.txt"), look);
        let (how, kept) = clipboard.copy("Boil water.");
        assert_eq!(how, expected);
        kept.expect("the file is written");
        assert_eq!(std::fs::read_to_string(clipboard.file()).expect("the file"), "Boil water.");
    }
}
