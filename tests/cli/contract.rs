//! Help, completions, manual page, exit codes, closed pipes.

use std::io::Read;
use std::process::Stdio;

use super::support::{frontdesk, stderr, stdout};

#[test]
fn help_version_completions_and_man_are_data_on_stdout() {
    let home = tempfile::tempdir().expect("a scratch folder");
    for arguments in [&["--help"][..], &["--version"], &["completions", "bash"], &["man"]] {
        let output = frontdesk(home.path()).args(arguments).output().expect("runs");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        assert!(stdout(&output).contains("frontdesk"), "{arguments:?}");
        assert_eq!(stderr(&output), "", "{arguments:?}");
    }
}

#[test]
fn the_query_page_is_printed_in_both_languages() {
    let home = tempfile::tempdir().expect("a scratch folder");
    for (lang, title) in [("en", "THE QUERY LANGUAGE"), ("fr", "LE LANGAGE DE REQUÊTE")] {
        let output = frontdesk(home.path()).args(["--lang", lang, "print", "query"]).output().expect("runs");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).starts_with(title), "{}", stdout(&output));
        assert!(stdout(&output).contains("\n  brown NEAR/4f water"), "{lang}");
    }
}

#[test]
fn a_search_says_where_its_query_is_wrong() {
    let home = tempfile::tempdir().expect("a scratch folder");
    std::fs::write(home.path().join("config.toml"), "plan = \"plan\"\n").expect("writes");
    std::fs::create_dir(home.path().join("plan")).expect("creates");
    std::fs::write(home.path().join("plan/plan.toml"), "[organization]\nname = \"Alder Bay\"\n").expect("writes");
    let output = frontdesk(home.path()).args(["search", "eau NEAR5 brune"]).output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("character 5"), "{}", stderr(&output));
    assert!(stderr(&output).contains("NEAR/5?"), "{}", stderr(&output));
}

#[test]
fn wrong_use_exits_2_and_says_so_on_stderr() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let output = frontdesk(home.path()).arg("--no-such-flag").output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("--no-such-flag"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let mut child = frontdesk(home.path())
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut told).expect("readable");
    assert_eq!(child.wait().expect("ends").code(), Some(0));
    assert_eq!(told, "");
}
