//! What a source is let in with: never written into the configuration, never shown.
//!
//! What enters: where a secret is kept (a variable, a program such as a password manager, a file only its owner can read).
//! What leaves: the secret itself, at the moment of its use, in a wrapper that no `Debug`, list or error shows. A file that
//! others can read is refused: what stands in it is no secret.

use std::fmt;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use toml::de::DeValue;

use super::error::Expected;
use super::table::{Faults, Table};

/// A longer secret is none; a program that prints without end is not read to it.
const LONGEST: u64 = 64 << 10;

/// How long a program may take: somebody may have to unlock a key.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where a secret is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// In a variable of this program's environment.
    Env(String),
    /// On the first line that a program prints, as `["pass", "show", "town/bluesky"]`. No shell reads it.
    Command(Vec<String>),
    /// On the first line of a file.
    File(PathBuf),
}

/// A secret in the clear. It is shown by nothing but [`Revealed::expose`].
#[derive(Clone, PartialEq, Eq)]
pub struct Revealed(String);

/// Why a secret cannot be had; never with any of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The variable is not set, or empty.
    #[error("the variable {0} is not set")]
    NoVariable(String),
    /// The program cannot be started; the system's own words.
    #[error("{program}: {error}")]
    NotStarted {
        /// Without its arguments.
        program: String,
        /// Why.
        error: String,
    },
    /// The program failed.
    #[error("{program} failed")]
    Failed {
        /// Without its arguments.
        program: String,
    },
    /// The file cannot be read; the system's own words.
    #[error("{}: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: String,
    },
    /// Others than its owner can read the file.
    #[error("{} can be read by others", path.display())]
    Open {
        /// Which.
        path: PathBuf,
    },
    /// Where it is kept, nothing is, or not text.
    #[error("nothing usable is kept there")]
    Empty,
}

impl Secret {
    /// Takes a file's path relative to `base`.
    pub(super) fn resolve(&mut self, base: &Path) {
        if let Self::File(path) = self {
            *path = base.join(&*path);
        }
    }

    /// Fetches it. A program may take its time (somebody may have to unlock a key): this blocks.
    pub fn reveal(&self) -> Result<Revealed, SecretError> {
        let bytes = match self {
            Self::Env(name) => {
                let value = std::env::var(name).unwrap_or_default();
                if value.trim().is_empty() {
                    return Err(SecretError::NoVariable(name.clone()));
                }
                value.into_bytes()
            }
            Self::Command(command) => printed(command, PATIENCE)?,
            Self::File(path) => kept(path)?,
        };
        let text = String::from_utf8(bytes).map_err(|_| SecretError::Empty)?;
        let line = text.lines().next().unwrap_or_default().trim();
        let is_usable = !line.is_empty() && !line.chars().any(char::is_control);
        if is_usable { Ok(Revealed(line.to_owned())) } else { Err(SecretError::Empty) }
    }
}

impl Revealed {
    /// A secret that came from elsewhere: a server's token, a person's typing.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// `text` without it, wherever another side repeats it.
    pub fn hidden_in(&self, text: &str) -> String {
        if self.0.is_empty() { text.to_owned() } else { text.replace(&self.0, "…") }
    }

    /// The secret. It goes to the other side and nowhere else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Revealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Revealed(…)")
    }
}

/// What the program prints before it ends. One that asks a person for a key is given `patience`, then ended.
fn printed(command: &[String], patience: Duration) -> Result<Vec<u8>, SecretError> {
    let [program, arguments @ ..] = command else { return Err(SecretError::Empty) };
    let not_started = |error: io::Error| SecretError::NotStarted { program: program.clone(), error: error.to_string() };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        // What it complains about may hold the secret, and would be written over the screen.
        .stderr(Stdio::null())
        .spawn()
        .map_err(not_started)?;
    let Some(stdout) = child.stdout.take() else { return Err(SecretError::Empty) };
    // One place: the reader says one thing and ends.
    let (said, heard) = sync_channel(1);
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.take(LONGEST).read_to_end(&mut bytes);
        // Nobody listens any more after the patience.
        let _ = said.send(read.map(|_| bytes));
    });
    let Ok(read) = heard.recv_timeout(patience) else {
        // It may have ended by itself in between, which is the same.
        let _ = child.kill();
        let _ = child.wait();
        return Err(SecretError::Failed { program: program.clone() });
    };
    match (read, child.wait()) {
        (Ok(bytes), Ok(status)) if status.success() => Ok(bytes),
        (Err(error), _) | (_, Err(error)) => Err(not_started(error)),
        _ => Err(SecretError::Failed { program: program.clone() }),
    }
}

