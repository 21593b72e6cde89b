//! The real binary in a real terminal: start, triage, copy, resize, signals, panics.

use std::fs;
use std::path::{Path, PathBuf};

use frontdesk::tui::terminal::Guard;
use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};

use crate::support::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_frontdesk");

/// The demo town in a folder that goes with the test.
struct Town {
    terminal: Terminal,
    home: tempfile::TempDir,
}

impl Town {
    fn open(size: (u16, u16)) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let terminal = Self::start(home.path(), size);
        Self { terminal, home }
    }

    /// The town of a person with this editor.
    fn with_editor(editor: &str) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let variables = [("VISUAL", ""), ("EDITOR", editor)];
        let terminal = Self::start_with(home.path(), &variables, (30, 100));
        Self { terminal, home }
    }

    fn start(home: &Path, size: (u16, u16)) -> Terminal {
        Self::start_with(home, &[], size)
    }

    fn start_with(home: &Path, variables: &[(&str, &str)], size: (u16, u16)) -> Terminal {
        let home = home.to_string_lossy().into_owned();
        let arguments = ["--home", &home, "--lang", "en", "demo"];
        let terminal = Terminal::start_with(Path::new(PROGRAM), &arguments, variables, size);
        terminal.expect("an urgent mention", |text| text.contains("▲P1"));
        terminal
    }

    /// Every record in the log, as text.
    fn log(&self) -> String {
        let folder = self.home.path().join("data/response-log");
        let mut months: Vec<PathBuf> =
            fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
        months.sort();
        months.iter().map(|month| fs::read_to_string(month).expect("a month reads")).collect()
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.terminal.pid()).ok().and_then(Pid::from_raw).expect("a process id");
        kill_process(pid, signal).expect("the signal arrives");
    }
}

#[test]
fn an_export_that_no_profile_knows_is_imported_and_known_from_then_on() {
    let mut town = Town::open((30, 100));
    let file = town.home.path().join("calls.csv");
    fs::write(
        &file,
        "Date;Remark;Ward\n2026-11-20 09:12;Is the zebra safe?;4\n2026-11-20 09:15;The zebra is gone.;5\n",
    )
    .expect("written");
    town.terminal.send("I");
    town.terminal.send(&file.to_string_lossy());
    town.terminal.send("\r");
    town.terminal.expect("the columns", |text| text.contains("No column is the text yet"));
    // The cursor is on the column in which most is written.
    town.terminal.send("t");
    town.terminal.expect("the first mention", |text| text.contains("The first mention it makes"));
    town.terminal.send("\r");
    town.terminal.expect("the name", |text| text.contains("What is this export called?"));
    town.terminal.send("\r");
    town.terminal.expect("the import's end", |text| text.contains("calls.csv: 2 new"));
    let profile = fs::read_to_string(town.home.path().join("profiles/calls.toml")).expect("a profile");
    assert!(profile.contains("text = [\"Remark\"]") && profile.contains("date = [\"Date\"]"), "{profile}");
    town.terminal.send("I");
    town.terminal.send(&file.to_string_lossy());
    town.terminal.send("\r");
    town.terminal.expect("a known export", |text| text.contains("These are the columns of calls"));
    town.terminal.send("\r");
    town.terminal.expect("nothing twice", |text| text.contains("2 seen before"));
    town.terminal.send("q");
    assert!(town.terminal.expect_end().success());
}

#[test]
fn a_mention_is_triaged_and_its_reply_copied() {
    let mut town = Town::open((40, 120));
    // The footer names the key at once; the detail does when the reply is there to be copied.
    town.terminal.expect("a suggested reply", |text| text.matches("copy reply").count() > 1);
    town.terminal.send("y");
    town.terminal.expect("where the copy went", |text| text.contains("last-copy.txt") || text.contains("OSC 52"));
    let copied = fs::read_to_string(town.home.path().join("state/last-copy.txt")).expect("the last copy is kept");
    assert!(!copied.trim().is_empty());
    town.terminal.send("\r");
    town.terminal.expect("the confirmation", |_| town.log().contains("\"act\":\"posted\""));
    town.terminal.send("q");
    assert!(town.terminal.expect_end().success());
    let log = town.log();
    assert!(log.contains("\"act\":\"copied\""), "{log}");
    assert!(!town.terminal.is_on_alternate_screen() && !town.terminal.is_captured());
}

#[test]
fn decisions_are_still_there_after_the_process_was_killed() {
    let mut town = Town::open((30, 100));
    town.terminal.send("l");
    town.terminal.expect("the record", |_| town.log().contains("\"disposition\":\"let_stand\""));
    town.signal(Signal::KILL);
    town.terminal.expect_end();
    town.terminal = Town::start(town.home.path(), (30, 100));
    town.terminal.send("5");
    town.terminal.expect("the closed mention", |text| text.to_lowercase().contains("let stand"));
}

