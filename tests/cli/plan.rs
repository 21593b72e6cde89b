//! `plan new`, `plan check`, `plan show`: what is printed where, and the exit codes.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use super::support::{frontdesk, stderr, stdout};

fn run(home: &Path, arguments: &[&str]) -> Output {
    frontdesk(home).arg("plan").args(arguments).current_dir(home).stdin(Stdio::null()).output().expect("runs")
}

#[test]
fn a_new_plan_checks_and_shows() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let made = run(home.path(), &["new", "plan"]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    assert!(stdout(&made).contains("plan.toml"));
    let again = run(home.path(), &["new", "plan"]);
    assert_eq!(again.status.code(), Some(2), "nothing is overwritten");
    let checked = run(home.path(), &["check", "plan"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));
    let strict = run(home.path(), &["check", "plan", "--strict"]);
    assert_eq!(strict.status.code(), Some(0), "what is still to be done is allowed, with its reason");
    assert!(stdout(&strict).contains("allowed"), "{}", stdout(&strict));
    let shown = run(home.path(), &["show", "plan", "--lang", "fr"]);
    assert_eq!(shown.status.code(), Some(0));
    assert!(stdout(&shown).contains("Messages clés"), "{}", stdout(&shown));
}

#[test]
fn problems_are_data_and_exit_1() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let file = home.path().join("plan.toml");
    fs::write(&file, "[organization]\nname = \"A\"\nlangages = [\"en\"]\ntime_zone = \"Mars\"\n").expect("written");
    let checked = run(home.path(), &["check", "plan.toml"]);
    assert_eq!((checked.status.code(), stderr(&checked).as_str()), (Some(1), ""));
    assert!(stdout(&checked).contains("plan.toml:3:1: error FD002"), "{}", stdout(&checked));
    assert!(stdout(&checked).contains("2 errors"), "{}", stdout(&checked));
    let json = run(home.path(), &["check", "plan.toml", "--json"]);
    assert_eq!(json.status.code(), Some(1));
    let lines: Vec<serde_json::Value> =
        stdout(&json).lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["suggestion"], "languages");
    assert_eq!(
        (&lines[1]["line"], &lines[1]["column"], &lines[1]["severity"]),
        (&4.into(), &13.into(), &"error".into())
    );
    let shown = run(home.path(), &["show", "plan.toml"]);
    assert_eq!((shown.status.code(), stdout(&shown).as_str()), (Some(2), ""), "a broken plan is a wrong use elsewhere");
    assert!(stderr(&shown).contains("FD002"), "{}", stderr(&shown));
}

#[test]
fn what_is_not_there_exits_2() {
    let home = tempfile::tempdir().expect("a scratch folder");
    for arguments in [&["check", "nowhere"][..], &["check", "."], &["show", "nowhere"], &["check", ".", "--at", "noon"]]
    {
        let output = run(home.path(), arguments);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!stderr(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn time_can_be_chosen() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let plan = "[organization]\nname = \"A\"\n[[message]]\nid = \"m\"\ntext = \"t\"\nstatus = \"approved\"\n\
                approved_by = \"B\"\nexpires_at = 2026-12-01T00:00:00Z\n";
    fs::write(home.path().join("plan.toml"), plan).expect("written");
    let at = |time: &str| run(home.path(), &["check", ".", "--strict", "--at", time]);
    assert_eq!(at("2026-11-20").status.code(), Some(0));
    let later = at("2026-12-02T09:00");
    assert_eq!(later.status.code(), Some(1));
    assert!(stdout(&later).contains("FD051"), "{}", stdout(&later));
}