fn kept(path: &Path) -> Result<Vec<u8>, SecretError> {
    let unreadable = |error: io::Error| SecretError::Unreadable { path: path.to_owned(), error: error.to_string() };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    // Asked of the open file: the name may lead to another one a moment later.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = file.metadata().map_err(unreadable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(SecretError::Open { path: path.to_owned() });
        }
    }
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

impl Table<'_> {
    /// Where a secret is kept. A secret in the clear is a fault that shows nothing of it.
    pub(super) fn secret(&self, key: &str, faults: &mut Faults<'_>) -> Option<Secret> {
        let entry = self.get(key)?;
        let secret = read(entry.get_ref());
        if secret.is_none() {
            faults.add_hidden(entry.span(), self.path(key), Expected::Secret);
        }
        secret
    }
}

/// `{ env = "…" }`, `{ command = […] }` or `{ file = "…" }`.
pub(super) fn read(value: &DeValue<'_>) -> Option<Secret> {
    let table = value.as_table().filter(|table| table.len() == 1)?;
    let (way, value) = table.iter().next()?;
    let text = || value.get_ref().as_str().filter(|text| !text.trim().is_empty() && !text.contains('\0'));
    match way.get_ref().as_ref() {
        "env" => text().filter(|name| !name.contains('=')).map(|name| Secret::Env(name.to_owned())),
        "file" => text().map(|path| Secret::File(PathBuf::from(path))),
        "command" => super::source::command_line(value.get_ref()).map(Secret::Command),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn sh(script: &str) -> Secret {
        Secret::Command(vec!["sh".to_owned(), "-c".to_owned(), script.to_owned()])
    }

    #[rstest]
    #[case::first_line("printf 'hush\\nlogin: town\\n'", Ok("hush"))]
    #[case::no_newline("printf ' hush '", Ok("hush"))]
    #[case::nothing("true", Err(SecretError::Empty))]
    #[case::not_text("printf '\\377\\n'", Err(SecretError::Empty))]
    #[case::control("printf 'hu\\033sh\\n'", Err(SecretError::Empty))]
    #[case::failed("echo hush; exit 3", Err(SecretError::Failed { program: "sh".into() }))]
    fn a_program_prints_it_on_its_first_line(#[case] script: &str, #[case] expected: Result<&str, SecretError>) {
        let revealed = sh(script).reveal();
        assert_eq!(revealed.as_ref().map(Revealed::expose), expected.as_ref().copied());
    }

    #[test]
    fn a_program_that_prints_without_end_is_not_waited_for() {
        let revealed = sh("exec yes hush").reveal();
        // It is ended by its closed pipe.
        assert_eq!(revealed, Err(SecretError::Failed { program: "sh".into() }));
    }

    #[test]
    fn a_program_that_waits_for_somebody_is_ended() {
        let command = ["sleep".to_owned(), "1000".to_owned()];
        let printed = printed(&command, Duration::from_millis(10));
        assert_eq!(printed, Err(SecretError::Failed { program: "sleep".into() }));
    }

    #[test]
    fn a_variable_that_is_not_set_is_named() {
        let secret = Secret::Env("FRONTDESK_TEST_NOT_SET".to_owned());
        assert_eq!(secret.reveal(), Err(SecretError::NoVariable("FRONTDESK_TEST_NOT_SET".to_owned())));
    }

    #[cfg(unix)]
    #[rstest]
    #[case::owner(0o600, true)]
    #[case::read_only(0o400, true)]
    #[case::group(0o640, false)]
    #[case::everybody(0o644, false)]
    fn a_file_that_others_can_read_is_refused(#[case] mode: u32, #[case] is_kept: bool) {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("password");
        std::fs::write(&path, "hush\n").expect("it is written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("its mode is set");
        let expected = if is_kept { Ok(Revealed::new("hush")) } else { Err(SecretError::Open { path: path.clone() }) };
        assert_eq!(Secret::File(path).reveal(), expected);
    }

    #[test]
    fn nothing_shows_it() {
        assert_eq!(format!("{:?}", Revealed::new("hush")), "Revealed(…)");
    }
}