#[test]
fn every_size_is_survived() {
    let mut town = Town::open((24, 80));
    for size in [(20, 60), (5, 20), (1, 1), (60, 200), (40, 120), (24, 80)] {
        town.terminal.resize(size);
        town.terminal.send("j");
    }
    town.terminal.expect("the feed again", |text| text.contains("P1"));
    town.terminal.send("q");
    let status = town.terminal.expect_end();
    assert!(status.success(), "{status:?}:\n{}", town.terminal.text());
}

#[test]
fn at_every_size_the_first_mention_can_be_answered() {
    for size in [(20, 60), (24, 80), (60, 200)] {
        let mut town = Town::open(size);
        town.terminal.send("y");
        let copied = town.home.path().join("state/last-copy.txt");
        town.terminal
            .expect("a copied reply", |_| fs::read_to_string(&copied).is_ok_and(|text| !text.trim().is_empty()));
    }
}

#[test]
fn a_draft_outlives_the_process() {
    let mut town = Town::open((40, 120));
    town.terminal.send("i");
    town.terminal.expect("the composer", |text| text.contains('/'));
    town.terminal.send(" and thank you for asking");
    let drafts = town.home.path().join("state/drafts");
    let is_kept = |_: &str| {
        let files = fs::read_dir(&drafts).into_iter().flatten().flatten();
        files.filter_map(|file| fs::read_to_string(file.path()).ok()).any(|text| text.contains("thank you for asking"))
    };
    town.terminal.expect("the draft on disk", is_kept);
    town.signal(Signal::KILL);
    town.terminal.expect_end();
    assert!(is_kept(""));
}

#[rstest]
#[case::saved("touch", "Test added", true)]
#[case::not_saved("true", "Nothing was saved", false)]
#[case::emptied("truncate -s 0", "Nothing was saved", false)]
#[case::failed("false", "The editor failed", false)]
#[case::none("", "No editor is set", false)]
fn a_correction_is_applied_only_when_it_was_saved(#[case] editor: &str, #[case] told: &str, #[case] applied: bool) {
    let mut town = Town::with_editor(editor);
    let tests = town.home.path().join("plan/tests.toml");
    let before = fs::read_to_string(&tests).expect("the plan's tests");
    town.terminal.expect("the mention itself", |text| text.contains("P1 urgent"));
    town.terminal.send("W");
    town.terminal.expect("the question what is wrong", |text| text.contains("What is wrong?"));
    town.terminal.send("p4");
    town.terminal.expect("the question for a term", |text| text.contains("Which words make the difference?"));
    town.terminal.send("\r");
    town.terminal.expect("what became of it", |text| text.contains(told));
    let after = fs::read_to_string(&tests).expect("the plan's tests");
    assert_eq!(after != before, applied, "{after}");
    assert!(after.starts_with(&before));
    assert!(town.terminal.is_on_alternate_screen() && town.terminal.is_captured());
    town.terminal.send("?");
    town.terminal.expect("the help", |text| text.contains("Everywhere") || text.contains("selected mention"));
}

/// Not a test of its own: what [`a_panic_restores_the_terminal`] runs in a terminal.
#[test]
fn panicking_child() {
    if std::env::var_os("FRONTDESK_TEST_PANIC").is_none() {
        return;
    }
    let _guard = Guard::take(true).expect("the terminal is taken");
    panic!("on purpose");
}

#[test]
fn a_panic_restores_the_terminal() {
    let this = std::env::current_exe().expect("this program");
    let arguments = ["--exact", "pty::panicking_child", "--nocapture", "--test-threads=1"];
    let mut terminal =
        Terminal::start_with(&this, &arguments, &[("FRONTDESK_TEST_PANIC", "1"), ("RUST_BACKTRACE", "0")], (24, 80));
    terminal.expect_end();
    assert!(
        terminal.text().contains("on purpose"),
        "the message stands on the screen left behind: {}",
        terminal.text()
    );
    assert!(!terminal.is_on_alternate_screen() && !terminal.is_captured());
}

#[test]
fn a_signal_restores_the_terminal() {
    for signal in [Signal::TERM, Signal::HUP] {
        let mut town = Town::open((24, 80));
        assert!(town.terminal.is_on_alternate_screen());
        town.signal(signal);
        town.terminal.expect_end();
        assert!(!town.terminal.is_on_alternate_screen(), "{signal:?}");
        assert!(!town.terminal.is_captured(), "{signal:?}");
    }
}
