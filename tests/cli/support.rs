//! Runs the built program with nothing of this machine's environment showing through.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// The program under test, in English, without colour, on the home `home`.
pub fn frontdesk(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("FRONTDESK_")) {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("NO_COLOR", "1").arg("--home").arg(home);
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

/// A home with a small plan and one source `inbox`, gone when the test ends.
#[derive(Debug)]
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// `kind` is the source's kind, with the keys it needs.
    pub fn with_source(kind: &str) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let home = Self { folder };
        home.write("config.toml", &format!("actor = \"mchan\"\n[[source]]\nid = \"inbox\"\n{kind}\n"));
        fs::create_dir(home.path().join("plan")).expect("the folder is writable");
        home.write("plan/plan.toml", "[organization]\nname = \"Alder Bay\"\ntime_zone = \"America/Vancouver\"\n");
        home.write(
            "plan/initiatives.toml",
            "[[initiative]]\nid = \"water\"\ntitle = \"Water mains\"\nmatch = '\"water main\" OR water'\n",
        );
        home
    }

    /// A home whose source is the file `mentions.jsonl`, with so many mentions in it: `m-0000` and on.
    pub fn with_mentions(count: usize) -> Self {
        let home = Self::with_source("kind = \"ndjson\"\npath = \"mentions.jsonl\"");
        let mut lines = String::new();
        for number in 0..count {
            let _ = writeln!(lines, r#"{{"id":"m-{number:04}","text":"Brown water again, day {number}"}}"#);
        }
        home.write("mentions.jsonl", &lines);
        home
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file of the home.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).expect("the folder is writable");
    }

    /// A file of the home.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        frontdesk(self.path()).args(arguments).output().expect("the program runs")
    }

    /// Runs the program to its end, which must be a success, and answers with its stdout.
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        stdout(&output)
    }
}

/// Asks again and again until `condition` holds; a minute is the end of all hope.
#[expect(clippy::disallowed_methods, reason = "patience with another process is counted in the machine's time")]
pub fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_mins(1), "waited in vain for {what}");
        std::thread::yield_now();
    }
}
