//! Runs the built program with nothing of this machine's environment showing through.

use std::path::Path;
use std::process::{Command, Output};

/// The program under test, in English, without colour, on the home `home`.
pub fn frontdesk(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command.env_remove("FRONTDESK_HOME").env("LC_ALL", "C").env("NO_COLOR", "1").arg("--home").arg(home);
    command
}

/// Stdout as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("stdout is UTF-8")
}

/// Stderr as text.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("stderr is UTF-8")
}
